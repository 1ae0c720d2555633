"""The steps of asking for a fix, as a person meets them: one question a page, nothing typed is lost."""

import pytest
import time_machine

from portal.base import ids
from portal.corrections import service
from portal.notices import service as notices
from tests.corrections import factory
from tests.corrections.factory import BODY, NOW, plain
from tests.records.factory import FIELDS


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


def step(ref, name, tag="en"):
    return f"/{tag}/corrections/draft/{ids.encode(ref)}/{name}"


def begun(town, sina, field="address"):
    address = f"/en/corrections/new/{ids.encode(town.record_ref)}?line={list(FIELDS).index(field) + 1}"
    answer = sina.send(address)
    return answer.location, ids.decode(answer.location.split("/")[-2])


def test_before_it_begins_the_page_says_what_happens(town, sina):
    page = sina.page(f"/en/corrections/new/{ids.encode(town.record_ref)}?line=2")
    assert "It is free. Asking will not change your payments or services." in page
    assert "They have 20 working days at most." in page


def test_the_whole_way_from_the_tapped_value_to_the_sent_page(town, sina):
    first, ref = begun(town, sina)
    assert 'value="address" checked' in sina.get(first).get_data(as_text=True)
    assert sina.send(first, fields=["address", "alone"]).location == step(ref, "value/1")
    assert "They have 12 Sample Street" in sina.page(step(ref, "value/1"))
    typed = {"wish": "replace", "value": "14B Sample Street"}
    assert sina.send(step(ref, "value/1"), **typed).location == step(ref, "value/2")
    assert sina.send(step(ref, "value/2"), wish="unknown").location == step(ref, "reason")
    assert sina.send(step(ref, "reason"), reason="Ua matou siitia i Iulai.").location == step(ref, "proof")
    assert sina.send(step(ref, "proof"), how="bring").location == step(ref, "reply")
    reply = {"by": "here", "language": "sm", "urgent": "no"}
    assert sina.send(step(ref, "reply"), **reply).location == step(ref, "check")
    page = sina.page(step(ref, "check"))
    for words in (
        "Nothing has been sent yet.",
        "14B Sample Street",
        "It is wrong, but I do not know the right answer",
        "“Ua matou siitia i Iulai.”",
        "What shows it I will bring it in",
        "Gagana Sāmoa",
        "Example Homes must answer by Monday, 21 December 2026",
    ):
        assert words in page
    answer = sina.send(step(ref, "check"))
    assert answer.location == f"/en/corrections/{ids.encode(ref)}/sent"
    sent, reference = sina.page(answer.location), service.show(town.work(), ref).reference
    assert reference in sent and "Monday, 21 December 2026" in sent
    assert "09 000 0000" in sent and "complain for free" in sent


def test_reload_and_back_after_sending_lead_to_the_same_sent_page(town, sina):
    ref = town.ready({"address": "14 Sample Street"})
    sina.send(step(ref, "check"))
    for name in ("check", "fields", "value/1", "reason", "proof", "reply"):
        answer = sina.get(step(ref, name))
        assert (answer.status_code, answer.location) == (303, f"/en/corrections/{ids.encode(ref)}/sent")


def test_the_same_form_sent_twice_is_one_request(town, sina):
    ref = town.ready({"address": "14 Sample Street"})
    form = sina.get(step(ref, "check")).get_data(as_text=True).split('id="the-form"')[1]
    given = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    answers = [sina.client.post(step(ref, "check"), data=given) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"/en/corrections/{ids.encode(ref)}/sent"}
    assert len(service.requests_of(town.work()).open) == 1


def test_a_date_that_does_not_exist_gets_a_sentence_and_stays_in_its_boxes(town, sina):
    ref = town.draft("review_on")
    boxes = {"value-day": "31", "value-month": "2", "value-year": "2026"}
    answer = sina.send(step(ref, "value/1"), wish="replace", **boxes)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "<title>Error: " in text
    assert plain(text).count("Write a date that exists, such as 4 5 1992.") == 2
    assert all(f'name="{name}" value="{typed}"' in text for name, typed in boxes.items())


def test_an_empty_answer_names_the_box_and_leads_to_it(town, sina):
    ref = town.draft("address")
    text = sina.send(step(ref, "value/1"), wish="replace", value="").get_data(as_text=True)
    assert '<a href="#value">' in text and "Write what it should say." in text
    text = sina.send(step(ref, "value/1")).get_data(as_text=True)
    assert '<a href="#wish">' in text and "Choose what should happen to it." in text


