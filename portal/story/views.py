"""Pages of My story: all parts, one part to write, its older versions, and a page to print."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.identity.permissions import Permission
from portal.language.service import known
from portal.story import queries, rules, service
from portal.story.forms import ButtonForm, PartForm
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page

blueprint = Blueprint("story", __name__)


@blueprint.get("/story")
@requires(Permission.STORY_WRITE)
@reads("own")
def index() -> Response:
    """Show all parts, written or not."""
    return page("story/index.html", parts=queries.parts(work()), saved="saved" in request.args)


@blueprint.get("/story/print")
@requires(Permission.STORY_WRITE)
@reads("own")
def printed() -> Response:
    """Show what is written, alone, to print; no name stands on it."""
    written = [part for part in queries.parts(work()) if not part.empty]
    return page("story/printed.html", parts=written, today=work().now)


@blueprint.route("/story/<int:no>", methods=["GET", "POST"])
@requires(Permission.STORY_WRITE)
@reads("own")
def part(no: int) -> Response:
    """Write one part. Saving keeps the words; so does choosing another language for the page."""
    form = PartForm()
    # From here on a number that no part has is not there.
    now = queries.part(work(), no)
    if request.method == "POST":
        moved = _keep(form, no)
        if moved:
            return moved
        if form.status == 409:
            now = queries.part(work(), no)
            # The person has been told; what they send next is meant.
            form.seen.data = str(now.version)
    else:
        form = PartForm(title=now.title, text=now.text, language=now.lang or tag(), seen=str(now.version))
    return page("story/part.html", form=form, part=now, own=no == rules.OWN, most=rules.MOST)


@blueprint.get("/story/<int:no>/versions")
@requires(Permission.STORY_WRITE)
@reads("own")
def versions(no: int) -> Response:
    """List the versions of a part, newest first."""
    start = _number(clean_line(request.args.get("before")))
    found, following = queries.versions(work(), no, start)
    return page(
        "story/versions.html",
        no=no,
        heading=rules.HEADINGS[no],
        versions=found,
        next=following,
        first=not start,
    )


@blueprint.route("/story/<int:no>/versions/<int:number>", methods=["GET", "POST"])
@requires(Permission.STORY_WRITE)
@reads("own")
def version(no: int, number: int) -> Response:
    """Show one version; the button lets it stand again."""
    form = ButtonForm()
    found = queries.version(work(), no, number)
    if form.sent() and form.carry_out(service.bring_back, no, number, once=False):
        return redirect(url_for("story.index", saved="yes"), 303)
    return page("story/version.html", form=form, version=found)


@blueprint.route("/story/<int:no>/delete", methods=["GET", "POST"])
@requires(Permission.STORY_WRITE)
def delete(no: int) -> Response:
    """Ask once more, then delete a part with all its versions."""
    form = ButtonForm()
    now = queries.part(work(), no)
    if form.sent() and form.carry_out(service.forget, no):
        return redirect(url_for("story.index"), 303)
    return page("story/delete.html", form=form, part=now)


def _keep(form: PartForm, no: int) -> Response | None:
    other = clean_line(request.form.get("switch_language", ""))
    answers = (
        _number(form.seen.data) or 0,
        form.title.data or "",
        form.text.data or "",
        form.language.data or tag(),
    )
    done = form.carry_out(service.keep, no, *answers, once=False) if form.sent() else None
    if done is None:
        return None
    if known(other):
        return redirect(url_for("story.part", no=no, l=other), 303)
    return redirect(url_for("story.index", saved="yes"), 303)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
