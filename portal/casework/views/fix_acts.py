"""Acts upon a request to fix something, each on a page of its own that says the law's limits first."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.casework.forms.access import IdentityForm, KnownForm
from portal.casework.forms.fixing import AskForm, MoreTimeForm, PassOnForm, TakeOffForm
from portal.casework.views.access_acts import Act
from portal.casework.views.blueprint import blueprint
from portal.casework.views.fix_case import case_page, facts
from portal.casework.views.fix_deciding import gone
from portal.casework.views.fix_limits import limit_of
from portal.corrections import service as corrections
from portal.corrections.service import CaseView
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import PortalForm
from portal.web.guards import requires
from portal.web.page import page

ASK = Act(
    "ask",
    # L10n: staff page of a request to fix something, title of an act and its link.
    N_("Ask them something"),
    # L10n: staff page that asks the person of a request a question, first line.
    N_("They read it here, and may say that they would rather not answer. The time to answer goes on."),
    # L10n: staff page that asks the person of a request a question, button.
    N_("Send the question"),
    "Privacy Act 2020, section 61",
    (
        # L10n: staff page that asks the person of a request a question.
        N_("Ask one thing at a time, in short sentences. Never ask why they want it fixed."),
    ),
)
IDENTITY = Act(
    "identity",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Ask who they are"),
    # L10n: staff page that asks for proof of identity, first line.
    N_("Only when you doubt it. They get a letter. The time to answer goes on."),
    # L10n: staff page that asks for proof of identity, button.
    N_("Send the letter"),
    "Privacy Act 2020, sections 57 and 59",
    (
        # L10n: staff page that asks for proof of identity.
        N_("Ask for no more than you need. A photo ID is never the only way."),
    ),
)
KNOWN = Act(
    "known",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("I am sure who they are"),
    # L10n: staff page that notes how a person showed who they are, first line.
    N_("Write how you know. Keep no copy of what they showed you."),
    # L10n: staff page that notes how a person showed who they are, button.
    N_("Go on with the request"),
    "Privacy Act 2020, sections 57 and 59",
)
PASS_ON = Act(
    "pass-on",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Pass it on"),
    # L10n: staff page that passes a request to fix something on, first line.
    N_("When it is closer to another agency’s work. The person gets a letter that says whom to ask."),
    # L10n: staff page that passes a request on, button.
    N_("Pass it on now"),
    "Privacy Act 2020, section 62",
    (
        # L10n: staff page that passes a request to fix something on. "They" is the other agency.
        N_("They have 20 working days from today. You do not see the request after that."),
    ),
)
MORE_TIME = Act(
    "more-time",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Ask for more time"),
    # L10n: staff page that asks for more time, first line.
    N_("A privacy officer has to agree. Then the person gets a letter with the new day and the reason."),
    # L10n: staff page that asks for more time, button.
    N_("Propose the new day"),
    "Privacy Act 2020, section 65",
    (
        # L10n: staff page that asks for more time.
        N_("They can complain about the extra time. Ask for no more than you need."),
    ),
)
TAKE_OFF = Act(
    "take-off",
    # L10n: staff page of a request to fix something, title of an act and its link: away from beside a value.
    N_("Take their words away"),
    # L10n: staff page that asks to take a person's own words away, first line.
    N_("The law wants these words beside the value. What they say is no reason by itself."),
    # L10n: staff page that asks to take a person's own words away, button.
    N_("Propose to take them away"),
    "Privacy Act 2020, section 64",
    (
        # L10n: staff page that asks to take a person's own words away.
        N_(
            "A privacy officer has to agree. The person gets a letter with your reason, and can give other words."
        ),
    ),
)


@blueprint.route("/casework/<ref:ref>/ask", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def ask(ref: int) -> Response:
    """Ask the person something about their request; no clock stops for it (s 61)."""
    form = AskForm()
    return _act_page(ref, form, ASK, _ask, lambda: (form.words.data,))


@blueprint.route("/casework/<ref:ref>/identity", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def identity(ref: int) -> Response:
    """Ask the person to show that it is them; the clock goes on (ss 57 and 59)."""
    form = IdentityForm()
    return _act_page(ref, form, IDENTITY, corrections.check_identity, lambda: (form.wanted.data,))


@blueprint.route("/casework/<ref:ref>/known", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def known(ref: int) -> Response:
    """Note how staff know that it is the person (ss 57 and 59)."""
    form = KnownForm()
    return _act_page(ref, form, KNOWN, corrections.confirm_identity, lambda: (form.how.data,))


@blueprint.route("/casework/<ref:ref>/pass-on", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def pass_on(ref: int) -> Response:
    """Pass a request on within 10 working days, all or a part of it (s 62)."""
    case = _case(ref)
    if case is None:
        return gone(ref)
    names = {
        ids.encode(one.id): one.name
        for one in agencies.catalogue(work()).agencies
        if one.kind == "agency" and one.id != actor().agency_id
    }
    own = {str(item.no): item.field.label for item in case.request.items if not item.moved_to}
    form = PassOnForm().offer(names, own)
    given = lambda: (ids.decode(form.agency.data or "") or 0, form.why.data, form.nos())  # noqa: E731
    return _act_page(ref, form, PASS_ON, _pass_on, given, case)


@blueprint.route("/casework/<ref:ref>/more-time", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def more_time(ref: int) -> Response:
    """Propose a later last day, by one of the law's three reasons (s 65)."""
    form = MoreTimeForm()
    given = lambda: (form.ground.data or "", form.until.data, form.reason.data)  # noqa: E731
    return _act_page(ref, form, MORE_TIME, corrections.propose_extension, given)


@blueprint.route("/casework/<ref:ref>/statement/<int:no>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def take_off(ref: int, no: int) -> Response:
    """Propose that a person's own words do not stand beside a value any more; a second person decides (s 64)."""
    case = _case(ref)
    if case is None:
        return gone(ref)
    item = next((one for one in case.request.items if one.no == no and one.statement), None)
    if item is None:
        raise NotThere()
    form = TakeOffForm()
    verb = lambda opened, ref: corrections.propose_taking_off(opened, ref, no, form.reason.data or "")  # noqa: E731
    return _act_page(ref, form, TAKE_OFF, verb, tuple, case, item=item)


def _act_page(
    ref: int,
    form: PortalForm,
    act: Act,
    verb: Callable,
    given: Callable[[], tuple],
    case: CaseView | None = None,
    **more: Any,
) -> Response:
    """Carry out one act of a case when its form was sent, and lead back to the case; else show its page.

    given: gives what the verb takes after the request's id, once the form was sent. What was typed is never lost:
    the page comes back with it, also where the request has gone or was decided meanwhile.
    """
    if form.sent() and form.carry_out(verb, ref, *given()):
        return redirect(url_for("casework.show", ref=ref), 303)
    case = case if case is not None and form.status != 409 else _case(ref)
    if case is None:
        return gone(ref)
    if form.status == 409:
        return case_page(ref, form, case)
    limit = limit_of(act.key, form, case)
    return page("casework/fix_act.html", form=form, act=act, limit=limit, **facts(case), **more)


def _case(ref: int) -> CaseView | None:
    """Give the case; None where the request is not theirs any more and something was sent. Raises NotThere."""
    try:
        return corrections.case(work(), ref)
    except NotThere:
        if request.method != "POST":
            raise
        return None


def _ask(opened: Work, ref: int, words: str) -> None:
    corrections.ask_person(opened, ref, words)


def _pass_on(opened: Work, ref: int, agency_id: int, why: str, nos: list[int]) -> None:
    corrections.transfer(opened, ref, agency_id, why, nos)
