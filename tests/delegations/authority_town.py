"""Makes a child with records at a school and a clinic, two parents and staff of the school; all invented."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from portal.agencies import service as agencies
from portal.delegations import queries, service
from portal.delegations.queries import authority
from portal.delegations.rules.authority import Draft
from portal.identity import service as accounts
from portal.identity.permissions import Actor
from tests.identity import factory
from tests.identity.factory import Known
from tests.records.factory import BODY, agency_document, receive

NOW = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
BORN = date(2012, 5, 4)
"""The child turns 14 in May 2026 and 16 in May 2028."""
FATHER_BORN, MOTHER_BORN = date(1984, 3, 2), date(1986, 7, 9)
PARENTS = {"ages": {"home": 16, "visit": 14}, "own": ["diary"]}


def person(store, username, name, born, now=NOW) -> Known:
    """Somebody with an account of their own."""

    def make(work):
        person_id = accounts.add_person(work, name, born)
        given = {"person_id": person_id, "totp_secret": factory.SECRET}
        number = accounts.add_account(work, username, factory.PASSWORD, name, **given)
        return Known(number, username, accounts.fresh_recovery_codes(work, number), person_id)

    return store.work(now=now).do(make)


def school(store, slug="example-school", **more):
    """An agency with a type that is the child's own beside the usual three."""
    entry = agency_document(slug, name=slug.replace("-", " ").title())
    kinds = entry["record_types"]
    kinds.append({**kinds[0], "key": "diary", "title": "Your diary"})
    return store.work().do(agencies.put_agency, {**entry, "parents": PARENTS, **more})


@dataclass
class Town:
    """A store with a child, her parents, and Pat of the school's desk."""

    store: object
    child: Known
    father: Known
    mother: Known
    pat: Known
    school: int
    clinic: int
    born: date = BORN

    @property
    def number(self) -> str:
        """The child's client number, at both agencies."""
        return f"C-{self.child.person_id}"

    def as_child(self, now=NOW):
        """A unit of work as the child herself."""
        return self.store.work(Actor("account", self.child.id, self.child.person_id), now)

    def as_pat(self, now=NOW, agency=None, account=None):
        """A unit of work of the desk of the school, or of another agency."""
        actor = Actor("account", account or self.pat.id, None, agency or self.school, "caseworker")
        return self.store.work(actor, now)

    def draft(self, **more) -> Draft:
        """What Pat writes of the father, unless it says otherwise."""
        plain = Draft(
            client_ref=self.number,
            born=self.born,
            kind="parent",
            name="Tane Ngata",
            holder_born=FATHER_BORN,
            form="Birth certificate",
            saw="Seen on paper, with his driver licence.",
            types=frozenset({"home"}),
            from_on=date(2026, 9, 1),
            until_on=None,
        )
        return replace(plain, **more)

    def records(self, now=NOW, **more) -> str:
        """Let Pat record an authority, and give the code."""
        return self.as_pat(now).do(service.record_authority, self.draft(**more))

    def session(self, known, now=NOW) -> str:
        """Open a full session of an account, and give its token."""
        return self.store.work(now=now).do(
            lambda work: accounts.sessions.open_session(work, known.id, "full", factor_at=now)
        )

    def actor(self, token, now=NOW) -> Actor | None:
        """The actor behind a token, as every request reads it."""
        found = accounts.actor_of(self.store.work(now=now), token)
        return found[0] if found else None

    def as_one(self, token, now=NOW):
        """A unit of work as whoever a session's token stands for."""
        return self.store.work(self.actor(token, now), now)

    def acts(self, who=None, now=NOW, **more) -> str:
        """Let somebody (the father) begin to act for the child, and give the token of the session."""
        who = who or self.father
        token, code = self.session(who, now), self.records(now, **more)
        assert self.as_one(token, now).do(service.begin_to_help, code) == "taken"
        return token

    def again(self, who, now) -> str:
        """Let somebody who has begun act again, in a session of that moment."""
        token = self.session(who, now)
        known = queries.helped(self.as_one(token, now))
        self.as_one(token, now).do(service.help_again, known[0].ref)
        return token

    def authority(self, now=NOW):
        """The newest authority of the school."""
        return authority.authority(self.as_pat(now), authority.authorities(self.as_pat(now), 1)[0].ref)

    def order(
        self, now=NOW, name="Tane Ngata", born=FATHER_BORN, types=(), everything=True, agency=None
    ) -> str:
        """Let Pat write down an order against somebody."""
        draft = service.OrderDraft(
            self.number, self.born, name, born, "Order of 3 May, seen on paper.", frozenset(types), everything
        )
        return self.as_pat(now, agency).do(service.record_order, draft)


def town(store, born=BORN) -> Town:
    """Make it."""
    child = person(store, "hana", "Hana Ngata", born)
    father = person(store, "tane", "Tane Ngata", FATHER_BORN)
    mother = person(store, "mere", "Mere Kingi", MOTHER_BORN)
    pat = factory.account(store, "pat", "Pat Desk", person=False)
    made = Town(store, child, father, mother, pat, school(store), school(store, "example-clinic"), born)
    for agency_id in (made.school, made.clinic):
        for kind in ("home", "visit", "mark", "diary"):
            body = {**BODY, "name": f"Hana {kind} {agency_id}"}
            receive(store, Actor("account", child.id, child.person_id), agency_id, body, now=NOW, kind=kind)
    return made
