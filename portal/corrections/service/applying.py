"""Putting what was accepted into the record: a duty of its own, after the decision (Koso v MBIE [2014] NZHRRT 39)."""

from typing import Any

from sqlalchemy import select

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import deciding_after as after
from portal.corrections.service.handling import limited, note_look
from portal.corrections.service.moving import (
    APPLY,
    file_of,
    find_case,
    find_request,
    item_words,
    items_of,
    let_look,
    note_event,
    put_file,
    put_item_words,
    tell,
    who,
)
from portal.language.rules import N_
from portal.law.moves import Who
from portal.records import service as records

MOST = 200


def to_apply(work: Work, **more: Any) -> list[queries.ToApply]:
    """Give what the actor's agency accepted and has not put into its records yet; the looks ride along with the page.

    `most` values at most, those after the key `after`. Two reads, keys included. Raises
    NotThere.
    """
    found = queries.to_apply(work, **more)
    for one in {each.ref: each for each in found}.values():
        note_look(work, one.person_id, one.ref, one.reference)
    return found


def confirm_applied(work: Work, ref: int, nos: list[int] | None = None, note: str = "") -> None:
    """Say that values stand in the agency's own record now: the record here gets its new version.

    `nos` are the numbers of the values; None for all that wait. Only now the person reads "Fixed". Once nothing is
    left to change, those who got the old value are told. Raises Conflict where one waits no more, Invalid, NotThere.
    Privacy Act 2020 s 63, principle 7.
    """
    _task, request = find_case(work, ref)
    said = limited(note, "note")
    waiting = [item for item in items_of(work, request) if item.apply_by_on and not item.applied_at]
    chosen = waiting if nos is None else [item for item in waiting if item.no in set(nos)]
    if not chosen or (nos is not None and len(chosen) != len(set(nos))):
        raise Conflict()
    _apply(work, request, chosen, said)


def note_applied(work: Work, about: dict[str, Any]) -> None:
    """Note that an agency's own feed brought a value that it had accepted: the system confirms it. A worker's job."""
    request = find_request(work, int(about["person_id"]), int(about["ref"]))
    if request is None:
        return
    items = [item for item in items_of(work, request) if item.no == int(about["no"])]
    waiting = [item for item in items if item.apply_by_on and not item.applied_at]
    if waiting:
        _apply(work, request, waiting, "")


def remind_to_apply(work: Work) -> int:
    """Remind staff once of what they accepted and have not put into the record in time. Gives how many are new.

    A job of the worker, by the system.
    """
    late = (
        select(CorrectionRequest)
        .join(
            Item,
            (Item.person_id == CorrectionRequest.person_id) & (Item.request_id == CorrectionRequest.id),
        )
        .where(
            Item.apply_by_on < nz_date(work.now),
            Item.applied_at.is_(None),
            CorrectionRequest.reminded_at.is_(None),
        )
    )
    rows = work.session.scalars(late.distinct().limit(MOST)).all()
    for request in rows:
        request.reminded_at = work.now
        ref = ids.random63()
        put_file(work, request, apply_task=str(ref))
        summary = {
            # L10n: staff worklist, kind of work: something was accepted, and is not in the agency's record yet.
            "title": N_("Put what you accepted into your record"),
            "labels": [],
            "reference": request.reference,
            "about": ids.encode(request.ref),
        }
        tasks.add(work, request.agency_id, ref, APPLY, nz_date(work.now), request.person_id, summary)
    return len(rows)


def _apply(work: Work, request: CorrectionRequest, items: list[Item], note: str) -> None:
    by = who(work, request)
    if request.record_id:
        changes = {item.field: item_words(work, item)["value"] for item in items}
        reasons = [item_words(work, item)["reason"] for item in items]
        why = {"request_ref": request.ref, "reason": "\n".join(filter(None, reasons))}
        _correct(work, request, changes, why)
    for item in items:
        item.applied_at = item.outcome_at = work.now
        applied = {"by": by.value, "note": note}
        put_item_words(work, item, item_words(work, item) | {"applied": applied})
    note_event(work, request, rules.Event.ITEM_APPLIED)
    tell(work, request, "request_fixed")
    work.session.flush()
    if not any(item.apply_by_on and not item.applied_at for item in items_of(work, request)):
        task = file_of(work, request).get("apply_task")
        if task:
            tasks.close_if_open(work, request.agency_id, int(task))
            put_file(work, request, apply_task=None)
        _go_on(work, request, by)


def _go_on(work: Work, request: CorrectionRequest, by: Who) -> None:
    if rules.may_move(request.state, rules.State.APPLIED):
        after.applied(work, request, by=by)
    else:
        # It has been so all along; only the right to look may end now.
        let_look(work, request, on=False)


def _correct(work: Work, request: CorrectionRequest, changes: dict[str, Any], why: dict[str, Any]) -> None:
    try:
        records.correct(work, request.person_id, request.record_id, changes, why)
        records.end_awaiting(work, request.person_id, request.record_id, request.ref, list(changes))
    except NotThere:
        # The record has gone meanwhile (a link that was wrong): there is nothing here that could say it wrongly.
        return
