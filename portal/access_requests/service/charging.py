"""Asking for money before handing over, where the law lets an agency; the person's answer; and how it is settled.

Without a setting in its catalogue entry an agency asks for nothing. Privacy Act 2020 sections 45, 66 and 67.
"""

from decimal import Decimal
from typing import Any

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.queries.places import words_place
from portal.access_requests.rules import charges
from portal.access_requests.service import letters
from portal.access_requests.service.handling import needed
from portal.access_requests.service.moving import find_case, find_own, move, note_event, words_of
from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, Refused
from portal.base.work import Work
from portal.language.rules import N_

# L10n: error beside a question that has a list of answers.
CHOOSE = N_("Choose one of the answers.")


def may_charge(work: Work, agency_id: int | None) -> bool:
    """Say whether an agency may ask for money for handing over: by its catalogue entry, and by default not."""
    return agency_id is not None and agencies.catalogue(work).agency(agency_id).may_charge


def ask_charge(work: Work, ref: int, amount: str, why: str) -> None:
    """Say what handing over would cost and why, before it is done; the person is told (letter L10) and may answer.

    Again only for a smaller sum, as long as it is not settled. `amount` is typed dollars.
    Raises Refused for an agency that may not charge, Invalid, Conflict, NotThere. Privacy Act 2020 ss 45, 66 and 67.
    """
    if not may_charge(work, work.actor.agency_id):
        raise Refused(charges.MAY_NOT)
    _task, request = find_case(work, ref)
    before = charge_of(work, request)
    if request.state not in rules.TO_HAND_OVER or (before is not None and charges.is_settled(before)):
        raise Conflict()
    wanted = charges.amount_of(amount)
    if wanted is None:
        raise Invalid(charges.NO_SUM, "amount")
    if before is not None and wanted >= Decimal(before["amount"]):
        raise Invalid(charges.NOT_MORE, "amount", before=f"${before['amount']}")
    said = needed(why, "why")
    if request.state == rules.State.FEE_WAIT:
        note_event(work, request, rules.Event.FEE_ASKED)
    else:
        move(work, request, rules.State.FEE_WAIT, may_charge=True)
    asked_on = nz_date(work.now).isoformat()
    plain = f"{wanted:.2f}"
    _put(work, request, amount=plain, why=said, asked_on=asked_on, answer="", less="", settled="")
    tasks.change(work, ref, state="waiting", agency_id=request.agency_id)
    form = words_of(work, request)["form"]
    letters.write(work, request, "L10", form=form, charge=f"${wanted:,.2f}", charge_why=said)


def answer_charge(work: Work, ref: int, answer: str, less: str = "") -> None:
    """Say yes to what an agency wants to be paid, or ask for less, with words on what the person can do without.

    By its person, and again until it is settled. Raises Invalid, Conflict, NotThere.
    """
    request = find_own(work, ref)
    if request.state != rules.State.FEE_WAIT or charges.is_settled(charge_of(work, request)):
        raise Conflict()
    if answer not in charges.ANSWERS:
        raise Invalid(CHOOSE, "answer")
    said = (less or "").strip() if answer == "less" else ""
    if answer == "less" and not said:
        raise Invalid(charges.SAY_WHAT, "less")
    if len(said) > rules.MAX_TOPIC:
        raise Invalid(N_("Use %(max)s characters or fewer."), "less", max=rules.MAX_TOPIC)
    _put(work, request, answer=answer, less=said)
    happened = rules.Event.FEE_AGREED if answer == "yes" else rules.Event.FEE_LESS
    note_event(work, request, happened)
    tasks.change(work, ref, state="looking", agency_id=request.agency_id)


def settle_charge(work: Work, ref: int, how: str) -> None:
    """Note that the person has paid, or that the agency asks for nothing any more; then it can be handed over.

    `how` is paid or waived. Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 66.
    """
    _task, request = find_case(work, ref)
    if request.state != rules.State.FEE_WAIT or charges.is_settled(charge_of(work, request)):
        raise Conflict()
    if how not in charges.ENDS:
        raise Invalid(CHOOSE, "how")
    _put(work, request, settled=how)
    note_event(work, request, rules.Event.FEE_PAID if how == "paid" else rules.Event.FEE_WAIVED)
    tasks.change(work, ref, state="looking", agency_id=request.agency_id)


def charge_of(work: Work, request: AccessRequest) -> dict[str, Any] | None:
    """Give what an agency asks to be paid: amount, why, asked_on, answer, less, settled; None where it asks nothing."""
    return words_of(work, request).get("charge")


def _put(work: Work, request: AccessRequest, **changes: str) -> None:
    words = words_of(work, request)
    words["charge"] = (words.get("charge") or {}) | changes
    request.words = work.keys.seal_json(words_place(request), words)
    work.session.flush()
