"""The agency's own copy: files with what belongs beside its data, for its own system (Privacy Act 2020, section 64)."""

from flask import jsonify, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import values
from portal.agencies.rules import FieldFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework.views.blueprint import blueprint
from portal.casework.views.csv_files import csv_file
from portal.corrections import service as corrections
from portal.corrections.service import Copied
from portal.identity.permissions import Permission
from portal.language import service as language
from portal.language.rules import ENGLISH, LANGUAGES
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page

HEADS = (
    "client", "reference", "value", "record", "type", "recorded_on", "field", "label", "statement", "language",
    "statement_at", "statement_taken_off", "held", "became", "changed_at",
)  # fmt: skip


@blueprint.get("/casework/copy")
@requires(Permission.CASEWORK_COPY)
def copy() -> Response:
    """Say what the next file holds, and lead to it. Nothing about anybody is on this page."""
    after = _after()
    part = corrections.part_of_copy(work(), after)
    following = url_for("casework.copy", after=part.end) if part.count else None
    return page("casework/copy.html", part=part, after=after, next=following, day=nz_date)


@blueprint.get("/casework/copy.csv")
@requires(Permission.CASEWORK_COPY, fresh=True)
@reads("staff")
def copy_table() -> Response:
    """Give one part of the copy as a file for spreadsheets."""
    found = corrections.copy(work(), _after())
    rows = [_row(one) for one in found.rows]
    work().finish()
    return csv_file("copy.csv", HEADS, rows)


@blueprint.get("/casework/copy.json")
@requires(Permission.CASEWORK_COPY, fresh=True)
@reads("staff")
def copy_document() -> Response:
    """Give one part of the copy as the agency API gives it."""
    after = _after()
    found = corrections.copy(work(), after)
    rows = [corrections.as_document(one) for one in found.rows]
    work().finish()
    response = jsonify({"corrections": rows, "after": found.end or after, "more": found.more})
    response.headers["Content-Disposition"] = "attachment; filename=copy.json"
    return response


def _after() -> str:
    return clean_line(request.args.get("after", ""))


def _row(one: Copied) -> list[str]:
    said = one.statement
    return [
        one.client,
        one.reference,
        str(one.no),
        ids.encode(one.record_ref) if one.record_ref is not None else "",
        one.type_key,
        one.recorded_on.isoformat() if one.recorded_on else "",
        one.field.key,
        one.field.label,
        said.text if said else "",
        LANGUAGES[said.lang].bcp47 if said else "",
        nz_date(said.at).isoformat() if said else "",
        "yes" if one.taken_off else "",
        _text(one.field, one.held) if one.changed else "",
        _text(one.field, one.value) if one.changed else "",
        nz_date(one.applied_at).isoformat() if one.applied_at else "",
    ]


def _text(field: FieldFacts, value: object) -> str:
    return "" if value is None else values.as_text(field, value, language.translator(ENGLISH))
