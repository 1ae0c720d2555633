"""A record as it is read anywhere: values with their statements, marks and withheld parts beside them."""

from collections.abc import Collection
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime
from typing import Any

from portal.agencies import values
from portal.agencies.rules import AgencyFacts, FieldFacts, TypeFacts, Words
from portal.language.rules import ENGLISH, LANGUAGES, N_
from portal.language.translation import Translator
from portal.law import grounds
from portal.records import rules


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A person's own words beside a value: always shown with it. `on` is the day in New Zealand."""

    text: str
    lang: str
    on: date
    request_ref: int | None = None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A person's own note beside a value. `shown`: the agency and those with whom they share read it too."""

    text: str
    lang: str
    on: date
    shown: bool


@dataclass(frozen=True, slots=True)
class WithheldFacts:
    """A part that an agency keeps from the person, without what is on the agency's file about it.

    `lines` is how many lines are kept, 0 where nothing was counted; `ground` a code of law.grounds; `plain` the
    agency's own words; `decided_by` a role. Privacy Act 2020 sections 46 to 53.
    """

    field: str
    lines: int
    ground: str
    plain: str
    decided_by: str
    decided_on: date | None

    @property
    def law(self) -> grounds.AccessGround | None:
        """The ground in the Act: its section, and its words as a msgid."""
        return next((one for one in grounds.ACCESS_GROUNDS if one.code == self.ground), None)


@dataclass(frozen=True, slots=True)
class DisclosureFacts:
    """One time that an agency gave a record to someone else (principle 11)."""

    on: date | None
    to: str
    why: str
    law: str


@dataclass(slots=True)
class Line:
    """One value of a record. `value` is raw; ABSENT of records.rules where the record has none.

    `withheld` lists what is kept from this value (empty: nothing); `review_ref` is the request that asks to fix it.
    `right_on` is when the person last said that it is right; `edited_on` when they changed it here, while the
    agency has not put that into its own system, for which it has until `edit_due_on`. Days are New Zealand's.
    """

    field: FieldFacts
    value: Any
    statements: list[StatementFacts] = made(default_factory=list)
    review_ref: int | None = None
    withheld: list[WithheldFacts] = made(default_factory=list)
    came_back_on: date | None = None
    note: NoteFacts | None = None
    right_on: date | None = None
    edited_on: date | None = None
    edit_due_on: date | None = None

    @property
    def empty(self) -> bool:
        """Say whether the agency has written nothing here."""
        return rules.is_empty(self.value)

    @property
    def bare(self) -> bool:
        """Say whether there is neither a value nor anything beside it."""
        beside = self.statements or self.review_ref is not None or self.withheld or self.came_back_on
        return self.empty and not (beside or self.note)

    @property
    def items(self) -> list[str]:
        """The entries of a list, to stand one below the other; none for other values."""
        entries = self.value if self.field.kind == "list" and isinstance(self.value, list) else []
        return [str(entry) for entry in entries]

    def text(self, translator: Translator) -> str:
        """Give the value as plain text in a page's language; empty text where there is none."""
        return self.words(translator).text

    def words(self, translator: Translator) -> Words:
        """Give the value as text with the language it is in."""
        if self.empty:
            return Words("", translator.language.bcp47)
        return values.as_words(self.field, self.value, translator)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version: what changed from the one before, as (line before, line after) per value."""

    no: int
    changed_by: str
    on: date
    reason: str
    changes: list[tuple[Line, Line]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers beside a claim: from a value of the record, as `said` by the agency, or neither.

    `question` is a msgid; `said` a text in English, or whether it is so.
    """

    question: str
    line: Line | None
    said: str | bool | None

    def words(self, translator: Translator) -> Words:
        """Give the answer in a page's language, an agency's own words in English; empty where there is none."""
        if self.line is not None:
            return self.line.words(translator)
        if isinstance(self.said, bool):
            # L10n: Answer to "Was it checked" or "Were you asked".
            answer = N_("Yes") if self.said else N_("No")
            return Words(translator.attr(answer), translator.language.bcp47)
        return Words(str(self.said or ""), LANGUAGES[ENGLISH].bcp47)


