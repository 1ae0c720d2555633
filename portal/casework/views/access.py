"""The case of a request to see something: all that staff need for its answer, and what the person will see."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access_requests import rules
from portal.access_requests import service as access
from portal.access_requests.queries import CaseView
from portal.access_requests.rules.letters import LETTERS
from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.casework.forms import ButtonForm
from portal.casework.forms.answers import DECISIONS
from portal.casework.views.access_words import HAPPENINGS
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.identity.queries import account_name
from portal.law import clocks, grounds, reading
from portal.notices import service as notices
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import PortalForm
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/casework/access/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def access_case(ref: int) -> Response:
    """Show a request to see something, with its clock, what was found, and what can be done now."""
    return case_page(ref)


@blueprint.post("/casework/access/<ref:ref>/take")
@requires(Permission.CASEWORK_DECIDE)
def access_take(ref: int) -> Response:
    """Take a request as one's own."""
    return _press(ref, access.take)


@blueprint.post("/casework/access/<ref:ref>/gather")
@requires(Permission.CASEWORK_DECIDE)
def access_gather(ref: int) -> Response:
    """Add what this agency keeps from the person here as things that were found."""

    def verb(opened: Work, ref: int) -> None:
        access.gather(opened, ref)

    return _press(ref, verb)


@blueprint.get("/casework/access/<ref:ref>/preview")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def access_preview(ref: int) -> Response:
    """Show exactly what the person will see of each item: nothing of a marked passage, nothing of a silent one."""
    case = access.case(work(), ref)
    seen = [(item, _seen(item)) for item in case.items if item.outcome in rules.TOLD]
    waiting = sum(not item.outcome for item in case.items)
    return page("casework/access_preview.html", **facts(case), seen=seen, waiting=waiting)


def case_page(ref: int, form: PortalForm | None = None) -> Response:
    """Show the case; `form` carries what went wrong with a button."""
    case = access.case(work(), ref)
    safe = notices.letter_is_safe(work(), case.request.person_id)
    others = tasks.open_row(work(), case.task, account_name(work(), actor().account_id))
    return page(
        "casework/access.html", form=form or ButtonForm(), post_is_safe=safe, others=others, **facts(case)
    )


def facts(case: CaseView) -> dict[str, Any]:
    """Give what every page of a case needs."""
    today, ask, me = nz_date(work().now), case.request, actor()
    return {
        "case": case,
        "ask": ask,
        "due": (clocks.state_of(today, ask.due_on), clocks.days_left(today, ask.due_on)),
        "mine": case.task.owner_id == me.account_id,
        "officer": allowed(me, Permission.CASEWORK_REVIEW),
        "may_decide": allowed(me, Permission.CASEWORK_DECIDE),
        "own_proposal": bool(case.proposed) and case.proposed_by == me.account_id,
        "may_pass_on": today <= case.transfer_by_on and ask.words.get("hand_on") == "yes",
        "ground": grounds.access_ground,
        "wording": rules,
        "only": Permission.CASEWORK_DECIDE.sentence,
        "happenings": HAPPENINGS,
        "decisions": DECISIONS,
        "letters": LETTERS,
        "reading_age": reading.reading_age,
        "day_of": date.fromisoformat,
    }


def act_page(
    ref: int, form: PortalForm, act: Any, verb: Callable, given: Callable[[], tuple], **more: Any
) -> Response:
    """Carry out one act of a case when its form was sent, and lead back to the case; else show its page.

    given: gives what the verb takes after the request's id, once the form was sent.
    """
    if form.sent() and form.carry_out(verb, ref, *given()):
        return redirect(url_for("casework.access_case", ref=ref), 303)
    case = access.case(work(), ref)
    return page("casework/access_act.html", form=form, act=act, **facts(case), **more)


def _press(ref: int, verb: Callable) -> Response:
    form = ButtonForm()
    if form.sent() and form.carry_out(verb, ref):
        return redirect(url_for("casework.access_case", ref=ref), 303)
    return case_page(ref, form)


def _seen(item: Any) -> list[list[str]]:
    if item.outcome == rules.Outcome.REFUSE:
        return []
    return rules.parts_of(item.text, item.ground or "")
