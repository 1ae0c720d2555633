"""A request beside its record, and its decision, as staff meet them on the page."""

import gzip
import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.access_log import service as access_log
from portal.base import ids
from portal.base.clock import nz_date
from portal.corrections import service as corrections
from portal.language import service as language
from portal.notices import service as notices
from tests.casework import factory
from tests.casework.factory import answer, case
from tests.corrections.factory import LATER, NOW, plain
from tests.language.unmarked import unmarked_text

REASON = "The lease that you sent says twelve."
TO_APPLY = "/en/casework/to-apply"


@pytest.fixture
def asked(town):
    """A request about a fact and an opinion."""
    wishes = {"address": "14 Sample Street", "note": "Tenant was calm."}
    return town.sent(wishes, reason="Ua sese le tuatusi.", language="sm")


def decide(desk, ref, *answers, hidden=None, button="send"):
    """Send the form of a request's page; `button` "" shows the letter first."""
    given = {name: value for one in answers for name, value in one.items()}
    return desk.press(case(ref), case(ref, "/decide"), given | ({button: "yes"} if button else {}), hidden)


def put_right(desk, *rows):
    """Say on the list of changes that wait that these values stand in the agency's own record."""
    ticks = [f"{ids.encode(ref)}.{no}" for ref, no in rows]
    return desk.press(TO_APPLY, "", {"rows": ticks, "note": "Batch 12"})


@pytest.fixture
def officer(town, sqlite_app):
    """The browser of the agency's privacy officer."""
    return factory.sign_in(town, sqlite_app, "ofa", role="privacy-officer")


def agree(officer, ref, verdict="approve", why=""):
    """Answer a colleague's proposal."""
    return officer.press(case(ref), case(ref, "/answer"), {"verdict": verdict, "why": why})


def test_the_request_stands_beside_what_the_record_says(desk, asked):
    text = desk.text(case(asked))
    words = plain(text)
    for shown in (
        "Sina Faʻasili",
        "We hold",
        "12 Sample Street",
        "They say",
        "14 Sample Street",
        "Tenant was calm.",
    ):
        assert shown in words
    assert re.search(r'lang="sm"[^>]*>Ua sese le tuatusi.<', text)
    assert "The whole record as we hold it" in words and "SINA FAASILI" in words
    assert "Due Monday, 21 December 2026. Received Monday, 23 November 2026." in words
    assert "Do not post or ring." in words


def test_who_decides_is_told_where_a_letter_could_harm(desk, asked, town):
    """J7, step 5: the person said that others read their post."""
    assert "Do not post. They told" not in desk.page(case(asked))
    whose, work = town.sina.person_id, town.store.work(now=NOW)
    work.do(lambda w: notices.put_contact(w, whose, "post", "1 Sample Street", unsafe=True))
    assert "Do not post. They told us that their post is not safe." in desk.page(case(asked))


def test_a_late_request_says_so_and_an_urgent_one_why(town, desk):
    urgent = {"urgent": "yes", "why": "My letters go to him."}
    ref = town.sent({"address": "14 Sample Street"}, now=NOW - timedelta(days=40), **urgent)
    words = desk.page(case(ref))
    assert "They say it is urgent." in words and "My letters go to him." in words
    due_on = town.shown(ref).due_on
    assert f"Late by {(nz_date(NOW) - due_on).days} days" in words


def test_only_grounds_that_fit_the_kind_of_value_are_offered(desk, asked):
    text = desk.text(case(asked))
    address, note = (text.split(f'<select id="ground-{no}"')[1].split("</select>")[0] for no in (1, 2))
    assert 'value="fact-right"' in address and 'value="opinion"' not in address
    assert 'value="opinion"' in note and 'value="fact-right"' not in note
    assert plain(text).count("This is not a plain fact.") == 1


