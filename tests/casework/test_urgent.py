"""The screens for a file that is opened without a request: say why, read it for an hour, have it looked at."""

import re

import pytest

from portal.agencies import tasks
from portal.corrections import service as corrections
from portal.language import service as language
from portal.notices import service as notices
from tests.casework import factory
from tests.corrections.factory import LATER, browser

ASK = "/en/casework/urgent"
REASON = "She rang and the line went dead. We need to know who lives with her."
GIVEN = {"client_ref": "C-sina", "reason": REASON}


@pytest.fixture
def officer(town, sqlite_app):
    """The browser of the agency's privacy officer."""
    return factory.sign_in(town, sqlite_app, "ofa", role="privacy-officer")


def opened(desk):
    """Open the file, and give its address."""
    answer = send(desk, ASK, GIVEN)
    assert answer.status_code == 303, answer.text
    return answer.location


def tokens(desk, address):
    form = desk.text(address).split('id="the-form"')[1]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def send(desk, address, answers):
    return desk.client.post(address, data={**tokens(desk, address), **answers})


def test_an_adviser_reads_what_the_agency_holds_and_the_person_sees_who_did(town, desk, sqlite_app):
    assert ASK in desk.text("/en/casework")
    answer = send(desk, ASK, GIVEN)
    page = desk.page(answer.location)
    assert "Sina Faʻasili" in page and "12 Sample Street" in page and "To read only" in page
    sina = browser(town, sqlite_app)
    assert "opened your file because it was urgent" in sina.page("/en/notices")
    log = sina.page("/en/access-log")
    assert "Mere" in log and "they said it was urgent" in log and "line went dead" not in log


def test_the_persons_own_words_stand_beside_the_value_as_theirs(town, desk):
    town.do(corrections.attach_statement, town.declined(), "note", "I was calm that day.", now=LATER)
    page = desk.page(opened(desk))
    assert "I was calm that day. The person's own words" in page and "Your words" not in page


def test_pressing_twice_opens_once(town, desk):
    given = {**tokens(desk, ASK), **GIVEN}
    first, second = (desk.client.post(ASK, data=given) for _ in range(2))
    assert first.location == second.location
    assert len(notices.newest(town.work())) == 1


@pytest.mark.parametrize("number", ["no such client", "K-99", "C-sina "])
def test_a_number_that_leads_to_nobody_is_one_sentence_and_keeps_what_was_typed(desk, number):
    answer = send(desk, ASK, {"client_ref": number, "reason": REASON})
    if number.strip() == "C-sina":
        assert answer.status_code == 303
        return
    assert answer.status_code == 400
    assert "No file can be opened with this number" in answer.text
    assert REASON in answer.text and number in answer.text


@pytest.mark.parametrize("other", ["sm", "mi"])
def test_another_language_keeps_what_was_typed_and_opens_nothing(town, desk, other):
    given = {**tokens(desk, ASK), **GIVEN}
    moved = desk.client.post(f"{ASK}?from=list", data={**given, "switch_language": other})
    assert (moved.status_code, moved.location) == (307, f"/{other}/casework/urgent?from=list")
    there = desk.client.post(moved.location, data={**given, "switch_language": other})
    assert there.status_code == 200 and REASON in there.text and 'value="C-sina"' in there.text
    assert not notices.newest(town.work()) and not tasks.worklist(officer_work(town)).rows
    # The same answers, sent by the form's own button, do open it.
    assert desk.client.post(moved.location, data=given).status_code == 303
    assert len(notices.newest(town.work())) == 1


def test_a_language_that_is_none_opens_nothing_either(town, desk):
    answer = send(desk, ASK, GIVEN | {"switch_language": "xx"})
    assert answer.status_code == 200 and REASON in answer.text
    assert not notices.newest(town.work())


def test_without_a_reason_in_words_nothing_opens(desk):
    answer = send(desk, ASK, GIVEN | {"reason": "urgent"})
    assert answer.status_code == 400 and "in a sentence" in answer.text


