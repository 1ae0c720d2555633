"""What comes in and what became of it, as plain facts; and the check of a body against its record type."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from portal.agencies.rules import AgencyFacts, TypeFacts

WAITS = "waits until the person links"
HELD_BACK = "The name or birth date is not that of the linked person, so nothing was loaded. Staff were asked to look."
CAME_BACK = "A value that had been fixed came back. The fixed value stands, and staff were asked to look."
NO_SILENCE = "its ground does not allow to neither confirm nor deny it (Privacy Act 2020 section 47)."
OLDER = "A record is older than what is held already, and was left out."


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record as an agency sends it; `recorded_on` is the agency's own day (New Zealand).

    `withheld` lists {field, lines, ground, plain, decided_by, decided_on, told}, `disclosures` {on, to, why, law};
    `third_party` names fields that speak of other people in this record. `silent` {ground, decided_by, decided_on}
    says that the agency neither confirms nor denies the record (Privacy Act 2020 section 47).
    """

    type_key: str
    source_id: str
    body: dict[str, Any]
    recorded_on: date | None = None
    why: dict[str, Any] | None = None
    changed_by: str = "agency"
    withheld: list[dict[str, Any]] | tuple = ()
    disclosures: list[dict[str, Any]] | tuple = ()
    third_party: list[str] | tuple = ()
    silent: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Who the sender says it is about: only compared with the linked person, never kept as a value."""

    names: tuple[str, ...] = ()
    birth_date: date | None = None


@dataclass(slots=True)
class Outcome:
    """What became of one file or call.

    `records` were taken in (new, changed, or waiting for a link), `unchanged` were held so already, `rejected`
    were not taken; `waiting` says how many of all wait. `kinds` counts new, changed, unchanged, came-back,
    waiting, held, older and unfit. No value of a record stands in `warnings`.
    """

    records: int = 0
    unchanged: int = 0
    rejected: int = 0
    # New or changed, and not one of which nothing may be said (section 47).
    seen: int = 0
    waiting: int = 0
    linked: bool = False
    warnings: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def warn(self, sentence: str) -> None:
        """Say something once, however often it happened."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def add(self, other: "Outcome") -> None:
        """Count what became of another client's records into this outcome."""
        self.records += other.records
        self.unchanged += other.unchanged
        self.rejected += other.rejected
        self.waiting += other.waiting
        self.kinds += other.kinds
        for sentence in other.warnings:
            self.warn(sentence)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a body: a JSON pointer and words, without any value."""

    pointer: str
    words: str

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        return f"{self.pointer or 'The record'} {self.words}"


WORDS = {
    "type": "has the wrong type.",
    "format": "is not a real date.",
    "maxLength": "is too long.",
    "minLength": "is empty.",
    "maxItems": "has too many entries.",
    "pattern": "is not in the right form.",
    "oneOf": "is not one of the known values.",
    "enum": "is not one of the known values.",
    "const": "is not one of the known values.",
    "minimum": "is too small.",
    "maximum": "is too large.",
}
_kept: dict[tuple[int, str], tuple[dict[str, Any], Draft202012Validator]] = {}


def no_type(agency: AgencyFacts, type_key: str) -> str:
    """Say that an agency has no such record type, and what to do."""
    shown = "".join(letter for letter in type_key if letter.isascii() and letter.isprintable())[:60]
    return f"{agency.name} has no record type {shown}. Add it with a purpose first."


def faults(kind: TypeFacts, body: Any) -> list[Fault]:
    """Give what is wrong with a body by its type's JSON Schema (draft 2020-12); nothing if it may be taken."""
    strange = unwritable(body)
    if strange is not None:
        return [strange]
    try:
        return found_by(_validator(kind), body)
    except RecursionError:
        return [Fault("", "is nested too deep.")]


def found_by(validator: Draft202012Validator, body: Any) -> list[Fault]:
    """Give a validator's findings as pointers and words."""
    found = {one for error in validator.iter_errors(body) for one in _told(error)}
    return sorted(found, key=lambda fault: (fault.pointer, fault.words))


def unwritable(value: Any) -> Fault | None:
    """Name a value that no text file could hold: half a character, or a number that is none."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (UnicodeEncodeError, ValueError):
        return Fault("", "holds a character or number that cannot be stored.")
    except RecursionError:
        return Fault("", "is nested too deep.")
    return None


def _validator(kind: TypeFacts) -> Draft202012Validator:
    # Building one costs more than using it; a changed catalogue brings another schema object.
    kept = _kept.get((kind.agency_id, kind.key))
    if kept is None or kept[0] is not kind.schema:
        made = Draft202012Validator(kind.schema, format_checker=FormatChecker(formats=["date"]))
        kept = _kept[kind.agency_id, kind.key] = (kind.schema, made)
    return kept[1]


def _told(error: ValidationError) -> list[Fault]:
    place = "".join(f"/{_escaped(part)}" for part in error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return [Fault(f"{place}/{_escaped(name)}", "is missing.") for name in missing]
    if error.validator == "additionalProperties":
        extra = [name for name in error.instance if name not in error.schema.get("properties", {})]
        return [Fault(f"{place}/{_escaped(name)}", "is not known here.") for name in extra]
    return [Fault(place, WORDS.get(str(error.validator), "cannot be taken."))]


def _escaped(part: Any) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in str(part)[:60])
    return text.replace("~", "~0").replace("/", "~1")
