"""Following a request: the tracker, the list, taking it back, and one's own words, as a person meets them."""

import gzip
from datetime import UTC, datetime

import pytest
import time_machine

from portal.base import ids
from portal.corrections import service
from portal.language import service as language
from tests.corrections import factory
from tests.corrections.factory import NOW, plain
from tests.language.unmarked import unmarked_text


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 23 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(sqlite_store):
    """The town, on SQLite: pages don't depend on the database."""
    return factory.town(sqlite_store)


@pytest.fixture
def sina(town, sqlite_app):
    """Sina's browser."""
    return factory.browser(town, sqlite_app)


def address(ref, more="", tag="en"):
    return f"/{tag}/corrections/{ids.encode(ref)}{more}"


def declined(town):
    ref = town.sent({"note": "Tenant was calm."}, reason="I was calm that day.")
    town.decide(ref, (1, "decline", "", "opinion", "The visitor wrote what they thought."), now=NOW)
    return ref


def test_an_open_request_shows_its_steps_and_due_date(town, sina):
    ref = town.sent({"address": "14 Sample Street"})
    page = sina.page(address(ref))
    assert "They must answer by Monday, 21 December 2026" in page
    assert "They have it. No one has opened it yet." in page
    assert "12 Sample Street to 14 Sample Street" in page
    town.do(service.take, ref, actor=town.priya)
    assert "Looking Since Monday, 23 November 2026" in sina.page(address(ref))


def test_a_late_request_says_so_and_how_to_complain(town, sina):
    sent_at = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
    ref = town.sent({"address": "14 Sample Street"})
    request = service.requests

    def earlier(work):
        row = request.find_request(work, town.sina.person_id, ref)
        row.received_on, row.due_on = sent_at.date(), datetime(2026, 11, 2, tzinfo=UTC).date()

    town.do(earlier)
    page = sina.page(address(ref))
    assert "They are late" in page and "The law sees no answer as a no." in page and "Complain now" in page
    assert "Late It is their turn. They had to answer by Monday, 2 November 2026" in sina.page(
        "/en/corrections"
    )


def test_a_decision_shows_each_outcome_with_reason_and_ground(town, sina):
    ref = town.sent({"address": "14 Sample Street", "people": "5", "note": "Tenant was calm."})
    town.decide(
        ref,
        (1, "accept"),
        (2, "partly", "4", "fact-right", "Your lease names four."),
        (3, "decline", "", "opinion", "The visitor wrote what they thought."),
        now=NOW,
    )
    promised = sina.page(address(ref))
    assert "They will fix this By Monday, 30 November 2026" in promised and "It will say: 4" in promised
    assert "They will fix this It is their turn." in promised and "12 Sample Street" in str(
        town.held("address", NOW)
    )
    assert "They will fix this" in sina.page("/en/corrections")
    town.do(service.confirm_applied, ref, actor=town.priya, now=NOW)
    page = sina.page(address(ref))
    for words in (
        "Partly fixed Nothing more is to come.",
        "Home address 12 Sample Street to 14 Sample Street Fixed",
        "Partly fixed It now says: 4 Your lease names four.",
        "Not fixed The visitor wrote what they thought.",
        "It is an opinion, truly recorded as one. Privacy Act 2020, principle 7",
        "Add my statement",
        "You can complain to the agency, or to the Privacy Commissioner.",
    ):
        assert words in page
    record = sina.page(f"/en/records/{ids.encode(town.record_ref)}")
    assert "14 Sample Street" in record and "12 Sample Street" in record


def test_a_statement_starts_from_the_request_and_is_seen_before_it_is_attached(town, sina):
    where = address(declined(town), "/statement")
    page = sina.page(where)
    assert page.count("I was calm that day.") == 2 and "How others will see it" in page
    preview = plain(sina.send(where, text="I was calm.", language="sm", preview="yes").get_data(as_text=True))
    assert preview.count("I was calm.") == 2
    answer = sina.send(where, text="I was calm.", language="en")
    assert answer.status_code == 303
    assert "I was calm." in sina.page(f"/en/records/{ids.encode(town.record_ref)}")
    assert "I was calm. Your words, 23 November 2026" in sina.page(answer.location)


def test_an_empty_statement_gets_a_sentence(town, sina):
    answer = sina.send(address(declined(town), "/statement"), text=" ", language="en")
    assert answer.status_code == 400
    assert "Write your statement." in plain(answer.get_data(as_text=True))


