"""Eight members of staff decide the same requests at once: each is decided once; who is slower hears of it."""

import os
import random
import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from portal.base import ids
from portal.base.problems import Busy, Conflict, Invalid
from portal.corrections import rules, service
from portal.corrections.models import CorrectionRequest, Event
from portal.corrections.service import Decision
from portal.corrections.service.requests import receive
from portal.law.moves import Who
from tests.corrections.factory import LATER, NOW, REPLY

# A thousand on demand: the outcome is the same, only later.
STAFF, REQUESTS, AT_ONCE = 8, 1_000 if os.environ.get("ALL") == "1" else 200, 250
WORDS = {"record_ref": 0, "type": "home", "reason": "", "reply": REPLY}
YES, NO = Decision(1, "accept"), Decision(1, "decline", "", "fact-right", "It is right. You told us so.")


def send_many(town):
    """All requests of one person, in a few transactions."""
    refs = [ids.random63() for _ in range(REQUESTS)]

    def send(work, some):
        for ref in some:
            item = {"no": 1, "field": "address", "wish": "replace", "label": "Home address"}
            item["words"] = {"held": "12 Sample Street", "wanted": "14 Sample Street", "beside": ""}
            given = {"ref": ref, "record_id": 0, "language": "en", "words": WORDS, "title": "Home"}
            receive(work, town.sina.person_id, town.agency_id, items=[item], by=Who.STAFF, **given)

    for start in range(0, REQUESTS, AT_ONCE):
        now = NOW + timedelta(seconds=start)
        town.do(send, refs[start : start + AT_ONCE], actor=replace(town.priya, account_id=1), now=now)
    return refs


def versions(town):
    """What each page would hold of its request."""
    rows = select(CorrectionRequest.ref, CorrectionRequest.version).where(
        CorrectionRequest.person_id == town.sina.person_id
    )
    work = town.work()
    found = dict(work.session.execute(rows).all())
    # A read that stays open through all of this would be ended by the server.
    work.rest()
    return found


class Worker(threading.Thread):
    """One member of staff, who decides the requests in an order of their own, with pages from before it all."""

    def __init__(self, town, number, refs, seen, start):
        super().__init__()
        self.town, self.number, self.seen, self.begin = town, number, seen, start
        self.actor = replace(town.priya, account_id=town.priya.account_id + number)
        self.made = YES if number % 2 else NO
        # Each request is decided by two of the eight at about the same moment.
        self.mine = [ref for place, ref in enumerate(refs) if number in (place % STAFF, (place + 1) % STAFF)]
        random.Random(number).shuffle(self.mine)
        self.outcomes: Counter[str] = Counter()

    def run(self):
        self.begin.wait()
        for ref in self.mine:
            self.outcomes[self.decides(ref)] += 1

    def decides(self, ref):
        now = LATER + timedelta(milliseconds=self.outcomes.total() * STAFF + self.number)
        while True:
            try:
                work = self.town.work(self.actor, now)
                work.do(service.decide, ref, self.seen[ref], [self.made])
                return "decided"
            except Busy:
                continue
            except (Conflict, Invalid) as fault:
                return type(fault).__name__
            finally:
                work.session.close()


def test_each_of_many_requests_is_decided_exactly_once(town):
    refs = send_many(town)
    seen, start = versions(town), threading.Barrier(STAFF)
    staff = [Worker(town, number, refs, seen, start) for number in range(STAFF)]
    for one in staff:
        one.start()
    for one in staff:
        one.join()
    outcomes = sum((one.outcomes for one in staff), Counter())
    assert outcomes["decided"] == REQUESTS
    assert outcomes["Conflict"] == REQUESTS, f"whoever was slower was told so: {outcomes}"
    names = (rules.Event.DECIDED, rules.Event.PROPOSED)
    events = select(Event.request_id, func.count()).where(
        Event.person_id == town.sina.person_id, Event.name.in_(names)
    )
    each = town.work().session.execute(events.group_by(Event.request_id)).all()
    assert len(each) == REQUESTS and {count for _, count in each} == {1}
