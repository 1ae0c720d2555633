"""A charge before handing over: only where the law lets an agency, told with its reason, answered, and settled."""

import pytest

from portal.access_requests import service
from portal.access_requests.rules import charges
from portal.access_requests.service import letters
from portal.agencies import service as agencies
from portal.agencies.rules import charges_fault
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere, Refused
from portal.notices import service as notices
from tests.access_requests.factory import SURE
from tests.corrections.factory import LATER
from tests.records.factory import agency_document

WHY = "Four hours to copy two boxes of paper."
PRIVATE = {"sector": "private"}
AUTHORITY = "Authority of the Privacy Commissioner, section 67, 3 May 2026, for copies on paper"


def private(room, charges=PRIVATE):
    """Let the town's agency be one that may charge."""
    room.town.store.work(now=LATER).do(agencies.put_agency, agency_document() | {"charges": charges})


def asked(room, amount="120"):
    """A request that was granted in part, with a charge; gives its ref."""
    private(room)
    ref = room.decided()
    room.do(service.ask_charge, ref, amount, WHY)
    return ref


def say(room, ref, *answer):
    room.do(service.answer_charge, ref, *answer, actor=room.town.sina)


def charge_part(room, ref):
    """What the last letter of a decision says about money."""
    from portal.access_requests.rules.letters import composed

    view = room.shown(ref)
    found = [one for one in letters.of(room.town.work(), view.person_id, view.id) if one.kind == "L10"]
    return found[-1].facts, dict(composed("L10", found[-1].facts))["charge"]


@pytest.mark.parametrize(
    ("charges", "may"),
    [
        (None, False),
        ({"sector": "private"}, True),
        ({"sector": "public", "authority": AUTHORITY}, True),
        ({"sector": "public"}, False),
        ({"sector": "public", "authority": "yes"}, False),
        ({"sector": "private", "most": 3}, False),
        ("private", False),
    ],
)
def test_only_the_private_sector_or_an_authority_may_charge_and_a_wrong_entry_is_not_taken(
    sqlite_store, charges, may
):
    entry = agency_document() | ({} if charges is None else {"charges": charges})
    if charges_fault(charges):
        with pytest.raises(Invalid):
            sqlite_store.work().do(agencies.put_agency, entry)
        return
    agency_id = sqlite_store.work().do(agencies.put_agency, entry)
    assert agencies.catalogue(sqlite_store.work()).agency(agency_id).may_charge is may


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12", "12"), ("$12.50", "12.50"), ("1,200", "1200"), ("0", None), ("0.00", None), ("", None)]
    + [("-5", None), ("12.505", None), ("1e3", None), ("١٢", None), ("999999", None), (None, None)],
)
def test_a_sum_is_dollars_and_cents_above_nought(typed, amount):
    assert str(charges.amount_of(typed)) == str(amount)


def test_an_agency_without_the_setting_is_refused_whatever_the_request(room):
    ref = room.decided()
    for one in (ref, ids.random63()):
        with pytest.raises(Refused) as refusal:
            room.do(service.ask_charge, one, "12", WHY)
        assert "section" in refusal.value.reason
    facts, said = charge_part(room, ref)
    assert [one.msgid for one in said][0].startswith("It costs you nothing") and "charge" not in facts


def test_a_charge_is_told_with_its_sum_reason_and_the_right_to_complain(room):
    ref = asked(room)
    view = room.shown(ref)
    assert (view.state, view.status, view.acts) == ("fee_wait", "charge", "person")
    assert (view.charge["amount"], view.charge["why"]) == ("120.00", WHY)
    facts, said = charge_part(room, ref)
    assert facts["charge"] == "$120.00" and WHY in [one.said for one in said]
    assert any("complain about the charge" in one.msgid for one in said)
    assert not any("costs you nothing" in one.msgid for one in said)
    told = notices.newest(room.town.work(now=LATER))
    assert [one.kind for one in told].count("access_answered") >= 1


def test_the_first_letter_of_an_agency_that_may_charge_does_not_say_that_it_costs_nothing(room):
    private(room)
    _facts, said = charge_part(room, room.decided())
    assert [one.msgid.startswith("If there is something to pay") for one in said] == [True]


def test_nothing_is_handed_over_before_it_is_settled_and_then_it_is(room):
    ref = asked(room)
    say(room, ref, "yes")
    assert (room.shown(ref).status, room.shown(ref).acts) == ("granted", "agency")
    with pytest.raises(Invalid):
        room.do(service.release, ref, SURE)
    room.do(service.settle_charge, ref, "paid")
    room.do(service.release, ref, SURE)
    assert room.shown(ref).status == "ready"
    names = {one.name for one in room.shown(ref).events}
    assert names > {"AccessFeeAsked", "AccessFeeAgreed", "AccessFeePaid", "AccessReleased"}


def test_who_asks_for_less_is_heard_and_a_new_sum_can_only_be_smaller(room):
    ref = asked(room)
    with pytest.raises(Invalid):
        say(room, ref, "less", " ")
    say(room, ref, "less", "The rent letters are enough.")
    assert room.case(ref).request.charge["less"] == "The rent letters are enough."
    for sum_ in ("120", "121"):
        with pytest.raises(Invalid) as fault:
            room.do(service.ask_charge, ref, sum_, WHY)
        assert fault.value.field == "amount"
    room.do(service.ask_charge, ref, "20", "One hour.")
    assert room.shown(ref).status == "charge" and room.shown(ref).charge["amount"] == "20.00"
    room.do(service.settle_charge, ref, "waived")
    with pytest.raises(Conflict):
        room.do(service.ask_charge, ref, "5", WHY)
    with pytest.raises(Conflict):
        say(room, ref, "yes")
    room.do(service.release, ref, SURE)


def test_a_charge_needs_a_sum_a_reason_and_a_yes_to_the_request(room):
    private(room)
    undecided, ref = room.reviewed(), room.decided()
    for given, box in ((("", WHY), "amount"), (("12", " "), "why")):
        with pytest.raises(Invalid) as fault:
            room.do(service.ask_charge, ref, *given)
        assert fault.value.field == box
    with pytest.raises(Conflict):
        room.do(service.ask_charge, undecided, "12", WHY)
    with pytest.raises(Conflict):
        room.do(service.settle_charge, ref, "waived")
    assert room.shown(ref).charge is None


def test_nobody_else_answers_or_settles(room):
    ref = asked(room)
    stranger, _agency = room.town.other_agency()
    with pytest.raises(NotThere):
        room.do(service.settle_charge, ref, "paid", actor=stranger)
    with pytest.raises(NotThere):
        room.do(service.answer_charge, ref, "yes", actor=room.town.other_person())
