"""Pages on which a person changes a value themselves, and says once a year what is still right."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import clock, ids
from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.records import queries, rules, service
from portal.records.forms.writing import CheckForm, change_form, filled
from portal.records.views.blueprint import blueprint
from portal.records.views.notes import line_of
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import code_first, code_now, requires
from portal.web.negotiation import tag, translator
from portal.web.page import page


@blueprint.route("/records/<ref:ref>/change/<int:no>", methods=["GET", "POST"])
@requires(Permission.RECORDS_ALONE)
@reads("own")
def change(ref: int, no: int) -> Response:
    """Change a value that the agency lets the person change; how they are reached needs a fresh code."""
    record = queries.show(work(), ref)
    line = line_of(record, no)
    if line is None or not record.may_edit(line.field.key):
        raise NotThere()
    field = line.field
    away = code_first(rules.warns(record.type.sensitivity)) or code_now(
        rules.is_contact(field.key, field.kind)
    )
    if away:
        return away
    options = {const: field.option_in(const, tag()).text for const in field.options}
    form = change_form(field.kind, options)()
    if request.method == "GET":
        form.process(
            data={"value": filled(field.kind, record.body.get(field.key)), "seen": str(record.version_no)}
        )
    elif form.sent() and form.carry_out(service.edit_value, ref, field.key, form.typed, form.version):
        return redirect(url_for("records.show", ref=ref), 303)
    if form.status == 409:
        # What they hold now is shown above the form, so that the next send is about that.
        form.seen.data = str(record.version_no)
    return page("records/change.html", form=form, record=record, line=line, no=no, translator=translator())


@blueprint.route("/records/check", methods=["GET", "POST"])
@requires(Permission.RECORDS_ALONE)
@reads("own")
def check() -> Response:
    """List what nobody said is right for a year; a button says that it still is (principle 8)."""
    form = CheckForm()
    if form.sent():
        code, _, number = (form.value.data or "").partition(".")
        ref = ids.decode(code) or 0
        key = queries.show(work(), ref).key(number)
        if form.carry_out(service.say_right, ref, key):
            return redirect(url_for("records.check"), 303)
    found, last = queries.to_check(work(), ids.decode(request.args.get("after", "")))
    return page(
        "records/check.html",
        form=form,
        found=found,
        next=url_for("records.check", after=ids.encode(last)) if last else None,
        encode=ids.encode,
        today=clock.nz_date(work().now),
        translator=translator(),
    )
