"""Ask for a fix, one question a page; every answer is kept on the server as it is given."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids, pictures
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.corrections import queries, rules, service
from portal.corrections.forms import ButtonForm, FieldsForm, ProofForm, ReasonForm, ReplyForm, value_form
from portal.corrections.views import taking
from portal.corrections.views.blueprint import blueprint
from portal.delegations import queries as delegations
from portal.identity.permissions import Permission
from portal.language.service import known
from portal.law import clocks
from portal.notices import service as notices
from portal.records import queries as records
from portal.records.rules import NATURES
from portal.web import helping
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import PortalForm, clean_line
from portal.web.guards import requires
from portal.web.negotiation import tag, translator
from portal.web.page import page
from portal.web.uploads import takes_files

# An answer is changed as often as a person likes, so no step keeps a result for a second send.


@blueprint.route("/corrections/new/<ref:record>", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
@reads("own")
def new(record: int) -> Response:
    """Say what will happen before anything begins; the button begins it."""
    found = records.show(work(), record)
    helping.seen(found.type.title, found.agency.id)
    field = found.key(clean_line(request.args.get("line", "")))
    form = ButtonForm()
    if form.sent():
        done = form.carry_out(service.start, record, field)
        if done:
            return redirect(url_for("corrections.fields", ref=ids.decode(done.result)), 303)
    line = found.line(field)
    asked = line.review_ref if line else None
    return page("corrections/new.html", form=form, record=found, asked=asked)


@blueprint.route("/corrections/draft/<ref:ref>/fields", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
@reads("own")
def fields(ref: int) -> Response:
    """Step 1: tick what is wrong. What the person tapped is ticked already."""
    form = FieldsForm()
    if request.method == "POST":
        chosen = [clean_line(key) for key in form.fields.data or []]
        moved = _keep(form, ref, "fields", {"fields": chosen})
        if moved:
            return moved
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    helping.seen(draft.record.type.title, draft.agency.id)
    ticked = set(form.fields.data or []) if request.method == "POST" else {v.field.key for v in draft.values}
    return page("corrections/fields.html", form=form, draft=draft, ticked=ticked, translator=translator())


@blueprint.route("/corrections/draft/<ref:ref>/value/<int:no>", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
@reads("own")
def value(ref: int, no: int) -> Response:
    """Step 2, once for each value: they hold this, you say that."""
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    chosen = draft.value(no)
    copied = draft.copied.get(chosen.field.key)
    form = _value_form(chosen, copied)
    if request.method == "POST":
        typed = form.value.typed if chosen.field.kind == "date" else form.value.data
        words = {"wish": form.wish.data, "value": typed, "words": form.words.data}
        words["hand_on"] = form.hand_on.data if "hand_on" in form else ""
        moved = _keep(form, ref, "value", {"field": chosen.field.key, **words}, no)
        if moved:
            return moved
    helping.seen(draft.record.type.title, draft.agency.id)
    return page(
        "corrections/value.html",
        form=form,
        draft=draft,
        chosen=chosen,
        copied=copied,
        natures=NATURES,
        translator=translator(),
    )


@blueprint.route("/corrections/draft/<ref:ref>/reason", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
def reason(ref: int) -> Response:
    """Step 3: in your own words, or not at all."""
    form = ReasonForm()
    if request.method == "POST":
        answers = {name: form[name].data for name in ("reason", "beside", "beside_lang")}
        moved = _keep(form, ref, "reason", answers)
        if moved:
            return moved
    draft = _written(ref)
    if draft is None:
        return _was_sent(ref)
    if request.method == "GET":
        said_in = draft.beside_lang or tag()
        form = ReasonForm(reason=draft.reason, beside=draft.beside, beside_lang=said_in)
    return page("corrections/reason.html", form=form, draft=draft)


@blueprint.route("/corrections/draft/<ref:ref>/proof", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ASK)
@takes_files(pictures.LARGEST)
def proof(ref: int) -> Response:
    """Step 4: a photo or file that shows it, or nothing; what was chosen is drawn anew and made small at once."""
    form = ProofForm()
    if request.method == "POST" and taking.takes(form, ref):
        # A file says more than an answer that there is none.
        answers = {"how": "here" if form.file.data and form.how.data != "bring" else form.how.data}
        if "add" in request.form:
            form.carry_out(service.keep, ref, "proof", answers, False, once=False)
            return redirect(_address(ref, "proof", then=_then()), 303)
        moved = _keep(form, ref, "proof", answers)
        if moved:
            return moved
    draft = _written(ref)
    if draft is None:
        return _was_sent(ref)
    if request.method == "GET":
        form = ProofForm(how=draft.proof)
    return page("corrections/proof.html", form=form, draft=draft, accept=taking.ACCEPT, then=_then())


@blueprint.route("/corrections/draft/<ref:ref>/reply", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
def reply(ref: int) -> Response:
    """Step 5: where, in what language, and how soon they should answer (urgency: Privacy Act 2020 s 60)."""
    form = ReplyForm()
    if actor().helping is None and not notices.can_be_told(work()):
        form.by.choices = form.by.choices[:1]
    if request.method == "POST":
        names = ("by", "language", "urgent", "why", "hand_on")
        moved = _keep(form, ref, "reply", {name: form[name].data for name in names})
        if moved:
            return moved
    draft = _written(ref)
    if draft is None:
        return _was_sent(ref)
    if request.method == "GET":
        form.process(data={**draft.reply, "language": draft.reply["language"] or tag()})
    return page("corrections/reply.html", form=form, draft=draft)


@blueprint.route("/corrections/draft/<ref:ref>/check", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_HELPED)
@reads("own")
def check(ref: int) -> Response:
    """Last step: every answer with a way to change it, the due date, and the one button that sends."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.submit, ref):
        return _was_sent(ref)
    draft = _draft(ref)
    if draft is None:
        return _was_sent(ref)
    missing = draft.missing()
    if missing and request.method == "GET":
        return redirect(_address(ref, *missing), 303)
    helping.seen(draft.record.type.title, draft.agency.id)
    received_on = nz_date(work().now)
    due_on = clocks.due_on("correction", received_on)
    return page(
        "corrections/check.html",
        form=form,
        draft=draft,
        received_on=received_on,
        due_on=due_on,
        skips=clocks.skips(received_on, due_on),
        wishes=rules.WISH_WORDS,
        text=queries.text_of,
        translator=translator(),
    )


