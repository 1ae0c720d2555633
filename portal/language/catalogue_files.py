"""Keeps the catalogue files: extracts the template, updates each language, compiles; stable byte for byte."""

import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.language.catalogue import DOMAIN, ROOT, is_servable, po_path
from portal.language.register import locale_name, register
from portal.language.rules import ENGLISH, LANGUAGES

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
COMMENT_TAG = "L10n:"
_KEYWORDS = (
    "_ _a _l N_ say lazy gettext attr _n:1,2 _na:1,2 ngettext:1,2 nattr:1,2 _p:1c,2 pgettext:1c,2"
).split()
_SOURCES = ("portal", "templates")
_SKIPPED = {"__pycache__", "node_modules"}
# Dates and tool versions would change the file at every run and make each merge a conflict.
_CHURN = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By'
    rb"|Project-Id-Version|Language-Team): .*\n",
    re.M,
)
_HEADER_COMMENT = "English texts of the portal." + " Written by: portal i18n."


def template_path(root: Path = ROOT) -> Path:
    """Return where the template of all catalogues lives."""
    return root / "translations" / f"{DOMAIN}.pot"


def languages_with_catalogue() -> list[str]:
    """Return the URL words of all languages but English, whose texts are the msgids."""
    return [tag for tag in LANGUAGES if tag != ENGLISH]


def extract(root: Path = ROOT) -> Catalog:
    """Read every text of the product into a catalogue without translations."""
    register()
    catalog = Catalog(charset="utf-8", header_comment="# " + _HEADER_COMMENT, fuzzy=False)
    for file, _line, message, comments, context in _texts(root):
        if isinstance(message, tuple) and not all(message):
            continue
        catalog.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return catalog


def _texts(root: Path) -> Iterator[tuple]:
    config = io.StringIO((root / "translations" / "babel.cfg").read_text(encoding="utf-8"))
    method_map, options_map = parse_mapping_cfg(config)

    def is_source(folder: str | os.PathLike[str]) -> bool:
        parts = Path(folder).relative_to(root).parts
        return parts[0] in _SOURCES and parts[-1] not in _SKIPPED

    return extract_from_dir(
        root,
        method_map,
        options_map,
        keywords=parse_keywords(_KEYWORDS),
        comment_tags=(COMMENT_TAG,),
        strip_comment_tags=True,
        directory_filter=is_source,
    )


def write_template(root: Path = ROOT) -> int:
    """Extract the sources into the template file; return how many texts there are."""
    catalog = extract(root)
    _write(template_path(root), as_bytes(catalog))
    return len(catalog)


def read(tag: str, root: Path = ROOT) -> Catalog:
    """Read one language's catalogue; raises FileNotFoundError or babel's PoFileError."""
    register()
    with po_path(tag, root).open("rb") as file:
        return read_po(file, locale=locale_name(tag), abort_invalid=True)


def update(root: Path = ROOT) -> dict[str, int]:
    """Bring every catalogue up to the sources, creating missing ones; return texts still empty by language.

    A changed text starts empty and its old translation stays at the end of the file, marked "#~"; a text that
    comes back gets its translation back. There is no guessing by likeness: it takes minutes for each language
    after a large change, and a wrong guess looks like work done.
    """
    template = extract(root)
    _write(template_path(root), as_bytes(template))
    empty = {}
    for tag in languages_with_catalogue():
        path = po_path(tag, root)
        catalog = read(tag, root) if path.exists() else Catalog(locale=locale_name(tag))
        _revive(catalog, template)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _write(path, as_bytes(catalog, tag))
        empty[tag] = sum(1 for message in catalog if message.id and (message.fuzzy or not _has_text(message)))
    return empty


def _revive(catalog: Catalog, template: Catalog) -> None:
    for message in list(catalog.obsolete.values()):
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        if template.get(msgid, message.context) and not catalog.get(msgid, message.context):
            catalog[message.id] = message


def _has_text(message: Message) -> bool:
    return bool(message.string if isinstance(message.string, str) else any(message.string or ()))


def as_bytes(catalog: Catalog, tag: str | None = None) -> bytes:
    """Write a catalogue sorted, unwrapped, with file names but no line numbers, dates or tool names."""
    catalog.fuzzy = False
    catalog.header_comment = "# " + _HEADER_COMMENT if tag is None else f"# {LANGUAGES[tag].english}."
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _ in message.locations})
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, include_lineno=False)
    head, blank, body = out.getvalue().partition(b"\n\n")
    head = _CHURN.sub(b"", head + b"\n").rstrip(b"\n")
    if tag is not None:
        head = re.sub(rb'\n"(?:Language|Plural-Forms): .*', b"", head)
        head += f'\n"Language: {tag}\\n"\n"Plural-Forms: {PLURAL_FORMS}\\n"'.encode()
    return head + blank + body


def compile_all(root: Path = ROOT) -> dict[str, int]:
    """Compile every catalogue beside its .po file; return texts compiled by language.

    All are written to a temporary folder first and moved only when each of them was written.
    """
    counts = {}
    with tempfile.TemporaryDirectory(dir=root / "translations", prefix=".compiling-") as folder:
        made: list[tuple[Path, Path]] = []
        for tag in languages_with_catalogue():
            if not po_path(tag, root).exists():
                continue
            catalog = _only_servable(read(tag, root))
            draft = Path(folder) / f"{tag}.mo"
            with draft.open("wb") as file:
                write_mo(file, catalog)
            counts[tag] = len(catalog)
            made.append((draft, po_path(tag, root).with_suffix(".mo")))
        for draft, final in made:
            draft.replace(final)
    return counts


def _only_servable(catalog: Catalog) -> Catalog:
    # Babel would fill an empty plural form with English, which then passes for a translation.
    for message in list(catalog):
        if message.id and not is_servable(message):
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            catalog.delete(msgid, message.context)
    return catalog


def _write(path: Path, content: bytes) -> None:
    # Replaced in one step, so that a running server never reads half a catalogue.
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".new")
    draft.write_bytes(content)
    draft.replace(path)
