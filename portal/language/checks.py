"""Looks for faults in the catalogues before any reader meets them; each finding is one sentence."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from portal.language.catalogue import ROOT, po_path
from portal.language.catalogue_files import (
    PLURAL_FORMS,
    extract,
    languages_with_catalogue,
    read,
    template_path,
)
from portal.language.rules import LANGUAGES, fits, forms_fit

GLOTTAL = "\u02bb"
HAS_GLOTTAL = {"sm", "to", "rar"}
HAS_MACRONS_ONLY = {"mi", "rar"}
SHORT = 4

_OTHER_MARK = re.compile(r"[^\W\d_]['\u2019\u2018\u02bc`\u00b4][^\W\d_]")
_UMLAUT = re.compile("[äëïöüÄËÏÖÜ]")
_HTML = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-f]+|[a-zA-Z]+);", re.I)
_ENDINGS = ".?!:…,;"
_PLACE = re.compile(r"%\(\w+\)s|%%")
_ANY_PLACE = re.compile(r"%\(")

Fault = str | None


def check(root: Path = ROOT) -> list[str]:
    """Return each fault of the sources' texts and of the catalogues as a sentence; empty means clean."""
    sources = extract(root)
    faults = [f"portal.pot: {fault}" for fault in _source_faults(sources, root)]
    allowed = _same_as_english(root)
    for tag in languages_with_catalogue():
        faults += [f"{tag}: {fault}" for fault in _catalogue_faults(tag, sources, allowed, root)]
    return list(dict.fromkeys(faults))


def serving_faults(tag: str, root: Path = ROOT) -> list[str]:
    """Return the faults that must stop a catalogue from being compiled: header, unfillable text, HTML."""
    try:
        catalog = read(tag, root)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        return [f"the file cannot be read: {error}."]
    faults = list(_header_faults(tag, root))
    for message, english, text in _pairs(catalog):
        faults += [_sentence(message, f) for f in (_unfillable(message), _html(english, text, tag)) if f]
    return list(dict.fromkeys(faults))


def text_faults(english: str, text: str, tag: str) -> list[str]:
    """Return what is wrong with one text in a language beside its English; each goes on after its name."""
    faults = [fault for rule in _TEXT_RULES if (fault := rule(english, text, tag))]
    return [*faults, *(["is the same as the English"] if text == english and _has_words(text) else [])]


def _source_faults(sources: Catalog, root: Path) -> Iterator[str]:
    path = template_path(root)
    if not path.exists():
        yield 'the file is missing: run "portal i18n extract".'
    else:
        with path.open("rb") as file:
            if _keys(read_po(file)) != _keys(sources):
                yield 'the file is older than the sources: run "portal i18n update".'
    for message in sources:
        for english in _english(message):
            fault = _source_fault(message, english)
            if fault:
                yield _sentence(message, fault)


def _source_fault(message: Message, english: str) -> Fault:
    if _HTML.search(english):
        return "the English holds HTML"
    if unicodedata.normalize("NFC", english) != english:
        return "the English is not NFC"
    if english != english.strip():
        return "the English starts or ends with a space"
    if not fits(english, english) or len(_ANY_PLACE.findall(english)) != len(_named(english)):
        return "the English has a place that is not written %(name)s"
    if len(english.split()) < SHORT and not message.auto_comments:
        return 'the English is short and has no translator comment ("L10n: where it appears, what it is")'
    return None


def _named(english: str) -> list[str]:
    return [place for place in _PLACE.findall(english) if place != "%%"]