@dataclass(slots=True)
class RecordView:
    """One record of one person. `lines` has every value that holds something, in the type's order.

    `unrecorded` are the fields of the type in which the agency has written nothing. `statements` and `withheld`
    at this level: about the whole record (and, for `withheld`, each value's too). `why` is the present version's:
    source, reason, third_party. `versions` (newest first) is filled by `show` only. `holders` names, by slug, the
    agencies that hold the original of a value of which this agency has a copy. `left_out` are the lines about other
    people that somebody who helps the person does not see; `about` says, to staff, of which fields it was noted that
    they speak of one helper alone, as (field, the helper's id as text).
    """

    person_id: int
    id: int
    ref: int
    agency: AgencyFacts
    type: TypeFacts
    recorded_on: date | None
    changed_at: datetime
    changed_by: str
    version_no: int
    why: dict[str, Any]
    body: dict[str, Any]
    lines: list[Line] = made(default_factory=list)
    unrecorded: list[FieldFacts] = made(default_factory=list)
    statements: list[StatementFacts] = made(default_factory=list)
    note: NoteFacts | None = None
    review_refs: list[int] = made(default_factory=list)
    withheld: list[WithheldFacts] = made(default_factory=list)
    disclosures: list[DisclosureFacts] = made(default_factory=list)
    versions: list[VersionFacts] = made(default_factory=list)
    holders: dict[str, str] = made(default_factory=dict)
    left_out: list[Line] = made(default_factory=list)
    about: list[tuple[str, str]] = made(default_factory=list)

    @property
    def purpose(self) -> dict[str, Any]:
        """The agency's own words on why it holds this: why, law, recipients, choice, retention."""
        return self.agency.purposes.get(self.type.purpose, {})

    @property
    def source_on(self) -> date | None:
        """The day on which the agency got this, where it said so."""
        return as_day((self.why.get("source") or {}).get("on"))

    @property
    def teller(self) -> Line | None:
        """A short value that tells this record apart from others of its type, and is safe on a list."""
        for line in self.lines:
            quiet = not (line.field.sensitive or line.field.third_party or line.field.masked)
            if (
                quiet
                and line.field.kind in ("text", "code")
                and line.field.nature == "fact"
                and not line.empty
            ):
                return line
        return None

    def about_others(self) -> list[Line]:
        """Give the lines that may be about other people: by their type, or as the agency said of this record."""
        named = self.why.get("third_party") or []
        return [line for line in self.lines if line.field.third_party or line.field.key in named]

    def for_a_helper(self, parent: bool = False, about_them: Collection[str] = ()) -> None:
        """Take away the values that may be about other people, and what the agency says to the person alone.

        `about_them` are fields that speak of the helper and of nobody else, as staff said. From a parent what tells
        where somebody lives goes too, whomever it is about.
        """
        others = {line.field.key for line in self.about_others()} - set(about_them)
        self.left_out = [
            line
            for line in self.lines
            if line.field.key in others or (parent and rules.tells_where(line.field.key))
        ]
        hidden = {line.field.key for line in self.left_out}
        self.lines = [line for line in self.lines if line.field.key not in hidden]
        self.body = {key: value for key, value in self.body.items() if key not in hidden}
        self.why = {"allegation": self.why.get("allegation")}

    def shows_beside(self, key: str) -> bool:
        """Say whether what stands beside a field may be shown: not where the field itself is left out."""
        return all(line.field.key != key for line in self.left_out)

    def days_passed(self, today: date) -> set[str]:
        """Give the fields that promised a day to look again which is over. `today` is the day in New Zealand."""
        return {
            line.field.key for line in self.lines if rules.review_passed(line.field.key, line.value, today)
        }

    def number(self, key: str) -> int:
        """Give the number, from 1, by which an address names a field: the field's own key would tell what it is."""
        return list(self.type.fields).index(key) + 1

    def key(self, number: str) -> str:
        """Give the field that has a number in an address; nothing where none has it."""
        keys = list(self.type.fields)
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        return keys[at - 1] if 0 < at <= len(keys) else ""

    @property
    def answer_by(self) -> date | None:
        """The last day to say that a match is wrong, as the match itself gives it (never a constant)."""
        return as_day(self.body.get("answer_by"))

    def may_edit(self, key: str) -> bool:
        """Say whether the person may change a field here: the agency lets them, and nobody is looking at it."""
        line, facts = self.line(key), self.type.fields.get(key)
        if facts is None or not facts.self_edit or facts.masked or facts.kind == "object":
            return False
        copied = facts.held_at in self.holders
        return not copied and not (line and (line.review_ref is not None or line.withheld))

    def answers(self, line: Line) -> list[Answer]:
        """Give the four answers that always stand beside an unchecked claim: each from the record, or none."""
        given = self.why.get("allegation") or {}
        return [self._answer(question, line, given) for question in rules.ANSWERS]

    def _answer(self, question: rules.Question, about: Line, given: dict[str, Any]) -> Answer:
        for key in question.fields:
            line = self.line(key)
            coded = line is not None and (line.field.kind == "code" or not question.coded)
            if line is not None and coded and line is not about and not line.empty:
                return Answer(question.text, line, None)
        return Answer(question.text, None, given.get(question.key))

    def line(self, key: str) -> Line | None:
        """Give the line of a field, None where the record says nothing about it."""
        return next((line for line in self.lines if line.field.key == key), None)


def checked_yearly(kind: TypeFacts) -> list[str]:
    """Give the fields of a type of which a person is asked once a year whether they are still right."""
    return [
        key
        for key, one in kind.fields.items()
        if not one.masked and rules.is_checked_yearly(key, one.kind, one.self_edit, kind.sensitivity)
    ]


def as_day(text: Any) -> date | None:
    """Read a day that an agency wrote (ISO); None for anything else."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
