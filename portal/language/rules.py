"""What a language is here, which one a reader gets, and how text is compared whatever marks it carries."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

ENGLISH = "en"
TABLE = Path(__file__).with_name("locales.json")

# Letters for the glottal stop and the marks people type for it. They count as the same when matching,
# and are never changed when storing.
GLOTTALS = dict.fromkeys(map(ord, "\u02bb\u02bc'\u2019\u2018`\u00b4\u2032"))
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")
# More than any browser sends; the rest of a longer header is not read.
_HEADER_LIMIT = 1_000


def N_(msgid: str) -> str:
    """Mark an English msgid for the catalogues and return it unchanged; it is translated when shown."""
    return msgid


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the portal: URL word, `lang` value, own name, English name, direction.

    `complete` says that its catalogue must hold every string; the others may fall back to English.
    """

    tag: str
    bcp47: str
    endonym: str
    english: str
    dir: str
    complete: bool


def _read_languages() -> dict[str, Language]:
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    languages = {}
    for tag in table["offered"]:
        entry = table["locales"]["en-NZ" if tag == ENGLISH else tag]
        languages[tag] = Language(
            tag=tag,
            bcp47=entry["bcp47"],
            endonym=entry["endonym"],
            english=entry["english"],
            dir=entry["dir"],
            complete=tag in table["complete"],
        )
    return languages


LANGUAGES: dict[str, Language] = _read_languages()


def negotiate(accept_language_header: str | None) -> str:
    """Return the URL word of the best language an Accept-Language header names; English if none.

    Only the base language counts, because phones send fj-FJ or sm-WS. Never raises, whatever is sent.
    """
    best, best_quality = ENGLISH, 0.0
    for part in (accept_language_header or "")[:_HEADER_LIMIT].split(","):
        name, _, parameters = part.partition(";")
        base = name.strip().split("-")[0].lower()
        quality = _quality(parameters.replace(" ", "").lower())
        if base in LANGUAGES and quality > best_quality:
            best, best_quality = base, quality
    return best


def _quality(parameters: str) -> float:
    if not parameters:
        return 1.0
    match = _QUALITY.match(parameters)
    return float(match[1]) if match else 0.0


def search_key(text: str) -> str:
    """Fold text so that macrons, glottal marks, case and spacing make no difference in a search."""
    bare = text.translate(GLOTTALS).casefold()
    letters = (c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def sort_key(text: str) -> tuple[str, str]:
    """Key that sorts ʻAna, āporo and Ōtara among A and O instead of after Z."""
    return search_key(text), text


def placeholders(text: str) -> frozenset[str]:
    """Names of the `%(name)s` places in a message."""
    return frozenset(_PLACEHOLDER.findall(text))


def fits(english: str, translation: str) -> bool:
    """Whether a translation has the same places to fill as the English and can really be filled."""
    return placeholders(translation) == placeholders(english) and _is_fillable(translation)


def _is_fillable(text: str) -> bool:
    if "%(" not in text:
        return True  # never filled, so a bare "%" is only a sign
    try:
        text % dict.fromkeys(placeholders(text), "")
    except (KeyError, TypeError, ValueError):
        return False
    return True


def forms_fit(one: str, many: str, forms: tuple[str, ...]) -> bool:
    """Whether both plural forms of a translation can be filled; the form for one may leave the number out."""
    if len(forms) != 2:
        return False
    number = {"n"}
    named = placeholders(forms[0]) - number
    fits_one = named in (placeholders(one) - number, placeholders(many) - number)
    return fits_one and _is_fillable(forms[0]) and fits(many, forms[1])
