"""Turns single FHIR values into clean text, dates and numbers, whatever their form."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

SHORT = 200
LONG = 8000
_CLIP = "…"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?\Z", re.DOTALL)
# Text direction overrides could make a value read as something else.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_DROPPED = frozenset({"Cc", "Cs", "Cn"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2028\u2029]+")
_MANY_LINES = re.compile(r"\n\s*\n\s*")
FIRST_YEAR, LAST_YEAR = 1850, 2200


@dataclass(frozen=True)
class When:
    """A FHIR date: `on` if the day is known, else `roughly` as sent ("2019" or "2019-05").

    Only the day as written is kept: the hour and its zone are dropped, so the day is
    the one the sender saw on the calendar.
    """

    on: date | None = None
    roughly: str | None = None

    def __bool__(self) -> bool:
        return self.on is not None or self.roughly is not None

    def words(self) -> str | None:
        """The date as text, no more exact than it was sent."""
        return self.on.isoformat() if self.on else self.roughly


def clean(raw: str, limit: int) -> tuple[str, bool]:
    """NFC text without control characters, at most `limit` long, and whether it was cut."""
    # A huge string is cut before the costly work; four times leaves room for what is dropped.
    text = unicodedata.normalize("NFC", raw[: limit * 4])
    kept = "".join(
        c for c in text if c in "\n\t" or not (unicodedata.category(c) in _DROPPED or c in _OVERRIDES)
    )
    if limit <= SHORT:
        kept = kept.replace("\n", " ")
    kept = _MANY_LINES.sub("\n\n", _SPACES.sub(" ", kept)).strip()
    if len(kept) > limit:
        return kept[: limit - 1].rstrip() + _CLIP, True
    return kept, len(raw) > limit * 4


def parse_when(raw: str) -> When | None:
    """A FHIR date or dateTime as a `When`; None if there is no such day."""
    match = _DATE.match(raw.strip()[:64])
    if not match:
        return None
    year, month, day = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return When(on=known)
    return When(roughly=f"{year}-{month}" if month else year)


def number_words(raw: object) -> tuple[str, bool] | None:
    """A number as plain digits, and whether long decimals were rounded; None if it is not one.

    Up to three decimals stay as sent. Longer ones are nearly always noise of the sending
    system, so they are rounded to two decimals, or three significant digits below one.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        return None
    if isinstance(raw, int) and raw.bit_length() > 128:
        return None
    try:
        number = Decimal(str(raw)[:64])
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    exponent = number.as_tuple().exponent
    rounded = isinstance(exponent, int) and exponent < -3
    if rounded:
        number = round(number, 2 if abs(number) >= 1 else 2 - number.adjusted())
    text = format(number, "f")
    if "." in text and (rounded or isinstance(raw, float)):
        text = text.rstrip("0").rstrip(".")
    return text or "0", rounded
