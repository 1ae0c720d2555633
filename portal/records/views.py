"""Pages of what agencies hold about a person."""

from flask import Blueprint, Response

from portal.base import clock, ids
from portal.identity import queries as identity
from portal.identity.permissions import Permission
from portal.records import queries, rules
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.negotiation import translator
from portal.web.page import page

blueprint = Blueprint("records", __name__)


@blueprint.get("/records")
@requires(Permission.RECORDS_SEE)
def index() -> Response:
    """Show what each agency holds, the four states kept apart, and what changed lately."""
    name = identity.account_name(work(), actor().account_id)
    return page("records/index.html", name=name, found=queries.index(work()), topics=rules.TOPICS)


@blueprint.get("/records/agency/<ref:ref>")
@requires(Permission.RECORDS_SEE)
def agency(ref: int) -> Response:
    """Show one agency: what it holds by type, why, and how to reach it (principles 3 and 6)."""
    found = queries.of_agency(work(), ref)
    return page("records/agency.html", found=found, topics=rules.TOPICS, translator=translator())


@blueprint.get("/records/<ref:ref>")
@requires(Permission.RECORDS_SEE)
def show(ref: int) -> Response:
    """Show one record with its statements, and why, from where, for how long, and who got it (principles 3, 6)."""
    record = queries.show(work(), ref)
    return page(
        "records/show.html",
        record=record,
        written_ref=ids.encode(record.ref),
        translator=translator(),
        passed=record.days_passed(clock.nz_date(work().now)),
        natures=rules.NATURES,
        choices=rules.CHOICES,
        warns=rules.warns(record.type.sensitivity),
        folded=rules.stays_folded(record.type.sensitivity),
    )
