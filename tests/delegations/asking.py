"""Lets Ria ask for Mere, and agencies answer: verbs over the town of the helpers' tests; all invented."""

from dataclasses import dataclass
from datetime import timedelta

from portal.access_requests import queries as to_see
from portal.access_requests import service as access
from portal.base import ids
from portal.corrections import queries as to_fix
from portal.corrections import service as corrections
from portal.delegations import service
from portal.delegations.queries import helped
from portal.identity import service as accounts
from portal.identity.permissions import Actor
from portal.records import queries as records
from tests.delegations import factory
from tests.delegations.factory import NOW, Town
from tests.identity.factory import PASSWORD

ABOUT = {"scope": "all", "since": None, "until": None, "topic": ""}
NAMES = {"names": "", "births": ""}
REPLY = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
LATER = NOW + timedelta(days=2)


@dataclass
class Asking:
    """The town, and at its first agency an adviser and a privacy officer."""

    town: Town
    adviser: Actor
    officer: Actor

    def record(self, agency_id, kind="home") -> int:
        """One of Mere's records."""
        own = records.listed(self.town.as_mere())
        return next(one.ref for one in own if (one.agency.id, one.type.key) == (agency_id, kind))

    def helper(self, *groups, now=NOW, asks=True) -> str:
        """Let Ria help, and ask; gives the token of her session."""
        return self.town.helping(*groups, now=now, asks=asks)

    def again(self, now) -> str:
        """Ria signs in on another day and goes on helping; gives the token."""
        token = self.town.session(self.town.ria, now)
        ref = helped(self.town.as_one(token, now))[0].ref
        self.town.as_one(token, now).do(service.help_again, ref)
        return token

    def as_one(self, token, now=NOW):
        """A unit of work as whoever a session's token stands for."""
        return self.town.as_one(token, now)

    def begins_fix(self, work_of, record_ref) -> int:
        """A draft of a fix with every step answered, by whoever `work_of` gives a unit of work for."""
        ref = ids.decode(work_of().do(corrections.start, record_ref, "address"))
        said = {"field": "address", "wish": "replace", "value": "14 Sample Street", "words": ""}
        work_of().do(corrections.keep, ref, "value", said)
        work_of().do(corrections.keep, ref, "reason", {"reason": "We moved."})
        work_of().do(corrections.keep, ref, "reply", {"by": "here", "language": "en", "urgent": "no"})
        return ref

    def fix(self, token, agency_id=None, now=NOW) -> int:
        """A fix that Ria asked for; gives its ref."""
        ref = self.begins_fix(lambda: self.as_one(token, now), self.record(agency_id or self.town.homes))
        self.as_one(token, now).do(corrections.submit, ref)
        return ref

    def see(self, work_of, *agencies) -> list:
        """Requests to see; gives them as the person reads them."""
        ref = ids.decode(work_of().do(access.start, list(agencies or (self.town.homes,))))
        for step, answers in (("about", ABOUT), ("names", NAMES), ("reply", REPLY)):
            work_of().do(access.keep, ref, step, answers)
        work_of().do(access.submit, ref)
        return to_see.sent_with(self.town.as_mere(), ref)

    def mere_fixes(self, agency_id=None, kind="visit", now=NOW) -> int:
        """A fix that Mere asked for herself."""
        ref = self.begins_fix(lambda: self.town.as_mere(now), self.record(agency_id or self.town.homes, kind))
        self.town.as_mere(now).do(corrections.submit, ref)
        return ref

    def staff(self, actor=None, now=LATER):
        """A unit of work of the adviser, or of another worker."""
        return self.town.store.work(actor or self.adviser, now)

    def yes(self, ref, now=LATER, actor=None) -> None:
        """Say yes to the one value of a fix."""
        version = to_fix.show(self.town.as_mere(now), ref).version
        made = [corrections.Decision(1, "accept", "14 Sample Street", "", "")]
        self.staff(actor, now).do(corrections.decide, ref, version, made)

    def mark(self, now=NOW) -> None:
        """Mere does not feel safe, and changes nothing that Ria sees."""
        self.town.as_mere(now).do(service.be_careful, self.town.helper(now).ref)


def asking(store) -> Asking:
    """Make it."""
    town = factory.town(store)
    made = []
    for username, name, role in (
        ("priya", "Priya Nair", "caseworker"),
        ("olga", "Olga Reti", "privacy-officer"),
    ):
        number = store.work(now=NOW).do(accounts.add_account, username, PASSWORD, name)
        store.work(now=NOW).do(accounts.add_membership, number, town.homes, role)
        made.append(Actor("account", number, None, town.homes, role))
    return Asking(town, *made)
