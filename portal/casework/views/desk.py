"""Screens of agency staff: a request beside its record, and the decision."""

from datetime import date

from flask import redirect, request, url_for

from portal.access_requests import service as access
from portal.agencies import tasks, values
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.casework.forms import ButtonForm, decide_form
from portal.casework.forms.answers import AnswerForm
from portal.casework.views import edits, held, looks
from portal.casework.views.blueprint import blueprint
from portal.corrections import rules
from portal.corrections import service as corrections
from portal.delegations import service as delegations
from portal.identity.permissions import Permission, allowed
from portal.identity.queries import account_name
from portal.law import clocks, grounds, reading
from portal.law.ways import WAYS
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import clean, clean_line
from portal.web.guards import requires
from portal.web.negotiation import translator
from portal.web.page import page

PAGES = {**looks.PAGES, **edits.PAGES, **held.PAGES}
# Rows that end by themselves once what they ask for is done on the page of their request.
FOLLOWS = (corrections.APPLY, corrections.TELL)
TYPED = ("value-", "reason-")


@blueprint.get("/casework/<ref:ref>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def show(ref):
    """Show a request beside its record, with the form that decides it."""
    try:
        return case_page(ref)
    except NotThere:
        # Not a request: something that was held back, or nothing of this agency's at all.
        task = tasks.find(work(), ref)
        if task.kind == corrections.TASK:
            raise
        if task.kind == access.TASK:
            return redirect(url_for("casework.access_case", ref=ref), 303)
        if task.kind == delegations.REVIEW_KIND:
            return redirect(url_for("casework.review", ref=ref), 303)
        if task.kind in PAGES and (task.kind not in held.PAGES or task.state != "closed"):
            return redirect(url_for(PAGES[task.kind], ref=ref), 303)
        about = ids.decode(task.summary.get("about", ""))
        if task.kind in FOLLOWS and about is not None:
            return redirect(url_for("casework.show", ref=about), 303)
        if task.kind == corrections.TOLD:
            return redirect(url_for("casework.told", ref=ref), 303)
        return page("casework/held.html", task=task, about=about, form=ButtonForm(), may_decide=_may_decide())


@blueprint.post("/casework/<ref:ref>/take")
@requires(Permission.CASEWORK_DECIDE)
def take(ref):
    """Take a request as one's own."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(corrections.take, ref)
    return redirect(url_for("casework.show", ref=ref), 303)


@blueprint.post("/casework/<ref:ref>/decide")
@requires(Permission.CASEWORK_DECIDE)
def decide(ref):
    """Decide each value of a request, once, by the law's closed list of grounds."""
    try:
        case = corrections.case(work(), ref)
    except NotThere:
        return _gone(ref)
    form = _form_of(case)
    if form.sent() and form.carry_out(corrections.decide, ref, _version(), _decisions(form, case)):
        return redirect(url_for("casework.show", ref=ref), 303)
    # After a conflict the page shows the request as it is now; else it is one look, already noted.
    return case_page(ref, form, None if form.status == 409 else case)


@blueprint.post("/casework/<ref:ref>/done")
@requires(Permission.CASEWORK_DECIDE)
def done(ref):
    """Take something that was held back off the list, once staff have looked at it."""
    form = ButtonForm()
    task = tasks.find(work(), ref)
    # A link in doubt is answered on its own page: to look at it is not enough.
    answered_elsewhere = (
        corrections.TASK,
        delegations.REVIEW_KIND,
        "link_held",
        "link_disowned",
        *PAGES,
        *FOLLOWS,
    )
    # Nobody takes away the notice of what they did themselves.
    own = task.summary.get("by") == str(actor().account_id)
    if form.sent() and task.kind not in answered_elsewhere and not own:
        form.carry_out(tasks.close, task.agency_id, ref)
    return redirect(url_for("casework.index"), 303)


def case_page(ref, form=None, case=None):
    """Show a request beside its record; `form` carries what was typed, and what went wrong with it."""
    case = case or corrections.case(work(), ref)
    today = nz_date(work().now)
    return page(
        "casework/show.html",
        case=case,
        ask=case.request,
        today=today,
        form=form or _form_of(case),
        # Somebody may have proposed something, or answered it, since the page was opened: each part has its own form.
        decide_form=form if _decides(form) else _form_of(case),
        answer_form=form if isinstance(form, AnswerForm) else AnswerForm(),
        typed=_typed() if _decides(form) and (case.staff.proposed or not case.request.open) else [],
        officer=allowed(actor(), Permission.CASEWORK_REVIEW),
        own_proposal=case.staff.proposed_by == actor().account_id,
        ground=grounds.decline_ground,
        day_of=date.fromisoformat,
        due=(clocks.state_of(today, case.request.due_on), clocks.days_left(today, case.request.due_on)),
        text=lambda field, value: values.as_words(field, value, translator()),
        grade=reading.reading_age,
        mine=case.task.owner_id == actor().account_id,
        # Nobody answers a request of their own.
        own=case.task.person_id == actor().person_id,
        others=tasks.open_row(work(), case.task, account_name(work(), actor().account_id)),
        wishes=rules.WISH_WORDS,
        ways=WAYS,
        decisions=rules.DECISION_WORDS,
        may_decide=_may_decide(),
        only=Permission.CASEWORK_DECIDE.sentence,
    )


def _decides(form) -> bool:
    return form is not None and not isinstance(form, AnswerForm | ButtonForm)


def _typed() -> list[str]:
    return [clean(text) for name, text in request.form.items() if name.startswith(TYPED) and text.strip()]


def _gone(ref):
    """Say that a request is no longer theirs, with all that staff had typed. Raises NotThere for any other."""
    why = corrections.gone(work(), ref)
    answer = page("casework/gone.html", why=why, typed=_typed())
    answer.status_code = 409
    return answer


def _may_decide() -> bool:
    return allowed(actor(), Permission.CASEWORK_DECIDE)


def _form_of(case):
    return decide_form(case.request.items, {item.no: item.field.nature for item in case.request.items})


def _version() -> int:
    typed = clean_line(request.form.get("version", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _decisions(form, case) -> list[corrections.Decision]:
    return [
        corrections.Decision(
            no=item.no,
            decision=form[f"decision_{item.no}"].data or "",
            value=form[f"value_{item.no}"].data or "",
            ground=form[f"ground_{item.no}"].data or "",
            reason=form[f"reason_{item.no}"].data or "",
        )
        for item in case.request.items
    ]
