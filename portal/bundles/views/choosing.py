"""Choose what to share, one thing a page; the answers wait on the server until the last page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.bundles import queries, rules, service
from portal.bundles.forms import ButtonForm, LinesForm, OccasionForm, PasscodeForm, RecordsForm, WhoForm
from portal.bundles.rules.occasions import OCCASIONS, OWN_CHOICE
from portal.bundles.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.text import say

# Each step is sent as often as a person changes their mind, so no step keeps a result for a second send.


@blueprint.route("/bundles/occasion", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def occasion() -> Response:
    """Ask what it is for, and propose what fits that; or let the person choose everything themselves."""
    form = OccasionForm()
    if form.sent():
        key = form.occasion.data
        if key == OWN_CHOICE:
            return redirect(url_for("bundles.new"), 303)
        done = form.carry_out(service.start_for, key, str(say(OCCASIONS[key].label).striptags()), once=False)
        if done:
            return redirect(url_for("bundles.lines", ref=ids.decode(done.result)), 303)
    hints = {key: say(one.hint) for key, one in OCCASIONS.items()}
    return page("bundles/occasion.html", form=form, hints=hints)


@blueprint.route("/bundles/new", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def new() -> Response:
    """Step 1: tick records. Nothing is kept before this is sent."""
    form = RecordsForm()
    if form.sent() and not form.browsing:
        done = form.carry_out(service.start, form.records.data, form.story.data, once=False)
        if done:
            return redirect(url_for("bundles.lines", ref=ids.decode(done.result)), 303)
    if request.method == "POST":
        return _again(form)
    asked = {ids.decode(ref) for ref in request.args.getlist("record")}
    form = RecordsForm(story="story" in request.args)
    # An address never ticks what the person said no to.
    return _records(form, lambda one, refused: one.ref in asked and not refused)


@blueprint.route("/bundles/new/<ref:ref>/records", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def records(ref: int) -> Response:
    """Step 1 again: change which records go; lines chosen before stay chosen."""
    form = RecordsForm()
    ready = form.sent() and not form.browsing
    if ready and form.carry_out(service.keep_records, ref, form.records.data, form.story.data, once=False):
        return redirect(url_for("bundles.lines", ref=ref), 303)
    if request.method == "POST":
        return _again(form, ref)
    draft = queries.draft(work(), ref)
    held = {one["record"] for one in draft.lines}
    form = RecordsForm(story=bool(draft.story))
    return _records(form, lambda one, _: one.id in held, ref, draft)


def _again(form: RecordsForm, ref: int | None = None) -> Response:
    ticked = form.ticked
    return _records(form, lambda one, _: one.ref in ticked, ref)


def _records(form: RecordsForm, ticks: Callable, ref: int | None = None, draft: Any = None) -> Response:
    offer = queries.offer(work(), ticks, *form.wanted, draft=draft)
    form.offer(offer.agencies)
    return page("bundles/new.html", form=form, offer=offer, code=ids.encode, ref=ref)


@blueprint.route("/bundles/new/<ref:ref>/lines", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
@reads("own")
def lines(ref: int) -> Response:
    """Step 2: tick lines. What may hold other people, and what safety rests on, is never ticked at first."""
    form = LinesForm()
    ready = form.sent() and not form.ticking
    if ready and form.carry_out(service.keep_lines, ref, form.lines.data, once=False):
        return redirect(url_for("bundles.preview", ref=ref), 303)
    draft = queries.draft(work(), ref)
    choices, story = queries.in_draft(work(), draft, tag()), queries.story_in(draft, tag())
    if form.ticking:
        ticked = queries.ticked_by_one_press(choices, story) if form.ticking == "all" else set()
    elif request.method == "POST":
        ticked = set(form.lines.data or [])
    else:
        ticked = queries.ticked_in(draft, choices)
    return page(
        "bundles/lines.html",
        form=form,
        draft=draft,
        choices=choices,
        story=story,
        ticked=ticked,
        unlinked=queries.unlinked(work(), draft),
        occasion=OCCASIONS.get(draft.occasion),
        ref=ref,
    )


@blueprint.get("/bundles/new/<ref:ref>/preview")
@requires(Permission.BUNDLES_SHARE)
@reads("own")
def preview(ref: int) -> Response:
    """Step 3: exactly what they will see, by the same object and template as the opened page."""
    draft = queries.draft(work(), ref)
    return page(
        "bundles/preview.html",
        draft=draft,
        seen=service.preview(work(), draft, tag()),
        unlinked=queries.unlinked(work(), draft),
        ref=ref,
    )


@blueprint.route("/bundles/new/<ref:ref>/who", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def who(ref: int) -> Response:
    """Step 4: for whom, why, and how long."""
    form = WhoForm()
    if not form.browsing and form.sent():
        if form.carry_out(service.keep_who, ref, *form.terms, form.wishes, once=False):
            # What workers open by signing in has no passcode.
            step = "bundles.check" if form.wishes.provider else "bundles.passcode"
            return redirect(url_for(step, ref=ref), 303)
    draft = queries.draft(work(), ref)
    if request.method == "GET":
        form = _who_of(draft)
    providers, known = service.providers(work(), form.find.data or "", form.wishes.provider)
    form.offer(providers)
    askable = service.askable(work(), draft, tag())
    return page("bundles/who.html", form=form, askable=askable, known=known, ref=ref)


def _who_of(draft: queries.ShareFacts) -> WhoForm:
    return WhoForm(
        how="name" if draft.provider else "code",
        recipient="" if draft.provider else draft.recipient,
        provider=ids.encode(draft.provider) if draft.provider else "",
        purpose=draft.purpose,
        days=str(draft.days),
        once=draft.once,
        quiet=list(draft.quiet),
        no_notes=not draft.notes,
    )


@blueprint.route("/bundles/new/<ref:ref>/passcode", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def passcode(ref: int) -> Response:
    """Step 5: the proposed passcode, the person's own, or none; and whether later changes show."""
    form = PasscodeForm()
    if form.sent():
        keep = partial(
            service.keep_passcode, link_alone=form.opens.data == "link", later=form.later.data == "yes"
        )
        if form.carry_out(keep, ref, form.passcode.data, once=False):
            return redirect(url_for("bundles.check", ref=ref), 303)
    draft = queries.draft(work(), ref)
    if request.method == "GET":
        kept = queries.secrets_of(work(), draft)["passcode"]
        form = PasscodeForm(
            opens="link" if draft.link_alone else "passcode",
            passcode=rules.shown_passcode(kept),
            later="yes" if draft.long_term else "no",
        )
    return page("bundles/passcode.html", form=form, ref=ref)


