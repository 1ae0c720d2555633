"""The screens that show a person who has looked at their information, and ask about one look."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access_log import queries, rules, service
from portal.access_log.forms import AskForm
from portal.access_log.queries import LookFacts, QuestionFacts
from portal.agencies import queries as agencies
from portal.agencies import service as links
from portal.base import ids
from portal.base.clock import nz_date
from portal.delegations import service as delegations
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.law import clocks
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.negotiation import tag, translator
from portal.web.page import page
from portal.web.text import say

MOST = 50
# What stands in the address for looks by those who are no agency of the person's.
OTHERS = "others"
# Where what was seen leads, when it is the person's own.
LEADS_TO = {
    "request": "corrections.show",
    "proof": "corrections.sent_proof",
    "access": "access_requests.show",
    "share": "bundles.show",
}
# Who looks for a reason that is a sentence of ours.
# L10n: page that asks about a look: the question as it stands before the person changes it; a day.
PREFILLED = N_("I want to know why you looked at my information on %(day)s, and what it was for.")
blueprint = Blueprint("access_log", __name__)
# When help at one device ended, by its id, and whether that is known.
Ends = dict[int, tuple[datetime, bool]]


@dataclass(frozen=True)
class Shown:
    """A look in the words of the page (`at` aware UTC), and when else on its day there was one like it."""

    id: int
    at: datetime
    who: str
    by_link: Any
    role: Any
    said_role: str
    agency: str
    what: Any
    records: list[str]
    reference: str
    href: str
    why: Any
    said: str
    may_ask: bool
    # When a worker no longer sat beside the person, as a sentence; empty for any other look.
    until: Any = None
    also_at: list[str] = field(default_factory=list)
    questions: list[QuestionFacts] = field(default_factory=list)


@blueprint.get("/access-log")
@requires(Permission.ACCESS_LOG_SEE)
@reads("own")
def index() -> Response:
    """List the looks by month, one agency's if so wished, and say what the list cannot show."""
    before = ids.decode(request.args.get("before", ""))
    linked = links.links_of(work(), actor().person_id)
    live = {agency_id for agency_id, link in linked.items() if link.state == "active"}
    by = _wanted_agency(live)
    found = service.looks(work(), MOST + 1, before, by, live)
    shown = found[:MOST]
    days = _by_day(shown, live, _ends(shown))
    on = request.args.get("agency") if by is not None else None
    return page(
        "access_log/index.html",
        months=_by_month(days),
        choices=_choices(live),
        chosen=on,
        # "No one has looked since today" above a look of today would be nonsense.
        quiet=before is None and by is None and not (days and days[0][0] == nz_date(work().now)),
        since=_since(days, [link.linked_at for link in linked.values()]),
        silent=_silent(linked),
        late=_late,
        next=url_for("access_log.index", before=ids.encode(shown[-1].id), agency=on)
        if len(found) > MOST
        else None,
    )


@blueprint.route("/access-log/<ref:ref>/ask", methods=["GET", "POST"])
@requires(Permission.ACCESS_LOG_SEE)
@reads("own")
def ask(ref: int) -> Response:
    """Ask the looker's organisation about one look; once asked, show the question and its answer."""
    form, look = AskForm(), service.look(work(), ref)
    if form.sent() and form.carry_out(service.ask, ref, form.words.data, tag()):
        return redirect(url_for("access_log.ask", ref=ref), 303)
    if request.method == "GET" and not form.words.data:
        form.words.data = translator().attr(PREFILLED, day=translator().date_long(nz_date(look.at)))
    today = nz_date(work().now)
    return page(
        "access_log/ask.html",
        form=form,
        look=_shown(look, _names(), _live(), _ends([look])),
        question=look.question,
        by_on=clocks.due_on("access", today),
        may_ask=bool(look.agency_id),
        late=_late,
    )


def _by_day(looks: list[LookFacts], live: Collection[int], ends: Ends) -> list[tuple[date, list[Shown]]]:
    names = _names()
    return [
        (day, _folded(_shown(look, names, live, ends) for look in of_day))
        for day, of_day in groupby(looks, lambda look: nz_date(look.at))
    ]


