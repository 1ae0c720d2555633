"""The team's page: who has how much, how long answers take, and what they were; as tables, charts and a file."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from portal.agencies import tasks
from portal.agencies.rules import group_of
from portal.base.clock import nz_date
from portal.casework import queries, rules
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission, allowed
from portal.language.rules import LANGUAGES, N_
from portal.law import grounds
from portal.web.core import actor, settings, work
from portal.web.figures import ANSWERS, FEW, IN_TIME, MIDDLE, Figures, Row, as_file
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say


@dataclass
class Sums:
    """What is counted while the counters are read once."""

    answers: list[rules.Answered] = field(default_factory=list)
    grounds: dict[str, int] = field(default_factory=dict)


@blueprint.get("/casework/team")
@requires(Permission.CASEWORK_TEAM)
def team() -> Response:
    """Show the team's load, and what was answered in the last 90 days, in numbers that tell of nobody."""
    return page(
        "casework/team.html", tables=_tables(), days=rules.DAYS, few=FEW, least=settings().least_shown
    )


@blueprint.get("/casework/team/figures")
@requires(Permission.CASEWORK_TEAM)
def team_figures() -> Response:
    """Give the same numbers as a file of comma-separated values."""
    return as_file(_tables())


def _tables() -> list[Figures]:
    today, sums = nz_date(work().now), Sums()
    for one in tasks.figures(work(), today - timedelta(days=rules.DAYS - 1)):
        if one.ground:
            sums.grounds[one.ground] = sums.grounds.get(one.ground, 0) + one.n
        else:
            group = group_of(one.kind)
            sums.answers.append(
                rules.Answered(group, one.outcome, one.language, one.on_time, one.days, one.n)
            )
    return [_load(), _time(sums), _outcomes(sums), _grounds(sums), _languages(sums)]


def _load() -> Figures:
    counts, desk = tasks.counts(work(), nz_date(work().now)), queries.desk(work())
    links = allowed(actor(), Permission.CASEWORK_SEE)

    def cells(owner: int) -> list[int | None]:
        return [
            sum(one.n for one in counts.parts if one.owner_id == owner and one.due in due)
            for due in (("late", "week", "later"), ("late",), ("week",))
        ]

    people = [
        Row(
            one.name,
            cells(one.account_id),
            href=url_for("casework.index", colleague=one.code) if links else None,
            held=True,
        )
        for one in desk.colleagues
    ]
    nobody = url_for("casework.index", owner="nobody") if links else None
    rows = [Row(say(N_("No one yet")), cells(0), href=nobody), *people]
    gone = set(counts.of("owner_id")) - {0, *(one.account_id for one in desk.colleagues)}
    rows += [Row(say(N_("A colleague")), cells(owner)) for owner in sorted(gone)]
    # L10n: team figures, title of a table: what is not answered yet, by who works on it
    title = N_("Open work")
    # L10n: team figures, heads of the columns of open work
    heads = (N_("Owner"), N_("All open"), N_("Late"), N_("This week"))
    return Figures("load", title, heads, rows)


def _time(sums: Sums) -> Figures:
    least, base = settings().least_shown, settings().rounded_to
    by_kind: dict[str, list[rules.Answered]] = {}
    for one in sums.answers:
        by_kind.setdefault(one.kind, []).append(one)
    seen = rules.shown({kind: sum(a.n for a in some) for kind, some in by_kind.items()}, least, base)
    rows = []
    for kind, words in rules.KIND_WORDS.items():
        some = by_kind.get(kind, [])
        if some:
            total = sum(one.n for one in some)
            in_time = rules.of_hundred(sum(one.n for one in some if one.on_time), total, least)
            days = rules.middle(((one.days, one.n) for one in some), least)
            rows.append(Row(say(words), [seen[kind], in_time, days]))
    # L10n: team figures, title of a table
    title = N_("How long answers took")
    # L10n: team figures, head of a column: what was asked for
    return Figures("time", title, (N_("Kind"), ANSWERS, IN_TIME, MIDDLE), rows)


def _outcomes(sums: Sums) -> Figures:
    counts = dict.fromkeys(rules.OUTCOMES, 0)
    for one in sums.answers:
        counts[one.outcome] = counts.get(one.outcome, 0) + one.n
    seen = rules.shown(counts, settings().least_shown, settings().rounded_to)
    rows = [Row(say(words), [seen[key]]) for key, words in rules.OUTCOME_WORDS.items() if counts[key]]
    # L10n: team figures, title of a table
    return Figures("outcomes", N_("What the answers were"), (N_("Answer"), ANSWERS), rows)


def _grounds(sums: Sums) -> Figures:
    seen = rules.shown(sums.grounds, settings().least_shown, settings().rounded_to)
    rows = [
        Row(_ground(code), [seen[code]], short=str(number))
        for number, code in enumerate(sorted(sums.grounds, key=lambda one: (-sums.grounds[one], one)), 1)
    ]
    # L10n: team figures, title of a table: the grounds in law of a no, or of a part that was not shown or fixed
    title = N_("Why it was not all of it")
    # L10n: team figures, head of a column: a ground in law
    head = N_("Ground")
    # L10n: team figures, below a title
    note = N_("An answer can have several grounds.")
    return Figures("grounds", title, (head, ANSWERS), rows, note)


def _languages(sums: Sums) -> Figures:
    seen = rules.by_language(sums.answers, settings().least_shown, settings().rounded_to)
    rows = [
        Row(
            language.endonym,
            [seen[tag]["all"], *(seen[tag][outcome] for outcome in rules.OUTCOMES)],
            lang=language.bcp47,
        )
        for tag, language in LANGUAGES.items()
        if tag in seen
    ]
    heads = (N_("Language"), ANSWERS, *rules.OUTCOME_WORDS.values())
    # L10n: team figures, title of a table: answers by the language of the person
    return Figures("languages", N_("Answers by language"), heads, rows)


def _ground(code: str) -> Any:
    found = grounds.access_ground(code) or grounds.decline_ground(code)
    return say(found.plain) if found else code