def _catalogue_faults(tag: str, sources: Catalog, allowed: set[str], root: Path) -> Iterator[str]:
    if not po_path(tag, root).exists():
        yield 'there is no catalogue: run "portal i18n update".'
        return
    try:
        catalog = read(tag, root)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        yield f"the file cannot be read: {error}."
        return
    yield from _header_faults(tag, root)
    if _keys(catalog) != _keys(sources):
        yield 'the catalogue is older than the sources: run "portal i18n update".'
    for message in catalog:
        if LANGUAGES[tag].complete and message.id and _is_open(message):
            yield _sentence(message, "is not translated, and this language must be complete")
    for message, english, text in _pairs(catalog):
        faults = [_unfillable(message), *(rule(english, text, tag) for rule in _TEXT_RULES)]
        if text == english and not {text, f"{tag}: {text}"} & allowed and _has_words(text):
            faults.append("is the same as the English")
        yield from (_sentence(message, fault) for fault in faults if fault)


def _header_faults(tag: str, root: Path) -> Iterator[str]:
    # Read from the bytes: Babel fills in headers that the file lacks.
    head = po_path(tag, root).read_bytes().partition(b"\n\n")[0].decode("utf-8", "replace")
    for line in (
        f"Language: {tag}",
        f"Plural-Forms: {PLURAL_FORMS}",
        "Content-Type: text/plain; charset=utf-8",
    ):
        if f'"{line}\\n"' not in head:
            yield f'the header lacks "{line}".'


def _pairs(catalog: Catalog) -> Iterator[tuple[Message, str, str]]:
    # Every form that somebody has written, beside the English it stands for; fuzzy ones are not served.
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        strings = [message.string] if isinstance(message.id, str) else list(message.string or ())
        for english, text in zip(_english(message), strings, strict=False):
            if text:
                yield message, english, str(text)


def _is_open(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return message.fuzzy or not strings or not all(strings)


def _english(message: Message) -> tuple[str, ...]:
    if not message.id:
        return ()
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _keys(catalog: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(message.context, _english(message)) for message in catalog if message.id}


def _sentence(message: Message, fault: str) -> str:
    return f'"{_english(message)[0]}" {fault}.'


def _has_words(text: str) -> bool:
    return any(c.isalpha() for c in _PLACE.sub("", text))


def _unfillable(message: Message) -> Fault:
    if isinstance(message.id, str):
        good = fits(message.id, str(message.string))
    else:
        good = forms_fit(message.id[0], message.id[1], tuple(message.string or ()))
    return None if good else "has other places to fill than the English"


def _html(_english: str, text: str, _tag: str) -> Fault:
    return "holds HTML" if _HTML.search(text) else None


def _not_nfc(_english: str, text: str, _tag: str) -> Fault:
    return None if unicodedata.normalize("NFC", text) == text else "is not NFC"


def _glottal(english: str, text: str, tag: str) -> Fault:
    # A name kept from the English, such as O'Brien, is no fault.
    words = [word for word in text.split() if word.strip(_ENDINGS) not in english]
    if tag in HAS_GLOTTAL:
        wrong = any(_OTHER_MARK.search(word) for word in words)
        return f"has another mark between letters where {GLOTTAL} belongs" if wrong else None
    foreign = any(GLOTTAL in word for word in words)
    return f"holds the letter {GLOTTAL}, which this language does not write" if foreign else None


def _wrong_dots(_english: str, text: str, tag: str) -> Fault:
    return "has dots where a macron belongs" if tag in HAS_MACRONS_ONLY and _UMLAUT.search(text) else None


def _outer_space(_english: str, text: str, _tag: str) -> Fault:
    return None if text == text.strip() else "starts or ends with a space"


def _ending(english: str, text: str, _tag: str) -> Fault:
    ends = [t.strip()[-1:] if t.strip()[-1:] in _ENDINGS else "" for t in (english, text)]
    return None if ends[0] == ends[1] else "ends with other punctuation than the English"


_TEXT_RULES: tuple[Callable[[str, str, str], Fault], ...] = (
    _html,
    _not_nfc,
    _glottal,
    _wrong_dots,
    _outer_space,
    _ending,
)


def _same_as_english(root: Path) -> set[str]:
    path = root / "translations" / "same-as-english.txt"
    if not path.exists():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}
