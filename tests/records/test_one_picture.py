"""One picture of what is held: by agency, by sector, by time, and by the words that somebody looks for."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from portal.agencies import service as agencies
from portal.agencies.models import Link
from portal.base.ids import encode, random63
from portal.identity.models import SignInSession
from portal.identity.permissions import Actor
from portal.records import queries, service
from tests.agencies.factory import browser
from tests.records import factory
from tests.records.factory import BODY, LATER, agency_document, change, counted, receive, record_id

HIDDEN = re.compile(r'name="(csrf_token|nonce|after|words)" value="([^"]*)"')
LONG = 14_336


@pytest.fixture
def sina(sqlite_store, sqlite_app):
    """A signed-in person, the actor that they are, and one agency that is linked to them."""
    client, person_id = browser(sqlite_store, sqlite_app)
    who = Actor(kind="account", account_id=1, person_id=person_id)
    agency_id = factory.agency(sqlite_store)
    change(sqlite_store, agencies.link, person_id, agency_id, "C-1", "in-person")
    return client, who, agency_id


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.text


def find(client, words, tag="en", status=200, **more):
    """Send words from the search page."""
    hidden = dict(HIDDEN.findall(page(client, f"/{tag}/records/search")))
    answer = client.post(f"/{tag}/records/search", data={**hidden, "words": words, **more})
    assert answer.status_code == status
    return answer.text


def many(store, who, agency_id, number, kind="home"):
    """Records of one agency, each written down on a day of its own."""

    def _put(work):
        for one in range(number):
            day = date.fromordinal(date(2026, 1, 1).toordinal() - one)
            body = {**BODY, "address": f"{one} Sample Street"}
            service.receive(work, who.person_id, agency_id, kind, f"M-{one}", body, recorded_on=day)

    store.work(now=LATER).do(_put)


def test_each_way_to_look_says_where_one_is_and_names_no_sector_in_its_address(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    for address in ("", "/sector", "/time", "/search"):
        text = page(client, f"/en/records{address}")
        assert f'<a href="/en/records{address}" aria-current="page">' in text
        assert not re.search(r'href="[^"]*(health|housing|welfare|justice|education|child)[^"]*"', text)


def test_a_sector_has_its_agencies_and_records_with_hard_ones_folded(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    receive(sqlite_store, who, agency_id, BODY, kind="visit")
    assert "No agency of this kind is linked to you." in page(client, "/en/records/sector")
    text = page(client, "/en/records/sector/6")
    assert text.index("Your home") < text.index("These may be hard to read") < text.index("Show it")
    assert text.index("Show it") < text.index("Your visit")
    assert "Your home" not in page(client, "/en/records/sector/1")
    page(client, "/en/records/sector/7", 404)


def test_time_tells_what_was_added_and_changed_by_month_and_nothing_about_safety(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY, recorded_on=date(2024, 5, 31))
    receive(
        sqlite_store, who, agency_id, {**BODY, "people": 9}, changed_by="system", recorded_on=date(2025, 2, 1)
    )
    receive(sqlite_store, who, agency_id, BODY, kind="mark", recorded_on=date(2025, 2, 2))
    text = page(client, "/en/records/time")
    assert text.index("February 2025") < text.index("A computer at") < text.index("May 2024")
    assert "added:" in text and "Your mark" not in text
    assert "Hui-tanguru" not in text and "Huitanguru 2025" in page(client, "/mi/records/time")


def test_time_can_be_narrowed_and_dates_that_cross_get_one_sentence(sqlite_store, sina):
    client, who, agency_id = sina
    other = factory.agency(sqlite_store, "example-other", name="Example Other")
    receive(sqlite_store, who, agency_id, BODY, recorded_on=date(2024, 5, 31))
    receive(sqlite_store, who, other, BODY, recorded_on=date(2025, 2, 1))
    only = page(client, f"/en/records/time?agency={encode(other)}")
    assert "February 2025" in only and "May 2024" not in only
    days = "first-day=1&first-month=1&first-year=2024&last-day=31&last-month=12&last-year=2024"
    assert "February 2025" not in page(client, f"/en/records/time?{days}")
    crossed = page(client, f"/en/records/time?{days.replace('2024', '2025', 1)}", 400)
    assert "Write a day that is not before the first one." in crossed and 'value="2025"' in crossed
    assert "Write a date that exists" in page(client, "/en/records/time?first-day=31&first-month=2", 400)
    # An agency that is not linked, or none at all, is the same as asking for all.
    for strange in (encode(random63()), "x" * 3000, "%00"):
        assert "May 2024" in page(client, f"/en/records/time?agency={strange}&after={strange}")


@pytest.mark.parametrize("words", ["faasili", "FAʻASILI", "Fa’asili", "fa`asili,", "sina faasi"])
def test_a_search_needs_no_marks_and_shows_the_word_as_it_is_written(sqlite_store, sina, words):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    text = find(client, words)
    assert "1 record has these words" in text
    assert "Name</span>: " in text and "Faʻasili</b>" in text or "<b>Sina</b> Faʻasili" in text


def test_a_search_finds_labels_agencies_reasons_and_the_persons_own_words(sqlite_store, sina):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY, why={"reason": "Moved by the river."})
    target = (who.person_id, record_id(sqlite_store, who, agency_id))
    change(sqlite_store, service.attach_statement, *target, "people", "Tokotolu kimautolu.", "to", 7)
    for words, where in (
        ("river", "In what they say about it"),
        ("people in your", "In a label"),
        ("example homes", "In the agency’s name"),
        ("tokotolu", "In your words"),
    ):
        assert where in find(client, words), words
    assert 'lang="to"' in find(client, "tokotolu")
    assert "No match. Try fewer words." in find(client, "river zebra")


def test_safety_is_searched_only_just_after_a_code_and_hard_records_show_no_words(
    sqlite_store, sqlite_app, sina
):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, {**BODY, "note": "heron"}, kind="mark")
    receive(sqlite_store, who, agency_id, {**BODY, "note": "a heron, grey"}, kind="visit")
    text = find(client, "heron")
    assert "2 records have these words" in text and "grey" not in text and "What staff wrote" in text

    def _wait(work):
        work.session.execute(long_ago())

    sqlite_store.work().do(_wait)
    text = find(client, "heron")
    assert "1 record has these words" in text and "Your mark" not in text
    assert "Give a code to search them too" in text


def long_ago():
    """The last code was given long ago."""
    return update(SignInSession).values(factor_at=datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "words", ["x", "🙂", "a.*(+[", "a\0b", "%s %(n)s {{7*7}}", "'; drop table--", "ʻ a", "w" * 200]
)
def test_whatever_is_looked_for_gets_an_answer_and_stands_in_no_address(sqlite_store, sina, words):
    client, who, agency_id = sina
    receive(sqlite_store, who, agency_id, BODY)
    assert "No match" in (text := find(client, words)) or "these words" in text or "Write a word" in text
    assert "?words" not in text and "?q" not in text


@pytest.mark.parametrize("words", ["", "\0", "...", ".*(+[", "ʻʻ", " "])
def test_nothing_to_look_for_gets_one_sentence(sina, words):
    assert "Write a word to look for." in find(sina[0], words, status=400)


def test_too_long_words_are_kept_and_get_one_sentence(sina):
    text = find(sina[0], "w" * 5000, status=400)
    assert "Use 200 characters or fewer." in text and "w" * 5000 in text


def test_an_agency_with_very_many_records_is_read_fifty_at_a_time(sqlite_store, sqlite_app, sina):
    client, who, agency_id = sina
    engine = sqlite_app.extensions["portal"].engine
    address = f"/en/records/agency/{encode(agency_id)}"
    receive(sqlite_store, who, agency_id, BODY)
    few = costs(client, engine, address)
    many(sqlite_store, who, agency_id, 120)
    assert costs(client, engine, address) == few
    seen, pages = [], 0
    while address:
        text = page(client, address)
        assert "They hold 121 records about you." in text
        assert len(gzip.compress(text.encode(), 6)) <= LONG
        seen += re.findall(r'href="/en/records/([a-z2-7]{13})"', text)
        found = re.search(r'href="(/en/records/agency/\w+\?after=\w+)">Show more', text)
        address, pages = found and found[1], pages + 1
    assert (pages, len(seen), len(set(seen))) == (3, 121, 121)
    assert "Show more" in page(client, f"/en/records/agency/{encode(agency_id)}?after={encode(random63())}")


@pytest.mark.parametrize("address", ["/sector/6", "/time"])
def test_lists_go_on_by_key_and_show_each_record_once(sqlite_store, sqlite_app, sina, address):
    client, who, agency_id = sina
    engine = sqlite_app.extensions["portal"].engine
    receive(sqlite_store, who, agency_id, BODY)
    few = costs(client, engine, f"/en/records{address}")
    many(sqlite_store, who, agency_id, 110)
    assert costs(client, engine, f"/en/records{address}") == few
    at, seen = f"/en/records{address}", []
    while at:
        text = page(client, at)
        assert len(gzip.compress(text.encode(), 6)) <= LONG
        seen += re.findall(r'href="/en/records/([a-z2-7]{13})"', text)
        found = re.search(r'href="([^"]*after=[^"]*)">Show more', text)
        at = found and found[1].replace("&amp;", "&")
    assert (len(seen), len(set(seen))) == (111, 111)


def test_more_results_come_by_a_button_and_each_once(sqlite_store, sina):
    client, who, agency_id = sina
    many(sqlite_store, who, agency_id, 110)
    text, seen = find(client, "sample"), []
    assert "110 records have these words" in text
    for _ in range(3):
        assert len(gzip.compress(text.encode(), 6)) <= LONG
        seen += re.findall(r'href="/en/records/([a-z2-7]{13})"', text)
        after = re.search(r'name="after" value="(\w+)"', text)
        text = find(client, "sample", after=after[1]) if after else ""
    assert (len(seen), len(set(seen))) == (110, 110)


def test_how_agencies_stand_is_never_mixed_up(sqlite_store, sina):
    client, who, held = sina
    made = {"held": held}
    for name in ("none", "waiting", "unreachable", "checking", "not-linked", "kept"):
        document = agency_document(f"example-{name}", f"Example {name.title()}")
        made[name] = sqlite_store.work().do(agencies.put_agency, document)
        if name != "not-linked":
            change(sqlite_store, agencies.link, who.person_id, made[name], f"C-{name}", "in-person")
    for name in ("held", "unreachable", "kept"):
        receive(sqlite_store, who, made[name], BODY)
        change(sqlite_store, agencies.note_fed, who.person_id, made[name])
    withheld = {"lines": 2, "ground": "53-b", "plain": "His.", "decided_by": "Officer", "told": True}
    target = (who.person_id, record_id(sqlite_store, who, made["kept"]))
    change(sqlite_store, service.withhold, *target, "note", withheld | {"decided_on": "2026-03-18"})
    change(sqlite_store, agencies.note_fed, who.person_id, made["none"])
    change(sqlite_store, agencies.set_reachable, made["unreachable"], datetime(2026, 11, 23, tzinfo=UTC))
    freeze(sqlite_store, who, made["checking"])
    own = {
        "held": "Last sent 24 November 2026.",
        "none": "They say they hold nothing about you. Asked 24 November 2026.",
        "waiting": "They have not sent anything yet.",
        "unreachable": "We cannot reach them now",
        "checking": "We are checking this link",
        "not-linked": "They may hold something about you. Link to find out.",
        "kept": "1 part kept from you",
    }
    for name, agency_id in made.items():
        text = page(client, f"/en/records/agency/{encode(agency_id)}")
        said = {state for state, words in own.items() if words in text}
        assert said == {name} | ({"held"} if name == "kept" else set()), name
    for address in ("", "/sector/6"):
        text = page(client, f"/en/records{address}")
        assert [words for words in own.values() if words not in text] == []


def freeze(store, who, agency_id):
    """Put a link in doubt."""
    bound = (Link.person_id == who.person_id, Link.agency_id == agency_id)
    store.work().do(lambda work: work.session.execute(update(Link).where(*bound).values(state="frozen")))


def costs(client, engine, address):
    """How many statements a page takes, the second time that it is asked for."""
    page(client, address)
    with counted(engine) as asked:
        page(client, address)
    selects = [one for one in asked if one.lower().startswith("select")]
    assert len(selects) <= 5, address
    return len(selects)


def test_reads_are_the_same_on_both_databases(store):
    who = factory.person(store)
    agency_id = factory.agency(store)
    receive(store, who, agency_id, BODY, recorded_on=date(2024, 5, 31))
    many(store, who, agency_id, 60)
    work = store.work(who, LATER)
    first = queries.of_agency(work, agency_id)
    second = queries.of_agency(work, agency_id, first.next)
    assert (first.holding.count, first.holding.state) == (61, "held")
    assert [sum(len(group.records) for group in one.groups) for one in (first, second)] == [50, 11]
    assert queries.of_sector(work, 6).sector.count == 61
    assert [month for month, _ in queries.timeline(work, queries.Wanted()).months][0] == date(2026, 1, 1)
