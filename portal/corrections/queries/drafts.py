"""A draft beside the record as it is now: what is chosen, what is answered, what changed meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts, FieldFacts, TypeFacts
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections.models import Draft, File
from portal.corrections.queries.proof import FileFacts, facts_of
from portal.records import queries as records
from portal.records.queries import Line, RecordView
from portal.records.rules import in_timelines

REPLY = {"by": "here", "language": "", "urgent": "no", "why": "", "hand_on": "yes"}


@dataclass(frozen=True)
class Elsewhere:
    """The agency that holds the original of a copied value, and its own line if the person's record there has one."""

    agency: AgencyFacts
    line: Line | None


@dataclass(frozen=True)
class Choice:
    """A field that may be ticked; without a `line` the record says nothing about it."""

    field: FieldFacts
    line: Line | None


@dataclass(frozen=True)
class DraftValue:
    """One chosen value. `line` is what they hold now; `typed` what the person wrote, kept also when it cannot be read.

    `value` is what `typed` says, `done` whether the step is answered, `changed` whether they changed it meanwhile.
    `beside` are words that shall stand with the value if it is not fixed, `hand_on` (yes, no or "") whether the person
    wants a copied value passed on to the agency that holds it.
    """

    no: int
    field: FieldFacts
    line: Line | None
    wish: str | None
    typed: str
    value: Any
    done: bool
    changed: bool
    beside: str = ""
    hand_on: str = ""


@dataclass(frozen=True)
class DraftView:
    """A request that is not sent yet. `choices` are the fields that may be ticked, `asked` those under open request.

    `copied` tells, by field, who holds the original of a value that this agency copied (`x-held-at`). `beside` is a
    statement, in the language `beside_lang`, that shall stand with each value that is not fixed. `proof` is
    what the person says of proof (rules.proof.HOW, or empty), `files` what they have added.
    """

    ref: int
    id: int
    version: int
    kept_at: datetime
    record: RecordView
    values: list[DraftValue]
    choices: list[Choice]
    asked: list[Line]
    copied: dict[str, Elsewhere]
    reason: str
    proof: str
    files: list[FileFacts]
    reply: dict[str, str]
    done: frozenset[str]
    beside: str = ""
    beside_lang: str = ""

    @property
    def agency(self) -> AgencyFacts:
        """The agency that is asked."""
        return self.record.agency

    def value(self, no: int) -> DraftValue:
        """Give one chosen value by its number from 1. Raises NotThere."""
        if not 1 <= no <= len(self.values):
            raise NotThere()
        return self.values[no - 1]

    def missing(self) -> tuple[str, int] | None:
        """Give the first step without an answer, with the number of the value; None when all can be checked."""
        if not self.values:
            return "fields", 0
        for value in self.values:
            if not value.done:
                return "value", value.no
        for step in ("reason", "reply"):
            if step not in self.done:
                return step, 0
        return None


@dataclass(frozen=True)
class Written:
    """What a person wrote in the steps that are not about a value; `count` is how many values are chosen."""

    ref: int
    reason: str
    proof: str
    files: list[FileFacts]
    reply: dict[str, str]
    count: int
    beside: str = ""
    beside_lang: str = ""


def draft_place(person_id: int, draft_id: int, agency_id: int) -> Place:
    """Give where the sealed answers of a draft stand."""
    return Place("corrections_draft", "answers", draft_id, person_id, agency_id)


def written(work: Work, ref: int) -> Written:
    """Give what the actor wrote in a draft, without the record: two reads, keys included. Raises NotThere."""
    row, files, answers = _read(work, ref)
    reply = {**REPLY, **answers.get("reply", {})}
    said = [answers.get(name, "") for name in ("beside", "beside_lang")]
    proof = answers.get("proof", "")
    return Written(row.ref, answers.get("reason", ""), proof, files, reply, len(answers["fields"]), *said)


def draft(work: Work, ref: int) -> DraftView:
    """Give the actor's draft beside the record as it is now: four reads, keys included. Raises NotThere."""
    row, files, answers = _read(work, ref)
    person_id = row.person_id
    kind = agencies.catalogue(work).type(row.agency_id, answers["type"])
    if _is_copied(kind, answers["fields"]):
        known = records.all_shareable(work)
    else:
        known = records.for_record_ids(work, person_id, [row.record_id])
    record = next((one for one in known if one.id == row.record_id), None)
    if record is None:
        raise NotThere()
    return _view(row, files, answers, record, _copied(work, record, answers["fields"], known))


