"""The worklist: most urgent first, filters with counts, further rows by key, taking the next one, and its cost."""

import gzip
from datetime import timedelta

import pytest

from portal.agencies import tasks
from portal.language import service as language
from tests.casework.factory import LATE, LATER, WEEK, case, held_back, listed, row
from tests.language.unmarked import unmarked_text
from tests.records.factory import counted

LIST = "/en/casework"
NEXT = "/en/casework/next"


@pytest.fixture
def five(town, desk):
    """Five rows: late, two this week, two later; one is the reader's and one a colleague's."""
    row(town, LATER, "FIX-LATER")
    row(town, WEEK, "FIX-WEEK")
    row(town, LATE, "FIX-LATE")
    row(town, WEEK + timedelta(days=1), "FIX-MINE", owner_id=desk.account_id)
    row(town, LATER + timedelta(days=1), "FIX-THEIRS", owner_id=4711)


def test_the_most_urgent_stands_first_and_the_lead_counts(desk, five):
    text = desk.text(LIST)
    assert listed(text) == ["FIX-LATE", "FIX-WEEK", "FIX-MINE", "FIX-LATER", "FIX-THEIRS"]
    assert "1 late, 2 due this week, 5 open." in text


def test_a_late_row_says_by_how_many_days_and_a_near_one_how_many_are_left(town, desk, five):
    row(town, WEEK - timedelta(days=2), "FIX-TODAY")
    text = desk.text(LIST)
    late, today, week = (text[text.index(name) :] for name in ("FIX-LATE", "FIX-TODAY", "FIX-WEEK"))
    assert '<span class="tag late">Late by 3 days</span>' in late.split("</tr>")[0]
    assert '<span class="tag ask">Due today</span>' in today.split("</tr>")[0]
    assert '<span class="tag ask">2 working days left</span>' in week.split("</tr>")[0]
    assert "tag" not in text[text.index("FIX-LATER") :].split("</tr>")[0]


def test_a_row_says_whose_it_is_who_works_on_it_and_in_what_language(desk, five):
    rows = desk.text(LIST).split("<tr>")
    mine, theirs, nobody = (
        next(one for one in rows if name in one) for name in ("FIX-MINE", "FIX-THEIRS", "FIX-WEEK")
    )
    assert ">Me<" in mine and ">A colleague<" in theirs and ">No one yet<" in nobody
    assert ">SF<" in mine and ">Home address<" in mine and '<span lang="sm">Gagana Sāmoa</span>' in mine


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("due=late", ["FIX-LATE"]),
        ("due=week", ["FIX-WEEK", "FIX-MINE"]),
        ("due=late&due=later", ["FIX-LATE", "FIX-LATER", "FIX-THEIRS"]),
        ("owner=mine", ["FIX-MINE"]),
        ("owner=others", ["FIX-THEIRS"]),
        ("due=week&owner=nobody", ["FIX-WEEK"]),
        ("due=never&owner=me%00&after=2026-99-99.x", None),
    ],
)
def test_filters_narrow_the_list_stay_ticked_and_count_what_each_would_show(desk, five, asked, found):
    text = desk.text(f"{LIST}?{asked}")
    everything = ["FIX-LATE", "FIX-WEEK", "FIX-MINE", "FIX-LATER", "FIX-THEIRS"]
    assert listed(text) == (found or everything)
    for label in ("Late (1)", "This week (2)", "Later (2)", "Me (1)", "No one yet (3)", "Colleagues (1)"):
        assert label in text
    assert text.count(" checked>") == (asked.count("=") if found else 0)
    assert ("Clear filters" in text) == bool(found)


def test_filters_that_leave_nothing_say_so_and_an_empty_list_is_good_news(town, desk):
    assert "All clear. Nobody waits for an answer." in desk.page(LIST)
    row(town, LATER, "FIX-LATER")
    text = desk.page(f"{LIST}?due=late")
    assert "No request fits these filters." in text and "Clear filters" in text


