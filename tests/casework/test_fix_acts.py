"""Acts upon a request to fix something: the law's limits are said before, and nothing typed is ever lost."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.base import ids
from portal.corrections import service as corrections
from portal.notices import service as notices
from tests.casework import factory
from tests.casework.factory import case
from tests.corrections.factory import NOW, plain

WHY = "Income support decides that, not we."
DAY_9, DAY_11 = datetime(2026, 12, 3, 22, tzinfo=UTC), datetime(2026, 12, 7, 22, tzinfo=UTC)
AFTER_DAY_20 = datetime(2026, 12, 21, 22, tzinfo=UTC)


@pytest.fixture
def asked(town):
    return town.sent({"address": "14 Sample Street", "note": "Tenant was calm."})


@pytest.fixture
def officer(town, sqlite_app):
    return factory.sign_in(town, sqlite_app, "ofa", role="privacy-officer")


def act(desk, ref, name, **answers):
    """Fill in the page of an act, and send it."""
    return desk.press(
        case(ref, f"/{name}"), "", {key.replace("__", "-"): one for key, one in answers.items()}
    )


def more_time(desk, ref, ground="b", day="14", why="We have to ask the builder."):
    given = {"ground": ground, "until__day": day, "until__month": "1", "until__year": "2027", "reason": why}
    return act(desk, ref, "more-time", **given)


@pytest.fixture
def on(town, sqlite_app):
    """The desk on another day: a colleague who signs in then."""

    @contextmanager
    def _on(moment):
        with time_machine.travel(moment, tick=False):
            yield factory.sign_in(town, sqlite_app, "wiremu", now=moment)

    return _on


def test_a_question_goes_to_the_person_and_its_answer_stands_on_the_page(town, desk, asked):
    assert act(desk, asked, "ask", words="Since when do you live there?").status_code == 303
    assert "No answer yet. The time to answer the request goes on." in desk.page(case(asked))
    second = act(desk, asked, "ask", words="And who with?")
    assert second.status_code == 400 and "And who with?" in second.text
    assert "A question waits for the person’s answer already." in plain(second.text)
    town.do(corrections.answer_question, asked, "Talu mai Me.", "sm")
    text = desk.text(case(asked))
    assert 'lang="sm">Talu mai Me.' in text.replace(" data-held", "") and "No answer yet" not in text


def test_identity_is_asked_for_by_a_letter_and_then_noted(town, desk, asked):
    words = desk.page(case(asked, "/identity"))
    assert "The time to answer goes on." in words and "Privacy Act 2020, sections 57 and 59" in words
    assert act(desk, asked, "identity", wanted="A letter with your name.").status_code == 303
    assert town.shown(asked).state == "id_check" and "L2" in town.kinds(asked)
    assert act(desk, asked, "known", how="Came in; two of us know her.").status_code == 303
    assert town.shown(asked).state == "in_review"


def test_on_day_9_it_is_passed_on_and_the_person_reads_who_and_why(town, on, asked):
    _actor, other_id = town.other_agency()
    with on(DAY_9) as desk:
        assert "You can pass it on until Monday, 7 December 2026." in desk.page(case(asked, "/pass-on"))
        done = act(desk, asked, "pass-on", agency=ids.encode(other_id), why=WHY, parts=["1", "2"])
        assert done.status_code == 303
    assert town.shown(asked).state == "transferred"


def test_one_value_is_passed_on_and_the_rest_is_answered_here(town, desk, asked):
    _actor, other_id = town.other_agency()
    assert act(desk, asked, "pass-on", agency=ids.encode(other_id), why=WHY, parts=["2"]).status_code == 303
    text = desk.text(case(asked))
    assert "Passed on to Example Holder" in plain(text)
    assert 'name="decision-1"' in text and 'name="decision-2"' not in text


def test_on_day_11_passing_it_on_is_blocked_with_the_section_and_what_can_be_done(town, on, asked):
    town.other_agency()
    with on(DAY_11) as desk:
        text = desk.text(case(asked, "/pass-on"))
        words = plain(text)
        assert "The 10 working days for passing it on are over." in words
        assert (
            "Privacy Act 2020, section 62" in words and "You can answer it, and ask the other agency" in words
        )
        assert 'id="the-form"' not in text


def test_a_page_that_was_opened_on_day_9_and_sent_on_day_11_keeps_what_was_typed(town, desk, on, asked):
    _actor, other_id = town.other_agency()
    hidden = desk.hidden(case(asked, "/pass-on"), "")
    with on(DAY_11) as desk:
        given = {"agency": ids.encode(other_id), "why": WHY, "parts": ["1", "2"]}
        hidden |= {"csrf_token": desk.hidden(case(asked), case(asked, "/decide"))["csrf_token"]}
        late = desk.press(None, case(asked, "/pass-on"), given, hidden)
    assert late.status_code == 400 and WHY in late.text and "Privacy Act 2020, section 62" in plain(late.text)
    assert town.shown(asked).state == "received"


def test_against_the_persons_wish_it_is_not_passed_on(town, desk):
    ref = town.sent({"address": "14 Sample Street"}, hand_on="no")
    words = desk.page(case(ref, "/pass-on"))
    assert "The person does not want it passed on." in words and "Privacy Act 2020, section 62" in words


def test_more_time_is_proposed_agreed_to_by_a_second_person_and_told(town, desk, officer, asked):
    town.do(corrections.take, asked, actor=town.priya)
    assert "They can complain about the extra time." in desk.page(case(asked, "/more-time"))
    assert more_time(desk, asked).status_code == 303
    words = officer.page(case(asked))
    assert "The new last day would be Thursday, 14 January 2027." in words
    assert (
        officer.press(case(asked), case(asked, "/answer"), {"verdict": "approve", "why": ""}).status_code
        == 303
    )
    assert town.shown(asked).due_on == date(2027, 1, 14) and "L4" in town.kinds(asked)
    again_ = desk.page(case(asked, "/more-time"))
    assert "It was made longer once." in again_ and "Privacy Act 2020, section 65" in again_


def test_more_time_without_a_reason_is_refused_at_its_box_and_keeps_the_rest(town, desk, asked):
    town.do(corrections.take, asked, actor=town.priya)
    refused = more_time(desk, asked, ground="")
    assert refused.status_code == 400 and "Choose one of the law’s three reasons." in plain(refused.text)
    assert "We have to ask the builder." in refused.text and 'value="2027"' in refused.text


def test_after_day_20_there_is_no_more_time_and_the_page_says_what_to_do(town, on, asked):
    town.do(corrections.take, asked, actor=town.priya)
    with on(AFTER_DAY_20) as desk:
        words = desk.page(case(asked, "/more-time"))
    assert "The due date is over. The law allows no more time." in words
    assert "Privacy Act 2020, sections 65 and 69" in words and "Answer it today" in words


def test_nobody_agrees_to_their_own_proposal_and_a_word_comes_back(town, officer, desk, asked):
    town.do(corrections.take, asked, actor=town.priya)
    more_time(officer, asked)
    assert "You proposed this." in officer.page(case(asked))
    assert f'action="{case(asked, "/answer")}"' not in officer.text(case(asked))
    town.do(corrections.send_back, asked, "Ask them first.", actor=town.olga)
    assert "Sent back: Ask them first." in desk.page(case(asked))


def test_an_answer_to_a_proposal_without_a_word_is_refused_and_keeps_the_choice(town, desk, officer, asked):
    town.do(corrections.take, asked, actor=town.priya)
    more_time(desk, asked)
    refused = officer.press(case(asked), case(asked, "/answer"), {"verdict": "back", "why": ""})
    assert refused.status_code == 400 and "Write what has to change." in plain(refused.text)
    assert 'value="back" checked' in refused.text


def test_an_act_upon_a_request_that_was_taken_back_shows_what_was_typed(town, desk, asked):
    hidden = desk.hidden(case(asked, "/ask"), "")
    town.do(corrections.withdraw, asked)
    gone = desk.press(None, case(asked, "/ask"), {"words": "Since when do you live there?"}, hidden)
    assert gone.status_code == 409 and "Since when do you live there?" in gone.text
    assert "The person took it back while you were writing." in plain(gone.text)
    assert desk.get(case(asked, "/ask")).status_code == 404


def test_an_act_upon_a_request_that_was_decided_meanwhile_shows_it_and_what_was_typed(town, desk, asked):
    hidden = desk.hidden(case(asked, "/ask"), "")
    town.decide(asked, (1, "accept"), (2, "accept"))
    late = desk.press(None, case(asked, "/ask"), {"words": "Since when do you live there?"}, hidden)
    words = plain(late.text)
    assert late.status_code == 409 and "What the person was told" in words
    assert "What you had written" in words and "Since when do you live there?" in words


def test_where_post_mail_or_phone_is_not_safe_each_page_that_leads_to_a_letter_says_so(town, desk, asked):
    def unsafe(work):
        for channel in ("post", "email", "phone"):
            notices.put_contact(work, town.sina.person_id, channel, "x", unsafe=True)

    town.store.work(now=NOW).do(unsafe)
    for page in ("", "/ask", "/identity", "/pass-on", "/more-time"):
        words = desk.page(case(asked, page))
        for warning in ("Do not post.", "Do not e-mail.", "Do not ring or text."):
            assert warning in words, page


def test_a_statement_is_taken_away_by_two_people_and_never_by_one(town, desk, officer):
    ref = town.declined()
    town.do(corrections.attach_statement, ref, "note", "I was calm, and afraid.")
    assert "Take their words away: What staff wrote" in desk.page(case(ref))
    address = case(ref, "/statement/1")
    assert "What they say is no reason by itself." in desk.page(address)
    empty = desk.press(address, "", {"reason": ""})
    assert empty.status_code == 400 and "Write why, in a sentence." in plain(empty.text)
    assert desk.press(address, "", {"reason": "It names a neighbour."}).status_code == 303
    assert town.shown(ref).items[0].statement is not None
    words = officer.page(case(ref))
    assert "I was calm, and afraid." in words and "It names a neighbour." in words
    assert (
        officer.press(case(ref), case(ref, "/answer"), {"verdict": "approve", "why": ""}).status_code == 303
    )
    assert town.shown(ref).items[0].statement is None and "L6S" in town.kinds(ref)