def _by_month(days: list[tuple[date, list[Shown]]]) -> list[tuple[date, list[Shown]]]:
    return [
        (month, [look for _, looks in of_month for look in looks])
        for month, of_month in groupby(days, lambda day: day[0].replace(day=1))
    ]


def _folded(looks: Iterable[Shown]) -> list[Shown]:
    """Make one line of the looks of a day by the same looker at the same thing, for the same reason."""
    lines: dict[tuple, Shown] = {}
    for one in looks:
        key: tuple[Any, ...] = (
            one.who,
            str(one.role or one.said_role),
            one.agency,
            str(one.what),
            tuple(one.records),
        )
        key += (one.reference, one.href, str(one.why or one.said), one.by_link is None, str(one.until))
        first = lines.setdefault(key, one)
        if first is not one:
            first.also_at.append(translator().time(one.at))
            first.questions.extend(one.questions)
    return list(lines.values())


def _wanted_agency(live: Collection[int]) -> int | None:
    wanted = request.args.get("agency", "")
    if wanted == OTHERS:
        return queries.OTHERS
    agency_id = ids.decode(wanted)
    return agency_id if agency_id in live else None


def _choices(live: Collection[int]) -> list[tuple[str, str]]:
    return [(ids.encode(one.id), one.name) for one in agencies.catalogue(work()).agencies if one.id in live]


def _since(days: list, linked_at: list[datetime]) -> date | None:
    if days:
        return days[0][0]
    return nz_date(min(linked_at)) if linked_at else None


def _silent(linked: dict) -> list[str]:
    catalogue = agencies.catalogue(work())
    return [one.name for one in catalogue.agencies if one.id in linked and not one.reports_looks]


def _late(question: QuestionFacts) -> bool:
    return question.state == "sent" and question.due_on < nz_date(work().now)


def _names() -> dict[int, str]:
    return {one.id: one.name for one in agencies.catalogue(work()).agencies}


def _live() -> set[int]:
    linked = links.links_of(work(), actor().person_id)
    return {agency_id for agency_id, link in linked.items() if link.state == "active"}


def _ends(looks: list[LookFacts]) -> Ends:
    return delegations.ends_of(
        work(), actor().person_id or 0, [look.about for look in looks if look.what == "beside"]
    )


def _until(look: LookFacts, ends: Ends) -> Any:
    if look.what != "beside" or look.about not in ends:
        return None
    ended_at, known = ends[look.about]
    if known:
        # L10n: Who has looked: a worker sat beside the person until then; a time of day.
        return say(N_("Until %(time)s."), time=translator().time(ended_at))
    # L10n: Who has looked: a worker sat beside the person, and nobody said when it ended; a time of day.
    return say(N_("Until %(time)s at the latest."), time=translator().time(ended_at))


def _shown(look: LookFacts, names: dict[int, str], live: Collection[int], ends: Ends) -> Shown:
    ours = look.role in rules.ROLES and look.by != "system"
    ours_why = rules.is_ours(look.by, look.what)
    return Shown(
        id=look.id,
        at=look.at.replace(microsecond=0),
        who=look.who,
        by_link=say(rules.BY_LINK) if look.by == "link" else None,
        role=say(rules.ROLES[look.role]) if ours else None,
        # An agency that sends looks of its own system says who looked in its own words.
        said_role=look.role if look.by == "system" else "",
        agency=names.get(look.agency_id, ""),
        what=say(rules.WHATS[look.what]) if look.what in rules.WHATS else "",
        records=look.named(live),
        reference=look.reference,
        href=_address(look),
        # Staff and helpers look for a reason of ours; whoever opens a share says why in words of their own.
        why=say(look.why) if look.why and ours_why else None,
        said="" if ours_why else look.why,
        may_ask=bool(look.agency_id),
        until=_until(look, ends),
        questions=[look.question] if look.question else [],
    )


def _address(look: LookFacts) -> str:
    endpoint = LEADS_TO.get(look.what, "")
    known = look.about and endpoint in current_app.view_functions
    return url_for(endpoint, ref=look.about) if known else ""
