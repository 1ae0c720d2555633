"""What follows a proposal at the desk: a second person's word, letters, rows that lead back, others told here."""

import pytest

from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service as corrections
from portal.identity.permissions import SYSTEM
from portal.records import service as records
from tests.casework import factory
from tests.casework.factory import case
from tests.corrections.factory import NOW, plain

TO_APPLY = "/en/casework/to-apply"
NO = (1, "decline", "", "fact-right", "Your lease says twelve.")


@pytest.fixture
def officer(town, sqlite_app):
    """The browser of the agency's privacy officer."""
    return factory.sign_in(town, sqlite_app, "ofa", role="privacy-officer")


@pytest.fixture
def asked(town):
    return town.sent({"address": "14 Sample Street"})


def answer(desk, ref, verdict, why=""):
    return desk.press(case(ref), case(ref, "/answer"), {"verdict": verdict, "why": why})


def test_a_proposal_is_read_in_full_and_sent_back_with_a_word(town, desk, officer, asked):
    town.propose(asked, NO, now=NOW)
    words = officer.page(case(asked))
    for shown in (
        "What is proposed",
        "Do not fix it",
        "Your lease says twelve.",
        "It is right: the sources agree.",
    ):
        assert shown in words
    assert "A privacy officer looks at this next." in desk.page(case(asked))
    empty = answer(officer, asked, "back")
    assert empty.status_code == 400 and "Write what has to change." in plain(empty.text)
    assert answer(officer, asked, "back", "Ask for the lease first.").status_code == 303
    assert "Sent back: Ask for the lease first." in desk.page(case(asked))
    assert "Continue to the letter" in desk.page(case(asked))


def test_whoever_is_slower_than_a_colleague_is_told_and_loses_no_word(town, officer, asked):
    written = {
        "decision-1": "decline",
        "value-1": "",
        "ground-1": "fact-right",
        "reason-1": "I rang the landlord.",
    }
    decide = officer.hidden(case(asked), case(asked, "/decide"))
    town.propose(asked, NO, now=NOW)
    late = officer.press(None, case(asked, "/decide"), written, decide)
    assert late.status_code == 409 and "I rang the landlord." in late.text
    assert "What is proposed" in plain(late.text) and "Do you agree?" in plain(late.text)
    given = officer.hidden(case(asked), case(asked, "/answer"))
    town.do(corrections.approve, asked, actor=town.olga)
    later = officer.press(None, case(asked, "/decide"), written, decide | {"nonce": "another"})
    assert later.status_code == 409 and "I rang the landlord." in later.text
    gone = officer.press(None, case(asked, "/answer"), {"verdict": "approve", "why": ""}, given)
    assert gone.status_code == 409 and "What the person was told" in plain(gone.text)


def test_an_answer_to_a_proposal_that_was_sent_back_is_refused_in_a_sentence(town, officer, asked):
    town.propose(asked, NO, now=NOW)
    given = officer.hidden(case(asked), case(asked, "/answer"))
    town.do(corrections.send_back, asked, "Look again.", actor=town.olga)
    refused = officer.press(None, case(asked, "/answer"), {"verdict": "approve", "why": ""}, given)
    assert refused.status_code == 400 and "Nothing waits for your approval." in plain(refused.text)
    assert "Continue to the letter" in plain(refused.text)


def test_only_a_privacy_officer_answers_a_proposal(town, desk, asked):
    town.propose(asked, NO, now=NOW)
    assert desk.client.post(case(asked, "/answer")).status_code == 403
    assert town.shown(asked, NOW).state == "in_review"


def test_letters_are_read_again_at_the_desk_and_nowhere_else(town, desk, asked, sqlite_app):
    town.decide(asked, NO, now=NOW)
    listed = desk.page(case(asked, "/history"))
    assert "We have your request to fix something" in listed and "What we did not fix, and why" in listed
    letter = desk.page(case(asked, "/letter/2"))
    for words in (
        "We did not change this: Home address",
        "Your lease says twelve.",
        "You can complain for free.",
    ):
        assert words in letter
    stranger = factory.sign_in(town, sqlite_app, "tavita", agency_id=town.other_agency()[1])
    for more in ("/history", "/letter/2", "/letter/9"):
        nothing = stranger.get(case(ids.random63(), more)).data
        assert stranger.get(case(asked, more)).data == nothing
    assert desk.get(case(asked, "/letter/9")).status_code == 404


def test_rows_that_follow_a_request_lead_to_it_and_end_by_themselves(town, desk, officer, asked):
    town.decide(asked, (1, "accept"), now=NOW)
    town.do(corrections.remind_to_apply, actor=SYSTEM, now=NOW.replace(month=12))
    (row,) = tasks.worklist(town.work(town.priya)).rows
    assert "Put what you accepted into your record" in desk.page("/en/casework")
    assert desk.get(case(row.ref)).headers["Location"] == TO_APPLY
    hidden = {"csrf_token": desk.hidden(TO_APPLY, "")["csrf_token"]}
    desk.client.post(case(row.ref, "/done"), data=hidden)
    assert tasks.find(town.work(town.priya), row.ref).state == "new"
    assert desk.press(TO_APPLY, "", {"rows": [f"{ids.encode(asked)}.1"], "note": ""}).status_code == 303
    assert "0 open" in desk.page("/en/casework")


def test_another_agency_reads_on_its_own_list_what_is_right_now(town, desk, asked, sqlite_app):
    record = town.record(now=NOW)
    given = {"on": "2026-05-01", "to": "Example Holder", "why": "rent", "law": "An Act"}
    town.do(records.note_disclosure, town.sina.person_id, record.id, given)
    other, agency_id = town.other_agency()
    town.fix(asked, (1, "accept"), now=NOW)
    town.do(corrections.tell_recipient, asked, 1, "here", actor=town.priya)
    there = factory.sign_in(town, sqlite_app, "tavita", agency_id=agency_id)
    (row,) = tasks.worklist(town.work(other)).rows
    place = f"/en/casework/told/{ids.encode(row.ref)}"
    assert (
        "Home address" in there.page("/en/casework") and there.get(case(row.ref)).headers["Location"] == place
    )
    words = there.page(place)
    for shown in ("Bring your records up to date", "Home address was not right. Right is: 14 Sample Street"):
        assert shown in words
    assert "12 Sample Street" not in words
    assert there.press(place, case(row.ref, "/done")).status_code == 303
    assert "This is done." in there.page(place)
    assert desk.get(place).data == desk.get(f"/en/casework/told/{ids.encode(ids.random63())}").data
