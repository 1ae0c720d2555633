"""How much a decision costs: every tap and every answer from opening a request to its decision is counted."""

import json
import re

import pytest

from portal.agencies import service as agencies
from portal.demo.ready import REASONS
from portal.law.grounds import DECLINE_GROUNDS
from tests.casework.factory import case
from tests.corrections.factory import plain

MOST = 8
READY = "She wrote what she saw."


class Hands:
    """Somebody at the desk who uses only what the page has, and counts each thing they do."""

    def __init__(self, desk):
        self.desk, self.done, self.answers = desk, [], {}
        self.text = self.where = ""

    def opens(self, address):
        self.where, self.text = address, self.desk.text(address)
        self.done.append("open")

    def chooses(self, name, value):
        """Tick an answer, or take a line of a list; it has to be there and in sight."""
        shown = re.search(rf'<input[^>]*name="{name}"[^>]*value="{value}"', self.text)
        listed = re.search(rf'<select[^>]*name="{name}".*?<option[^>]*value="{value}"', self.text, re.S)
        assert shown or listed, f"the page has no {value} for {name}"
        self._sees(name)
        self.answers[name] = value
        self.done.append(f"choose {name}")

    def unfolds(self, name):
        """Open the fold in which a box is."""
        at = self._fold_of(name)
        assert at is not None, f"{name} is in sight already"
        self.text = f"{self.text[:at]}<details open{self.text[at + len('<details') :]}"
        self.done.append("unfold")

    def writes(self, name, words):
        assert re.search(rf'<textarea[^>]*name="{name}"', self.text), f"the page has no box {name}"
        self._sees(name)
        self.answers[name] = words
        self.done.append(f"write {name}")

    def presses(self, words, **button):
        form = self.text.split('id="the-form"')[1].split("</form>")[0]
        assert words in plain(form), f"there is no button {words}"
        place = re.search(r'action="([^"]+)"', self.text.split('id="the-form"')[0][-200:] + form)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        sent = self.desk.client.post(place[1], data=hidden | self.answers | button)
        self.text, self.answers = sent.text, {}
        self.done.append(f"press {words}")
        return sent

    def _fold_of(self, name):
        """Give where the closed fold begins that a box is in; None where it is in sight."""
        before = self.text[: self.text.index(f'name="{name}"')]
        at = before.rfind("<details")
        closed = at > before.rfind("</details>") and not before[at:].startswith("<details open")
        return at if closed else None

    def _sees(self, name):
        assert self._fold_of(name) is None, f"{name} is folded away"


@pytest.fixture
def hands(desk):
    return Hands(desk)


def test_a_yes_takes_four_actions(town, hands):
    ref = town.sent({"address": "14 Sample Street"})
    hands.opens(case(ref))
    hands.chooses("decision-1", "accept")
    hands.presses("Continue to the letter")
    sent = hands.presses("Send", send="yes")
    assert sent.status_code == 303 and town.shown(ref).state == "decided_yes"
    assert len(hands.done) == 4


def test_a_no_in_words_of_ones_own_takes_seven_and_one_more_to_take_the_request(town, hands):
    ref = town.sent({"note": "Tenant was calm."})
    hands.opens(case(ref))
    hands.chooses("decision-1", "decline")
    hands.unfolds("ground-1")
    hands.chooses("ground-1", "opinion")
    hands.writes("reason-1", "She wrote what she saw that day.")
    hands.presses("Continue to the letter")
    sent = hands.presses("Send", send="yes")
    assert sent.status_code == 303 and town.case(ref).staff.proposed == "decided_no"
    assert len(hands.done) + 1 == MOST


def test_a_no_with_a_reason_that_is_kept_ready_takes_six(town, hands):
    town.do(agencies.keep_reason, "opinion", {"en": READY}, actor=town.olga)
    (kept,) = agencies.catalogue(town.work()).agency(town.agency_id).reasons
    ref = town.sent({"note": "Tenant was calm."})
    hands.opens(case(ref))
    hands.chooses("decision-1", "decline")
    hands.unfolds("ready-1")
    hands.chooses("ready-1", kept.id)
    hands.presses("Continue to the letter")
    sent = hands.presses("Send", send="yes")
    proposal = town.case(ref).staff.kept["proposal"]["decisions"][0]
    assert sent.status_code == 303 and (proposal["ground"], proposal["reason"]) == ("opinion", READY)
    assert len(hands.done) == 6


def test_the_demonstration_keeps_a_reason_ready_for_every_ground():
    known = json.loads(REASONS.read_text(encoding="utf-8"))["reasons"]
    assert {one["ground"] for one in known} == {one.code for one in DECLINE_GROUNDS}
    assert all(one["words"]["en"] and one["words"]["sm"] and one["words"]["mi"] for one in known)