def test_taking_a_request_makes_it_ones_own_and_keeps_the_form(town, desk, asked):
    assert "Take this request" in desk.page(case(asked))
    done = desk.press(case(asked), case(asked, "/take"))
    assert (done.status_code, done.headers["Location"]) == (303, case(asked))
    words = desk.page(case(asked))
    assert "Take this request" not in words and "Looking" in words and "Your decision" in words
    assert town.shown(asked).state == "in_review"


def test_all_values_fixed_change_the_record_and_show_what_the_person_was_told(town, desk, asked):
    done = decide(desk, asked, answer(1, "accept", reason="You sent a bill."), answer(2, "accept"))
    assert (done.status_code, done.headers["Location"]) == (303, case(asked))
    words = desk.page(case(asked))
    assert "Change your own record now" in words and "It will say: 14 Sample Street" in words
    assert town.held("address") == "12 Sample Street"
    assert put_right(desk, (asked, 1), (asked, 2)).status_code == 303
    assert (town.held("address"), town.held("note")) == ("14 Sample Street", "Tenant was calm.")
    words = desk.page(case(asked))
    assert "What the person was told" in words and "Home address : Fix it" in words
    assert "It now says: 14 Sample Street" in words and "Change your own record" not in words
    assert "It now says: 14 Sample Street" in words and "You sent a bill." in words
    assert "Send the decision" not in words and "0 open" in desk.page("/en/casework")


def test_part_is_fixed_in_other_words_and_the_rest_not(town, desk, officer, asked):
    answers = (
        answer(1, "partly", "14A Sample Street", "fact-right", REASON),
        answer(2, "decline", "", "opinion", "She wrote what she thought."),
    )
    assert decide(desk, asked, *answers).status_code == 303
    assert "You proposed this." in desk.page(case(asked)) and town.held("address") == "12 Sample Street"
    assert agree(officer, asked).status_code == 303
    assert put_right(desk, (asked, 1)).status_code == 303
    assert (town.held("address"), town.held("note")) == ("14A Sample Street", "Tenant was upset.")
    assert town.shown(asked).status == "partly_fixed"
    words = desk.page(case(asked))
    assert "Home address : Fix part of it" in words and "What staff wrote : Do not fix it" in words
    assert REASON in words and "She wrote what she thought." in words


def test_after_a_no_the_persons_statement_shows_with_the_reason(town, desk, officer):
    ref = town.sent({"note": "Tenant was calm."})
    assert (
        decide(desk, ref, answer(1, "decline", "", "opinion", "She wrote what she thought.")).status_code
        == 303
    )
    assert agree(officer, ref).status_code == 303
    assert town.held("note") == "Tenant was upset."
    town.do(corrections.attach_statement, ref, "note", "Sa ou toʻafilemu.", "sm")
    text = desk.text(case(ref))
    assert "She wrote what she thought." in text and re.search(r'lang="sm"[^>]*>Sa ou toʻafilemu.<', text)


@pytest.mark.parametrize(
    ("first", "box", "sentence"),
    [
        (answer(1), "decision-1", "Choose what to do: fix it, fix part of it, or do not fix it."),
        (answer(1, "decline", "", "", REASON), "ground-1", "Choose a reason in law."),
        (answer(1, "decline", "", "made-up", REASON), "ground-1", "Choose a reason in law from the list."),
        (answer(1, "decline", "", "fact-right", "  "), "reason-1", "Write the reason in plain words."),
        (answer(1, "partly", "", "fact-right", REASON), "value-1", "Write what it will say."),
        (answer(1, "decline", "", "fact-right", "x" * 5001), "reason-1", "characters or fewer"),
        (answer(1, "maybe", "", "fact-right", REASON), "decision-1", "Choose what to do"),
    ],
)
def test_what_is_missing_is_said_at_its_place_and_nothing_typed_is_lost(
    town, desk, asked, first, box, sentence
):
    kept = answer(2, "decline", "", "opinion", "Kept: she wrote <what> she thought.")
    answered = decide(desk, asked, first, kept)
    assert answered.status_code == 400
    text, words = answered.text, plain(answered.text)
    assert f'id="{box}-error"' in text and sentence in words
    assert f'href="#{box}"' in text, "the summary above the form leads to the answer"
    assert "Kept: she wrote <what> she thought." in words
    assert 'name="decision-2" value="decline" checked' in text
    assert '<option value="opinion" selected>' in text
    if first["reason-1"].strip():
        assert first["reason-1"] in text
    assert town.shown(asked).state == "received" and town.held("address") == "12 Sample Street"
    # Filled in on the page that came back, it goes through.
    form = text.split('id="the-form"')[1]
    hidden = {
        name: form.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("csrf_token", "nonce", "version")
    }
    assert decide(desk, asked, answer(1, "accept"), kept, hidden=hidden).status_code == 303


