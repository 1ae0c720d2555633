"""A request to see something at the desk: searched, decided item by item, seen by a second person, handed over."""

import pytest

from portal.access_requests import queries
from portal.base import ids
from portal.notices import service as notices
from portal.notices.rules import Wanted
from tests.casework import asking
from tests.casework.asking import case
from tests.corrections.factory import browser, plain

SECRET_WORDS = "The neighbour at number nine rang us."
TEXT = f"Visited at ten. [[{SECRET_WORDS}]] All was well."
REASON = "It is about a neighbour, and would show who rang."


@pytest.fixture
def priya(town, sqlite_app):
    return asking.room(town, sqlite_app, "tui")


@pytest.fixture
def officer(town, sqlite_app):
    return asking.room(town, sqlite_app, "vic", role="privacy-officer")


@pytest.fixture
def ref(town):
    return asking.ask(town)


def searched(room, ref):
    room.send(ref, "/search", system="Case notes", what="Sina Example", found="Two notes")


def found(room, ref, title="Visit note", text=TEXT):
    return room.send(
        ref, "/add", title=title, system="Case notes", text=text,
        **{"on-day": "3", "on-month": "5", "on-year": "2024"},
    )  # fmt: skip


def decided(room, ref, no, outcome, ground="", reason="", text=TEXT, **notes):
    more = {f"note-{need.replace('_', '-')}": note for need, note in notes.items()}
    return room.send(ref, f"/item/{no}", outcome=outcome, ground=ground, reason=reason, text=text, **more)


def part(room, ref):
    """Search, and decide: one shown in part, one refused."""
    searched(room, ref)
    found(room, ref)
    found(room, ref, "Call note", "A call came in.")
    decided(room, ref, 1, "redact", "53-b", REASON, balancing_note="Her privacy weighs more.")
    decided(room, ref, 2, "refuse", "53-c", "The police look into it.", "A call came in.")


def state(town, ref):
    return queries.show(town.work(), ref).state


def test_a_request_goes_from_asking_to_handing_over_and_what_was_taken_out_is_nowhere(
    town, sqlite_app, priya, officer, ref
):
    page = priya.page(ref)
    assert "All that you hold about them" in page and "Sina Example" in page and "Case notes" not in page
    assert priya.press(ref, "/take").status_code == 303
    part(priya, ref)
    preview = priya.page(ref, "/preview")
    assert "Visited at ten." in preview and "Kept from you" in preview and SECRET_WORDS not in preview
    assert "All was well." in preview and REASON in preview and "53(b)" in preview
    assert priya.send(ref, "/propose", outcome="granted_in_part").status_code == 303
    assert "Proposed: Yes, to part of it" in priya.page(ref)
    assert state(town, ref) == "reviewing"
    assert officer.send(ref, "/answer", verdict="approve").status_code == 303
    assert state(town, ref) == "granted_in_part"
    refused = priya.send(ref, "/release", identity="y", safe="y")
    assert refused.status_code == 400 and "Offer someone who can read it with them, then" in plain(
        refused.text
    )
    assert priya.send(ref, "/release", identity="y", safe="y", support="y").status_code == 303
    assert state(town, ref) == "released"
    sina = browser(town, sqlite_app)
    letters = queries.show(town.work(), ref).letters
    assert [one.kind for one in letters] == ["L1", "L10", "L11", "L14"]
    for letter in letters:
        shown = sina.page(f"/en/access-requests/{ids.encode(ref)}/letter/{letter.no}")
        assert SECRET_WORDS not in shown and "balancing" not in shown and "weighs more" not in shown
    kept = sina.page(f"/en/access-requests/{ids.encode(ref)}/letter/3")
    for words in ("Visit note", "Call note", REASON, "The police look into it.", "section 53(c)", "complain"):
        assert words in kept


def test_nobody_agrees_to_their_own_proposal_and_a_worker_to_none(town, priya, officer, ref):
    part(officer, ref)
    officer.send(ref, "/propose", outcome="granted_in_part")
    again = officer.send(ref, "/answer", verdict="approve")
    assert again.status_code == 400 and "You proposed it yourself." in plain(again.text)
    assert priya.desk.get(case(ref, "/answer")).status_code == 403
    assert state(town, ref) == "reviewing"


def test_a_proposal_that_is_sent_back_says_why_and_can_be_worked_on(town, priya, officer, ref):
    part(priya, ref)
    priya.send(ref, "/propose", outcome="granted_in_part")
    bare = officer.send(ref, "/answer", verdict="back")
    assert bare.status_code == 400 and "Write what has to change." in plain(bare.text)
    officer.send(ref, "/answer", verdict="back", why="Show more of the visit note.")
    page = priya.page(ref)
    assert "Show more of the visit note." in page and "Decide the request" in page


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Choose what to do with this item."),
        ({"outcome": "refuse"}, "Choose a reason in law."),
        ({"outcome": "redact", "text": "Nothing is marked."}, "Put [[ and ]] around what must go."),
        ({"outcome": "refuse", "ground": "53-b"}, "Write the reason in plain words."),
        ({"outcome": "refuse", "ground": "53-b", "reason": REASON}, "This reason in law needs a note."),
        ({"outcome": "refuse", "ground": "readily-retrievable", "reason": REASON}, "Choose a reason in law."),
        ({"outcome": "refuse", "ground": "s24", "reason": "A law."}, "Name the law and its year."),
        ({"outcome": "silent", "ground": "53-b", "reason": REASON}, "Only a privacy officer can do this."),
    ],
)
def test_a_decision_that_lacks_something_is_refused_in_a_sentence_and_keeps_what_was_typed(
    priya, ref, answers, sentence
):
    searched(priya, ref)
    found(priya, ref)
    text = answers.get("text", TEXT if answers.get("outcome") != "refuse" else TEXT)
    answer = decided(priya, ref, 1, **{"outcome": "", **answers, "text": text})
    assert answer.status_code == 400 and sentence in plain(answer.text)
    assert answers.get("reason", "") in plain(answer.text)
    assert "Not decided yet" in priya.page(ref)


