"""Requests to fix something at income support, one in each state that a person can meet on the way to an answer."""

from datetime import datetime, timedelta
from typing import Any

from portal.base import ids
from portal.base.clock import nz_date, utc_now
from portal.corrections import service as corrections
from portal.demo.stories import officer_of
from portal.law.working_days import add_working_days
from portal.records import service as records

AGENCY, OTHER = "example-income-support", "example-housing-trust"
PERSON, PAYMENT = ("person", "P-300518846"), ("payment", "B-300518846-2")
REPLY = {"by": "here", "language": "en", "urgent": "no", "why": ""}
PROOF = "A letter with your name on it, or ring us and answer three questions."
CLOSER = "The home is theirs. They know who lives where, and since when."
OTHERS = "We have to ask the office that had your file until 2019."
BANK = "The bank tells us that this account is yours."
LEASE = "Your lease of that year says the same day."


def to_fix(demo) -> None:
    """Let Tame ask seven times, and let staff get as far with each request as its name says."""
    tui, officer = "tui", officer_of(demo, demo.agency_ids[AGENCY])
    checked = _ask(demo, PERSON, "relationship_since", "unknown", days=9)
    _do(demo, tui, 8, corrections.check_identity, checked, PROOF)
    asked = _ask(demo, PERSON, "relationship", "unknown", days=8)
    _do(demo, tui, 7, corrections.take, asked)
    _do(demo, tui, 6, corrections.ask_person, asked, "Since when have you lived with your partner?")
    passed = _ask(demo, PERSON, "address", "replace", "Unit 3, 5 Kōwhai Place, Exampleton 0000", days=8)
    _do(demo, tui, 6, corrections.transfer, passed, demo.agency_ids[OTHER], CLOSER)
    longer = _ask(demo, PERSON, "children", "unknown", days=14)
    _do(demo, tui, 12, corrections.take, longer)
    until_on = add_working_days(nz_date(_at(14)), 30)
    _do(demo, tui, 6, corrections.propose_extension, longer, "b", until_on, OTHERS)
    _do(demo, officer, 5, corrections.approve, longer)
    proposed = _ask(demo, PERSON, "bank_account", "unknown", days=10)
    _decide(demo, proposed, days=3, decision="decline", ground="fact-right", reason=BANK)
    accepted = _ask(demo, PERSON, "phone", "replace", "021 000 0068", days=9)
    _decide(demo, accepted, days=1, decision="accept")
    declined = _ask(demo, PAYMENT, "started_on", "replace", "1 2 2024", days=20)
    _decide(demo, declined, days=11, decision="decline", ground="fact-right", reason=LEASE)
    _do(demo, officer, 10, corrections.approve, declined)
    demo.do(corrections.note_overdue)


def _ask(demo, record: tuple[str, str], field: str, wish: str, value: str = "", *, days: int) -> int:
    tame = demo.actors["tame"]
    place = (tame.person_id, demo.agency_ids[AGENCY], *record)
    ref = ids.own(
        _do(demo, tame, days, corrections.start, records.record_ref_of(demo.core.work(tame), *place))
    )
    steps: dict[str, dict[str, Any]] = {
        "fields": {"fields": [field]},
        "value": {"field": field, "wish": wish, "value": value},
        "reason": {"reason": ""},
        "reply": REPLY,
    }
    for step, answers in steps.items():
        _do(demo, tame, days, corrections.keep, ref, step, answers)
    return ids.own(_do(demo, tame, days, corrections.submit, ref))


def _decide(demo, ref: int, *, days: int, decision: str, ground: str = "", reason: str = "") -> None:
    work = demo.core.work(demo.actors["tame"], _at(days))
    version = corrections.show(work, ref).version
    made = [corrections.Decision(1, decision, "", ground, reason)]
    _do(demo, "tui", days, corrections.decide, ref, version, made)


def _do(demo, who: Any, days: int, verb, *args: Any) -> Any:
    return demo.do(verb, *args, actor=demo.actors[who] if isinstance(who, str) else who, now=_at(days))


def _at(days: int) -> datetime:
    """Ten in the morning here, some days ago."""
    return (utc_now() - timedelta(days=days)).replace(hour=21, minute=0, second=0, microsecond=0)
