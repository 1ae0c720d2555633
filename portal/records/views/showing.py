"""The page of one record."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.base import clock, ids
from portal.identity.permissions import Permission
from portal.records import queries, rules
from portal.records.views.blueprint import blueprint, helped
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import code_first, requires
from portal.web.negotiation import translator
from portal.web.page import page


@blueprint.get("/records/<ref:ref>")
@requires(Permission.RECORDS_LOOK)
@reads("own")
def show(ref: int) -> Response:
    """Show one record with its statements, and why, from where, for how long, and who got it (principles 3, 6)."""
    record = queries.show(work(), ref)
    if asked := code_first(rules.warns(record.type.sensitivity)):
        return asked
    seen = [(record.type.title, record.agency)]
    return page(
        "records/helped_record.html" if helped(seen) else "records/show.html",
        record=record,
        ask=url_for("access_requests.new", agency=ids.encode(record.agency.id)),
        written_ref=ids.encode(record.ref),
        translator=translator(),
        passed=record.days_passed(clock.nz_date(work().now)),
        today=clock.nz_date(work().now),
        marks=rules.MARKS,
        natures=rules.NATURES,
        sources=rules.SOURCES,
        choices=rules.CHOICES,
        warns=rules.warns(record.type.sensitivity),
        folded=rules.stays_folded(record.type.sensitivity),
    )
