"""The team's figures: counted with each decision, small numbers hidden, the same in table, chart and file."""

import csv
import html
import io
import re
from datetime import date, timedelta

import pytest

from portal.access_requests import service as access
from portal.agencies import tasks
from portal.casework import rules
from portal.casework.rules import Answered
from portal.web.figures import plain
from tests.casework import asking, factory
from tests.casework.factory import LATE, LATER, WEEK, row
from tests.corrections import factory as corrections

TEAM, FILE = "/en/casework/team", "/en/casework/team/figures"
TODAY = date(2026, 11, 23)
FEW = "Too few to show"


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ({"a": 100, "b": 7}, {"a": 99, "b": 6}),
        ({"a": 8, "b": 0}, {"a": 9, "b": 0}),
        # One hidden number alone could be told from the total.
        ({"a": 30, "b": 5, "c": 12}, {"a": 30, "b": None, "c": None}),
        ({"a": 30, "b": 5, "c": 1}, {"a": 30, "b": None, "c": None}),
        ({"a": 5}, {"a": None}),
        ({}, {}),
    ],
)
def test_small_numbers_are_hidden_and_the_rest_rounded(counts, seen):
    assert rules.shown(counts, 6, 3) == seen


def test_the_limits_are_settings():
    assert rules.shown({"a": 7, "b": 4}, 2, 5) == {"a": 5, "b": 5}
    assert rules.shown({"a": 7, "b": 4}, 0, 1) == {"a": 7, "b": 4}


def test_a_hidden_number_of_a_language_stands_never_alone_in_its_row_or_column():
    answers = [Answered("fix", "yes", "en", True, 5, 40), Answered("fix", "no", "en", True, 5, 20)]
    answers += [Answered("fix", "yes", "sm", True, 5, 12), Answered("fix", "no", "sm", True, 5, 2)]
    found = rules.by_language(answers, 6, 3)
    assert found["en"]["no"] is None and found["sm"]["no"] is None
    assert found["en"]["yes"] is None and found["sm"]["yes"] is None
    assert (found["en"]["all"], found["sm"]["all"]) == (60, 15)
    few = rules.by_language([Answered("fix", "yes", "to", True, 5, 3)], 6, 3)
    assert few["to"] == {"all": None, "yes": None, "part": 0, "no": 0, "none": 0, "silent": 0}


def test_the_middle_and_the_part_of_a_hundred_need_enough_answers():
    assert rules.middle([(20, 3), (3, 5), (10, 2)], 6) == 3
    assert rules.middle([(20, 3), (3, 2)], 6) is None and rules.middle([], 0) is None
    assert rules.of_hundred(9, 12, 6) == 75 and rules.of_hundred(2, 5, 6) is None
    assert rules.of_hundred(0, 0, 0) is None


def decide(
    work, agency_id, outcome, many=1, language="en", days=7, grounds=(), late=False, kind="correction"
):
    received = TODAY - timedelta(days=days)
    due = TODAY - timedelta(days=1) if late else TODAY + timedelta(days=3)
    for _ in range(many):
        tasks.decided(
            *(work, agency_id, kind, outcome),
            language=language,
            received_on=received,
            due_on=due,
            grounds=grounds,
        )


def test_a_decision_is_counted_once_and_once_for_each_ground(store):
    town = corrections.town(store)
    town.do(
        decide,
        town.agency_id,
        "no",
        2,
        "sm",
        14,
        ("misleading", "misleading", "fact-right"),
        actor=town.priya,
    )
    found = tasks.figures(town.work(town.priya), TODAY)
    assert {(one.outcome, one.ground, one.n) for one in found} == {
        ("no", "", 2), ("ground", "misleading", 2), ("ground", "fact-right", 2)
    }  # fmt: skip
    assert {(one.language, one.on_time, one.days) for one in found} == {("sm", True, 10)}
    other, _agency = town.other_agency()
    assert tasks.figures(town.work(other), TODAY) == []
    assert tasks.figures(town.work(town.priya), TODAY + timedelta(days=1)) == []


def test_a_request_to_see_is_counted_in_the_moment_of_its_decision(store):
    town = corrections.town(store)
    ref = asking.ask(town)
    town.do(access.take, ref, actor=town.priya)
    town.do(access.log_search, ref, "Filing room", "Her name", "Nothing", actor=town.priya)
    assert tasks.figures(town.work(town.priya), TODAY) == []
    town.do(lambda work: access.propose_decision(work, ref, "not_held", elsewhere=""), actor=town.priya)
    (found,) = tasks.figures(town.work(town.priya), TODAY)
    assert (found.kind, found.outcome, found.language, found.on_time, found.days, found.n) == (
        *("access", "none", "en", True, 0, 1),
    )


