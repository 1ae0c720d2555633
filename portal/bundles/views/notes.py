"""Notes back: whoever opened a share writes one, its person reads it, answers it, hides it, or takes none."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.bundles import queries, service
from portal.bundles.forms import AnswerForm, ButtonForm, NoteForm
from portal.bundles.views.blueprint import blueprint
from portal.bundles.views.opening import browser
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import caller, work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.tries import counted


@blueprint.route("/open/<ref:ref>/note", methods=["GET", "POST"])
@requires(Permission.BUNDLES_OPEN)
@reads("opened")
def note(ref: int) -> Response:
    """Write one note back to the person. Only the browser or worker that opened the share can."""
    form = NoteForm()
    if form.sent() and counted(form, "share-note", f"address {caller()}"):
        done = form.carry_out(service.write_note, browser(), ref, form.text.data, tag())
        if done:
            return redirect(url_for("bundles.opened", ref=ref, _anchor="note"), 303)
    inside = service.stay(work(), browser(), ref)
    return page("bundles/note.html", form=form, share=inside.share, ref=ref)


@blueprint.get("/bundles/<ref:ref>/notes")
@requires(Permission.BUNDLES_SHARE)
@reads("own")
def notes(ref: int) -> Response:
    """Show the notes that came back to one share, with a way to answer, hide, or take no more."""
    share = queries.share(work(), ref)
    found = service.notes_of(work(), share)
    hidden = [one for one in found if one.hidden]
    shown = found if "hidden" in request.args else [one for one in found if not one.hidden]
    return page(
        "bundles/notes.html",
        share=share,
        shown=shown,
        hidden=len(hidden),
        may_answer=service.may_answer,
        ref=ref,
    )


@blueprint.route("/bundles/<ref:ref>/notes/<ref:at>", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
@reads("own")
def note_answer(ref: int, at: int) -> Response:
    """Answer one note, once."""
    form = AnswerForm()
    if form.sent() and form.carry_out(service.answer, ref, at, form.text.data, tag()):
        return redirect(url_for("bundles.notes", ref=ref), 303)
    share, one = service.note(work(), ref, at)
    return page("bundles/note_answer.html", form=form, share=share, one=one, ref=ref)


@blueprint.post("/bundles/<ref:ref>/notes/<ref:at>/hide")
@requires(Permission.BUNDLES_SHARE)
def note_hide(ref: int, at: int) -> Response:
    """Take a note out of the list with one tap, or put it back."""
    form = ButtonForm()
    if form.sent():
        work().do(service.hide_note, ref, at, "back" not in request.form)
    return redirect(url_for("bundles.notes", ref=ref), 303)


@blueprint.post("/bundles/<ref:ref>/notes/take")
@requires(Permission.BUNDLES_SHARE)
def note_take(ref: int) -> Response:
    """Take notes for a share, or no more of them."""
    form = ButtonForm()
    if form.sent():
        work().do(service.take_notes, ref, "yes" in request.form)
    return redirect(url_for("bundles.notes", ref=ref), 303)
