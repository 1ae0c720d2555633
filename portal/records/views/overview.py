"""Pages that give one picture of what agencies hold about a person: by agency, by sector and by time."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.bundles import service as bundles
from portal.identity import queries as identity
from portal.identity.permissions import Permission
from portal.records import queries, rules
from portal.records.forms.finding import TimeForm
from portal.records.views.blueprint import blueprint, helped
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import code_first, requires
from portal.web.negotiation import translator
from portal.web.page import page


@blueprint.get("/records")
@requires(Permission.RECORDS_LOOK)
def index() -> Response:
    """Show what each agency holds, the four states kept apart, and what changed lately."""
    found, who = queries.index(work()), actor()
    if helped((one.agency.name, one.agency) for one in found.holdings):
        acting = who.helping is not None and who.helping.by_authority
        return page("records/helped.html", found=found, topics=rules.TOPICS, acting=acting)
    behind = code_first(True)
    if behind:
        # The first page stays open, but without a word of what the person wants behind a code.
        quiet = [one for one in found.changes if not rules.warns(one.type.sensitivity)]
        found = replace(found, changes=quiet)
    # A name at the top of a discreet page would say whose it is.
    name = "" if who.discreet else identity.account_name(work(), who.account_id)
    to_tell = [] if behind else bundles.to_tell(work())
    return page("records/index.html", name=name, found=found, topics=rules.TOPICS, to_tell=to_tell)


@blueprint.get("/records/agency/<ref:ref>")
@requires(Permission.RECORDS_LOOK)
@reads("own")
def agency(ref: int) -> Response:
    """Show one agency: what it holds by type, why, and how to reach it (principles 3 and 6)."""
    found = queries.of_agency(work(), ref, _after())
    # By what such an agency may hold, not by what it holds: asking for a code must not tell.
    hard = any(rules.warns(kind.sensitivity) for kind in found.holding.agency.types.values())
    if asked := code_first(hard):
        return asked
    seen = ((group.type.title, found.holding.agency) for group in found.groups)
    return page(
        "records/helped_agency.html" if helped(seen) else "records/agency.html",
        found=found,
        topics=rules.TOPICS,
        translator=translator(),
        ask=url_for("access_requests.new", agency=ids.encode(ref)),
        next=url_for("records.agency", ref=ref, after=ids.encode(found.next)) if found.next else None,
    )


@blueprint.get("/records/sector")
@requires(Permission.RECORDS_LOOK)
def sectors() -> Response:
    """List the six sectors with what agencies of each hold (principle 6)."""
    found = queries.sectors(work())
    helped((one.agency.name, one.agency) for sector in found for one in sector.linked)
    return page("records/sectors.html", sectors=found, topics=rules.TOPICS)


@blueprint.get("/records/sector/<int:no>")
@requires(Permission.RECORDS_LOOK)
@reads("own")
def sector(no: int) -> Response:
    """Show one sector: its agencies, and the titles of their records, hard ones folded (principle 6)."""
    found = queries.of_sector(work(), no, _after())
    kinds = [kind for one in found.sector.holdings for kind in one.agency.types.values()]
    if asked := code_first(any(rules.warns(kind.sensitivity) for kind in kinds)):
        return asked
    helped((one.type.title, one.agency) for one in found.records)
    return page(
        "records/sector.html",
        found=found,
        topics=rules.TOPICS,
        next=url_for("records.sector", no=no, after=ids.encode(found.next)) if found.next else None,
    )


@blueprint.get("/records/time")
@requires(Permission.RECORDS_LOOK)
@reads("own")
def time() -> Response:
    """Show what happened to the person's records, by month; nothing that is about safety (principle 6)."""
    if asked := code_first(True):
        return asked
    form = TimeForm()
    found = queries.timeline(work(), queries.Wanted(*form.wanted()))
    form.offer(found.agencies)
    helped((one.type.title, one.agency) for _, events in found.months for one in events)
    shown: dict[str, Any] = form.asked()
    more = f"{ids.encode(found.next[0])}.{found.next[1]}" if found.next else ""
    return page(
        "records/time.html",
        form=form,
        found=found,
        asked=shown,
        paged="after" in request.args,
        next=url_for("records.time", **shown, after=more) if more else None,
    )


def _after() -> int | None:
    """Give the record after which the page starts; what is none starts from the top."""
    return ids.decode(request.args.get("after", ""))
