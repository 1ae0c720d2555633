"""Gives the translator of a language; the one door of this room for the web layer, mails and the worker."""

import threading

from portal.language import catalogue, pseudo
from portal.language.rules import ENGLISH, LANGUAGES, Language
from portal.language.translation import Translator

_translators: dict[str, Translator] = {}
_loading = threading.Lock()


class UnknownLanguage(LookupError):
    """Nobody offers this language; the caller let a word through that is not in the table."""


def translator(tag: str) -> Translator:
    """Return the translator of a URL word such as `sm`; loaded on first use, then shared.

    Raises UnknownLanguage for any other word: choose with `known` or `rules.negotiate` first.
    """
    found = _translators.get(tag)
    if found is not None:
        return found
    if tag not in LANGUAGES:
        raise UnknownLanguage(f"There is no language {tag!r} in the table.")
    with _loading:
        if tag not in _translators:
            messages = catalogue.EMPTY if tag == ENGLISH else catalogue.load(tag)
            _translators[tag] = Translator(LANGUAGES[tag], messages)
    return _translators[tag]


def known(tag: str) -> bool:
    """Whether a URL word names a language that can be served now (the pseudo language only when enabled)."""
    return tag in LANGUAGES or tag in _translators


def language(tag: str) -> Language:
    """Return the names and direction of a language that can be served now; raises UnknownLanguage."""
    return translator(tag).language


def enable_pseudo() -> None:
    """Let tests ask for `translator("xa")`; never called by the product."""
    _translators.setdefault(pseudo.PSEUDO.tag, pseudo.PseudoTranslator())


def disable_pseudo() -> None:
    """Take the pseudo language away again."""
    _translators.pop(pseudo.PSEUDO.tag, None)


def reload() -> None:
    """Forget the loaded catalogues, so that changed files are read again."""
    for tag in LANGUAGES:
        _translators.pop(tag, None)


def warm() -> None:
    """Load every language, for a server to call before it takes requests."""
    for tag in LANGUAGES:
        translator(tag).number(0)
