"""Screens about who looked: answer a person's question, and show looks later by two people's word."""

from flask import redirect, request, url_for

from portal.access_log import service as access_log
from portal.access_log.rules import HOLD_KIND, MOST_DAYS, QUESTION_KIND, ROLES, is_ours
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import TooMany
from portal.casework import service
from portal.casework.forms import ButtonForm
from portal.casework.forms.looks import HoldForm, LookAnswerForm, RenewForm, SecondForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.law import clocks
from portal.law.grounds import access_ground
from portal.web.core import actor, hit, work
from portal.web.fields import STATUS, sentence
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say

MOST = 50
# Pages of their own for rows of the worklist that are about looks.
PAGES = {QUESTION_KIND: "casework.look", HOLD_KIND: "casework.later_one"}


@blueprint.route("/casework/looks/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def look(ref):
    """Show what was looked at, by whom and why, with the person's question; answer it once."""
    form, asked = LookAnswerForm(), access_log.about_question(work(), ref)
    if form.sent() and form.carry_out(service.answer, ref, form.outcome.data, form.words.data):
        return redirect(url_for("casework.look", ref=ref), 303)
    today = nz_date(work().now)
    return page(
        "casework/look.html",
        form=form,
        task=asked.task,
        look=asked.look,
        question=asked.look.question,
        role=_role(asked.look),
        why=say(asked.look.why) if is_ours(asked.look.by, asked.look.what) else None,
        due=(clocks.state_of(today, asked.task.due_on), clocks.days_left(today, asked.task.due_on)),
        mine=asked.look.account == actor().account_id,
    )


@blueprint.get("/casework/looks/later")
@requires(Permission.CASEWORK_REVIEW)
def later():
    """List the looks that are shown later, or that somebody wants to be, with their ends."""
    found = access_log.holds(work(), MOST + 1, ids.decode(request.args.get("before", "")))
    more = url_for("casework.later", before=ids.encode(found[MOST - 1].ref)) if len(found) > MOST else None
    return page("casework/later.html", holds=found[:MOST], next=more, ground=_ground)


@blueprint.route("/casework/looks/later/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE, fresh=True)
def later_new():
    """Ask that the agency's looks at a client are shown later; nothing is held back before another person agrees."""
    form = HoldForm()
    if request.method == "GET":
        form.from_on.process(None, nz_date(work().now))
    if form.sent() and _asked(form):
        return redirect(url_for("casework.later_asked"), 303)
    return page("casework/later_new.html", form=form, most=MOST_DAYS)


@blueprint.get("/casework/looks/later/asked")
@requires(Permission.CASEWORK_DECIDE)
def later_asked():
    """Say what happens after somebody asked that looks are shown later."""
    return page("casework/later_asked.html")


@blueprint.route("/casework/looks/later/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def later_one(ref):
    """Show why looks are to be shown later, and which; a second person agrees, or shows them."""
    form = SecondForm()
    if form.sent():
        verb = access_log.agree if request.form.get("say") == "yes" else access_log.say_no
        if form.carry_out(verb, ref, form.note.data):
            return redirect(url_for("casework.later_one", ref=ref), 303)
    held = access_log.hold(work(), ref)
    return page(
        "casework/later_one.html",
        form=form,
        button_form=ButtonForm(),
        held_looks=held,
        looks=[(one, _role(one)) for one in access_log.covered(work(), held)],
        ground=_ground(held.ground),
        over=held.until_at <= work().now,
        mine=held.asked_by == actor().account_id,
    )


@blueprint.route("/casework/looks/later/<ref:ref>/renew", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def later_renew(ref):
    """Ask that looks are shown later still, which needs another person again."""
    form, held = RenewForm(), access_log.hold(work(), ref)
    if form.sent() and form.carry_out(access_log.renew, ref, form.until_on.data, form.reason.data):
        return redirect(url_for("casework.later_asked"), 303)
    return page("casework/later_renew.html", form=form, held_looks=held, most=MOST_DAYS)


@blueprint.post("/casework/looks/later/<ref:ref>/lift")
@requires(Permission.CASEWORK_REVIEW)
def later_lift(ref):
    """Show at once what was held back."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(access_log.lift, ref)
    return redirect(url_for("casework.later_one", ref=ref), 303)


def _asked(form: HoldForm) -> bool:
    given = [form[name].data for name in ("client_ref", "ground", "reason", "from_on", "until_on")]
    try:
        # Client numbers can be tried out here: as slowly as where a file is opened in an emergency.
        hit("urgent", str(actor().account_id))
        return form.carry_out(service.hold_back, *given) is not None
    except TooMany as fault:
        return form.fail(sentence(fault), STATUS[TooMany])


def _role(look):
    if look.role in ROLES and look.by != "system":
        return say(ROLES[look.role])
    return look.role


def _ground(code: str):
    found = access_ground(code)
    return say(found.plain) if found else code