def test_grounds_that_no_lawyer_has_checked_are_not_offered(priya, ref):
    searched(priya, ref)
    found(priya, ref)
    form = priya.text(ref, "/item/1")
    assert 'value="53-b"' in form and 'value="readily-retrievable"' not in form
    assert 'value="silent"' not in form


def test_a_privacy_officer_may_neither_confirm_nor_deny_and_nobody_else(
    town, sqlite_app, priya, officer, ref
):
    assert priya.desk.get(case(ref, "/silence")).status_code == 403
    officer.press(ref, "/take")
    searched(officer, ref)
    wrong = officer.send(ref, "/silence", ground="53-b", reason="It would tell.")
    assert wrong.status_code == 400
    assert officer.send(ref, "/silence", ground="53-c", reason="It would tell.").status_code == 303
    letter = browser(town, sqlite_app).page(f"/en/access-requests/{ids.encode(ref)}/letter/2")
    assert (
        "We can neither confirm nor deny" in letter and "53" not in letter and "It would tell" not in letter
    )


def test_passing_on_ends_with_the_tenth_working_day_and_says_so(town, sqlite_app, priya):
    _actor, other = town.other_agency()
    from datetime import timedelta

    from tests.corrections.factory import NOW

    late = asking.ask(town, now=NOW - timedelta(days=18))
    assert "The 10 working days for passing it on are over." in priya.page(late, "/pass-on")
    assert 'id="the-form"' not in priya.text(late, "/pass-on")
    early = asking.ask(town)
    opened_in_time = priya.given(early, "/pass-on") | {"agency": ids.encode(other), "why": "They hold it."}
    refused = priya.desk.client.post(asking.case(late, "/pass-on"), data=opened_in_time)
    assert refused.status_code == 400 and state(town, late) == "received"
    done = priya.send(early, "/pass-on", agency=ids.encode(other), why="They hold it.")
    assert done.status_code == 303
    letter = browser(town, sqlite_app).page(f"/en/access-requests/{ids.encode(early)}/letter/2")
    assert (
        "Example Holder" in letter
        and "They hold it." in letter
        and "If you do not want it passed on" in letter
    )


def test_a_safety_hold_shows_at_the_desk_and_only_a_privacy_officer_ends_it(town, priya, officer, ref):
    assert priya.send(ref, "/hold", plan="Ring her sister.").status_code == 303
    page = priya.page(ref)
    assert "Held back for safety" in page and "Ring her sister." in page and "Due" in page
    assert priya.desk.get(case(ref, "/lift")).status_code == 403
    assert officer.send(ref, "/lift", why="She came in alone.").status_code == 303
    assert "Held back for safety" not in priya.page(ref)


def test_more_time_needs_a_second_person_a_reason_of_the_law_and_a_later_day(
    town, sqlite_app, priya, officer, ref
):
    searched(priya, ref)
    found(priya, ref)
    decided(priya, ref, 1, "release", text="Visited at ten.")
    day = {"until-day": "1", "until-month": "2", "until-year": "2027"}
    assert priya.send(ref, "/more-time", reason="We ask the school.", **day).status_code == 400
    assert priya.send(ref, "/more-time", ground="b", reason="We ask the school.", **day).status_code == 303
    assert "1 February 2027" in officer.page(ref, "/answer")
    officer.send(ref, "/answer", verdict="approve")
    letter = browser(town, sqlite_app).page(f"/en/access-requests/{ids.encode(ref)}/letter/2")
    assert "Monday, 1 February 2027" in letter and "We ask the school." in letter


def test_a_letter_about_a_person_whose_post_others_read_is_warned_of(town, priya, ref):
    assert "Do not post." not in priya.page(ref)
    town.do(notices.keep_contact, "post", Wanted(use="unsafe"))
    assert "Do not post." in priya.page(ref)


def test_a_form_of_the_desk_sends_what_was_typed_on_to_another_language(priya, ref):
    text = priya.text(ref, "/identity")
    token = text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "nonce": "n1", "wanted": "A letter.", "switch_language": "sm"}
    moved = priya.desk.client.post(case(ref, "/identity"), data=sent)
    assert moved.status_code == 307 and moved.location.endswith(case(ref, "/identity", tag="sm"))
    there = priya.desk.client.post(moved.location, data=sent)
    assert there.status_code == 200 and "A letter." in there.text