def test_another_language_keeps_what_was_typed_on_the_same_step(town, sina):
    ref = town.draft("review_on")
    boxes = {"value-day": "31", "value-month": "2", "value-year": "2026"}
    answer = sina.send(step(ref, "value/1"), wish="replace", switch_language="sm", **boxes)
    assert answer.location == step(ref, "value/1", "sm")
    text = sina.get(answer.location).get_data(as_text=True)
    assert all(f'name="{name}" value="{typed}"' in text for name, typed in boxes.items())
    answer = sina.send(step(ref, "reason"), reason="O le tuatusi", switch_language="mi")
    assert "O le tuatusi" in sina.page(answer.location) and answer.location == step(ref, "reason", "mi")


def test_finishing_later_keeps_the_answer_and_the_list_leads_back(town, sina):
    ref = town.draft("address")
    answer = sina.send(step(ref, "value/1"), wish="replace", value="14 Sam", later="yes")
    assert answer.location == "/en/corrections"
    assert "Not sent yet Fix: Home address" in sina.page("/en/corrections")
    assert sina.get(step(ref, "check")).location == step(ref, "value/1")
    assert "14 Sam" in sina.page(step(ref, "value/1"))


def test_changing_one_answer_returns_to_the_check_page(town, sina):
    ref = town.ready({"address": "14 Sample Street"})
    text = sina.get(step(ref, "check")).get_data(as_text=True)
    assert text.count("then=check") >= 5
    answer = sina.send(step(ref, "value/1") + "?then=check", wish="replace", value="15 Sample Street")
    assert answer.location == step(ref, "check")
    answer = sina.send(step(ref, "fields") + "?then=check", fields=["address", "people"])
    assert answer.location == step(ref, "value/2") + "?then=check"


def test_a_value_they_changed_meanwhile_is_shown_and_asked_again(town, sina):
    ref = town.ready({"address": "14 Sample Street"})
    town.feed({**BODY, "address": "13 Sample Street"})
    answer = sina.send(step(ref, "check"))
    page = plain(answer.get_data(as_text=True))
    assert answer.status_code == 400 and "They changed this while you were writing. Nothing was sent." in page
    assert "They have 13 Sample Street" in page and "You say 14 Sample Street" in page
    assert "Is it still wrong?" in sina.page(step(ref, "value/1"))


def test_a_value_under_request_links_to_it_and_cannot_be_ticked(town, sina):
    asked = town.sent({"address": "14 Sample Street"})
    address = f"/en/corrections/new/{ids.encode(town.record_ref)}?line=2"
    assert "You have asked to fix this already" in sina.page(address)
    first, _ref = begun(town, sina)
    text = sina.get(first).get_data(as_text=True)
    assert 'value="address"' not in text
    assert f"/en/corrections/{ids.encode(asked)}" in text


def test_an_opinion_offers_words_beside_it_before_a_change(town, sina):
    page = sina.page(step(town.draft("note"), "value/1"))
    order = [page.index(words) for words in ("Add my words beside it", "Ask how they checked", "Change it")]
    assert order == sorted(order)
    assert "Add my words beside it" not in sina.page(step(town.draft("address"), "value/1"))


def test_a_copied_value_shows_both_values_and_who_is_asked(town, sina):
    _staff, holder_id = town.other_agency()

    def feed(work):
        body = {"name": "Sina", "people": 5}
        factory.agencies.link(work, town.sina.person_id, holder_id, "C-there")
        return factory.records.receive(work, town.sina.person_id, holder_id, "home", "X-1", body)

    town.do(feed)
    page = sina.page(step(town.draft("people"), "value/1"))
    assert "This is a copy from Example Holder" in page and "Example Holder has 5" in page
    assert (
        "Your request goes to Example Homes" in page
        and "May this part be passed on to Example Holder?" in page
    )
    draft = town.draft("people")
    sina.send(step(draft, "value/1"), wish="replace", value="5", words="", hand_on="no")
    assert service.draft(town.work(), draft).values[0].hand_on == "no"
    assert 'value="no" checked' in sina.get(step(draft, "value/1")).text
    sina.send(step(draft, "reason"), reason="", beside="", beside_lang="en")
    sina.send(step(draft, "reply"), **factory.REPLY)
    assert "Not to be passed on to Example Holder" in sina.page(step(draft, "check"))


