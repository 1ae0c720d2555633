"""The letter before it is sent, an agency's ready reasons, and the way from opening a request to its decision."""

import gzip
import re

import pytest

from portal.agencies import service as agencies
from portal.language import service as language
from tests.casework import factory
from tests.casework.factory import answer, case
from tests.corrections.factory import plain
from tests.language.unmarked import unmarked_text

READY = {"en": "She wrote what she saw.", "sm": "Na ia tusia le mea na ia vaai i ai."}
NO = answer(1, "decline", "", "opinion", "She wrote what she saw that day.")


@pytest.fixture
def asked(town):
    return town.sent({"note": "Tenant was calm."}, language="sm")


@pytest.fixture
def library(town):
    town.do(agencies.keep_reason, "opinion", READY, actor=town.olga)


@pytest.fixture
def steward(town, sqlite_app):
    return factory.sign_in(town, sqlite_app, "lani", role="steward")


def step(desk, ref, answers, button="", tag="en", hidden=None):
    """Press a button of the decision form; "" goes on to the letter."""
    place = case(ref, "/decide", tag)
    return desk.press(case(ref, tag=tag), place, answers | ({button: "yes"} if button else {}), hidden)


def hidden_of(text):
    form = text.split('id="the-form"')[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_the_letter_shows_what_the_person_will_read_and_ticks_what_the_law_asks_for(town, desk, asked):
    letter = step(desk, asked, NO)
    words = plain(letter.text)
    assert letter.status_code == 200
    for shown in (
        "Nothing is sent yet.",
        "We did not change this: What staff wrote",
        "She wrote what she saw that day.",
        "The letter has all that the law asks for:",
        "That they can add their own words",
        "That they can complain for free",
        "Privacy Act 2020, sections 63, 64 and 66",
        "School grade",
    ):
        assert shown in words, shown
    assert 'data-part="L6-complaint"' in letter.text and 'lang="sm"' in letter.text
    assert town.shown(asked).state == "received" and town.kinds(asked) == ["L1"]


def test_send_on_the_letters_page_sends_what_was_shown(town, desk, asked):
    letter = step(desk, asked, NO)
    sent = desk.client.post(case(asked, "/decide"), data=hidden_of(letter.text) | {"send": "yes"})
    assert sent.status_code == 303 and town.case(asked).staff.proposed == "decided_no"
    (made,) = town.case(asked).staff.kept["proposal"]["decisions"]
    assert made["reason"] == "She wrote what she saw that day."


def test_change_something_leads_back_with_all_that_was_typed(desk, asked):
    letter = step(desk, asked, NO)
    back = desk.client.post(case(asked, "/decide"), data=hidden_of(letter.text) | {"back": "yes"})
    assert back.status_code == 200 and "She wrote what she saw that day." in back.text
    assert 'value="decline" checked' in back.text and '<option value="opinion" selected>' in back.text


def test_another_language_on_the_letters_page_shows_the_same_letter(desk, asked):
    letter = step(desk, asked, NO)
    pressed = hidden_of(letter.text) | {"switch_language": "mi"}
    gone_on = desk.client.post(case(asked, "/decide"), data=pressed)
    assert gone_on.status_code == 307 and gone_on.headers["Location"] == case(asked, "/decide", "mi")
    there = desk.client.post(case(asked, "/decide", "mi"), data=pressed)
    assert 'name="step" value="letter"' in there.text and "She wrote what she saw that day." in there.text


def test_staffs_own_words_in_english_only_ask_for_an_interpreter(town, desk, asked):
    assert "Offer an interpreter." in plain(step(desk, asked, NO).text)
    english = town.sent({"address": "14 Sample Street"})
    assert "Offer an interpreter." not in plain(step(desk, english, answer(1, "accept")).text)


def test_a_letter_whose_language_is_not_ready_is_in_english_and_says_so(town, desk):
    ref = town.sent({"address": "14 Sample Street"}, language="niu")
    words = plain(step(desk, ref, answer(1, "accept")).text)
    assert "This letter is in English: Vagahau Niue is not ready yet." in words
    assert "Offer an interpreter." in words


def test_a_ready_reason_fills_the_box_and_the_ground_by_its_button(desk, library, asked):
    text = desk.text(case(asked))
    ready = re.search(r'<option value="(\d+)"[^>]*>She wrote what she saw\.<', text)
    filled = step(desk, asked, {"decision-1": "decline", "ready-1": ready[1]}, "fill")
    assert filled.status_code == 200 and READY["en"] in filled.text.split("<textarea")[1]
    assert '<option value="opinion" selected>' in filled.text and 'value="decline" checked' in filled.text


def test_a_ready_reason_goes_into_an_empty_box_on_the_way_to_the_letter_in_both_languages(
    desk, library, asked
):
    ready = re.search(r'<option value="(\d+)"[^>]*>She wrote what she saw\.<', desk.text(case(asked)))
    letter = step(desk, asked, {"decision-1": "decline", "ready-1": ready[1]})
    assert READY["en"] in letter.text and READY["sm"] in letter.text
    assert "Offer an interpreter." not in plain(letter.text)


def test_a_ready_reason_never_replaces_what_was_written(desk, library, asked):
    ready = re.search(r'<option value="(\d+)"[^>]*>She wrote what she saw\.<', desk.text(case(asked)))
    letter = step(desk, asked, NO | {"ready-1": ready[1]})
    assert "She wrote what she saw that day." in letter.text and READY["sm"] not in letter.text


def test_reasons_are_offered_only_where_their_ground_fits(town, desk, library):
    ref = town.sent({"address": "14 Sample Street"})
    assert READY["en"] not in desk.text(case(ref))


def test_a_steward_keeps_changes_and_takes_out_reasons(town, steward):
    assert "None yet." in steward.page("/en/casework/reasons")
    refused = steward.press("/en/casework/reasons/new", "", {"ground": "opinion", "sm": READY["sm"]})
    assert refused.status_code == 400 and "Write it in English." in plain(refused.text)
    assert READY["sm"] in refused.text
    assert steward.press("/en/casework/reasons/new", "", {"ground": "opinion", **READY}).status_code == 303
    text = steward.text("/en/casework/reasons")
    assert READY["en"] in text and "Gagana Sāmoa" in plain(text)
    place = re.search(r'href="(/en/casework/reasons/[a-z2-7]{13})"', text)[1]
    hidden = steward.hidden(place, "")
    changed = READY | {"ground": "opinion", "mi": "I tuhia e ia tāna i kite ai."}
    assert steward.press(place, "", changed).status_code == 303
    late = steward.press(None, place, changed | {"en": "Later words."}, hidden)
    assert late.status_code == 409 and "Later words." in late.text
    assert steward.press(place, f"{place}/drop").status_code == 303
    assert "None yet." in steward.page("/en/casework/reasons")


def test_an_adviser_may_choose_reasons_and_not_change_them(desk):
    assert desk.get("/en/casework/reasons").status_code == 403
    assert desk.get("/en/casework/reasons/new").status_code == 403


def test_no_page_of_the_way_leaves_anything_in_unmarked_english(town, desk, steward, library, asked):
    late = town.sent({"address": "14 Sample Street"})
    town.decide(late, (1, "accept"))
    language.enable_pseudo()
    try:
        for page in ("", "/ask", "/identity", "/pass-on", "/more-time", "/history", "/others"):
            assert unmarked_text(desk.text(case(asked, page, "xa"))) == [], page
        assert unmarked_text(step(desk, asked, NO, tag="xa").text) == []
        assert unmarked_text(step(desk, asked, answer(1, "decline"), tag="xa").text) == []
        assert unmarked_text(desk.text("/xa/casework/to-apply")) == []
        for page in ("", "/new"):
            assert unmarked_text(steward.text(f"/xa/casework/reasons{page}")) == [], page
    finally:
        language.disable_pseudo()


def test_the_letters_page_and_a_long_form_with_ready_reasons_keep_to_their_bytes(town, desk):
    def fill(work):
        for n in range(60):
            text = (
                f"Reason {n}: we looked at the lease that you signed, and at your letter of last year. " * 3
            )
            agencies.keep_reason(work, "fact-right", {"en": text})

    town.do(fill, actor=town.olga)
    ref = town.sent({"address": "14 Sample Street", "people": "5", "review_on": "1 2 2027"}, language="sm")
    words = "It is right. You told us so in your letter of May. " * 20
    answers = [answer(no, "decline", "", "fact-right", words) for no in (1, 2, 3)]
    letter = step(desk, ref, {name: value for one in answers for name, value in one.items()})
    for shown in (letter, desk.get(case(ref))):
        assert len(gzip.compress(shown.data, 6)) <= 14_336