@pytest.fixture
def busy(town, sqlite_app):
    """A privacy officer's browser, open work of three, and answers of the last 90 days."""
    row(town, LATE, "A", owner_id=town.priya.account_id)
    row(town, WEEK, "B", owner_id=town.priya.account_id)
    row(town, LATER, "C")
    row(town, LATER, "D", owner_id=4711)

    def _answers(work):
        decide(work, town.agency_id, "yes", 20, days=7)
        decide(work, town.agency_id, "part", 10, days=14, grounds=["misleading"])
        decide(work, town.agency_id, "no", 10, "sm", 28, ["misleading", "fact-right"], late=True)
        decide(work, town.agency_id, "yes", 4, "to", kind="access")

    town.do(_answers, actor=town.priya)
    return factory.sign_in(town, sqlite_app, "vic", role="privacy-officer")


def tables(text):
    """The tables of the page by title: {words of a row: numbers}."""
    found = {}
    for section in text.split("<section")[1:]:
        title = html.unescape(re.search(r"<h2[^>]*>(.*?)</h2>", section)[1])
        rows = (
            re.findall(r"<tr><th.*?</tr>", section.split("<tbody>")[1], re.DOTALL)
            if "<tbody>" in section
            else []
        )
        cells = [
            [corrections.plain(one) for one in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)]
            for line in rows
        ]
        found[title] = {line[0]: line[1:] for line in cells}
    return found


def test_load_time_and_outcomes_stand_in_tables(busy):
    found = tables(busy.text(TEAM))
    assert found["Open work"]["Priya Nair"] == ["2", "1", "1"]
    assert found["Open work"]["No one yet"] == ["1", "0", "0"] and found["Open work"]["A colleague"] == [
        "1",
        "0",
        "0",
    ]
    took = found["How long answers took"]
    # Of four there are too few, and the only other number would tell it with the total.
    assert took["Fix something"] == [FEW, "75", "5"] and took["See what you hold"] == [FEW, FEW, FEW]
    assert found["What the answers were"] == {"Yes": ["24"], "In part": ["9"], "No": ["9"]}
    assert [cells for cells in found["Why it was not all of it"].values()] == [["21"], ["9"]]
    assert found["Answers by language"]["Lea faka-Tonga"][0] == FEW


def test_the_chart_shows_what_the_table_says(busy):
    text = busy.text(TEAM)
    shown = 0
    for section in text.split("<section")[1:]:
        numbers = [cells[0] for cells in next(iter(tables(f"<section{section}").values())).values()]
        chart = re.search(r"<svg class=\"bars\".*?</svg>", section, re.DOTALL)[0]
        drawn = re.findall(r'<text class="n"[^>]*>(.*?)</text>', chart)
        assert ["–" if one == FEW else one for one in numbers] == drawn
        most = max([int(one) for one in drawn if one != "–"], default=0)
        widths = [int(one) for one in re.findall(r'<rect x="0"[^>]*width="(\d+)%"', chart)]
        assert widths == [100 * int(one) // most for one in drawn if one not in ("–", "0")]
        shown += len(widths)
        assert "style=" not in chart
    assert shown >= 8


def test_the_file_has_the_same_numbers(busy):
    answer = busy.get(FILE)
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    said = {line[0]: line[1:] for line in lines if line}
    for rows in tables(busy.text(TEAM)).values():
        for words, cells in rows.items():
            assert said[re.sub(r"^\d+\. ", "", words)] == cells, words


@pytest.mark.parametrize("text", ["=1+1", "+64", "-1", "@x", "\tx"])
def test_no_cell_of_the_file_is_a_formula(text):
    assert plain(text) == f"'{text}" and plain("Mere = 1") == "Mere = 1"


@pytest.mark.parametrize(
    ("role", "status"),
    [("caseworker", 403), ("privacy-officer", 200), ("steward", 200), ("administrator", 200)],
)
def test_only_those_who_lead_the_team_see_it(town, sqlite_app, role, status):
    who = factory.sign_in(town, sqlite_app, "kahu", role=role)
    assert who.get(TEAM).status_code == who.get(FILE).status_code == status
    if role == "administrator":
        # Who sees no requests is led to none.
        assert "/en/casework?" not in who.text(TEAM)


def test_another_agency_sees_nothing_of_it(town, busy, sqlite_app):
    _stranger, elsewhere = town.other_agency()
    other = factory.sign_in(town, sqlite_app, "tui", role="privacy-officer", agency_id=elsewhere)
    page = other.page(TEAM)
    assert "Priya" not in page and page.count("Nothing to count yet.") == 4