def test_a_statement_is_written_beside_the_reason_and_seen_again_before_it_is_sent(town, sina):
    draft = town.ready({"address": "14 Sample Street"})
    assert "Add a statement, in case they say no" in sina.page(step(draft, "reason"))
    long = sina.send(step(draft, "reason"), reason="", beside="x" * 5_001, beside_lang="sm")
    assert long.status_code == 400 and "<details open>" in long.text
    sina.send(step(draft, "reason"), reason="Renamed.", beside="O aʻu upu.", beside_lang="sm")
    page = sina.get(step(draft, "check")).text
    assert "Your statement, if they say no" in plain(page) and 'lang="sm">“O aʻu upu.”' in page


def test_what_is_missing_can_be_added(town, sina):
    body = {key: value for key, value in BODY.items() if key != "alone"}
    town.feed(body)
    first, ref = begun(town, sina, "alone")
    assert "Something is missing" in sina.page(first)
    sina.send(first, fields=["alone"])
    sina.send(step(ref, "value/1"), wish="replace", value="no")
    assert service.draft(town.work(), ref).value(1).value is False


def test_a_message_is_offered_only_where_there_is_a_safe_address(town, sina):
    ref = town.draft("address")
    assert "send me a message" not in sina.page(step(ref, "reply"))
    town.do(notices.put_contact, town.sina.person_id, "email", "sina@mail.example")
    assert "Here, and send me a message" in sina.page(step(ref, "reply"))


def test_an_urgent_request_needs_one_line_that_says_why(town, sina):
    ref = town.draft("address")
    answer = sina.send(step(ref, "reply"), by="here", language="en", urgent="yes", why="")
    assert answer.status_code == 400
    assert "Write why it is urgent. One line is enough." in plain(answer.get_data(as_text=True))


def test_a_page_that_was_open_too_long_keeps_what_was_typed(town, sina):
    ref = town.draft("address")
    address = step(ref, "value/1")
    answer = sina.client.post(
        address, data={"wish": "replace", "value": "14 Sample Street", "csrf_token": "old"}
    )
    page = plain(answer.get_data(as_text=True))
    assert answer.status_code == 400 and "14 Sample Street" in page
    assert "This page was open for a long time." in page


def test_no_step_shows_anything_of_somebody_elses_draft(town, sina):
    tame = town.other_person()

    def theirs(work):
        body = {"name": "Tame", "address": "98 Canary Lane"}
        factory.agencies.link(work, tame.person_id, town.agency_id, "C-tame", "in-person")
        factory.records.receive(work, tame.person_id, town.agency_id, "home", "T-1", body)

    town.do(theirs)
    record = factory.record_queries.all_shareable(town.work(tame))[0]
    ref = ids.decode(town.do(service.start, record.ref, "address", actor=tame))
    nothing = sina.get(step(ids.random63(), "check")).get_data()
    for name in ("fields", "value/1", "reason", "reply", "check"):
        answer = sina.get(step(ref, name))
        assert answer.status_code == 404 and answer.get_data() == nothing
    assert sina.get(f"/en/corrections/new/{ids.encode(record.ref)}").status_code == 404


def test_dropping_a_draft_leaves_nothing(town, sina):
    ref = town.ready({"address": "14 Sample Street"})
    form = sina.get(step(ref, "check")).get_data(as_text=True)
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    sina.client.post(step(ref, "drop"), data={"csrf_token": token})
    assert sina.get(step(ref, "check")).status_code == 404
    assert "You have not asked for anything." in sina.page("/en/corrections")


def test_no_step_takes_more_than_four_reads_beside_the_sessions_own(town, sina, reads):
    town.do(notices.put_contact, town.sina.person_id, "email", "sina@mail.example")
    ref = town.ready({"address": "14 Sample Street", "people": "4"})
    record = f"/en/corrections/new/{ids.encode(town.record_ref)}"
    steps = [step(ref, name) for name in ("fields", "value/1", "value/2", "reason", "reply", "check")]
    for address in (record, *steps, "/en/corrections"):
        sina.get(address)
        with reads(sina.client.application) as seen:
            sina.get(address)
        # How many pages were read is counted apart, at every sixth.
        shown = [one for one in seen if one.lower().startswith("select") and "base_attempt" not in one]
        assert len(shown) <= 5, [address, *seen]
