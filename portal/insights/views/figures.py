"""The open figures: what each agency answered in twelve whole months, as tables and as a file, for everybody."""

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.rules import group_of
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework import rules as desk
from portal.insights import rules
from portal.insights.views.blueprint import blueprint
from portal.language.rules import N_
from portal.web.core import settings, work
from portal.web.figures import ANSWERS, FEW, IN_TIME, MIDDLE, Figures, Row, as_file
from portal.web.guards import public
from portal.web.page import page

KINDS: dict[str, str] = {
    # L10n: public figures, title of a table: answers to requests to fix something
    "fix": N_("Requests to fix something"),
    # L10n: public figures, title of a table: answers to requests to see what is held
    "see": N_("Requests to see what is held"),
}


MOST = 25


@blueprint.get("/insights/figures")
@public
def figures() -> Response:
    """Show for each agency how many requests it answered, how fast, and how, so that no number tells of a person."""
    first, last = rules.twelve_months(nz_date(work().now))
    kind = request.args.get("kind", "fix")
    kind = kind if kind in KINDS else "fix"
    shown, following = _page_of(_lines(kind), ids.decode(request.args.get("after", "")))
    return page(
        "insights/figures.html",
        table=_table(kind, shown),
        kinds=KINDS,
        next=url_for("insights.figures", kind=kind, after=ids.encode(following)) if following else None,
        first=first,
        last=last,
        few=FEW,
        least=settings().least_shown,
    )


@blueprint.get("/insights/figures/file")
@public
def figures_file() -> Response:
    """Give the numbers of all agencies as a file of comma-separated values, free for any use."""
    return as_file([_table(kind, list(_lines(kind).values())) for kind in KINDS])


def _table(kind: str, rows: list[Row]) -> Figures:
    # L10n: public figures, head of a column: names of agencies
    heads = (N_("Agency"), ANSWERS, IN_TIME, MIDDLE, *desk.OUTCOME_WORDS.values())
    return Figures(kind, KINDS[kind], heads, rows)


def _lines(kind: str) -> dict[int, Row]:
    """Give each agency's line by its id, in the catalogue's order; none where it answered nothing of the kind."""
    found = tasks.figures_of_all(work(), *rules.twelve_months(nz_date(work().now)))
    known = agencies.catalogue(work()).agencies
    some = {one.id: [each for each in found.get(one.id, []) if group_of(each.kind) == kind] for one in known}
    return {one.id: _line(one.name, kind, some[one.id]) for one in known if some[one.id]}


def _page_of(lines: dict[int, Row], after: int | None) -> tuple[list[Row], int | None]:
    """Give the lines after an agency's, and after which one the next page starts (None: no more)."""
    known = list(lines)
    start = known.index(after) + 1 if after in lines else 0
    part = known[start : start + MOST]
    return [lines[one] for one in part], part[-1] if len(known) > start + MOST else None


def _line(name: str, kind: str, some: list[tasks.Decided]) -> Row:
    """Give an agency's numbers as they may be shown, by the rules of a team's own figures."""
    least, base = settings().least_shown, settings().rounded_to
    total = sum(one.n for one in some)
    counts = dict.fromkeys(desk.OUTCOMES, 0)
    for one in some:
        counts[one.outcome] += one.n
    outcomes = desk.shown(counts, least, base)
    cells = [
        desk.shown({kind: total}, least, base)[kind],
        desk.of_hundred(sum(one.n for one in some if one.on_time), total, least),
        desk.middle(((one.days, one.n) for one in some), least),
        *(outcomes[key] for key in desk.OUTCOME_WORDS),
    ]
    return Row(name, cells, lang="en-NZ", held=True)
