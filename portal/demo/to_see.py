"""Requests to see at the housing agency: new, in review, waiting for a second person, late, and handed over."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.access_requests import service as access
from portal.base import ids
from portal.base.clock import utc_now

HOUSING = "example-housing"
ALL: dict[str, Any] = {"scope": "all", "since": None, "until": None, "topic": ""}
REPLY: dict[str, Any] = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
SURE = {"identity": True, "safe": True, "support": True}
VISIT = (
    "I went to the flat at ten. The damp in the back room is worse. "
    "[[Mr Example from number nine says that there are visitors at night.]] "
    "She asked for the repair for the third time."
)
CALL = "A neighbour rang about noise. He asked us not to say who he is."
LETTER = "Your name is on the list for a home with three bedrooms since 14 March."
NEIGHBOUR = "This part says what a neighbour told us about himself and who he is."
CALLER = "Whoever reads this would know who rang us. He asked us not to say."
NOTE = {"balancing-note": "His safety at home weighs more. What he said about her is shown elsewhere."}


def to_see(demo) -> None:
    """Let Sina and Tame ask, and let staff get as far with each request as its title says."""
    topic = ALL | {"scope": "topic", "topic": "Why I am told to wait for a repair"}
    handed_over = _ask(demo, "sina", ALL, days=60, language="sm")
    _review(demo, handed_over, days=55)
    _do(demo, "priya", 50, access.propose_decision, handed_over, "granted_in_part")
    _do(demo, "mark", 49, access.approve, handed_over)
    _do(demo, "priya", 48, access.release, handed_over, SURE)
    _ask(demo, "tame", topic, days=45)
    waiting = _ask(demo, "tame", ALL, days=14)
    _review(demo, waiting, days=9)
    _do(demo, "priya", 3, access.propose_decision, waiting, "granted_in_part")
    looking = _ask(demo, "tame", ALL | {"scope": "dates", "since": date(2024, 1, 1)}, days=8)
    _do(demo, "priya", 6, access.take, looking)
    _do(demo, "priya", 6, access.log_search, looking, "Paper files", "Tame Tūroa", "One letter")
    _do(demo, "priya", 5, access.add_item, looking, "Letter about the list", None, "Paper files", LETTER)
    _ask(demo, "sina", ALL, days=2, language="sm", urgent="yes", why="My hearing is next week.")
    demo.do(access.note_overdue)


def _ask(demo, person: str, about: dict[str, Any], days: int, **reply: str) -> int:
    draft = ids.own(_do(demo, person, days, access.start, [demo.agency_ids[HOUSING]]))
    named = {"names": "", "births": ""}
    for step, answers in (("about", about), ("names", named), ("reply", REPLY | reply)):
        _do(demo, person, days, access.keep, draft, step, answers)
    _do(demo, person, days, access.submit, draft)
    work = demo.core.work(demo.actors[person])
    return access.sent_with(work, draft)[0].ref


def _review(demo, ref: int, days: int) -> None:
    """Two things that were found and one search: one is shown without a passage, the other is kept whole."""
    _do(demo, "priya", days, access.take, ref)
    _do(demo, "priya", days, access.log_search, ref, "Tenancy notes", "Name and birth date", "Two notes")
    for title, text in (("Visit note", VISIT), ("Call note", CALL)):
        _do(demo, "priya", days, access.add_item, ref, title, date(2026, 3, 3), "Tenancy notes", text)
    _do(demo, "priya", days, access.review_item, ref, 1, "redact", "53-b", NEIGHBOUR, NOTE)
    _do(demo, "priya", days, access.review_item, ref, 2, "refuse", "53-b", CALLER, NOTE)


def _do(demo, who: str, days: int, verb, *args: Any) -> Any:
    return demo.do(verb, *args, actor=demo.actors[who], now=_at(days))


def _at(days: int) -> datetime:
    """Ten in the morning here, some days ago."""
    return (utc_now() - timedelta(days=days)).replace(hour=21, minute=0, second=0, microsecond=0)
