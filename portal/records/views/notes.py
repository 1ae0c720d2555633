"""Pages of a person's own notes beside a record or one of its values."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.language.service import known
from portal.records import queries, rules, service
from portal.records.forms.writing import ButtonForm, NoteForm
from portal.records.queries import Line, RecordView
from portal.records.views.blueprint import blueprint
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import code_first, requires
from portal.web.negotiation import tag, translator
from portal.web.page import page


@blueprint.route("/records/<ref:ref>/note/<int:no>", methods=["GET", "POST"])
@requires(Permission.RECORDS_ALONE)
@reads("own")
def note(ref: int, no: int) -> Response:
    """Write or change a note beside a value (its number), or beside the whole record (0); private at first."""
    record = queries.show(work(), ref)
    line = line_of(record, no)
    away = code_first(rules.warns(record.type.sensitivity))
    if away:
        return away
    written = line.note if line else record.note
    form = NoteForm()
    other = clean_line(request.form.get("switch_language", ""))
    if request.method == "GET":
        form.process(data=_so_far(written))
    elif known(other) and other != tag():
        # The words are kept nowhere until they are saved: the browser sends them on to the other language.
        return redirect(url_for("records.note", ref=ref, no=no, l=other), 307)
    elif not other and form.sent():
        key = line.field.key if line else service.WHOLE
        words = (form.text.data or "", form.language.data, form.shown.data == "yes")
        if form.carry_out(service.write_note, ref, key, *words):
            return redirect(url_for("records.show", ref=ref), 303)
    return page(
        "records/note.html",
        form=form,
        record=record,
        line=line,
        no=no,
        written=written,
        earlier=queries.earlier_notes(work(), record, line.field.key if line else service.WHOLE)
        if written
        else [],
        translator=translator(),
        button=ButtonForm(formdata=None),
    )


@blueprint.post("/records/<ref:ref>/note/<int:no>/remove")
@requires(Permission.RECORDS_ALONE)
def remove_note(ref: int, no: int) -> Response:
    """Delete a note, earlier words of it too."""
    form = ButtonForm()
    line = line_of(queries.show(work(), ref), no)
    if form.sent():
        form.carry_out(service.remove_note, ref, line.field.key if line else service.WHOLE)
    return redirect(url_for("records.show", ref=ref), 303)


def line_of(record: RecordView, no: int) -> Line | None:
    """Give the line that has a number in an address, empty where nothing is written; None for 0, the whole record."""
    if no == 0:
        return None
    key = record.key(str(no))
    if not key:
        raise NotThere()
    return record.line(key) or Line(record.type.fields[key], rules.ABSENT)


def _so_far(written: queries.NoteFacts | None) -> dict[str, str]:
    if written is None:
        return {"text": "", "language": tag(), "shown": "no"}
    return {"text": written.text, "language": written.lang, "shown": "yes" if written.shown else "no"}
