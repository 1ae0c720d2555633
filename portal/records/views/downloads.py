"""The page for files that a person takes with them, and the files."""

from flask import make_response, redirect, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.identity.permissions import Permission
from portal.records import queries, rules, service
from portal.records.forms.downloads import ButtonForm, FilesForm
from portal.records.views.blueprint import blueprint
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page

TYPES = {"pdf": "application/pdf", "json": "application/json", "fhir": "application/fhir+json"}


@blueprint.route("/records/download", methods=["GET", "POST"])
@requires(Permission.RECORDS_ALONE, fresh=True)
def download() -> Response:
    """Choose agencies and a kind of file; below, the files with how far each is (principle 6, section 56)."""
    form, offered = FilesForm(), queries.offered(work())
    refs = _refs([one.agency.id for one in offered])
    known = {ref: number for number, ref in refs.items()}
    chosen = [known.get(ref) or ids.decode(ref) or 0 for ref in form.agencies.data or []]
    if form.sent():
        if form.carry_out(service.downloads.ask_files, chosen, form.kind.data, tag()):
            return redirect(url_for("records.download"), 303)
    return page(
        "records/download.html",
        form=form,
        offered=[(refs[one.agency.id], one) for one in offered],
        ticked=set(chosen),
        files=queries.downloads_of(work()),
        kinds=rules.FILES,
    )


def _refs(numbers: list[int]) -> dict[int, str]:
    """Give what stands for each agency in the form: the end of its id, so that forty fit into a page's bytes."""
    short = {number: ids.encode(number)[-4:] for number in numbers}
    return short if len(set(short.values())) == len(short) else {one: ids.encode(one) for one in numbers}


@blueprint.get("/records/download/<ref:ref>")
@requires(Permission.RECORDS_ALONE, fresh=True)
@reads("own")
def download_file(ref: int) -> Response:
    """Give one file to keep. Its name, as its address, says neither whose it is nor of what."""
    found = queries.download(work(), ref)
    if found.state != "ready":
        return redirect(url_for("records.download"), 303)
    body = queries.download_bytes(work(), found)
    work().finish()
    answer = make_response(body)
    answer.mimetype = TYPES[found.kind]
    name = service.downloads.file_name(found.no, found.kind, actor().discreet)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # It is compressed within.
    answer.direct_passthrough = found.kind == "pdf"
    return answer


@blueprint.post("/records/download/<ref:ref>/again")
@requires(Permission.RECORDS_ALONE, fresh=True)
def download_again(ref: int) -> Response:
    """Ask once more for a file that could not be made."""
    if ButtonForm().sent():
        work().do(service.downloads.ask_again, ref)
    return redirect(url_for("records.download"), 303)


@blueprint.post("/records/download/<ref:ref>/delete")
@requires(Permission.RECORDS_ALONE)
def download_delete(ref: int) -> Response:
    """Throw a file away at once: it can only protect, so no code is asked for."""
    if ButtonForm().sent():
        work().do(service.downloads.drop_file, ref)
    return redirect(url_for("records.download"), 303)
