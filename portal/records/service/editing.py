"""Changes of their own: fields that a person may change here, and that flow to the agency's own system."""

from dataclasses import dataclass
from typing import Any

from portal.access_log import service as access_log
from portal.agencies import tasks, values
from portal.base import clock, ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.delegations import service as delegations
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.law.working_days import add_working_days
from portal.notices import service as notices
from portal.records import queries, rules
from portal.records.models import Part, Record
from portal.records.queries import Line, RecordView
from portal.records.service.rows import (
    add_part,
    add_version,
    newest,
    open_parts,
    open_version,
    part_body,
    record_of,
    set_check,
)

TASK = "self_edit"
# L10n: error on the page where a person changes a value themselves; they wrote just what the agency holds.
SAME = N_("They have this already. Write what it should say.")


@dataclass(frozen=True, slots=True)
class EditCase:
    """What staff see of a change that a person made here: its row of the worklist, and the value as it is now."""

    task: tasks.TaskFacts
    record: RecordView
    line: Line
    person_name: str


def edit_value(work: Work, ref: int, field: str, typed: str, seen: int) -> None:
    """Change a value of the actor's own record, and ask the agency to put it into its own system.

    For fields with `x-self-edit`. `typed` is read as a correction's value is; `seen` is the number of the version
    that the person saw. A change of how they are reached is told to their other addresses, and names none. Raises
    NotThere, Conflict when the agency changed it meanwhile, and Invalid with a sentence about "value".
    Privacy Act 2020 principles 7 and 8; Access to Information guideline (change it oneself).
    """
    view = queries.show(work, ref)
    facts = view.type.fields.get(field)
    if facts is None or not view.may_edit(field):
        raise NotThere()
    value = values.parse(facts, typed)
    present = view.body.get(field)
    if value == present and type(value) is type(present):
        raise Invalid(SAME, "value")
    if seen != view.version_no:
        raise Conflict()
    record = record_of(work, view.person_id, view.id)
    _say_right(work, record, field)
    add_version(work, record, {**view.body, field: value}, {"here": True}, "person", clock.nz_date(work.now))
    _ask_to_take_over(work, view, record, field)
    if rules.is_contact(field, facts.kind):
        notices.tell(work, view.person_id, "detail_changed", view.agency.id, view.ref)


def say_right(work: Work, ref: int, field: str) -> None:
    """Keep that the actor said today that a value is still right. Raises NotThere. Principle 8."""
    view = queries.show(work, ref)
    line = view.line(field)
    if line is None or line.empty or field not in queries.checked_yearly(view.type):
        raise NotThere()
    record = record_of(work, view.person_id, view.id)
    _say_right(work, record, field)
    set_check(work, record, view.body)


def waiting_fields(work: Work, record: Record) -> set[str]:
    """Give the fields that the person changed here and that the agency's own system does not have yet."""
    return {part.field for part in open_parts(work, record, "edit")}


def taken_over(work: Work, record: Record, incoming: dict[str, Any]) -> None:
    """End what waits where an agency's own system now sends just what the person wrote here."""
    waiting = open_parts(work, record, "edit")
    if not waiting:
        return
    present = open_version(work, newest(work, record))
    for part in waiting:
        if incoming.get(part.field) == present.get(part.field):
            _end(work, part)


def edit_case(work: Work, ref: int) -> EditCase:
    """Give a change that a person made, to staff of the agency; the look rides along with the page.

    Call it as a read. Raises NotThere without a task of the agency or a live grant.
    """
    task, record_id, field, name = _task(work, ref)
    found = queries.for_record_ids(work, task.person_id, [record_id], queries.Reader.STAFF)
    line = found[0].line(field) if found else None
    if line is None:
        raise NotThere()
    look = {
        "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To put your own change into their system"),
        "reference": "",
        "records": [found[0].type.title],
    }
    work.also(access_log.note, task.person_id, "staff", task.agency_id, "record", look)
    return EditCase(task, found[0], line, name)


def finish_edit(work: Work, ref: int) -> None:
    """Note that staff put a person's change into the agency's own system. Raises NotThere."""
    task, record_id, field, _name = _task(work, ref)
    record = record_of(work, task.person_id, record_id)
    for part in open_parts(work, record, "edit"):
        if part.field == field:
            _end(work, part)


def _task(work: Work, ref: int) -> tuple[tasks.TaskFacts, int, str, str]:
    task, name = queries.edit_task(work, ref, TASK)
    return task, int(task.summary["record"]), task.summary["field"], name


def _say_right(work: Work, record: Record, field: str) -> None:
    for part in open_parts(work, record, "right"):
        if part.field == field:
            part.ended_at = work.now
    add_part(work, record, "right", field, {"by": str(work.actor.account_id or "")})
    work.session.flush()


def _ask_to_take_over(work: Work, view: RecordView, record: Record, field: str) -> None:
    """Put the change on the agency's worklist; a second change of the same value joins the first."""
    if field in waiting_fields(work, record):
        return
    due_on = add_working_days(clock.nz_date(work.now), rules.EDIT_WITHIN)
    ref = ids.random63()
    name = identity.person_facts(work, view.person_id).full_name
    summary = {
        "initials": "".join(word[0] for word in name.split()[:3]),
        "title": view.type.title,
        "labels": [view.type.fields[field].label],
        "record": str(view.id),
        "field": field,
    }
    delegations.grant(work, view.person_id, view.agency.id, "case", ref)
    tasks.add(work, view.agency.id, ref, TASK, due_on, view.person_id, summary)
    add_part(work, record, "edit", field, {"task": str(ref), "due_on": due_on.isoformat()})


def _end(work: Work, part: Part) -> None:
    ref = int(part_body(work, part)["task"])
    part.ended_at = work.now
    tasks.close(work, part.agency_id, ref)
    delegations.end(work, part.person_id, "case", ref)
