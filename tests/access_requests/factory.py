"""Makes requests to see in every state, on the town of the corrections' tests; all invented."""

from dataclasses import dataclass
from datetime import date

from portal.access_requests import queries, service
from portal.base import ids
from portal.identity.permissions import SYSTEM, Actor
from tests.corrections import factory as corrections
from tests.corrections.factory import LATER, NOW, Town

ABOUT = {"scope": "all", "since": None, "until": None, "topic": ""}
REPLY = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
SECRET_PASSAGE = "Neighbour Rangi Pene rang about the noise."
NOTE = "Rangi asked us not to say."
ITEMS = (
    ("Visit note", f"We went there in May. [[{SECRET_PASSAGE}]] All was well."),
    ("Call note", "The whole call was about the neighbour."),
    ("Rent letter", "Your rent goes up in June."),
)
SURE = {"identity": True, "safe": True, "support": True}


@dataclass
class Room:
    """The town with its privacy officer, and verbs that say who does them."""

    town: Town
    officer: Actor

    def do(self, verb, *args, actor=None, now=LATER, **more):
        """Carry out a verb, as the adviser unless told otherwise."""
        return self.town.work(actor or self.town.priya, now).do(lambda work: verb(work, *args, **more))

    def draft(self, *agencies, about=ABOUT, reply=REPLY, names="", now=NOW):
        """A draft with every step answered; gives its ref."""
        sina = self.town.sina
        chosen = list(agencies or (self.town.agency_id,))
        ref = ids.decode(self.do(service.start, chosen, actor=sina, now=now))
        named = {"names": names, "births": ""}
        for step, answers in (("about", about), ("names", named), ("reply", reply)):
            self.do(service.keep, ref, step, answers, actor=sina, now=now)
        return ref

    def sent(self, *agencies, now=NOW, **more):
        """Sent requests; gives their refs."""
        batch = self.draft(*agencies, now=now, **more)
        self.do(service.submit, batch, actor=self.town.sina, now=now)
        return [one.ref for one in queries.sent_with(self.town.work(now=now), batch)]

    def one(self, now=NOW, **more):
        """One sent request; gives its ref."""
        return self.sent(now=now, **more)[0]

    def shown(self, ref, now=LATER):
        """The request as its person sees it."""
        return queries.show(self.town.work(now=now), ref)

    def case(self, ref, now=LATER, actor=None):
        """The request as staff see it."""
        return service.case(self.town.work(actor or self.officer, now), ref)

    def searched(self, **more):
        """A request whose files were searched."""
        ref = self.one(**more)
        self.do(service.log_search, ref, "Case notes", "Sina Faʻasili", "Three papers")
        return ref

    def reviewed(self, outcomes=("redact", "refuse", "release"), **more):
        """A request with an item for each outcome."""
        ref = self.searched(**more)
        for (title, text), outcome in zip(ITEMS, outcomes, strict=False):
            plain = text if outcome == "redact" else text.replace("[[", "").replace("]]", "")
            no = self.do(service.add_item, ref, title, date(2026, 5, 4), "Case notes", plain)
            self.review(ref, no, outcome)
        return ref

    def review(self, ref, no, outcome, ground="53-b", actor=None):
        """Decide about one item, with all that its ground needs."""
        silent = outcome == "silent"
        notes = {"balancing-note": NOTE, "silence": NOTE}
        given = ("53-c" if silent else ground, "It is about a neighbour.", notes)
        actor = self.officer if silent else actor
        self.do(service.review_item, ref, no, outcome, *given, actor=actor)

    def decided(self, outcome="granted_in_part", **more):
        """A request that was answered in part, approved by the privacy officer."""
        ref = self.reviewed(**more)
        self.do(service.propose_decision, ref, outcome)
        self.do(service.approve, ref, actor=self.officer)
        return ref

    def released(self):
        """A request that was handed over: one item whole, one with a passage taken out, one refused."""
        ref = self.decided()
        self.do(service.release, ref, SURE)
        return ref

    def tick(self, now):
        """Let the clock look for what is late."""
        return self.do(service.note_overdue, actor=SYSTEM, now=now)


def room(store):
    """Build the room."""
    town = corrections.town(store)

    return Room(town, town.olga)
