"""Words on pages: the translator of the present request behind the names that templates and forms use."""

from datetime import date, datetime
from typing import Any

from flask import Flask, has_request_context
from markupsafe import Markup, escape

from portal.language.service import translator as of_tag
from portal.web.negotiation import translator


class Lazy:
    """A message that becomes text when it is shown, in the language of that moment."""

    def __init__(self, msgid: str, values: dict[str, Any]):
        self.msgid, self.values = msgid, values

    def __str__(self) -> str:
        """Give plain text (attributes, validators)."""
        return _now().attr(self.msgid, **self.values)

    def __html__(self) -> Markup:
        """Give markup: English inside its own lang where nothing is translated."""
        return _now().gettext(self.msgid, **self.values)

    def __mod__(self, more: dict[str, Any]) -> "Lazy":
        """Take more values (WTForms fills in limits this way)."""
        return Lazy(self.msgid, {**self.values, **more} if isinstance(more, dict) else self.values)


def lazy(msgid: str, **values: Any) -> Lazy:
    """Mark a message for later: labels and errors of forms."""
    return Lazy(msgid, values)


def say(msgid: str, **values: Any) -> Markup:
    """Give a message now, for a page."""
    return translator().gettext(msgid, **values)


def held_of(text: Any, lang: str = "en-NZ") -> Markup:
    """Give text that is data, told apart from the page's own words, in its own `lang` where that is another."""
    said = "" if lang == translator().language.bcp47 else f' lang="{escape(lang)}"'
    return Markup(f"<span data-held{said}>{escape(text)}</span>")  # noqa: S704 (escaped above)


def words_of(words: Any) -> Markup:
    """Give words of the catalogue (their `text` and `lang`) as `held_of` gives text."""
    return held_of(words.text, words.lang)


def machine_time(on: date) -> str:
    """Write a day, or an aware UTC moment to the minute, as programs read it in a page (HTML's `datetime`)."""
    return on.strftime("%Y-%m-%dT%H:%MZ") if isinstance(on, datetime) else on.isoformat()


def set_up(app: Flask) -> None:
    """Give templates their words and formatters: these names and no others."""
    app.jinja_env.globals.update(
        _=lambda msgid, **values: translator().gettext(msgid, **values),
        _a=lambda msgid, **values: translator().attr(msgid, **values),
        _n=lambda one, many, n, **values: translator().ngettext(one, many, n, **values),
        _p=lambda context, msgid, **values: translator().pgettext(context, msgid, **values),
        date_full=lambda day: translator().date_full(day),
        date_long=lambda day: translator().date_long(day),
        date_numeric=lambda day: translator().date_numeric(day),
        month_long=lambda day: translator().month_long(day),
        time=lambda moment: translator().time(moment),
        datetime_long=lambda moment: translator().datetime_long(moment),
        number=lambda value: translator().number(value),
        money=lambda text: translator().money_nzd(text),
        join_list=lambda items: translator().join_list(items),
        machine_time=machine_time,
        held_of=held_of,
        words_of=words_of,
    )


def _now():
    return translator() if has_request_context() else of_tag("en")
