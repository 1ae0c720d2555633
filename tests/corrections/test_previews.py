"""The letter that is shown before is the letter that is sent; a ready reason comes in the person's language too."""

import pytest

from portal.agencies import service as agencies
from portal.base.problems import Conflict, Invalid
from portal.corrections import service
from portal.corrections.rules import letters as wording
from portal.corrections.service import Decision
from tests.corrections.factory import LATER

READY = {"en": "She wrote what she saw.", "sm": "Na ia tusia le mea na ia vaai i ai."}
MIXED = [
    Decision(1, "accept"),
    Decision(2, "partly", "4", "fact-right", "Four are on the lease."),
    Decision(3, "decline", "", "opinion", READY["en"]),
]


@pytest.fixture
def asked(town):
    town.do(agencies.keep_reason, "opinion", READY, actor=town.olga)
    wishes = {"address": "14 Sample Street", "note": "Tenant was calm.", "people": "5"}
    return town.sent(wishes, language="sm")


def preview(town, ref, decisions, version=None):
    work = town.work(town.priya, LATER)
    return service.preview(work, service.case(work, ref), decisions, version=version)


def sent(town, ref):
    view = town.case(ref)
    work = town.work(town.olga, LATER)
    return [one for one in service.letters_of(work, view.request.person_id, view.request.id)]


def test_what_is_shown_before_is_what_goes_out(town, asked):
    before = preview(town, asked, MIXED)
    assert before.waits and before.whole and [one.kind for one in before.letters] == ["L5", "L6"]
    town.decide(asked, *[(one.no, one.decision, one.value, one.ground, one.reason) for one in MIXED])
    after = [one for one in sent(town, asked) if one.kind in ("L5", "L6")]
    assert [(one.kind, one.facts) for one in after] == [(one.kind, one.facts) for one in before.letters]


def test_a_whole_yes_goes_out_without_a_second_person(town, asked):
    yes = [Decision(no, "accept") for no in (1, 2, 3)]
    assert not preview(town, asked, yes).waits


def test_a_ready_reason_stands_in_the_letter_in_both_languages(town, asked):
    town.decide(asked, (1, "accept"), (2, "accept"), (3, "decline", "", "opinion", READY["en"]))
    (no,) = [one for one in sent(town, asked) if one.kind == "L6"]
    said = [one for _part, each in wording.composed("L6", no.facts) for one in each if one.said]
    assert [(one.said, one.said_in) for one in said] == [(READY["en"], {"sm": READY["sm"]})]


def test_once_its_english_is_changed_no_other_language_stands_beside_it(town, asked):
    changed = Decision(3, "decline", "", "opinion", READY["en"] + " So it stays.")
    no = preview(town, asked, [*MIXED[:2], changed]).letters[-1]
    assert no.kind == "L6" and [one["reason_in"] for one in no.facts["items"]] == [{}, {}]


def test_what_is_missing_is_said_as_when_it_is_sent(town, asked):
    with pytest.raises(Invalid) as fault:
        preview(town, asked, [*MIXED[:2], Decision(3, "decline", "", "", "No.")])
    assert fault.value.field == "ground-3"


def test_nothing_is_sent_or_changed_by_looking(town, asked):
    preview(town, asked, MIXED)
    assert town.kinds(asked) == ["L1"] and town.shown(asked).state == "received"


def test_a_request_that_somebody_touched_meanwhile_is_a_conflict(town, asked):
    version = town.shown(asked).version
    town.do(service.take, asked, actor=town.priya)
    with pytest.raises(Conflict):
        preview(town, asked, MIXED, version)


def test_a_letter_that_lacks_a_part_says_which(town, asked):
    (yes, no) = preview(town, asked, MIXED).letters
    assert wording.missing("L6", {**no.facts, "items": []}) == ["items"]
    assert wording.missing("L5", {**yes.facts, "decided_on": ""}) == ["when"]
