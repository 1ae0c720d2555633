"""The law's table of a correction request (law.md 3.1): what it allows is allowed, and everything else is refused."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.base.problems import Conflict, Invalid
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest
from portal.corrections.rules import Facts, State
from portal.corrections.service.moving import move
from portal.identity.permissions import SYSTEM
from portal.law.moves import Who
from tests.corrections.factory import LATER

R, A, P, S = {Who.PERSON}, {Who.STAFF, Who.OFFICER}, {Who.OFFICER}, {Who.SYSTEM}
# Written from law.md 3.1 by hand, beside the table of the code: from, to, who, and what has to be so.
LAW = {
    ("draft", "received"): (R | A, {"complete"}),
    ("received", "id_check"): (A, {"doubt"}),
    ("received", "transferred"): (A, {"hand_on", "closer"}),
    ("id_check", "transferred"): (A, {"hand_on", "closer"}),
    ("received", "in_review"): (A, {"owner"}),
    ("id_check", "in_review"): (A, {"owner"}),
    ("in_review", "extended"): (P, {"ground", "new_day", "second"}),
    **{
        (state, "withdrawn"): (R, set())
        for state in ("draft", "received", "id_check", "in_review", "extended")
    },
    ("in_review", "decided_yes"): (A, {"decided"}),
    ("extended", "decided_yes"): (A, {"decided"}),
    **{
        (state, decided): (P, {"decided", "reasons", "second"})
        for state in ("in_review", "extended")
        for decided in ("decided_part", "decided_no")
    },
    ("decided_yes", "applied"): (A | S, {"changed"}),
    ("decided_part", "applied"): (A | S, {"changed"}),
    ("decided_no", "statement_offered"): (S, {"not_fixed"}),
    ("decided_part", "statement_offered"): (S, {"not_fixed"}),
    ("statement_offered", "statement_received"): (R, {"text", "not_fixed"}),
    # Supplied with the request: the offer is skipped.
    **{
        (decided, "statement_received"): (S, {"text"})
        for decided in ("decided_yes", "decided_part", "decided_no")
    },
    ("statement_received", "statement_attached"): (A | S, {"text"}),
    ("applied", "notifying"): (S, set()),
    ("statement_attached", "notifying"): (S, set()),
    ("notifying", "closed"): (A | S, {"settled", "changed"}),
    # What the law leaves open, and docs/decisions names.
    ("statement_offered", "applied"): (A | S, {"changed"}),
    ("notifying", "applied"): (A | S, {"changed"}),
    **{
        (state, "statement_received"): (R, {"text", "not_fixed"})
        for state in ("applied", "statement_attached", "notifying", "closed")
    },
}
FACTS = {
    "complete", "doubt", "owner", "hand_on", "closer", "ground", "new_day", "decided", "reasons", "second",
    "changed", "text", "not_fixed", "settled",
}  # fmt: skip
ALL = dict.fromkeys(FACTS, True)
IN_TIME = Facts(today=date(2026, 12, 1), transfer_by_on=date(2026, 12, 7), due_on=date(2026, 12, 21), **ALL)
PAIRS = list(itertools.product([one.value for one in State], repeat=2))


def test_every_move_of_the_law_is_allowed_and_every_other_is_refused_by_whoever():
    wrong = []
    for (start, to), who in itertools.product(PAIRS, Who):
        may = (start, to) in LAW and who in LAW[start, to][0]
        if (rules.refused_because(start, to, who, IN_TIME) is None) is not may:
            wrong.append((start, to, who.value))
    assert wrong == [] and len(PAIRS) == len(State) ** 2


def test_each_guard_alone_stops_its_move_and_says_why():
    wrong = []
    for (start, to), (movers, needed) in LAW.items():
        for fact in FACTS:
            fault = rules.refused_because(start, to, sorted(movers)[0], replace(IN_TIME, **{fact: False}))
            if (fault is not None) is not (fact in needed) or not (
                fault is None or fault in rules.REFUSED_BECAUSE
            ):
                wrong.append((start, to, fact, fault))
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "to", "clock"),
    [
        ("received", "transferred", "transfer_by_on"),
        ("id_check", "transferred", "transfer_by_on"),
        ("in_review", "extended", "due_on"),
    ],
)
def test_the_two_clocks_close_their_moves_the_day_after(start, to, clock):
    on_the_day = replace(IN_TIME, **{clock: IN_TIME.today})
    assert rules.refused_because(start, to, Who.OFFICER, on_the_day) is None
    too_late = replace(IN_TIME, **{clock: date(2026, 11, 30)})
    assert rules.refused_because(start, to, Who.OFFICER, too_late) in ("in-ten-days", "in-twenty-days")


def test_more_time_is_given_once():
    assert not rules.may_move("extended", "extended")


def test_no_decision_against_the_person_ends_without_offering_a_statement():
    ends = {to for (start, to) in rules.TABLE if start == State.DECIDED_NO}
    assert ends == {State.STATEMENT_OFFERED, State.STATEMENT_RECEIVED}


def test_every_state_can_be_reached_and_nothing_but_words_follows_the_end():
    reached, waiting = set(), [State.DRAFT]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += {to for (start, to) in rules.TABLE if start == state} - reached
    assert reached == set(State)
    last = {state for state in State if not any(start == state for start, _to in rules.TABLE)}
    assert last == {State.WITHDRAWN, State.TRANSFERRED}
    assert {to for start, to in rules.TABLE if start == State.CLOSED} == {State.STATEMENT_RECEIVED}


def test_every_state_but_a_draft_has_its_event_and_every_guard_its_sentence():
    assert set(rules.EVENT_OF) == set(State) - {State.DRAFT}
    named = {guard for made in rules.TABLE.values() for guard in made.guards} | {"not-yours"}
    assert named == set(rules.REFUSED_BECAUSE)


@pytest.mark.parametrize(
    ("start", "to", "who", "made"),
    [
        ("received", "in_review", "priya", "in_review"),
        ("received", "in_review", "sina", "Invalid"),
        ("received", "decided_yes", "priya", "Conflict"),
        ("in_review", "decided_no", "priya", "Invalid"),
        ("in_review", "decided_no", "olga", "decided_no"),
        ("in_review", "extended", "olga", "extended"),
        ("closed", "in_review", "olga", "Conflict"),
        ("closed", "statement_received", "sina", "statement_received"),
        ("withdrawn", "received", "sina", "Conflict"),
        ("notifying", "closed", "system", "closed"),
    ],
)
def test_the_services_move_by_the_same_table(town, start, to, who, made):
    ref = town.sent({"address": "14 Sample Street"})
    actor = SYSTEM if who == "system" else getattr(town, who)
    work = town.work(actor, LATER)
    request = work.session.scalars(select(CorrectionRequest).where(CorrectionRequest.ref == ref)).one()
    request.state = start
    try:
        move(work, request, State(to), **ALL)
        found = request.state
    except (Invalid, Conflict) as fault:
        found = type(fault).__name__
    finally:
        work.session.rollback()
        work.session.close()
    assert found == made