def test_another_language_carries_the_words_of_a_statement_over(town, sina):
    ref = declined(town)
    where = address(ref, "/statement")
    answer = sina.send(where, text="Sa ou filemu.", language="sm", switch_language="sm")
    assert (answer.status_code, answer.location) == (307, address(ref, "/statement?no=1", "sm"))
    form = sina.get(where).get_data(as_text=True).split('id="the-form"')[1]
    given = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    data = {**given, "text": "Sa ou filemu.", "language": "sm", "switch_language": "sm"}
    again = sina.client.post(answer.location, data=data)
    assert again.status_code == 200 and plain(again.get_data(as_text=True)).count("Sa ou filemu.") == 2
    assert service.show(town.work(), ref).items[0].statement is None


def test_a_statement_is_offered_only_where_something_was_not_fixed(town, sina):
    ref = town.sent({"address": "14 Sample Street"})
    assert sina.get(address(ref, "/statement")).status_code == 404
    town.decide(ref, (1, "accept"), now=NOW)
    assert sina.get(address(ref, "/statement")).status_code == 404


def test_a_request_is_taken_back_after_one_question(town, sina):
    ref = town.sent({"address": "14 Sample Street"})
    assert "Nothing they hold changes." in sina.page(address(ref, "/withdraw"))
    assert sina.send(address(ref, "/withdraw")).location == address(ref)
    assert "You took it back" in sina.page(address(ref))
    assert "Ended Fix: Home address Example Homes Taken back" in sina.page("/en/corrections")


def test_taking_back_what_was_just_decided_is_said_in_a_sentence(town, sina):
    ref = town.sent({"address": "14 Sample Street"})
    form = sina.get(address(ref, "/withdraw")).get_data(as_text=True).split('id="the-form"')[1]
    given = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    town.decide(ref, (1, "accept"), now=NOW)
    answer = sina.client.post(address(ref, "/withdraw"), data=given)
    assert answer.status_code == 400
    assert "They have decided already. Look at their answer." in plain(answer.get_data(as_text=True))


def test_without_requests_the_list_says_where_to_begin(sina):
    assert "You have not asked for anything." in sina.page("/en/corrections")


@pytest.mark.parametrize("more", ["", "/sent", "/withdraw", "/statement"])
def test_somebody_elses_request_is_the_same_as_none(town, sina, more):
    tame = town.other_person()

    def theirs(work):
        body = {"name": "Tame", "note": "98 Canary Lane"}
        factory.agencies.link(work, tame.person_id, town.agency_id, "C-tame", "in-person")
        factory.records.receive(work, tame.person_id, town.agency_id, "home", "T-1", body)

    town.do(theirs)
    record = factory.record_queries.all_shareable(town.work(tame))[0]
    town.record_ref, own, town.sina = record.ref, town.record_ref, tame
    ref = declined(town)
    town.record_ref = own
    answer = sina.get(address(ref, more))
    assert answer.status_code == 404
    assert answer.get_data() == sina.get(address(ids.random63(), more)).get_data()


@pytest.mark.parametrize("tag", ["en", "mi", "sm", "tvl"])
def test_every_page_fits_its_bytes_in_every_language(town, sina, tag):
    ref, draft = declined(town), town.ready({"address": "14 Sample Street", "people": "4"})
    steps = (
        f"/draft/{ids.encode(draft)}/{name}" for name in ("fields", "value/1", "reason", "reply", "check")
    )
    pages = [f"/{ids.encode(ref)}{more}" for more in ("", "/sent", "/statement")]
    for more in ("", f"/new/{ids.encode(town.record_ref)}", *steps, *pages):
        answer = sina.get(f"/{tag}/corrections{more}")
        assert answer.status_code == 200, more
        assert len(gzip.compress(answer.get_data(), 6)) <= 8192, more


def test_no_page_shows_english_that_nobody_marked(town, sina):
    language.enable_pseudo()
    try:
        ref, sent = declined(town), town.sent({"review_on": "1 2 2027"})
        draft = ids.encode(
            town.ready({"address": "14 Sample Street", "people": "4"}, urgent="yes", why="Soon.")
        )
        steps = [f"/draft/{draft}/{name}" for name in ("fields", "value/1", "reason", "reply", "check")]
        pages = [f"/{ids.encode(ref)}{more}" for more in ("", "/sent", "/statement")]
        for more in ("", *steps, *pages, f"/{ids.encode(sent)}/withdraw"):
            found = unmarked_text(sina.get(f"/xa/corrections{more}").get_data(as_text=True))
            assert set(found) <= {"My information"}, more
    finally:
        language.disable_pseudo()
