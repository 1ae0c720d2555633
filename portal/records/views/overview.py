"""Pages that give one picture of what all agencies hold about a person, and one of each agency."""

from dataclasses import replace

from werkzeug.wrappers import Response

from portal.identity import queries as identity
from portal.identity.permissions import Permission
from portal.records import queries, rules
from portal.records.views.blueprint import blueprint
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import code_first, requires
from portal.web.negotiation import translator
from portal.web.page import page


@blueprint.get("/records")
@requires(Permission.RECORDS_SEE)
def index() -> Response:
    """Show what each agency holds, the four states kept apart, and what changed lately."""
    found, who = queries.index(work()), actor()
    if code_first(True):
        # The first page stays open, but without a word of what the person wants behind a code.
        quiet = [one for one in found.changes if not rules.warns(one.type.sensitivity)]
        found = replace(found, changes=quiet)
    # A name at the top of a discreet page would say whose it is.
    name = "" if who.discreet else identity.account_name(work(), who.account_id)
    return page("records/index.html", name=name, found=found, topics=rules.TOPICS)


@blueprint.get("/records/agency/<ref:ref>")
@requires(Permission.RECORDS_SEE)
@reads("own")
def agency(ref: int) -> Response:
    """Show one agency: what it holds by type, why, and how to reach it (principles 3 and 6)."""
    found = queries.of_agency(work(), ref)
    # By what such an agency may hold, not by what it holds: asking for a code must not tell.
    hard = any(rules.warns(kind.sensitivity) for kind in found.holding.agency.types.values())
    return code_first(hard) or page(
        "records/agency.html", found=found, topics=rules.TOPICS, translator=translator()
    )
