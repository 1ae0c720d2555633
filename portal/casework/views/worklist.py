"""The worklist: filters in the address, views that a worker keeps, the next one, and rows done together."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework import queries, rules, service
from portal.casework.forms import ButtonForm
from portal.casework.forms.desk import ShareForm, ViewForm
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.language.rules import N_
from portal.law import clocks
from portal.web.core import actor, work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy, say

ELSEWHERE = {
    "urgent": Permission.CASEWORK_URGENT,
    "reviews": Permission.CASEWORK_REVIEW,
    "leads": Permission.CASEWORK_TEAM,
    "takes_copy": Permission.CASEWORK_COPY,
    "lists_changes": Permission.CASEWORK_SEE,
    "writes_reasons": Permission.CASEWORK_REASONS,
    "writes_notes": Permission.INSIGHTS_WRITE,
}
"""What the page says of its reader, by the permission that makes it so: it leads to other pages of the desk."""


@blueprint.get("/casework")
@requires(Permission.CASEWORK_SEE)
def index() -> Response:
    """List the agency's open work, most urgent first, narrowed by what stands in the address."""
    return _list()


@blueprint.post("/casework/next")
@requires(Permission.CASEWORK_DECIDE)
def take_next() -> Response:
    """Take the most urgent request that nobody has yet."""
    form = ButtonForm()
    if form.sent():
        done = form.carry_out(service.take_next)
        if done and done.result:
            return redirect(url_for("casework.show", ref=ids.decode(done.result)), 303)
    return redirect(url_for("casework.index"), 303)


@blueprint.post("/casework/views")
@requires(Permission.CASEWORK_SEE)
def keep_view() -> Response:
    """Keep the filters of the address under a name of the worker's own."""
    form, chosen = ViewForm(), _chosen()
    if form.sent() and form.carry_out(service.keep_view, form.name.data, chosen.address(), form.team.data):
        return redirect(url_for("casework.index", **chosen.address()), 303)
    return _list(view_form=form)


@blueprint.post("/casework/views/<ref:ref>/drop")
@requires(Permission.CASEWORK_SEE)
def drop_view(ref: int) -> Response:
    """Take one of the worker's own views away; the list stays."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.drop_view, ref, once=False)
    return redirect(url_for("casework.index"), 303)


@blueprint.post("/casework/rows")
@requires(Permission.CASEWORK_DECIDE)
def rows() -> Response:
    """Give the ticked rows to a colleague, or tell their people that they were seen; nothing else in bulk."""
    form = ShareForm()
    # The language picker stands in the frame: a button of the form's own is what says the act.
    act, sent = request.form.get("act"), form.sent()
    if sent and act not in ("assign", "seen"):
        # L10n: staff worklist, error: rows were sent without saying what is to be done with them
        form.fail(lazy(N_("Choose what to do with the rows.")))
    elif sent:
        done = _carry_out(form, act or "")
        if done:
            to = queries.desk(work()).colleague(form.to.data)
            name = to.name if to else ""
            facts = {"act": act, "shared": done.result, "to_name": name, "back_to": _back(), "why": _why()}
            return page("casework/shared.html", **facts)
    return _list(share_form=form)


@blueprint.route("/casework/<ref:ref>/assign", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def assign(ref: int) -> Response:
    """Give one row to a colleague."""
    form, task, found = ShareForm(), tasks.find(work(), ref), queries.desk(work())
    form.offer(found.colleagues, actor().account_id)
    if form.sent():
        tick = service.Tick(ref, _number(request.form.get("version")))
        done = form.carry_out(service.assign, [tick], form.to.data or "", once=False)
        if done and done.result.done:
            return redirect(url_for("casework.index"), 303)
        if done:
            form.fail(lazy(service.WHY[done.result.left[0][1]]))
        task, found = tasks.find(work(), ref), queries.desk(work())
    owner = found.name_of(task.owner_id)
    return page("casework/assign.html", form=form, task=task, owner=owner, me=actor().account_id)


def _list(view_form: ViewForm | None = None, share_form: ShareForm | None = None) -> Response:
    chosen, me, found = _chosen(), actor(), queries.desk(work())
    after = clean_line(request.args.get("after"))
    colleague = found.colleague(chosen.colleague)
    wanted = _wanted(chosen, colleague)
    listed = tasks.worklist(work(), wanted, after=after, most=chosen.rows, marked=queries.held_rows(work()))
    today = nz_date(work().now)
    counts = tasks.counts(work(), today)
    decides = allowed(me, Permission.CASEWORK_DECIDE)
    share = share_form or (ShareForm() if decides else None)
    failed = next((one for one in (view_form, share_form) if one and one.status != 200), None)
    return page(
        "casework/index.html",
        rows=listed.rows,
        held_rows=listed.marked,
        next=url_for("casework.index", **chosen.address(), after=listed.next) if listed.next else None,
        counts=counts,
        fits=counts.fit(wanted),
        chosen=chosen,
        colleague=colleague,
        ticked=set(request.form.getlist("tick")),
        people=found,
        filters_of=_filters(chosen, counts),
        ids_of=ids.encode,
        view=next((one for one in found.views if rules.chosen_from(_lists(one.asked)) == chosen), None),
        addresses={one.ref: url_for("casework.index", **one.asked) for one in found.views},
        due=lambda task: (clocks.state_of(today, task.due_on), clocks.days_left(today, task.due_on)),
        me=me.account_id,
        # The one that could not be carried out: it gives the status, and stands above the list.
        form=failed,
        take_form=ButtonForm() if decides else None,
        view_form=view_form or ViewForm(),
        share_form=share.offer(found.colleagues, me.account_id) if share else None,
        paged=bool(after),
        **{name: allowed(me, permission) for name, permission in ELSEWHERE.items()},
    )


def _filters(chosen: rules.Chosen, counts: tasks.Counts) -> dict[str, list[tuple[str, Any, int]]]:
    """Give (value, words, count) for the filters that depend on what there is: those that would show something."""
    found = {}
    for name, field, words in (
        ("kind", "kind", rules.KIND_WORDS),
        ("state", "state", rules.STATE_WORDS),
    ):
        by, on = counts.of(field), getattr(chosen, name)
        found[name] = [
            (one, say(said), by.get(one, 0)) for one, said in words.items() if by.get(one) or one in on
        ]
    return found | {"language": sorted(counts.of("language").items())}


def _chosen() -> rules.Chosen:
    return rules.chosen_from(request.args.to_dict(flat=False))


def _wanted(chosen: rules.Chosen, colleague: queries.Colleague | None) -> tasks.Wanted:
    return tasks.Wanted(
        due=set(chosen.due),
        owner=set(chosen.owner),
        colleague=colleague.account_id if colleague else 0,
        kinds=set(chosen.kind),
        languages=set(chosen.language),
        states=set(chosen.state) or tasks.OPEN,
    )


def _carry_out(form: ShareForm, act: str) -> Any:
    ticks = [tick for tick in map(_tick, request.form.getlist("tick")) if tick]
    if act == "assign":
        return form.carry_out(service.assign, ticks, form.to.data or "", once=False)
    return form.carry_out(service.say_seen, ticks, once=False)


def _tick(text: str) -> service.Tick | None:
    code, _, version = text.partition(".")
    ref = ids.decode(code)
    return service.Tick(ref, _number(version)) if ref is not None else None


def _number(text: str | None) -> int:
    typed = clean_line(text or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _back() -> str:
    return url_for("casework.index", **_chosen().address())


def _why() -> Any:
    return lambda key: say(service.WHY[key])


def _lists(asked: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [one] if isinstance(one, str) else one for name, one in asked.items()}
