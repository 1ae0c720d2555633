"""Values of records as people read and type them: a field of the catalogue says how."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.agencies.rules import FieldFacts, Words
from portal.base.problems import Invalid
from portal.language.rules import ENGLISH, LANGUAGES, N_, search_key
from portal.language.translation import Translator

_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_SHOWN_OF_MASKED = 3
_LONGEST_ENTRY = 300
_MOST_ENTRIES = 50


def as_text(field: FieldFacts, value: Any, translator: Translator) -> str:
    """Give a value as plain text in a page's language: long dates, money, yes or no, the words of a code.

    A value that does not fit its field is given as it stands, because it is what the agency holds.
    """
    return as_words(field, value, translator).text


def as_words(field: FieldFacts, value: Any, translator: Translator) -> Words:
    """Give a value as text and say the language it is in: an agency's own text is English."""
    here = translator.language.bcp47
    if field.masked:
        return Words(masked(str(value)), here)
    if field.kind == "code":
        return field.option_in(value, translator.tag)
    if field.kind == "list" and isinstance(value, list):
        return Words(translator.join_list(str(one) for one in value), LANGUAGES[ENGLISH].bcp47)
    if field.kind == "object" and isinstance(value, dict):
        return Words(translator.join_list(str(one) for one in value.values()), LANGUAGES[ENGLISH].bcp47)
    shown = _formatted(field.kind, value, translator)
    return Words(shown, here) if shown is not None else Words(str(value), LANGUAGES[ENGLISH].bcp47)


def masked(text: str) -> str:
    """Show only the last characters of an identifier, such as "•••• 123"."""
    return f"•••• {text[-_SHOWN_OF_MASKED:]}" if len(text) > _SHOWN_OF_MASKED else "••••"


def _formatted(kind: str, value: Any, translator: Translator) -> str | None:
    if kind == "boolean" and isinstance(value, bool):
        # L10n: Value of a record: an agency noted yes, or no.
        # The two calls stay apart: the extractor cannot read one marker inside another.
        answer = N_("Yes") if value else N_("No")
        return translator.attr(answer)
    if kind == "money":
        return translator.money_nzd(str(value))
    if kind in ("integer", "number") and isinstance(value, int | float) and not isinstance(value, bool):
        return translator.number(value)
    if kind == "date":
        try:
            return translator.date_long(date.fromisoformat(str(value)))
        except ValueError:
            return None
    return None


def parse(field: FieldFacts, typed: str) -> Any:
    """Read what a person typed for a field, as the value to keep in a record's body.

    Dates are read day first: "4 5 1992", "04/05/1992", "4 May 1992", or "1992-05-04". A list has one entry on
    each line. Raises Invalid with a sentence that says what to write.
    """
    typed = typed.strip()
    if not typed:
        # L10n: Error beside an empty box in which the right value has to be written.
        raise Invalid(N_("Write what it should say."), "value")
    return _READERS.get(field.kind, _read_text)(field, typed)


def read_date(typed: str) -> date:
    """Read a typed date, day first or year first. Raises Invalid for a day that does not exist."""
    parts = re.split(r"[\s/.,-]+", typed.strip().casefold())
    parts = [str(_MONTHS.index(name) + 1) if (name := _month(part)) else part for part in parts if part]
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
        if len(year) == 4 and int(year) >= 1800:
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                pass
    # L10n: Error beside a date that does not exist or cannot be read.
    raise Invalid(N_("Write a date that exists, such as 4 5 1992."), "value")


def _month(part: str) -> str | None:
    if len(part) < 3 or part.isdigit():
        return None
    return next((name for name in _MONTHS if name.startswith(part)), None)


def _read_text(field: FieldFacts, typed: str) -> str:
    if field.maximum is not None and len(typed) > field.maximum:
        # L10n: Error beside a text field. %(max)s is a number of characters.
        raise Invalid(N_("Use %(max)s characters or fewer."), "value", max=field.maximum)
    pattern = field.schema.get("pattern")
    if pattern and not re.search(pattern, typed):
        # L10n: Error beside a number or code whose form the agency lays down.
        raise Invalid(N_("Write it in the form that they use."), "value")
    return typed


def _read_day(_field: FieldFacts, typed: str) -> str:
    return read_date(typed).isoformat()


def _read_money(field: FieldFacts, typed: str) -> str:
    bare = typed.replace("$", "").replace(",", "").replace(" ", "")
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,2})?", bare, re.ASCII):
        # L10n: Error beside a sum of money.
        raise Invalid(N_("Write an amount in dollars, such as 494.80."), "value")
    return f"{Decimal(bare):.2f}"


def _read_integer(field: FieldFacts, typed: str) -> int:
    if not re.fullmatch(r"-?\d{1,12}", typed, re.ASCII):
        # L10n: Error beside a number.
        raise Invalid(N_("Write a whole number, such as 3."), "value")
    return _within(field, int(typed))


def _read_number(field: FieldFacts, typed: str) -> float:
    try:
        number = Decimal(typed.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**12:
        # L10n: Error beside a number.
        raise Invalid(N_("Write a number, such as 0.5."), "value")
    return _within(field, float(number))


def _within(field: FieldFacts, number: Any) -> Any:
    low, high = field.schema.get("minimum"), field.schema.get("maximum")
    if low is not None and number < low:
        # L10n: Error beside a number. %(least)s is a number.
        raise Invalid(N_("Write %(least)s or more."), "value", least=low)
    if high is not None and number > high:
        # L10n: Error beside a number. %(most)s is a number.
        raise Invalid(N_("Write %(most)s or less."), "value", most=high)
    return number


def _read_boolean(_field: FieldFacts, typed: str) -> bool:
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if search_key(typed) not in answers:
        # L10n: Error beside a question that is answered with yes or no.
        raise Invalid(N_("Choose yes or no."), "value")
    return answers[search_key(typed)]


def _read_code(field: FieldFacts, typed: str) -> str:
    if typed in field.options:
        return typed
    for const, title in field.options.items():
        if search_key(title) == search_key(typed):
            return const
    # L10n: Error beside a question with fixed answers.
    raise Invalid(N_("Choose one of the answers."), "value")


def _read_list(field: FieldFacts, typed: str) -> list[str]:
    entries = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    most = field.schema.get("maxItems", _MOST_ENTRIES)
    if len(entries) > most:
        # L10n: Error beside a list. %(max)s is a number of lines.
        raise Invalid(N_("Use %(max)s lines or fewer."), "value", max=most)
    longest = field.schema.get("items", {}).get("maxLength", _LONGEST_ENTRY)
    if any(len(entry) > longest for entry in entries):
        # L10n: Error beside a list with one entry on each line. %(max)s is a number of characters.
        raise Invalid(N_("Use %(max)s characters or fewer on each line."), "value", max=longest)
    return entries


def _read_nothing(_field: FieldFacts, _typed: str) -> Any:
    # L10n: Error beside a part of a record that has no single value.
    raise Invalid(N_("This part cannot be written here. Tell us in your own words."), "value")


_READERS = {
    "date": _read_day,
    "money": _read_money,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "code": _read_code,
    "list": _read_list,
    "object": _read_nothing,
}