@blueprint.route("/corrections/draft/<ref:ref>/drop", methods=["POST"])
@requires(Permission.CORRECTIONS_HELPED)
def drop(ref: int) -> Response:
    """Ask nothing: the draft is deleted."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.drop, ref)
    return redirect(helping.requests_at("corrections.index"), 303)


def _draft(ref: int) -> queries.DraftView | None:
    try:
        return service.draft(work(), ref)
    except NotThere:
        return None


def _written(ref: int) -> queries.Written | None:
    try:
        return queries.written(work(), ref)
    except NotThere:
        return None


def _was_sent(ref: int) -> Response:
    """Lead from a draft that became a request to that request; Back and a bookmark never send twice.

    Whoever made it to help the person is led to the list of what they asked for: the request is the person's.
    """
    if actor().helping is not None:
        if not delegations.is_own(work(), ref):
            raise NotThere()
        return redirect(url_for("delegations.asked"), 303)
    service.show(work(), ref)
    return redirect(url_for("corrections.sent", ref=ref), 303)


def _keep(form: PortalForm, ref: int, step: str, answers: dict[str, Any], no: int = 0) -> Response | None:
    """Keep a step and go on; None when the page has to be shown again. Leaving keeps what cannot be read yet."""
    other = clean_line(request.form.get("switch_language", ""))
    later = "later" in request.form
    if later or known(other):
        done = form.carry_out(service.keep, ref, step, answers, False, once=False)
    else:
        done = form.carry_out(service.keep, ref, step, answers, once=False) if form.sent() else None
    if done is None:
        return None
    if later:
        return redirect(helping.requests_at("corrections.index"), 303)
    if known(other):
        return redirect(_address(ref, step, no, l=other, then=_then()), 303)
    return redirect(_next(ref, step, no), 303)


def _then() -> str | None:
    return "check" if request.args.get("then") == "check" else None


def _next(ref: int, step: str, no: int) -> str:
    draft = service.draft(work(), ref)
    follows = {"fields": ("value", 1), "reason": ("proof", 0), "proof": ("reply", 0), "reply": ("check", 0)}
    if actor().helping is not None:
        # Photos and files are the person's own to add.
        follows["reason"] = ("reply", 0)
    after = follows.get(step) or (("value", no + 1) if no < len(draft.values) else ("reason", 0))
    missing = draft.missing()
    if _then():
        return _address(ref, *(missing or ("check", 0)), then="check" if missing else None)
    return _address(ref, *(missing if missing and after[0] == "check" else after))


def _address(ref: int, step: str, no: int = 0, **more: Any) -> str:
    if step == "value":
        more["no"] = no
    return url_for(f"corrections.{step}", ref=ref, **more)


def _value_form(chosen: queries.DraftValue, copied: queries.Elsewhere | None) -> PortalForm:
    field = chosen.field
    options = {const: field.option_in(const, tag()).text for const in field.options}
    holder = copied.agency.name if copied else ""
    made = value_form(field.kind, field.nature, options, chosen.line is not None, holder)
    if request.method == "POST":
        return made()
    beside = chosen.wish == rules.Wish.WORDS
    form = made(wish=chosen.wish, words=chosen.typed if beside else "", hand_on=chosen.hand_on)
    typed = "" if beside else chosen.typed
    if field.kind == "date":
        form.value.put(typed, chosen.value if not beside else None)
    else:
        form.value.data = typed
    return form