def test_a_date_that_does_not_exist_is_kept_as_typed(town, desk):
    ref = town.sent({"review_on": "1 2 2027"})
    answered = decide(desk, ref, answer(1, "partly", "31/2/2027", "fact-right", REASON))
    assert answered.status_code == 400 and 'value="31/2/2027"' in answered.text
    assert "Write a date that exists, such as 4 5 1992." in plain(answered.text)


def test_a_reason_is_measured_beside_the_box_and_before_it_is_sent(desk, asked):
    hard = "Notwithstanding aforementioned representations, administrative procedures necessitate retention."
    refused = decide(desk, asked, answer(1, "decline", "", "", hard), answer(2, "accept"))
    assert re.search(r"School grade \d\d\. Aim for 8 or less\.", plain(refused.text))
    letter = decide(desk, asked, answer(1, "decline", "", "fact-right", hard), answer(2, "accept"), button="")
    words = plain(letter.text)
    assert letter.status_code == 200 and "Cut long sentences (the longest has 7 words)" in words
    assert "Send it to a privacy officer" in words, "a hint, never a bar"
    easy = answer(1, "decline", "", "fact-right", "It is right. You told us so.")
    assert "Cut long" not in plain(decide(desk, asked, easy, answer(2, "accept"), button="").text)


def test_a_page_from_before_somebody_acted_is_a_conflict_that_keeps_what_was_typed(town, desk, asked):
    hidden = desk.hidden(case(asked), case(asked, "/decide"))
    town.do(corrections.take, asked, actor=town.priya)
    answers = (answer(1, "decline", "", "fact-right", REASON), answer(2, "accept"))
    answered = decide(desk, asked, *answers, hidden=hidden)
    assert answered.status_code == 409
    assert "Someone changed this while you were writing." in plain(answered.text) and REASON in answered.text
    assert town.held("address") == "12 Sample Street" and town.shown(asked).state == "in_review"
    fresh = dict(hidden, version=str(town.shown(asked).version), nonce="another")
    assert f'name="version" value="{fresh["version"]}"' in answered.text, (
        "sending it again decides what is seen now"
    )
    assert decide(desk, asked, *answers, hidden=fresh).status_code == 303


def test_of_two_decisions_at_once_one_wins_and_the_other_sees_it(town, desk, sqlite_app):
    ref = town.sent({"address": "14 Sample Street"})
    other = factory.sign_in(town, sqlite_app, "wiremu")
    start, answers = threading.Barrier(2), {}
    given = ((desk, answer(1, "accept")), (other, answer(1, "decline", "", "fact-right", REASON)))
    hidden = {one.account_id: one.hidden(case(ref), case(ref, "/decide")) for one in (desk, other)}

    def _send(one, made):
        start.wait()
        answers[one.account_id] = decide(one, ref, made, hidden=hidden[one.account_id])

    threads = [threading.Thread(target=_send, args=pair) for pair in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status_code for one in answers.values()) == [303, 409]
    accepted = answers[desk.account_id].status_code == 303
    assert town.shown(ref).state == ("decided_yes" if accepted else "in_review")
    loser = next(one for one in answers.values() if one.status_code == 409)
    assert ("What the person was told" if accepted else "What is proposed") in plain(loser.text)