def own_drafts(work: Work) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL which drafts are the actor's: the person's own, or a helper's of records that were chosen for them."""
    helper_id = work.actor.helper_id
    return (
        Draft.person_id == work.actor.person_id,
        Draft.helper_id == helper_id,
        records.reached_record(Draft.person_id, Draft.agency_id, Draft.record_id, helper_id),
    )


def _read(work: Work, ref: int) -> tuple[Any, list[FileFacts], dict[str, Any]]:
    # With its files in one read: a page of the steps has few.
    rows = work.session.execute(
        select(Draft, File)
        .outerjoin(File, (File.person_id == Draft.person_id) & (File.request_ref == Draft.ref))
        .where(
            *own_drafts(work),
            Draft.ref == ref,
        )
        .order_by(File.no)
    ).all()
    if not rows:
        raise NotThere()
    row = rows[0].Draft
    answers = work.keys.open_json(draft_place(row.person_id, row.id, row.agency_id), row.answers)
    return row, [facts_of(work, one.File) for one in rows if one.File is not None], answers


def held(line: Line | None) -> Any:
    """Give the raw value of a line, None where the record says nothing."""
    return None if line is None or line.empty else line.value


def choices(record: RecordView) -> list[Choice]:
    """List the fields of a record that may be asked about: not under open request, not wholly kept from the person.

    A helper may ask about what is shown to them, and about nothing else.
    """
    lines = {line.field.key: line for line in record.lines}
    may = []
    for key, field in record.type.fields.items():
        line = lines.get(key)
        if record.helped and (line is None or line.empty):
            continue
        if line is None or not (line.review_ref or (line.empty and line.withheld)):
            may.append(Choice(field, line if line and not line.empty else None))
    return may


def _view(
    row: Any,
    files: list[FileFacts],
    answers: dict[str, Any],
    record: RecordView,
    copied: dict[str, Elsewhere],
) -> DraftView:
    values: list[DraftValue] = []
    for key in answers["fields"]:
        field = record.type.fields.get(key)
        if field is not None:
            values.append(_value(len(values) + 1, field, record.line(key), answers["values"].get(key, {})))
    return DraftView(
        ref=row.ref,
        id=row.id,
        version=row.version,
        kept_at=row.kept_at,
        record=record,
        values=values,
        choices=choices(record),
        asked=[line for line in record.lines if line.review_ref],
        copied=copied,
        reason=answers.get("reason", ""),
        proof=answers.get("proof", ""),
        files=files,
        reply={**REPLY, **answers.get("reply", {})},
        done=frozenset(answers.get("done", [])),
        beside=answers.get("beside", ""),
        beside_lang=answers.get("beside_lang", ""),
    )


def _value(no: int, field: FieldFacts, line: Line | None, kept: dict[str, Any]) -> DraftValue:
    return DraftValue(
        no=no,
        field=field,
        line=line if line and not line.empty else None,
        wish=kept.get("wish"),
        typed=kept.get("typed", ""),
        value=kept.get("value"),
        done=bool(kept.get("done")),
        changed="held" in kept and kept["held"] != held(line),
        beside=kept.get("beside", ""),
        hand_on=kept.get("hand_on", ""),
    )


def _is_copied(kind: TypeFacts | None, fields: list[str]) -> bool:
    return kind is not None and any(kind.fields[key].held_at for key in fields if key in kind.fields)


def _copied(
    work: Work, record: RecordView, fields: list[str], known: list[RecordView]
) -> dict[str, Elsewhere]:
    book, found = agencies.catalogue(work), {}
    for key in fields:
        field = record.type.fields.get(key)
        holder = book.by_slug(field.held_at) if field and field.held_at else None
        if holder is not None and holder.id != record.agency.id:
            found[key] = Elsewhere(holder, _line_at(holder, key, known))
    return found


def _line_at(holder: AgencyFacts, key: str, known: list[RecordView]) -> Line | None:
    # What must not be met by chance (safety types) is not put on a page that was opened for something else.
    fit = (one for one in known if one.agency.id == holder.id and in_timelines(one.type.sensitivity))
    lines = (one.line(key) for one in fit)
    return next((line for line in lines if line and not line.empty), None)
