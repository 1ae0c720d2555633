"""A day on which several people looked at Sina's file: one question about it is answered, one is open."""

from datetime import datetime, timedelta

from portal.access_log import service as access_log
from portal.base.clock import utc_now
from portal.casework import service as casework

ASKED = "I did not know that anyone had my tenancy open. What was it for?"
OPEN = "Why did you open my case file twice on one day?"
ANSWER = "It was the yearly check of your payment. The case manager came back to it after a phone call."


def looks(demo) -> None:
    """Let staff look, an agency send looks of its own system, and Sina ask about two of them."""
    sina, day = demo.actors["sina"], utc_now() - timedelta(days=6)
    morning = day.replace(hour=21, minute=10, second=0, microsecond=0)
    for minutes in (0, 25, 190):
        _seen(demo, "priya", "Tenancy", morning + timedelta(minutes=minutes))
    income = demo.agency_ids["example-income-support"]
    sent = [
        access_log.SentLook(
            f"demo-{number}",
            morning + timedelta(minutes=minutes),
            role="Case manager",
            why="Yearly check of your payment",
            what="Case file",
            name="Rua Hale",
        )
        for number, minutes in enumerate((40, 75))
    ]
    demo.do(access_log.receive, sina.person_id, income, sent)
    found = access_log.looks(demo.core.work(sina))
    housing = demo.agency_ids["example-housing"]
    _ask(demo, found, housing, ASKED, "en", morning + timedelta(hours=9))
    _ask(demo, found, income, OPEN, "en", morning + timedelta(hours=10))
    asked = [one for one in access_log.looks(demo.core.work(sina)) if one.agency_id == income]
    answered = next(one.question for one in asked if one.question is not None)
    at = morning + timedelta(days=2)
    demo.do(casework.answer, answered.ref, "fine", ANSWER, actor=demo.actors["tui"], now=at)


def _seen(demo, worker: str, title: str, at: datetime) -> None:
    actor, sina = demo.actors[worker], demo.actors["sina"]
    details = {
        "who": actor.name,
        "role": actor.role or "",
        "why": "To answer your request to fix something",
        "records": [title],
    }
    given = (sina.person_id, "staff", demo.agency_ids["example-housing"], "record", details)
    demo.do(access_log.note, *given, actor=actor, now=at)


def _ask(demo, found, agency_id: int, words: str, tag: str, at: datetime) -> None:
    look = next(one for one in found if one.agency_id == agency_id and one.what in ("record", "system"))
    demo.do(access_log.ask, look.id, words, tag, actor=demo.actors["sina"], now=at)
