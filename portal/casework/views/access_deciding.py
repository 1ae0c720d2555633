"""Deciding a request to see something: item by item, then all of it, seen by a second person, and handed over."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal.access_requests import rules
from portal.access_requests import service as access
from portal.access_requests.queries import StaffItem
from portal.base.work import Work
from portal.casework.forms.answers import (
    DECISIONS,
    NEEDS,
    OUTCOMES,
    SILENT,
    AnswerForm,
    DecideItemForm,
    ExtendForm,
    HandOverForm,
    ProposeForm,
    SilenceForm,
)
from portal.casework.views.access import act_page, facts
from portal.casework.views.access_acts import Act
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.language.rules import N_
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page

MORE_TIME = Act(
    "more-time",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Ask for more time"),
    # L10n: staff page that asks for more time, first line.
    N_("A privacy officer has to agree. Then the person gets a letter with the new day and the reason."),
    # L10n: staff page that asks for more time, button.
    N_("Propose the new day"),
    "Privacy Act 2020, section 48",
)
PROPOSE = Act(
    "propose",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Decide the request"),
    # L10n: staff page that proposes a decision, first line.
    N_("Yes to all, and not held, go out at once. For any other answer a privacy officer has to agree."),
    # L10n: staff page that proposes a decision, button.
    N_("Send the answer on"),
    "Privacy Act 2020, sections 44 to 46",
)
SILENCE = Act(
    "silence",
    # L10n: staff page that decides about one item, answer of a privacy officer. Law: be exact (s 47).
    N_("Neither confirm nor deny that it exists"),
    # L10n: staff page that neither confirms nor denies, first line.
    N_("The person reads the same words whether you hold anything or not. They can complain."),
    # L10n: staff page that neither confirms nor denies, button.
    N_("Send this answer"),
    "Privacy Act 2020, section 47",
    (
        # L10n: staff page that neither confirms nor denies.
        N_("Only where a ground allows it, and where saying yes or no would itself do the harm."),
    ),
)
ANSWER = Act(
    "answer",
    # L10n: staff page on which a privacy officer looks at a proposal, title.
    N_("Look at what a colleague proposes"),
    # L10n: staff page on which a privacy officer looks at a proposal, first line.
    N_("Read each item and its reason first. If you agree, the letters go out at once."),
    # L10n: staff page on which a privacy officer looks at a proposal, button.
    N_("Send my answer"),
    "Privacy Act 2020, sections 46 and 48",
)
HAND_OVER = Act(
    "release",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Hand it over"),
    # L10n: staff page that hands over, first line.
    N_("From then on they can read it here. What you kept from them is in no page and no file."),
    # L10n: staff page that hands over, button.
    N_("Hand it over now"),
    "Privacy Act 2020, sections 45 and 57",
)


@blueprint.route("/casework/access/<ref:ref>/item/<int:no>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def access_item(ref: int, no: int) -> Response:
    """Decide about one item: show it, show it without marked passages, or keep it, with a ground of the closed list."""
    form = _item_form()
    if form.sent():
        given = (form.outcome.data, form.ground.data, form.reason.data, form.notes(), form.text.data)
        if form.carry_out(access.review_item, ref, no, *given):
            return redirect(url_for("casework.access_case", ref=ref), 303)
    case = access.case(work(), ref)
    item = case.item(no)
    if request.method == "GET":
        form = _item_form(item)
    return page("casework/access_item.html", form=form, item=item, needs=list(NEEDS), **facts(case))


@blueprint.route("/casework/access/<ref:ref>/more-time", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_more_time(ref: int) -> Response:
    """Propose a later last day, by one of the law's three reasons (s 48)."""
    form = ExtendForm()
    return act_page(
        ref,
        form,
        MORE_TIME,
        access.propose_extension,
        lambda: (form.ground.data, form.until.data, form.reason.data),
    )


@blueprint.route("/casework/access/<ref:ref>/propose", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_propose(ref: int) -> Response:
    """Propose the answer that the decided items add up to."""
    form = ProposeForm()
    form.outcome.choices = [
        SelectChoice(name, words) for name, words in DECISIONS.items() if name not in ("ncnd", "extended")
    ]
    return act_page(ref, form, PROPOSE, _propose, lambda: (form.outcome.data, form.others()))


@blueprint.route("/casework/access/<ref:ref>/silence", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def access_silence(ref: int) -> Response:
    """Neither confirm nor deny, by a privacy officer: the answer is the same whether anything is held (s 47)."""
    form = SilenceForm()
    return act_page(ref, form, SILENCE, _be_silent, lambda: (form.ground.data, form.reason.data))


@blueprint.route("/casework/access/<ref:ref>/answer", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def access_answer(ref: int) -> Response:
    """Agree to what a colleague proposed, or send it back: a privacy officer, and never the one who proposed it."""
    form = AnswerForm()
    return act_page(ref, form, ANSWER, _answer, lambda: (form.verdict.data, form.why.data))


@blueprint.route("/casework/access/<ref:ref>/release", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_release(ref: int) -> Response:
    """Hand over what was decided to be shown, once it is sure who gets it and that it is safe (s 57)."""
    form = HandOverForm()
    return act_page(ref, form, HAND_OVER, access.release, lambda: (form.how(),))


def _item_form(item: StaffItem | None = None) -> DecideItemForm:
    held: dict[str, Any] = {}
    if item is not None:
        held = {
            "text": item.text,
            "outcome": item.outcome,
            "ground": item.ground or "",
            "reason": item.reason,
        }
        held |= {f"note_{need}": note for need, note in item.notes.items()}
        held["silence"] = item.notes.get("silence", "")
    form = DecideItemForm(data=held)
    if allowed(actor(), Permission.CASEWORK_REVIEW):
        form.outcome.choices = [*OUTCOMES, SILENT]
    return form


def _propose(opened: Work, ref: int, outcome: str, elsewhere: str | None) -> None:
    access.propose_decision(opened, ref, outcome, elsewhere=elsewhere)


def _be_silent(opened: Work, ref: int, ground: str, reason: str) -> None:
    access.propose_decision(opened, ref, rules.State.NCND, ground=ground, reason=reason)


def _answer(opened: Work, ref: int, verdict: str, why: str) -> None:
    if verdict == "approve":
        access.approve(opened, ref)
    else:
        access.send_back(opened, ref, why)