@blueprint.route("/bundles/new/<ref:ref>/check", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE, fresh=True)
def check(ref: int) -> Response:
    """Step 6: every answer with a way to change it; sent once, it makes the share."""
    form = ButtonForm()
    if form.sent():
        made = form.prepare(service.ready, work(), ref)
        done = form.carry_out(service.share, ref, made.result) if made else None
        if done:
            return redirect(url_for("bundles.show", ref=ids.decode(done.result)), 303)
    draft = queries.draft(work(), ref)
    return page(
        "bundles/check.html",
        form=form,
        draft=draft,
        titles=service.titles(work(), draft, tag()),
        lines_chosen=draft.count,
        passcode=rules.shown_passcode(queries.secrets_of(work(), draft)["passcode"]),
        quiet=service.quiet_titles(work(), draft, tag()),
        long=rules.DAYS[draft.days],
        starts=work().now + rules.COOLING if service.nearly_all(work(), draft.lines) else None,
        ref=ref,
    )


@blueprint.post("/bundles/new/<ref:ref>/drop")
@requires(Permission.BUNDLES_SHARE)
def drop(ref: int) -> Response:
    """Share nothing: the draft is thrown away."""
    form = ButtonForm()
    if form.sent():
        work().do(service.drop, ref)
    return redirect(url_for("bundles.index"), 303)