def test_the_fourth_in_a_day_is_refused_in_words_and_raises_one_alarm(town, desk, officer):
    for _ in range(3):
        assert send(desk, ASK, GIVEN).status_code == 303
    for _ in range(2):
        refused = send(desk, ASK, GIVEN)
        assert refused.status_code == 429 and "three files in a day" in refused.text
    kinds = [one.kind for one in tasks.worklist(officer_work(town)).rows]
    assert sorted(kinds) == ["urgent_many", "urgent_review", "urgent_review", "urgent_review"]
    assert "A worker opened very much" in officer.page("/en/casework")
    assert "A worker opened very much" not in desk.page("/en/casework")


def officer_work(town):
    from dataclasses import replace

    return town.work(replace(town.priya, role="privacy-officer"))


def test_a_privacy_officer_says_whether_it_was_right(town, desk, officer, sqlite_app):
    opened(desk)
    assert "Not checked yet" in officer.page("/en/casework/urgent/week")
    task = re.search(r'href="(/en/casework/[a-z2-7]{13})"', officer.text("/en/casework"))
    review = officer.get(task[1]).location
    assert "line went dead" in officer.page(review) and "Mere" in officer.page(review)
    assert send(officer, review, {"verdict": "", "note": ""}).status_code == 400
    found = {"verdict": "wrong", "note": "It was a neighbour.", "switch_language": "sm"}
    assert send(officer, review, found).location == review.replace("/en/", "/sm/")
    assert "Save what I found" in officer.page(review)
    assert send(officer, review, {"verdict": "wrong", "note": "It was a neighbour."}).status_code == 303
    assert "It was not right" in officer.page("/en/casework/urgent/week")
    assert "should not have been opened" in browser(town, sqlite_app).page("/en/notices")
    assert "Checked: it was not right" in officer.page(review)


def test_only_the_right_roles_reach_these_pages(town, desk, officer, sqlite_app):
    place = opened(desk)
    steward = factory.sign_in(town, sqlite_app, "lani", role="steward")
    assert {steward.get(ASK).status_code, officer.get(ASK).status_code} == {403}
    assert desk.get("/en/casework/urgent/week").status_code == 403
    assert desk.get(place + "/review").status_code == 403
    assert officer.get(place).status_code == 403
    colleague = factory.sign_in(town, sqlite_app, "tavita")
    unknown = colleague.get("/en/casework/urgent/aaaaaaaaaaaab")
    assert colleague.get(place).data == unknown.data and unknown.status_code == 404


def test_own_requests_are_shown_without_buttons(town, sqlite_app):
    ref = town.sent({"address": "14 Sample Street"})
    both = browser(town, sqlite_app)
    from portal.identity import service as identity

    town.store.work().do(identity.add_membership, town.sina.account_id, town.agency_id, "caseworker")
    desk = factory.Desk(both.client, town.sina.account_id, town.agency_id)
    wear_hat(town, desk)
    page = desk.page(factory.case(ref))
    assert "This is your own request" in page
    assert "Send the decision" not in page and "Take this request" not in page


def wear_hat(town, desk):
    """Act for the agency from now on."""
    from sqlalchemy import update

    from portal.identity.models import SignInSession

    work = town.store.work()
    statement = update(SignInSession).where(SignInSession.account_id == desk.account_id)
    work.do(lambda inner: inner.session.execute(statement.values(agency_id=town.agency_id)) and None)


@pytest.mark.parametrize("tag", ["en", "mi", "sm"])
def test_the_pages_are_served_in_each_language(desk, officer, tag):
    place = opened(desk).replace("/en/", f"/{tag}/")
    assert language.known(tag)
    for page in (place, f"/{tag}/casework/urgent"):
        assert desk.get(page).status_code == 200
    for page in (place + "/review", f"/{tag}/casework/urgent/week"):
        assert officer.get(page).status_code == 200
