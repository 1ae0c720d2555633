"""The law's table of an access request (law.md 3.2): what it allows is allowed, and everything else is refused."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest
from portal.access_requests.rules import Facts, State, Who
from portal.access_requests.service.moving import move
from portal.base.problems import Conflict, Invalid
from portal.identity.permissions import SYSTEM
from tests.corrections.factory import LATER

R, A, P = {Who.PERSON}, {Who.STAFF, Who.OFFICER}, {Who.OFFICER}
# Written from law.md 3.2 by hand, beside the table of the code: from, to, who, and what has to be so.
LAW = {
    ("draft", "received"): (R | A, {"complete"}),
    ("received", "id_check"): (A, set()),
    ("received", "safety_hold"): (A, {"plan"}),
    ("received", "transferred"): (A, {"hand_on"}),
    ("received", "searching"): (A, set()),
    ("searching", "reviewing"): (A, {"searched"}),
    ("reviewing", "extended"): (P, {"second"}),
    ("reviewing", "granted"): (A, {"reviewed"}),
    ("extended", "granted"): (A, {"reviewed"}),
    ("reviewing", "granted_in_part"): (P, {"reviewed", "grounds", "second"}),
    ("extended", "granted_in_part"): (P, {"reviewed", "grounds", "second"}),
    ("reviewing", "refused"): (P, {"reviewed", "grounds", "second"}),
    ("extended", "refused"): (P, {"reviewed", "grounds", "second"}),
    ("reviewing", "not_held"): (A, {"searched", "considered"}),
    ("extended", "not_held"): (A, {"searched", "considered"}),
    ("reviewing", "ncnd"): (P, {"silence"}),
    ("extended", "ncnd"): (P, {"silence"}),
    ("granted", "fee_wait"): (A, {"may_charge"}),
    ("granted_in_part", "fee_wait"): (A, {"may_charge"}),
    ("granted", "released"): (A, {"identity", "safe", "support", "fee_settled"}),
    ("granted_in_part", "released"): (A, {"identity", "safe", "support", "fee_settled"}),
    # What the law leaves open, and docs/decisions names.
    ("id_check", "received"): (A, {"identity"}),
    ("safety_hold", "received"): (P, set()),
    ("fee_wait", "released"): (A, {"identity", "safe", "support", "fee_settled"}),
    **{
        (state, "withdrawn"): (R, set())
        for state in ("draft", "received", "id_check", "safety_hold", "searching", "reviewing", "extended")
    },
}
FACTS = {
    "complete", "hand_on", "plan", "searched", "reviewed", "second", "grounds", "considered", "silence",
    "may_charge", "fee_settled", "identity", "safe", "support",
}  # fmt: skip
ALL = dict.fromkeys(FACTS, True)
PAIRS = list(itertools.product([one.value for one in State], repeat=2))


def actors(room):
    """One for each kind of mover."""
    return {
        Who.PERSON: room.town.sina,
        Who.STAFF: room.town.priya,
        Who.OFFICER: room.officer,
        Who.SYSTEM: SYSTEM,
    }


def outcome_of(room, ref, start, to, actor, facts):
    """Try one move on a request that stands at `start`; nothing of it is kept."""
    work = room.town.work(actor, LATER)
    request = work.session.scalars(select(AccessRequest).where(AccessRequest.ref == ref)).one()
    request.state = start
    try:
        move(work, request, State(to), **facts)
        return "allowed" if request.state == to else "nothing happened"
    except (Invalid, Conflict) as fault:
        return type(fault).__name__
    finally:
        work.session.rollback()
        work.session.close()


def test_the_services_allow_every_move_of_the_law_and_refuse_every_other_by_whoever(room):
    ref, wrong = room.one(), []
    for (start, to), (who, actor) in itertools.product(PAIRS, actors(room).items()):
        may = (start, to) in LAW and who in LAW[start, to][0]
        made = outcome_of(room, ref, start, to, actor, ALL)
        if (made == "allowed") is not may:
            wrong.append((start, to, who.value, made))
    assert wrong == [] and len(PAIRS) == len(State) ** 2


def test_each_guard_alone_stops_its_move_and_says_why(room):
    ref, wrong = room.one(), []
    for (start, to), (movers, needed) in LAW.items():
        actor = actors(room)[sorted(movers)[0]]
        for fact in FACTS:
            made = outcome_of(room, ref, start, to, actor, ALL | {fact: False})
            if made != ("Invalid" if fact in needed else "allowed"):
                wrong.append((start, to, fact, made))
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "to", "clock"),
    [("received", "transferred", "transfer_by_on"), ("reviewing", "extended", "due_on")],
)
def test_the_two_clocks_close_their_moves_the_day_after(start, to, clock):
    day = LATER.date()
    facts = Facts(today=day, transfer_by_on=day, due_on=day, **ALL)
    assert rules.refused_because(start, to, Who.OFFICER, facts) is None
    later = replace(facts, today=day.replace(day=day.day), **{clock: day.replace(day=day.day - 1)})
    assert rules.refused_because(start, to, Who.OFFICER, later) in rules.REFUSED_BECAUSE


def test_every_refusal_of_a_guard_has_a_sentence():
    named = {guard for made in rules.TABLE.values() for guard in made.guards} | {"not-yours"}
    assert named <= set(rules.REFUSED_BECAUSE)
