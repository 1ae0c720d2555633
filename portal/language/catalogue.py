"""Reads one language's catalogue into a plain dict, and leaves out whatever may not be served."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from portal.language.rules import fits, forms_fit

DOMAIN = "portal"
ROOT = Path(__file__).resolve().parents[2]

Key = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Messages:
    """What may be served in one language: single texts and pairs of plural forms, by msgid.

    A msgid with a context has the key (context, msgid).
    """

    texts: dict[Key, str]
    plurals: dict[Key, tuple[str, str]]


EMPTY = Messages({}, {})


def po_path(tag: str, root: Path = ROOT) -> Path:
    """Return where the catalogue of a language lives below the folder that holds the checkout."""
    return root / "translations" / tag / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(tag: str, root: Path = ROOT) -> Messages:
    """Return the served messages of a language: the compiled file if it is fresh, else the .po file.

    A language without a catalogue has no messages, so everything in it falls back to English.
    """
    po = po_path(tag, root)
    mo = po.with_suffix(".mo")
    if mo.exists() and (not po.exists() or mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
        with mo.open("rb") as file:
            return served(read_mo(file))
    if not po.exists():
        return EMPTY
    with po.open("rb") as file:
        return served(read_po(file, ignore_obsolete=True))


def served(catalog: Catalog) -> Messages:
    """Keep what may be shown: translated, not fuzzy, and fillable with the same values as the English."""
    texts: dict[Key, str] = {}
    plurals: dict[Key, tuple[str, str]] = {}
    for message in catalog:
        if not message.id or not is_servable(message):
            continue
        if isinstance(message.id, str):
            texts[_key(message, message.id)] = str(message.string)
        else:
            one, many = tuple(message.string or ())
            plurals[_key(message, message.id[0])] = (one, many)
    return Messages(texts, plurals)


def is_servable(message: Message) -> bool:
    """Whether a translation may be shown at all."""
    if message.fuzzy:
        return False
    if isinstance(message.id, str):
        text = message.string
        return isinstance(text, str) and bool(text.strip()) and fits(message.id, text)
    forms = tuple(message.string or ())
    if not forms or not all(form.strip() for form in forms):
        return False
    return forms_fit(message.id[0], message.id[1], forms)


def _key(message: Message, msgid: str) -> Key:
    context = message.context
    # Babel hands contexts back as bytes when it reads a compiled file.
    name = context.decode("utf-8") if isinstance(context, bytes) else context
    return (name, msgid) if name else msgid
