"""Filters of the worklist: they stand in the address, count what they show, and are kept as views by a worker."""

import html
import re
from dataclasses import replace

import pytest

from portal.agencies import tasks
from portal.agencies.rules import KINDS, group_of
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.casework import queries, rules, service
from tests.casework import factory
from tests.casework.factory import LATE, LATER, WEEK, held_back, listed, row
from tests.corrections.factory import NOW

LIST = "/en/casework"
KEEP = "/en/casework/views"


@pytest.fixture
def six(town, desk):
    """Six rows that differ in kind, state, owner and language."""
    row(town, LATE, "A-FIX", language="sm")
    row(town, WEEK, "B-SEE", kind="access", language="en")
    row(town, WEEK, "C-MINE", owner_id=desk.account_id, language="mi")
    row(town, LATER, "D-LOOK", kind="look_question", language="en")
    row(town, LATER, "E-LINK", kind="link_held", language="")
    row(town, LATER, "F-NEW", kind="a_kind_to_come", language="en")


def caption(text):
    return html.unescape(re.search(r'<caption id="cap">(.*?)</caption>', text, re.DOTALL)[1]).strip()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=fix", "A C"),
        ("kind=see&kind=look", "B D"),
        ("kind=other", "F"),
        ("kind=fix&kind=other", "A C F"),
        ("state=looking", "C"),
        ("state=new&due=week", "B"),
        ("language=sm&language=mi", "A C"),
        ("language=en&owner=nobody&due=later", "D F"),
        ("kind=fix&due=late&due=later", "A"),
        ("kind=nothing&state=closed&language=xx&rows=7&colleague=-", "A B C D E F"),
    ],
)
def test_every_filter_narrows_the_list_and_the_caption_counts_its_rows(desk, six, asked, found):
    text = desk.text(f"{LIST}?{asked}")
    # Rows of one day stand by their numbers, which are random.
    assert sorted(name[0] for name in listed(text)) == found.split()
    n = len(found.split())
    assert caption(text) == ("1 fits. Most urgent first." if n == 1 else f"{n} fit. Most urgent first.")


def test_each_filter_says_how_many_it_would_show(desk, six):
    page = desk.page(LIST)
    for words in (
        "Fix something (2)",
        "See what you hold (1)",
        "Questions about a look (1)",
        "Links to check (1)",
    ):
        assert words in page
    for words in ("Something else (1)", "New (5)", "Looking (1)", "English (3)", "Te reo Māori (1)"):
        assert words in page
    # Nothing that would leave an empty list.
    assert "Choices (" not in page and "Waiting (" not in page and "Lea faka-Tonga (" not in page


def test_a_page_may_have_more_rows_and_then_leads_on_with_its_filters(town, desk):
    for number in range(60):
        row(town, LATER, f"FIX-{number:03}")
    text = desk.text(f"{LIST}?due=later&rows=50")
    assert len(listed(text)) == 50 and caption(text) == "60 fit, 50 here. Most urgent first."
    more = html.unescape(re.search(r'href="([^"]*after=[^"]*)"', text)[1])
    assert "due=later" in more and "rows=50" in more
    rest = desk.text(more)
    assert len(listed(rest)) == 10 and not set(listed(rest)) & set(listed(text))


def test_a_colleague_can_be_chosen_by_name(town, desk, six):
    row(town, WEEK, "G-PRIYA", owner_id=town.priya.account_id)
    text = desk.text(LIST)
    code = re.search(r'<option value="([a-z2-7]{13})"[^>]*>Priya Nair \(1\)', text)[1]
    assert listed(desk.text(f"{LIST}?colleague={code}")) == ["G-PRIYA"]
    both = listed(desk.text(f"{LIST}?colleague={code}&owner=mine"))
    assert sorted(both) == ["C-MINE", "G-PRIYA"]
    assert ">Priya Nair<" in text[text.index("G-PRIYA") :].split("</tr>")[0]


def test_every_kind_of_work_belongs_to_one_filter():
    named = [kind for kinds in KINDS.values() for kind in kinds]
    assert len(named) == len(set(named)) and tasks.WATCHED <= set(named)
    assert set(rules.KIND_WORDS) == {*KINDS, "other"} and group_of("a_kind_to_come") == "other"


def test_an_address_keeps_only_filters_of_ours():
    chosen = rules.chosen_from({"due": ["week", "never", "week"], "rows": ["100"], "colleague": ["x" * 40]})
    assert chosen.address() == {"due": ["week"], "rows": "100"} and chosen.on == 1
    assert rules.chosen_from({}).address() == {} and rules.chosen_from({}).on == 0


