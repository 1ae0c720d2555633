"""The open figures: what each agency answered in twelve whole months, as tables and as a file, for everybody."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.rules import AgencyFacts, group_of
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


@blueprint.get("/insights/figures")
@public
def figures() -> Response:
    """Show for each agency how many requests it answered, how fast, and how, so that no number tells of a person."""
    first, last = rules.twelve_months(nz_date(work().now))
    return page(
        "insights/figures.html",
        tables=_tables(),
        first=first,
        last=last,
        few=FEW,
        least=settings().least_shown,
        file=url_for("insights.figures_file"),
    )


@blueprint.get("/insights/figures/file")
@public
def figures_file() -> Response:
    """Give the same numbers as a file of comma-separated values, free for any use."""
    return as_file(_tables())


def _tables() -> list[Figures]:
    found = tasks.figures_of_all(work(), *rules.twelve_months(nz_date(work().now)))
    known = agencies.catalogue(work()).agencies
    # L10n: public figures, head of a column: names of agencies
    heads = (N_("Agency"), ANSWERS, IN_TIME, MIDDLE, *desk.OUTCOME_WORDS.values())
    return [
        Figures(kind, title, heads, [row for agency in known for row in _rows(agency, kind, found)])
        for kind, title in KINDS.items()
    ]


def _rows(agency: AgencyFacts, kind: str, found: dict[int, list[tasks.Decided]]) -> list[Row]:
    """Give an agency's line, by the rules of a team's own figures; none where it answered nothing of the kind."""
    some = [one for one in found.get(agency.id, []) if group_of(one.kind) == kind]
    if not some:
        return []
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
    return [Row(agency.name, cells, lang="en-NZ", held=True)]
