"""Pages of what changed: the list that anyone may read, and the agency's own pages on which it is written."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base import ids
from portal.identity.permissions import Permission
from portal.insights import queries, rules, service
from portal.insights.forms import ButtonForm, NoteForm, PublishForm
from portal.insights.views.blueprint import blueprint
from portal.language.rules import ENGLISH, LANGUAGES
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import public, requires
from portal.web.negotiation import tag
from portal.web.page import page


@blueprint.get("/insights")
@public
def index() -> Response:
    """Show what agencies say they changed because of what people told them, newest first."""
    before = ids.decode(request.args.get("before", ""))
    found, following = queries.shown(work(), before)
    names = {one.id: one.name for one in agencies.catalogue(work()).agencies}
    return page(
        "insights/index.html",
        notes=[(one, names.get(one.agency_id, ""), rules.read_in(one.words, tag())) for one in found],
        next=ids.encode(following) if following else None,
        first=before is None,
        parts=rules.PARTS,
        languages_by_tag=LANGUAGES,
    )


@blueprint.get("/insights/notes")
@requires(Permission.INSIGHTS_WRITE)
def notes() -> Response:
    """List the notes of the agency: those that everybody reads, and drafts."""
    found, following = queries.of_agency(work(), ids.decode(request.args.get("before", "")))
    return page("insights/notes.html", notes=found, next=ids.encode(following) if following else None)


@blueprint.route("/insights/notes/new", methods=["GET", "POST"])
@requires(Permission.INSIGHTS_WRITE)
def note_new() -> Response:
    """Write a new note, as a draft."""
    form = NoteForm()
    done = form.carry_out(service.write, form.words()) if form.sent() else None
    if done:
        return redirect(url_for("insights.note", ref=ids.own(done.result)), 303)
    return _form_page(form, None)


@blueprint.route("/insights/notes/<ref:ref>/change", methods=["GET", "POST"])
@requires(Permission.INSIGHTS_WRITE)
def note_change(ref: int) -> Response:
    """Change the text of a note. What everybody reads changes when it is published again."""
    one = queries.one(work(), ref)
    typed = {f"{tag_}_{part}": said for tag_, parts in one.words.items() for part, said in parts.items()}
    form = NoteForm(data=typed)
    if form.sent() and form.carry_out(service.write, form.words(), ref, _version()):
        return redirect(url_for("insights.note", ref=ref), 303)
    # After a conflict it is sent again upon what stands there now.
    return _form_page(form, queries.one(work(), ref) if form.status == 409 else one)


@blueprint.route("/insights/notes/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.INSIGHTS_WRITE)
def note(ref: int) -> Response:
    """Show a note as everybody will read it, in each language that it has; the button publishes it."""
    form, one = PublishForm(), queries.one(work(), ref)
    if form.sent() and form.carry_out(service.publish, ref, _version(), form.about_nobody.data):
        return redirect(url_for("insights.note", ref=ref), 303)
    if form.status == 409:
        one = queries.one(work(), ref)
    return page(
        "insights/note.html",
        form=form,
        one=one,
        tongues=[each for each in LANGUAGES.values() if each.tag in one.words],
        button_form=ButtonForm(formdata=None),
        parts=rules.PARTS,
        languages_by_tag=LANGUAGES,
    )


@blueprint.post("/insights/notes/<ref:ref>/take-back")
@requires(Permission.INSIGHTS_WRITE)
def take_back(ref: int) -> Response:
    """Let nobody but the agency read a note any more."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(service.take_back, ref)
    return redirect(url_for("insights.note", ref=ref), 303)


@blueprint.post("/insights/notes/<ref:ref>/throw-away")
@requires(Permission.INSIGHTS_WRITE)
def throw_away(ref: int) -> Response:
    """Delete a note that nobody reads."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.throw_away, ref):
        return redirect(url_for("insights.notes"), 303)
    return redirect(url_for("insights.note", ref=ref), 303)


def _form_page(form: NoteForm, one: queries.Draft | None) -> Response:
    others = [each for each in LANGUAGES.values() if each.tag != ENGLISH]
    return page(
        "insights/note_form.html",
        form=form,
        one=one,
        english=LANGUAGES[ENGLISH],
        others=others,
        parts=rules.PARTS,
    )


def _version() -> int:
    typed = clean_line(request.form.get("version", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
