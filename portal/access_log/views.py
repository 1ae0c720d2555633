"""The screen that shows a person who has looked at their information."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, request

from portal.access_log import rules, service
from portal.access_log.queries import LookFacts
from portal.agencies import queries as agencies
from portal.agencies import service as links
from portal.base import ids
from portal.base.clock import nz_date
from portal.identity.permissions import Permission
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say

MOST = 50
blueprint = Blueprint("access_log", __name__)


@dataclass(frozen=True)
class Shown:
    """One look in the words of the page; `at` is an aware UTC datetime in whole seconds."""

    at: datetime
    who: str
    by_link: Any
    role: Any
    agency: str
    what: Any
    records: list[str]
    reference: str
    why: Any
    said: str


@blueprint.get("/access-log")
@requires(Permission.ACCESS_LOG_SEE)
def index():
    """List the looks by day, and say what the list cannot show."""
    before = ids.decode(request.args.get("before", ""))
    found = service.looks(work(), MOST + 1, before)
    names = {one.id: one.name for one in agencies.catalogue(work()).agencies}
    shown, linked = found[:MOST], links.links_of(work(), actor().person_id)
    live = {agency_id for agency_id, link in linked.items() if link.state == "active"}
    days = [
        (day, [_shown(look, names, live) for look in looks])
        for day, looks in groupby(shown, lambda look: nz_date(look.at))
    ]
    return page(
        "access_log/index.html",
        days=days,
        # "No one has looked since today" above a look of today would be nonsense.
        quiet=before is None and not (days and days[0][0] == nz_date(work().now)),
        since=_since(days, [link.linked_at for link in linked.values()]),
        silent=_silent(linked),
        next=ids.encode(shown[-1].id) if len(found) > MOST else None,
    )


def _since(days: list, linked_at: list[datetime]) -> date | None:
    if days:
        return days[0][0]
    return nz_date(min(linked_at)) if linked_at else None


def _silent(linked: dict) -> list[str]:
    catalogue = agencies.catalogue(work())
    return [one.name for one in catalogue.agencies if one.id in linked and not one.reports_looks]


def _shown(look: LookFacts, names: dict[int, str], live: set[int]) -> Shown:
    return Shown(
        at=look.at.replace(microsecond=0),
        who=look.who,
        by_link=say(rules.BY_LINK) if look.by == "link" else None,
        role=say(rules.ROLES[look.role]) if look.role in rules.ROLES else None,
        agency=names.get(look.agency_id, ""),
        what=say(rules.WHATS[look.what]) if look.what in rules.WHATS else "",
        records=look.named(live),
        reference=look.reference,
        # Staff look for a reason of ours; whoever opens a share says why in words of their own.
        why=say(look.why) if look.why and look.by == "staff" else None,
        said=look.why if look.by != "staff" else "",
    )
