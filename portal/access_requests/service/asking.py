"""Sending a request to see what is held, one to each agency, and taking it back."""

from datetime import date
from typing import Any

from sqlalchemy import select

from portal.access_requests import queries, rules
from portal.access_requests.models import AccessRequest, Draft
from portal.access_requests.queries.places import file_place, words_place
from portal.access_requests.service import letters
from portal.access_requests.service.drafts import only_asked
from portal.access_requests.service.moving import TASK, end_case, find_own, move
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.corrections.rules import reference
from portal.corrections.service import came_in
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law import clocks
from portal.law.working_days import CALENDAR_VERSION

KEPT = ("scope", "since", "until", "topic", "names", "births", "form", "urgent", "why", "hand_on")


def submit(work: Work, ref: int) -> str:
    """Send the actor's draft: a request to each agency, with its task, grant and letter L1; the draft is deleted.

    Sending again gives the same requests. Raises Invalid while an answer is missing, NotThere.
    Privacy Act 2020 ss 40 to 44: due 20 working days after the day of receipt, passed on within 10.
    """
    person_id = work.actor.person_id
    sent = select(AccessRequest.id).where(AccessRequest.person_id == person_id, AccessRequest.batch == ref)
    if work.session.scalar(sent.limit(1)) is not None:
        return ids.encode(ref)
    draft = queries.draft(work, ref)
    if draft.missing():
        raise Invalid(rules.REFUSED_BECAUSE["complete"])
    words = {name: draft.answers[name] for name in KEPT} | only_asked(draft.answers)
    language = draft.answers["language"] or "en"
    for agency in draft.agencies:
        receive(work, person_id, agency.id, language, words, ref)
    work.session.delete(work.session.get(Draft, (person_id, draft.id)))
    work.session.flush()
    return ids.encode(ref)


def receive(
    work: Work,
    person_id: int,
    agency_id: int,
    language: str,
    words: dict[str, Any],
    batch: int,
    *,
    acknowledge: bool = True,
    received_on: date | None = None,
) -> AccessRequest:
    """Let an agency receive a request: its clocks, its row of the worklist, its right to look, letter L1.

    A request that another agency passed on counts from today too (Privacy Act 2020 ss 43 and 44). `received_on`:
    the Pacific/Auckland day on which it came in, where it is written down later.
    """
    received_on = received_on or nz_date(work.now)
    request = _request(work, person_id, agency_id, received_on)
    request.batch, request.language = batch, language
    request.words = work.keys.seal_json(words_place(request), words | delegations.helped_words(work))
    request.file = work.keys.seal_json(file_place(request), {})
    work.session.add(request)
    by = rules.Who.PERSON if work.actor.person_id == person_id else rules.Who.STAFF
    move(work, request, rules.State.RECEIVED, by=by, complete=words["scope"] in rules.SCOPES)
    delegations.grant(work, person_id, agency_id, "case", request.ref)
    delegations.note_helped(work, agency_id, request.ref, request.reference)
    tasks.add(work, agency_id, request.ref, TASK, request.due_on, person_id, _summary(work, request, words))
    if acknowledge:
        asked = {name: words[name] for name in ("since", "until", "topic")}
        letters.write(work, request, "L1", **asked)
    return request


def withdraw(work: Work, ref: int) -> str:
    """Take the actor's open request back: the task and the agency's right to look end at once.

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
    request.proposed, request.proposed_by = "", 0
    end_case(work, request)
    return ids.encode(ref)


def _request(work: Work, person_id: int, agency_id: int, received_on: date) -> AccessRequest:
    return AccessRequest(
        person_id=person_id,
        id=work.new_id(),
        ref=ids.random63(),
        reference=reference(ids.random63()),
        agency_id=agency_id,
        state=rules.State.DRAFT.value,
        received_at=came_in.moment_of(work, received_on),
        received_on=received_on,
        due_on=clocks.due_on("access", received_on),
        transfer_by_on=clocks.due_on("transfer", received_on),
        calendar_version=CALENDAR_VERSION,
        proposed="",
        proposed_by=0,
    )


def _summary(work: Work, request: AccessRequest, words: dict[str, Any]) -> dict[str, Any]:
    name = identity.person_facts(work, request.person_id).full_name
    return {
        "reference": request.reference,
        "initials": "".join(word[0] for word in name.split()[:3]),
        "labels": [],
        # L10n: staff worklist, kind of work: a person asked to see what the agency holds
        "title": N_("A request to see what you hold"),
        "language": request.language,
        "urgent": words["urgent"] == "yes",
    }
