"""Turns msgids into what a reader sees in one language; English that stands in is marked as English."""

import logging
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from portal.language.catalogue import Key, Messages
from portal.language.formats import Formats
from portal.language.rules import ENGLISH, LANGUAGES, Language

log = logging.getLogger(__name__)

_OPEN = f'<span lang="{LANGUAGES[ENGLISH].bcp47}">'
_CLOSE = "</span>"
# Msgids come from our own source, so their number is bounded; this only guards against a mistake.
_REMEMBERED = 20_000


def as_html(text: str) -> str:
    """Escape the text of a message for element content and double-quoted attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


def _safe(value: Any) -> Any:
    return value if isinstance(value, int | float) else escape(value)


class Translator(Formats):
    """One language: its texts, its formatters. Shared by all requests, so it holds nothing of a reader."""

    def __init__(self, language: Language, messages: Messages) -> None:
        """Take the language and the messages that may be served in it."""
        super().__init__(language.tag)
        self.language = language
        self.tag = language.tag
        self._messages = messages
        self._plain: dict[str, Markup] = {}

    def gettext(self, msgid: str, /, **values: Any) -> Markup:
        """Return a text for element content; values are escaped. English stands in inside its own `lang`."""
        if not values:
            known = self._plain.get(msgid)
            if known is None:
                known = self._html(self._text(msgid), msgid, msgid, values)
                if len(self._plain) < _REMEMBERED:
                    self._plain[msgid] = known
            return known
        return self._html(self._text(msgid), msgid, msgid, values)

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> Markup:
        """Return the form for a number, which the message names `%(n)s`; as `gettext` otherwise."""
        form = 0 if n == 1 else 1
        values.setdefault("n", self.number(n))
        return self._html(self._plural(one, form), (one, many)[form], one, values)

    def pgettext(self, context: str, msgid: str, /, **values: Any) -> Markup:
        """Return a text whose meaning hangs on a context, such as "record" the noun; else as `gettext`."""
        return self._html(self._text((context, msgid)), msgid, msgid, values)

    def attr(self, msgid: str, /, **values: Any) -> str:
        """Return plain text for attributes, titles, mails and text messages; never any markup."""
        return self._plain_text(self._text(msgid), msgid, values)

    def nattr(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Return the plain text for a number; as `attr` otherwise."""
        form = 0 if n == 1 else 1
        values.setdefault("n", self.number(n))
        return self._plain_text(self._plural(one, form), (one, many)[form], values)

    def has(self, msgid: str, /) -> bool:
        """Whether this language has its own words for a msgid, so that no English stands in."""
        return self.tag == ENGLISH or self._text(msgid) is not None

    def _text(self, key: Key) -> str | None:
        return self._messages.texts.get(key)

    def _plural(self, one: Key, form: int) -> str | None:
        forms = self._messages.plurals.get(one)
        return forms[form] if forms else None

    def _html(self, text: str | None, english: str, msgid: str, values: dict[str, Any]) -> Markup:
        safe = {name: _safe(value) for name, value in values.items()}
        shown = self._fill(text, msgid, safe, as_html)
        if shown is not None:
            return Markup(shown)  # noqa: S704 (text and values are escaped above)
        shown = self._fill(english, msgid, safe, as_html)
        if shown is None:
            shown = as_html(english)
        marked = shown if self.tag == ENGLISH else f"{_OPEN}{shown}{_CLOSE}"
        return Markup(marked)  # noqa: S704 (as above)

    def _plain_text(self, text: str | None, english: str, values: dict[str, Any]) -> str:
        shown = self._fill(text, english, values, str)
        if shown is None:
            shown = self._fill(english, english, values, str)
        return english if shown is None else shown

    def _fill(
        self, text: str | None, msgid: str, values: dict[str, Any], prepare: Callable[[str], str]
    ) -> str | None:
        # None means: not in this language, or not fillable. The log names the msgid, never a value.
        if text is None:
            return None
        prepared = prepare(text)
        if not values or "%(" not in prepared:
            return prepared
        try:
            return prepared % values
        except (KeyError, TypeError, ValueError) as error:
            log.error("message could not be filled: %r in %s (%s)", msgid, self.tag, type(error).__name__)
            return None
