"""Sending a request, letting an agency receive it, and taking it back."""

from datetime import date
from typing import Any

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Draft, Item
from portal.corrections.queries.places import request_place
from portal.corrections.rules.proof import said
from portal.corrections.service import came_in, letters
from portal.corrections.service.moving import (
    TASK,
    end_case,
    find_own,
    find_request,
    move,
    put_item_words,
)
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law import clocks
from portal.law.moves import Who
from portal.law.working_days import CALENDAR_VERSION
from portal.records import service as records

# L10n: above the check page of a request; a question of an earlier page has no answer yet.
UNFINISHED = N_("Some answers are missing. Look at each part, then send.")
# L10n: above the check page of a request; nothing was sent.
CHANGED = N_(
    "They changed this while you were writing. Nothing was sent. Look at the new value, then answer again."
)
# L10n: above the check page of a request; nothing was sent.
ASKED = N_(
    "You have asked to fix one of these already. Nothing was sent. Take it out, or wait for the answer."
)


def submit(work: Work, ref: int) -> str:
    """Send the actor's draft: request, items, clocks, review marks, task and grant for the agency, letter L1.

    The draft is deleted; the request keeps its ref, so that sending again gives the same request. The values are
    read again first: nothing is sent while one of them differs from what the person saw. Raises Invalid, NotThere.
    Privacy Act 2020 ss 59 to 63, principle 7: passed on within 10 working days of the day of receipt, due within 20.
    """
    person_id = work.actor.person_id
    if find_request(work, person_id, ref) is not None:
        return ids.encode(ref)
    draft = queries.draft(work, ref)
    _check(draft)
    given = [_given(draft, value) for value in draft.values]
    request = receive(
        work,
        person_id,
        draft.agency.id,
        ref=ref,
        record_id=draft.record.id,
        language=draft.reply["language"] or "en",
        words=_words(draft),
        items=given,
        title=draft.record.type.title,
    )
    letters.write(work, request, "L1", items=[{"label": one["label"]} for one in given])
    work.session.delete(work.session.get(Draft, (person_id, draft.id)))
    work.session.flush()
    return ids.encode(ref)


def receive(
    work: Work,
    person_id: int,
    agency_id: int,
    *,
    ref: int,
    record_id: int,
    language: str,
    words: dict[str, Any],
    items: list[dict[str, Any]],
    title: str,
    by: Who = Who.PERSON,
    received_on: date | None = None,
) -> CorrectionRequest:
    """Let an agency receive a request: its clocks, review marks, its row of the worklist, its right to look.

    A request that another agency passed on counts from today too, by staff. items: {no, field, wish, label, words}.
    `received_on`: the Pacific/Auckland day on which it came in, where it is written down later.
    Privacy Act 2020 ss 62 and 63.
    """
    request = _request(work, person_id, agency_id, ref, record_id, language, words)
    _date(request, work, received_on or nz_date(work.now))
    move(work, request, rules.State.RECEIVED, by=by, complete=bool(items))
    for one in items:
        _add_item(work, request, one)
    if record_id:
        records.begin_review(work, person_id, record_id, [one["field"] for one in items], ref)
    delegations.grant(work, person_id, agency_id, "case", ref)
    summary = {
        "reference": request.reference,
        "initials": _initials(work, person_id),
        "title": title,
        "labels": [one["label"] for one in items],
        "language": request.language,
        "urgent": words["reply"]["urgent"] == "yes",
    }
    tasks.add(work, agency_id, ref, TASK, request.due_on, person_id, summary)
    return request


def withdraw(work: Work, ref: int) -> str:
    """Take the actor's open request back: the marks, the task and the agency's right to look end at once (L9).

    Taking it back twice is harmless. Raises NotThere, and Invalid once it is decided.
    """
    request = find_own(work, ref)
    if request.state == rules.State.WITHDRAWN:
        return ids.encode(ref)
    try:
        move(work, request, rules.State.WITHDRAWN)
    except Conflict:
        # L10n: above the page that takes a request back; the agency was faster.
        raise Invalid(N_("They have decided already. Look at their answer.")) from None
    request.proposed, request.proposed_by, request.asked_at = None, None, None
    end_case(work, request)
    letters.write(work, request, "L9", end="withdrawn", recipients=[{"unchanged": "yes"}])
    return ids.encode(ref)


def requests_of(work: Work, after: int | None = None) -> queries.Requests:
    """Give the actor's own drafts and requests, newest first; `after` is the ref of the last that was given."""
    return queries.requests_of(work, after)


def show(work: Work, ref: int) -> queries.RequestView:
    """Give a request of the actor. Raises NotThere."""
    return queries.show(work, ref)


def _item_words(draft: queries.DraftView, value: queries.DraftValue) -> dict[str, Any]:
    words = {"held": queries.held(value.line), "wanted": value.value, "beside": value.beside}
    if value.wish != rules.Wish.WORDS and not value.beside and draft.beside:
        words |= {"beside": draft.beside, "beside_lang": draft.beside_lang}
    elsewhere = draft.copied.get(value.field.key)
    if elsewhere is not None and value.hand_on:
        words |= {"holder": elsewhere.agency.id, "hand_on": value.hand_on}
    return words


def _check(draft: queries.DraftView) -> None:
    if draft.missing():
        raise Invalid(UNFINISHED)
    if any(value.changed for value in draft.values):
        raise Invalid(CHANGED)
    if any(value.line and value.line.review_ref for value in draft.values):
        raise Invalid(ASKED)


def _add_item(work: Work, request: CorrectionRequest, one: dict[str, Any]) -> None:
    item = Item(
        person_id=request.person_id,
        request_id=request.id,
        no=one["no"],
        agency_id=request.agency_id,
        field=one["field"],
        wish=one["wish"],
    )
    put_item_words(work, item, one["words"])
    work.session.add(item)


def _words(draft: queries.DraftView) -> dict[str, Any]:
    return {
        "record_ref": draft.record.ref,
        "type": draft.record.type.key,
        "reason": draft.reason.strip(),
        "proof": said(draft.proof, len(draft.files)),
        "reply": draft.reply,
    }


def _given(draft: queries.DraftView, value: queries.DraftValue) -> dict[str, Any]:
    return {
        "no": value.no,
        "field": value.field.key,
        "wish": value.wish,
        "label": value.field.label,
        "words": _item_words(draft, value),
    }


def _initials(work: Work, person_id: int) -> str:
    name = identity.person_facts(work, person_id).full_name
    return "".join(word[0] for word in name.split()[:3])


def _request(
    work: Work,
    person_id: int,
    agency_id: int,
    ref: int,
    record_id: int,
    language: str,
    words: dict[str, Any],
) -> CorrectionRequest:
    request_id = work.new_id()
    request = CorrectionRequest(
        person_id=person_id,
        id=request_id,
        ref=ref,
        reference=rules.reference(ids.random63()),
        agency_id=agency_id,
        record_id=record_id,
        state=rules.State.DRAFT.value,
        calendar_version=CALENDAR_VERSION,
        language=language,
        words=work.keys.seal_json(
            request_place(person_id, request_id, agency_id), words | delegations.helped_words(work)
        ),
    )
    work.session.add(request)
    delegations.note_helped(work, agency_id, ref, request.reference)
    return request


def _date(request: CorrectionRequest, work: Work, received_on: date) -> None:
    request.received_on, request.received_at = received_on, came_in.moment_of(work, received_on)
    request.due_on = clocks.due_on("correction", received_on)
    request.transfer_by_on = clocks.due_on("transfer", received_on)