def keep(desk, name, asked, **more):
    """Send the form that keeps a view, as its page holds it."""
    action = f"{KEEP}?{asked}"
    text = desk.text(f"{LIST}?{asked}")
    form = html.unescape(text).split(f'action="{action}"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return desk.client.post(action, data=hidden | {"name": name} | more)


def test_a_filter_is_kept_under_a_name_and_found_above_the_list(town, desk, six):
    done = keep(desk, "Sāmoa, new", "state=new&language=sm")
    assert (done.status_code, done.location) == (303, f"{LIST}?state=new&language=sm")
    text = desk.text(LIST)
    assert 'href="/en/casework?state=new&amp;language=sm" data-held>Sāmoa, new</a>' in text
    assert "Take this view away" not in text
    shown = desk.text(f"{LIST}?language=sm&state=new")
    assert 'aria-current="page" data-held>Sāmoa, new</a>' in shown and "Keep these filters" not in shown
    drop = re.search(r'action="(/en/casework/views/[a-z2-7]{13}/drop)"', shown)[1]
    assert desk.press(f"{LIST}?language=sm&state=new", drop).location == LIST
    assert "Sāmoa, new" not in desk.page(LIST)


def test_a_view_without_a_name_is_an_error_that_keeps_the_list(desk, six):
    answer = keep(desk, " ", "due=week")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "Write a name for this view." in page
    assert "<title>Error: Requests</title>" in page and sorted(listed(page)) == ["B-SEE", "C-MINE"]


def test_views_are_ones_own_and_twelve_at_most_and_the_same_name_replaces(town, store_work):
    own, other = store_work(town.priya), store_work(town.priya, account_id=99)
    for number in range(12):
        own.do(service.keep_view, f"View {number}", {"due": ["late"]})
    with pytest.raises(Invalid):
        own.do(service.keep_view, "One more", {"due": ["late"]})
    again = ids.own(own.do(service.keep_view, "view 3", {"due": ["week"]}))
    views = queries.desk(own).views
    assert len(views) == 12 and next(one.asked for one in views if one.ref == again) == {"due": ["week"]}
    assert queries.desk(other).views == []
    with pytest.raises(NotThere):
        other.do(service.drop_view, again)
    own.do(service.drop_view, again)
    assert len(queries.desk(own).views) == 11


def test_a_view_that_who_leads_keeps_for_the_team_is_everybodys_and_theirs_alone_to_take_away(
    town, store_work
):
    adviser, officer = store_work(town.priya), store_work(town.olga)
    with pytest.raises(Invalid):
        adviser.do(service.keep_view, "Ours", {"due": ["late"]}, True)
    ref = ids.own(officer.do(service.keep_view, "Ours", {"due": ["late"]}, True))
    adviser.do(service.keep_view, "ours", {"due": ["week"]})
    assert {(one.name, one.team) for one in queries.desk(adviser).views} == {("Ours", True), ("ours", False)}
    stranger, _agency = town.other_agency()
    assert queries.desk(town.store.work(stranger, NOW)).views == []
    with pytest.raises(NotThere):
        adviser.do(service.drop_view, ref)
    town.store.work().do(service.forget_views)
    officer.do(service.drop_view, ref)
    assert [one.name for one in queries.desk(adviser).views] == ["ours"]


def test_the_list_offers_the_team_s_view_to_all_and_its_end_to_who_leads(town, sqlite_app, desk, six):
    lead = factory.sign_in(town, sqlite_app, "lani", role="privacy-officer")
    asked = f"{LIST}?state=new"
    assert 'name="team"' in lead.text(asked) and 'name="team"' not in desk.text(asked)
    assert keep(lead, "New for all", "state=new", team="y").status_code == 303
    shown = desk.page(asked)
    assert "New for all" in shown and "Your team’s view." in shown and "Take this view away" not in shown
    assert "Take this view away" in lead.page(asked)
    assert keep(desk, "Mine", "language=sm", team="y").status_code == 400
    assert "Mine" not in desk.page(LIST)


@pytest.fixture
def store_work(town):
    """Opens work for a member of staff, as the same or as another account."""
    return lambda actor, **other: town.store.work(replace(actor, **other), NOW)


def test_views_of_who_left_the_agency_are_deleted(town, store_work):
    work = store_work(town.priya)
    work.do(service.keep_view, "Mine", {"due": ["late"]})
    stranger = store_work(town.priya, account_id=99)
    stranger.do(service.keep_view, "Left", {"due": ["late"]})
    town.store.work().do(service.forget_views)
    assert [one.name for one in queries.desk(work).views] == ["Mine"] and not queries.desk(stranger).views


def test_who_may_not_decide_sees_the_list_without_ticks(town, sqlite_app):
    row(town, LATE, "A-FIX")
    held_back(town)
    lani = factory.sign_in(town, sqlite_app, "lani", role="steward")
    text = lani.text(LIST)
    assert listed(text) == ["A-FIX"] and 'name="tick"' not in text and "Say we have it" not in text
    assert "Take the next one" not in text
