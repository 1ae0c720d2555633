"""Handling a request before its answer: see it, take it, be sure who asks, keep somebody safe, pass it on."""

from typing import Any

from portal.access_log import service as access_log
from portal.access_requests import queries, rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.queries import CaseView
from portal.access_requests.service import letters
from portal.access_requests.service.asking import receive
from portal.access_requests.service.moving import (
    TASK,
    end_case,
    file_of,
    find_open,
    move,
    note_event,
    put_file,
    words_of,
)
from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.identity import queries as identity
from portal.language.rules import N_

# L10n: staff page of a request to see something, error beside a text field.
WRITE = N_("Write something here.")
# L10n: staff page of a request to see something, error beside a text field. The limit is 5,000 characters.
TOO_LONG = N_("Use 5,000 characters or fewer.")
# L10n: staff page that passes a request on, error beside the list of agencies.
TO_WHOM = N_("Choose another agency.")


def case(work: Work, ref: int) -> CaseView:
    """Give a request of the actor's agency with its file, and let the look ride along with the page.

    Call it as a read, not inside `work.do`. Raises NotThere without a task of the agency or a live grant.
    """
    found = queries.case(work, ref, TASK)
    look: dict[str, Any] = {
        "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To answer your request to see what they hold"),
        "reference": found.request.reference,
        "about": str(found.request.ref),
        "records": [],
    }
    work.also(access_log.note, found.task.person_id, "staff", found.task.agency_id, "access", look)
    return found


def take(work: Work, ref: int) -> None:
    """Take a request as one's own. Raises NotThere, Conflict once it is decided."""
    request = find_open(work, ref)
    note_event(work, request, rules.Event.TAKEN)
    tasks.change(work, ref, state="looking", owner_id=work.actor.account_id, agency_id=request.agency_id)


def check_identity(work: Work, ref: int, wanted_plain: str) -> None:
    """Ask the person to show who they are (letter L2); the clock goes on. `wanted_plain`: what is enough.

    Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 57.
    """
    request = find_open(work, ref)
    wanted = needed(wanted_plain, "wanted")
    move(work, request, rules.State.ID_CHECK)
    put_file(work, request, identity={"wanted": wanted})
    letters.write(work, request, "L2", wanted=wanted)


def confirm_identity(work: Work, ref: int, how: str) -> None:
    """Note how staff know that it is the person; a request that waited for this goes on. Privacy Act 2020 s 57."""
    request = find_open(work, ref)
    said = needed(how, "how")
    if request.state == rules.State.ID_CHECK:
        move(work, request, rules.State.RECEIVED, identity=True)
    else:
        note_event(work, request, rules.Event.IDENTITY_CONFIRMED)
    before = file_of(work, request).get("identity", {})
    put_file(work, request, identity=before | {"how": said, "at": work.now.isoformat()})


def hold_for_safety(work: Work, ref: int, plan: str) -> None:
    """Hold a request back because somebody may be forced to ask. Nothing of it shows on the person's screens.

    `plan`: how a worker reaches them safely. The clock goes on for staff. Raises Invalid, Conflict, NotThere.
    Privacy Act 2020 s 57.
    """
    request = find_open(work, ref)
    told = _limited(plan, "plan")
    move(work, request, rules.State.SAFETY_HOLD, plan=bool(told))
    put_file(work, request, hold={"plan": told, "at": work.now.isoformat()})


def lift_hold(work: Work, ref: int, why: str) -> None:
    """Let a held request go on, by a privacy officer. Raises Invalid, Conflict, NotThere. Privacy Act 2020 s 57."""
    request = find_open(work, ref)
    said = needed(why, "why")
    if request.state != rules.State.SAFETY_HOLD:
        raise Conflict()
    move(work, request, rules.State.RECEIVED)
    held = file_of(work, request).get("hold", {})
    put_file(work, request, hold=held | {"lifted": said, "lifted_at": work.now.isoformat()})


def transfer(work: Work, ref: int, agency_id: int, why: str, part: str = "") -> None:
    """Pass a request on to an agency that holds it or whose work it is nearer to, and tell the person (letter L3).

    With `part` only that part is passed on, and the rest is answered here. The receiver's clocks begin today.
    Raises Invalid (also after 10 working days, or where the person said no), Conflict, NotThere.
    Privacy Act 2020 s 43.
    """
    request = find_open(work, ref)
    said = needed(why, "why")
    known = {one.id for one in agencies.catalogue(work).agencies} - {request.agency_id}
    if agency_id not in known or agency_id in agencies.unnamed(work, request.person_id):
        raise Invalid(TO_WHOM, "agency")
    words = words_of(work, request)
    rest = _limited(part, "part")
    if rest:
        _check_part(work, request, words)
    else:
        move(work, request, rules.State.TRANSFERRED, hand_on=words["hand_on"] == "yes")
    name = agencies.catalogue(work).agency(request.agency_id).name
    passed = words | {"origin": name} | ({"scope": "topic", "topic": rest} if rest else {})
    other = receive(
        work, request.person_id, agency_id, request.language, passed, request.batch, acknowledge=False
    )
    letters.write(
        work, request, "L3", to=agency_id, why=said, moved_on=nz_date(work.now), new_due_on=other.due_on
    )
    if rest:
        note_event(work, request, rules.Event.PART_TRANSFERRED)
    else:
        end_case(work, request)


def _check_part(work: Work, request: AccessRequest, words: dict[str, Any]) -> None:
    fault = rules.refused_because(
        request.state,
        rules.State.TRANSFERRED,
        rules.Who.STAFF,
        rules.Facts(
            today=nz_date(work.now),
            transfer_by_on=request.transfer_by_on,
            hand_on=words["hand_on"] == "yes",
        ),
    )
    if fault:
        # L10n: staff page that passes a request on, error: the work on it has begun.
        begun = N_("You have begun to search. Answer it here, or ask the person to ask the other agency.")
        raise Invalid(begun if fault == "no-such-move" else rules.REFUSED_BECAUSE[fault])


def needed(text: str, box: str) -> str:
    """Give a text that staff must write, without outer spaces. Raises Invalid when it is empty or too long."""
    said = _limited(text, box)
    if not said:
        raise Invalid(WRITE, box)
    return said


def _limited(text: str, box: str) -> str:
    said = (text or "").strip()
    if len(said) > rules.MAX_REASON:
        raise Invalid(TOO_LONG, box)
    return said
