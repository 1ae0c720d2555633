"""What a share is made of, as plain values: the input of the FHIR document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class SharedSubject:
    """The person as they chose to be named; nothing else about them enters the document."""

    display_name: str


@dataclass(frozen=True)
class SharedStatement:
    """A statement of correction in the person's words, with its language tag and day.

    It has to travel with the value (Privacy Act 2020, section 63, principle 7). With `note`
    it is only a note of theirs, which they chose to show.
    """

    text: str
    lang: str
    on: date
    note: bool = False


@dataclass(frozen=True)
class SharedLine:
    """One value as shown: label and text in words, with what stands beside it.

    `lang` is the language of `value_text`; `explain` may be empty. `said` are the
    person's own words beside it; `below` are sentences that always stand under it: that
    somebody said it, and the answers that go with that.
    """

    label: str
    value_text: str
    lang: str
    said: tuple[SharedStatement, ...] = ()
    under_review: bool = False
    explain: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class SharedRecord:
    """A record or the shared part of one.

    `body_if_whole` is the record's JSON only if every line of it is shared; then health
    records also become coded resources. Otherwise only the lines are written. `codes` are
    those that came with its values when it was read from FHIR. `copied_on` is the day of
    the agency's copy; `left_out` are labels of what may be about other people.
    """

    type_key: str
    topic: str
    title: str
    agency_name: str
    recorded_on: date | None
    lines: tuple[SharedLine, ...]
    body_if_whole: Mapping[str, object] | None = None
    statements: tuple[SharedStatement, ...] = ()
    codes: Mapping[str, object] | None = None
    copied_on: date | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentFacts:
    """What is true of the share as a whole.

    `made_at` is when the document is written, `agreed_at` when the person agreed (else the
    same), `ends_at` until when: aware times. `seed` makes the ids of the document: something
    random of the share, never an id of the person. `publisher` is the portal's name;
    `recipient` is the one the person named, and `purpose` what it is for, if they said.
    `chosen` says that the person chose what is in it for somebody; else it is all that an
    agency holds, for themselves, and nobody agreed to anything.
    """

    title: str
    made_at: datetime
    seed: str
    publisher: str
    recipient: str | None = None
    ends_at: datetime | None = None
    purpose: str | None = None
    agreed_at: datetime | None = None
    chosen: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError for a time without a zone: it would be shown as another hour."""
        for moment in (self.made_at, self.ends_at, self.agreed_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("made_at, agreed_at and ends_at need a time zone")


@dataclass(frozen=True)
class DocumentWords:
    """The fixed words of the document in the reader's language; these are the English ones."""

    lang: str = "en-NZ"
    summary: str = "Patient summary"
    shared: str = "What the person shared"
    held_by: str = "Held by {agency}."
    written_on: str = "Written down on {day}."
    copied_on: str = "Their copy of {day}."
    statement: str = "Statement of correction, {day}: {text}"
    note: str = "Note by the person, {day}: {text}"
    statement_about: str = "{label}, in {title}, held by {agency}: {value}"
    statements_title: str = "Statements of correction"
    under_review: str = "The person has asked for this to be fixed. It is being looked at."
    left_out: str = "Left out, because it may be about another person: {labels}."
    story_title: str = "In the person's own words"
    nothing_chosen: str = "Not part of this share. This does not mean there is nothing."
    part_only: str = "Some of it is shared in part only. It stands under: {title}."
    more: str = "More may be held that is not part of this share."
    consent_title: str = "What the person agreed to"
    consent: str = (
        "The person chose what is shared here, and authorises it "
        "(Privacy Act 2020, section 22, information privacy principle 11(1)(c))."
    )
    recipient: str = "It is for: {recipient}"
    purpose: str = "What it is for: {purpose}"
    until: str = "It can be opened until {day}."
    copy_title: str = "The same to read"
    copy: str = "All that this document says, as a PDF file to read, to hear and to print."
    topics: Mapping[str, str] | None = None
    sections: Mapping[str, str] | None = None
