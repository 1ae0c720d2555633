"""The agency's own copy: what belongs beside its data goes home with it, and the person sees that it was taken."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.base.problems import Invalid, NotThere
from portal.corrections import service
from portal.identity.permissions import Actor
from tests.corrections.factory import LATER

WORDS = "Na ou leo filemu i lena aso."
AFTER = LATER + timedelta(minutes=2)


@pytest.fixture
def stated(town):
    """A value that was not fixed, with the person's own words in Samoan beside it, and one that was."""
    ref = town.declined()
    town.do(service.attach_statement, ref, "note", WORDS, "sm", now=LATER)
    other = town.sent({"address": "14 Sample Street"})
    town.fix(other, (1, "accept"), now=LATER + timedelta(seconds=1))
    return ref, other


def system(town, agency_id=None):
    return Actor(kind="key", agency_id=agency_id or town.agency_id, role="read")


def home(town, after="", now=AFTER, actor=None):
    return service.copy_home(town.work(actor or system(town), now), after)


def looks(town):
    return [one for one in access_log.looks(town.work(now=AFTER)) if one.what == "copy"]


def test_a_statement_and_a_confirmed_change_come_with_all_that_finds_their_place(town, stated):
    said, fixed = [service.as_document(one) for one in home(town).rows]
    assert said["statement"] == {"text": WORDS, "lang": "sm", "at": "2026-11-30T01:00:00Z"}
    assert (said["client"], said["field"], said["change"]) == ("C-sina", "note", None)
    assert said["record"] == fixed["record"] and said["record"]["type"] == "home"
    assert fixed["change"] == {
        "from": "12 Sample Street",
        "to": "14 Sample Street",
        "at": "2026-11-30T01:00:01Z",
    }
    assert fixed["statement"] is None and said["reference"] != fixed["reference"]


def test_what_is_only_promised_declined_or_asked_is_no_part_of_it(town):
    town.declined()
    town.decide(town.sent({"address": "14 Sample Street"}), (1, "accept"))
    town.sent({"people": "5"})
    assert home(town).rows == []


def test_going_on_from_a_place_gives_only_what_came_about_since(town, stated):
    first = home(town)
    assert home(town, first.end).rows == []
    town.do(service.attach_statement, stated[0], "note", "Other words.", "en", now=AFTER)
    (again,) = home(town, first.end, now=AFTER + timedelta(minutes=2)).rows
    assert (again.statement.text, again.ref, again.no) == ("Other words.", stated[0], 1)


def test_what_may_still_be_saved_beside_something_younger_waits_a_minute(town, stated):
    assert home(town, now=LATER + timedelta(seconds=30)).rows == []
    assert len(service.copy(town.work(town.olga, LATER + timedelta(seconds=30))).rows) == 2


def test_words_that_were_taken_away_come_again_without_the_words(town, stated):
    end = home(town).end
    town.do(service.propose_taking_off, stated[0], 1, "It names another tenant.", actor=town.priya, now=AFTER)
    town.do(service.approve, stated[0], actor=town.olga, now=AFTER)
    (gone,) = home(town, end, now=AFTER + timedelta(minutes=2)).rows
    assert gone.taken_off and gone.statement is None
    assert WORDS not in json.dumps(service.as_document(gone))


def test_a_long_copy_comes_in_parts_that_lose_and_double_nothing(town, stated, monkeypatch):
    monkeypatch.setattr("portal.corrections.service.copying.IN_A_CALL", 1)
    seen, place = [], ""
    for _ in range(5):
        found = home(town, place)
        seen += [(one.ref, one.no) for one in found.rows]
        place = found.end
        if not found.more:
            break
    assert seen == [(stated[0], 1), (stated[1], 1)]


@pytest.mark.parametrize(
    "place", ["x", "a.b.1", "aaaaaaaaaaaaa.aaaaaaaaaaaaa.1", "hzzzzzzzzzzzz.baaaaaaaaaaaa.1"]
)
def test_a_place_that_was_never_given_is_refused(town, place):
    with pytest.raises(Invalid):
        home(town, place)


def test_another_agency_and_a_person_get_nothing_of_it(town, stated):
    _staff, other = town.other_agency()
    assert home(town, actor=system(town, other)).rows == []
    with pytest.raises(NotThere):
        home(town, actor=town.sina)


def test_a_client_whose_link_is_in_doubt_or_over_is_not_in_it(town, stated):
    town.do(agencies.disown, town.agency_id)
    assert home(town).rows == [] and service.part_of_copy(town.work(town.olga, AFTER)).count == 0


def test_a_member_of_staff_does_not_take_their_own(town, stated):
    own = replace(town.olga, person_id=town.sina.person_id)
    assert service.copy(town.work(own, AFTER)).rows == []


def test_of_a_request_that_was_passed_on_no_value_of_the_other_agency_comes(town):
    staff, other = town.other_agency()
    town.do(agencies.link, town.sina.person_id, other, "H-77", "in-person")
    ref = town.sent({"note": "Tenant was calm."})
    there = town.do(service.transfer, ref, other, "They wrote it.", actor=town.priya)
    town.propose(there, (1, "accept"), actor=staff)
    town.do(service.confirm_applied, there, actor=staff, now=LATER)
    (row,) = home(town, actor=system(town, other)).rows
    shown = service.as_document(row)
    assert (shown["record"], shown["client"], shown["change"]["from"]) == (None, "H-77", None)
    assert "Tenant was upset." not in json.dumps(shown)


def test_each_person_sees_once_for_each_answer_that_their_words_were_taken(town, stated):
    work = town.work(system(town), AFTER)
    assert len(service.copy_home(work).rows) == 2
    assert looks(town) == [], "nothing is noted before the answer's own transaction"
    work.finish()
    (look,) = looks(town)
    assert (look.by, look.agency_id, look.who) == ("system", town.agency_id, "")
    assert look.records == ["What staff wrote", "Home address"]
    empty = town.work(system(town), AFTER)
    service.copy_home(empty, home(town).end)
    empty.finish()
    assert len(looks(town)) == 1


def test_the_reads_are_the_same_however_many_values_there_are(town, stated, reads):
    with reads() as few:
        home(town)
    for value in ("15 Sample Street", "16 Sample Street", "17 Sample Street"):
        town.fix(town.sent({"address": value}), (1, "accept"), now=LATER)
    with reads() as many:
        assert len(home(town).rows) == 5
    assert len(many) == len(few) <= 3