def test_sending_the_same_form_twice_decides_once(town, desk, asked):
    hidden = desk.hidden(case(asked), case(asked, "/decide"))
    answers = (answer(1, "accept"), answer(2, "accept"))
    assert [decide(desk, asked, *answers, hidden=hidden).status_code for _ in range(2)] == [303, 303]
    names = [event.name for event in town.shown(asked).events]
    assert names.count("CorrectionDecided") == 1


def test_a_request_that_was_taken_back_is_gone_from_the_desk(town, desk, asked):
    hidden = desk.hidden(case(asked), case(asked, "/decide"))
    town.do(corrections.withdraw, asked)
    assert "0 open" in desk.page("/en/casework")
    assert desk.get(case(asked)).data == desk.get(case(ids.random63())).data
    answers = (answer(1, "decline", "", "fact-right", REASON), answer(2, "accept"))
    gone = decide(desk, asked, *answers, hidden=hidden)
    assert gone.status_code == 409 and "The person took it back while you were writing." in plain(gone.text)
    assert REASON in gone.text and "14 Sample Street" not in gone.text and "Sina" not in gone.text
    assert town.held("address") == "12 Sample Street"


def test_each_look_at_a_request_is_noted_once_also_at_a_page_that_asks_again(town, desk, asked):
    def _looks():
        return len(access_log.looks(town.work(now=LATER)))

    hidden = desk.hidden(case(asked), case(asked, "/decide"))
    seen = _looks()
    assert seen == 1
    assert decide(desk, asked, answer(1), answer(2), hidden=hidden).status_code == 400
    assert _looks() == seen + 1
    assert (
        decide(desk, asked, answer(1), answer(2), hidden=hidden | {"csrf_token": "gone"}).status_code == 400
    )
    assert _looks() == seen + 2


def test_the_page_takes_four_reads_and_one_short_write_and_fits_its_bytes(desk, asked, sqlite_app):
    desk.get(case(asked))
    seen, engine = [], sqlite_app.extensions["portal"].engine

    def _see(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", _see)
    try:
        answered = desk.get(case(asked), **{"Accept-Encoding": "gzip"})
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    assert seen.count("begin immediate") == 1
    write = seen.index("begin immediate")
    own = [
        one for one in seen[:write] if "FROM identity_session" not in one and "FROM agencies_stamp" not in one
    ]
    reads = [one for one in own if one.startswith("SELECT")]
    assert 1 < len(reads) <= 4, reads
    assert 1 <= len(seen[write + 1 :]) <= 3, seen[write:]
    assert answered.content_encoding == "gzip" and len(answered.data) <= 14_336
    assert b"the-form" in gzip.decompress(answered.data)


def test_no_state_of_the_page_leaves_anything_in_unmarked_english(town, desk, officer, asked):
    language.enable_pseudo()
    try:
        assert unmarked_text(desk.text(case(asked, tag="xa"))) == []
        hidden = desk.hidden(case(asked, tag="xa"), case(asked, "/decide", tag="xa"))
        refused = desk.press(None, case(asked, "/decide", tag="xa"), answer(1), hidden)
        assert refused.status_code == 400 and unmarked_text(refused.text) == []
        answers = answer(1, "accept") | answer(2, "decline", "", "opinion", "She wrote it.")
        letter = desk.press(None, case(asked, "/decide", tag="xa"), answers, hidden)
        assert letter.status_code == 200 and unmarked_text(letter.text) == []
        desk.press(None, case(asked, "/decide", tag="xa"), answers | {"send": "yes"}, hidden)
        assert unmarked_text(desk.text(case(asked, tag="xa"))) == []
        assert unmarked_text(officer.text(case(asked, tag="xa"))) == []
        agree(officer, asked)
        assert town.shown(asked).status == "looking"
        assert unmarked_text(desk.text(case(asked, tag="xa"))) == []
        town.do(corrections.attach_statement, asked, "note", "Sa ou toʻafilemu.", "sm")
        assert unmarked_text(desk.text(case(asked, tag="xa"))) == []
    finally:
        language.disable_pseudo()
