"""What goes along with a request: a statement in case of a no, and whether a copy may be passed on to its holder."""

import pytest

from portal.base.problems import Invalid
from portal.corrections import service
from tests.corrections.factory import LATER, REPLY

WORDS = "O aʻu lava ʻupu."
NO = ("decline", "", "misleading", "The visitor wrote what they saw.")


def along(town, wishes, **more):
    """A request with a statement in Samoan, sent."""
    ref = town.ready(wishes)
    town.keep(ref, "reason", {"reason": "Wrong.", "beside": WORDS, "beside_lang": "sm", **more})
    town.do(service.submit, ref)
    return ref


def copied(town, hand_on):
    """A request about a value that another agency holds, with what the person says about passing it on."""
    _reader, holder = town.other_agency()
    ref = town.draft("people")
    town.keep(ref, "value", {"field": "people", "wish": "replace", "value": "4", "hand_on": hand_on})
    town.keep(ref, "reason", {"reason": ""})
    town.keep(ref, "reply", REPLY)
    town.do(service.submit, ref)
    return ref, holder


def test_a_statement_along_stands_beside_each_value_that_is_not_fixed_at_once_in_its_own_language(town):
    ref = along(town, {"address": "14 Sample Street", "note": "Tenant was calm."})
    town.decide(ref, (1, "accept"), (2, *NO))
    items = town.shown(ref).items
    assert items[0].statement is None
    assert (items[1].statement.text, items[1].statement.lang) == (WORDS, "sm")
    assert [one.text for one in town.record().line("note").statements] == [WORDS]
    assert "StatementOffered" not in [event.name for event in town.shown(ref).events]


def test_a_statement_along_is_not_used_where_everything_is_accepted(town):
    ref = along(town, {"address": "14 Sample Street"})
    town.fix(ref, (1, "accept"))
    assert town.shown(ref).items[0].statement is None and town.record().line("address").statements == []


def test_a_statement_along_may_stay_empty_and_one_that_is_too_long_is_kept_and_named(town):
    assert town.shown(along(town, {"address": "14 Sample Street"}, beside=" ")).items[0].beside == ""
    ref = town.ready({"note": "Tenant was calm."})
    with pytest.raises(Invalid) as fault:
        town.keep(ref, "reason", {"reason": "", "beside": "x" * 5_001})
    assert fault.value.field == "beside"
    town.keep(ref, "reason", {"reason": "", "beside": "x" * 5_001}, checked=False)
    assert len(service.draft(town.work(), ref).beside) == 5_001


def test_words_that_were_asked_to_stand_beside_a_value_are_not_doubled_by_a_statement(town):
    ref = along(town, {"note": "<words>"})
    assert town.shown(ref).items[0].beside == ""
    town.decide(ref, (1, *NO))
    assert town.shown(ref).items[0].statement.text == "My own words."


@pytest.mark.parametrize("hand_on", ["yes", "no"])
def test_what_the_person_says_about_passing_a_copy_on_is_kept_and_shown_to_staff(town, hand_on):
    ref, holder = copied(town, hand_on)
    item = town.case(ref).request.items[0]
    assert (item.holder.id, item.hand_on) == (holder, hand_on)


def test_a_copy_that_may_not_be_passed_on_stays_and_one_that_may_goes_to_its_holder(town):
    ref, holder = copied(town, "no")
    with pytest.raises(Invalid):
        town.do(service.transfer, ref, holder, "They hold it.", actor=town.priya, now=LATER)
    town.do(service.withdraw, ref, now=LATER)
    ref, holder = copied(town, "yes")
    town.do(service.transfer, ref, holder, "They hold it.", actor=town.priya, now=LATER)
    assert town.shown(ref).state == "transferred"


def test_of_a_value_that_nobody_else_holds_nothing_is_asked(town):
    ref = town.sent({"address": "14 Sample Street"})
    assert (town.shown(ref).items[0].holder, town.shown(ref).items[0].hand_on) == (None, "")
