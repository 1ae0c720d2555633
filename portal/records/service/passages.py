"""Whom a passage is about: staff say that a value speaks of somebody who acts for the person, and of nobody else."""

from sqlalchemy import select

from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records.models import Part, Record
from portal.records.queries.beside import ABOUT, part_place


def say_about(
    work: Work, person_id: int, helper_id: int, ticked: set[tuple[int, str]], seen: set[int]
) -> None:
    """Let one who acts for a person see these passages, as (record id, field), and of the records seen no others.

    Without it a value about other people is never shown to them. Of the actor's agency's own records only. Raises
    NotThere. Privacy Act 2020 section 53(b): nothing about another person is disclosed without warrant.
    """
    agency_id = work.actor.agency_id
    if agency_id is None or {record_id for record_id, _ in ticked} - seen:
        raise NotThere()
    mine = select(Record.id).where(
        Record.person_id == person_id, Record.agency_id == agency_id, Record.id.in_(seen)
    )
    if set(work.session.scalars(mine)) != seen:
        raise NotThere()
    wanted = set(ticked)
    present = select(Part).where(
        Part.person_id == person_id,
        Part.record_id.in_(seen),
        Part.kind == ABOUT,
        Part.ended_at.is_(None),
    )
    for part in work.session.scalars(present):
        body = work.keys.open_json(part_place(part.id, person_id, part.agency_id), part.body)
        if body["helper"] != str(helper_id):
            continue
        if (part.record_id, part.field) in wanted:
            wanted.discard((part.record_id, part.field))
        else:
            part.ended_at = work.now
    for record_id, field in sorted(wanted):
        _put(work, person_id, agency_id, helper_id, record_id, field)


def _put(work: Work, person_id: int, agency_id: int, helper_id: int, record_id: int, field: str) -> None:
    part_id = work.new_id()
    body = work.keys.seal_json(part_place(part_id, person_id, agency_id), {"helper": str(helper_id)})
    work.session.add(
        Part(
            person_id=person_id,
            id=part_id,
            record_id=record_id,
            agency_id=agency_id,
            kind=ABOUT,
            field=field,
            body=body,
            at=work.now,
        )
    )
