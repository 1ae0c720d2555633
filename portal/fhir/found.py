"""What reading a FHIR bundle gives back: the patient, the records found, and what was left out."""

from dataclasses import dataclass, field
from datetime import date


class NotABundle(Exception):
    """The document cannot be read at all; `sentence` says why in words an agency could act on."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class PatientFacts:
    """Who the bundle says it is about: used to check the link, never stored as record values.

    `identifiers` are pairs of system and value. They belong to the agency and must not
    become a value of a record or a join key (information privacy principle 13).
    """

    names: tuple[str, ...]
    birth_date: date | None
    gender: str | None
    address: str | None
    phone: str | None
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FoundRecord:
    """One record ready to be checked against the schema of its type.

    `source_id` is the same on every reading of the same resource, so that a second run
    finds it unchanged. `recorded_on` is the day as written by the sender. `codes` are the
    standard ones that came with what it is about, beside the words they came with.
    """

    type_key: str
    source_id: str
    title: str
    body: dict[str, object]
    recorded_on: date | None
    source_text: str
    codes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A bundle as read: the patient, the records in file order, and sentences on what was left out."""

    patient: PatientFacts | None
    records: tuple[FoundRecord, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A record as one mapper made it, before it gets its source id."""

    type_key: str
    title: str
    body: dict[str, object]
    recorded_on: date | None