def test_show_more_goes_on_by_key_within_the_filter_and_skips_and_repeats_nothing(town, desk):
    names = [f"FIX-{number:03}" for number in range(60)]
    for number, name in enumerate(names):
        # Several share a day: the key needs its second part.
        row(town, LATER + timedelta(days=number // 7), name)
    for number in range(3):
        row(town, LATE, f"LATE-{number}")
    address, pages = f"{LIST}?due=later", []
    while address:
        text = desk.text(address)
        pages.append(listed(text))
        more = text.split(">Show more<")[0].rsplit('href="', 1)[1].split('"')[0]
        address = more.replace("&amp;", "&") if ">Show more<" in text else None
        if len(pages) == 1:
            # What comes in meanwhile, before the place that was reached, moves nothing.
            row(town, LATER - timedelta(days=1), "FIX-NEW")
    assert [len(page) for page in pages] == [25, 25, 10]
    assert sorted(sum(pages, [])) == names


def test_a_row_of_another_agency_is_never_listed_or_counted(town, desk):
    _stranger, other = town.other_agency()
    row(town, LATE, "FIX-OTHER", agency_id=other)
    text = desk.text(LIST)
    assert listed(text) == [] and "0 late, 0 due this week, 0 open." in text


def test_take_the_next_gives_the_most_urgent_request_that_nobody_has(town, desk):
    held_back(town)
    first = town.sent({"address": "14 Sample Street"})
    town.sent({"note": "Tenant was calm."}, now=town.work().now + timedelta(days=3))
    done = desk.press(LIST, NEXT)
    assert (done.status_code, done.headers["Location"]) == (303, case(first))
    task = tasks.find(town.work(town.priya), first)
    assert (task.state, task.owner_id) == ("looking", desk.account_id)
    second = desk.press(LIST, NEXT).headers["Location"]
    assert second != case(first)
    # Only what was held back is left, and that is nobody's to take.
    assert desk.press(LIST, NEXT).headers["Location"] == LIST


def test_pressing_take_the_next_twice_takes_one(town, desk):
    for field in ("address", "note"):
        town.sent({field: "Something else"})
    hidden = desk.hidden(LIST, NEXT)
    first, again = (desk.press(LIST, NEXT, hidden=hidden).headers["Location"] for _ in range(2))
    assert first == again and "Me (1)" in desk.page(LIST)


def test_what_was_held_back_is_listed_by_its_kind_and_opens(town, desk):
    for kind, title in (
        ("came_back", "A fixed value came back"),
        ("link_held", "Check who this client is"),
    ):
        ref = held_back(town, kind)
        assert title in desk.page(LIST)
        text = desk.page(case(ref))
        assert title in text and "K-77" in text and "Your home" in text


def test_i_have_looked_at_this_takes_it_off_the_list(town, desk):
    ref = held_back(town, "came_back")
    done = desk.press(case(ref), case(ref, "/done"))
    assert (done.status_code, done.headers["Location"]) == (303, LIST)
    assert "A fixed value came back" not in desk.page(LIST) and "0 open" in desk.page(LIST)
    text = desk.page(case(ref))
    assert "This is done." in text and "I have looked at this" not in text


def test_a_request_is_not_taken_off_the_list_by_looking_at_it(town, desk):
    ref = town.sent({"address": "14 Sample Street"})
    back = held_back(town, "came_back")
    hidden = desk.hidden(case(back), case(back, "/done"))
    desk.press(None, case(ref, "/done"), hidden=hidden)
    assert tasks.find(town.work(town.priya), ref).state == "new"


def test_a_full_page_takes_four_reads_however_many_rows_and_fits_its_bytes(town, desk, sqlite_app):
    def _cost():
        desk.get(LIST)
        with counted(sqlite_app.extensions["portal"].engine) as asked:
            answer = desk.get(LIST, **{"Accept-Encoding": "gzip"})
        return asked, answer

    row(town, LATE, "FIX-0")
    few, _answer = _cost()
    for number in range(30):
        labels = [f"Home address number {number}", "People in your home"]
        row(
            town,
            LATE + timedelta(days=number),
            f"FIX-{number * 7919:05}",
            initials=f"A{number}",
            labels=labels,
        )
    many, answer = _cost()
    assert len(listed(gzip.decompress(answer.data).decode())) == 25
    own = [one for one in many if "FROM identity_session" not in one and "FROM agencies_stamp" not in one]
    assert 1 < len(own) <= 4 and all(one.startswith("SELECT") for one in own), own
    assert len(many) == len(few)
    assert answer.content_encoding == "gzip" and len(answer.data) <= 14_336


def test_the_worklist_leaves_nothing_in_unmarked_english(town, desk, five):
    held_back(town)
    language.enable_pseudo()
    try:
        assert unmarked_text(desk.text("/xa/casework")) == []
        assert unmarked_text(desk.text("/xa/casework?owner=mine&due=late")) == []
        for kind in ("came_back", "link_held"):
            assert unmarked_text(desk.text(case(held_back(town, kind), tag="xa"))) == []
    finally:
        language.disable_pseudo()
