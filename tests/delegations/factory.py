"""Makes a person with records at two agencies, and somebody to help her, each with an account; all invented."""

from dataclasses import dataclass

from portal.delegations import queries, service
from portal.delegations.rules import Group
from portal.identity import queries as identity
from portal.identity import service as accounts
from portal.identity.permissions import Actor
from tests.identity import factory
from tests.identity.factory import Known
from tests.records.factory import BODY, agency, receive

NOW = factory.NOW


@dataclass
class Town:
    """A store with Mere, who has records of three types at two agencies, and Ria, who may help her."""

    store: object
    mere: Known
    ria: Known
    homes: int
    clinic: int

    def as_mere(self, now=NOW):
        """A unit of work as Mere herself."""
        return self.store.work(Actor("account", self.mere.id, self.mere.person_id), now)

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

    def draft(self, *groups, name="moko Ria", months=3, whole=(), asks=False):
        """What Mere wants for a helper; groups are pairs of agency and type."""
        chosen = frozenset(Group(*group) for group in groups or ((self.homes, "home"),))
        return service.HelperDraft(name, chosen, months, frozenset(whole), asks)

    def code(self, *groups, now=NOW, **more) -> str:
        """Let Mere add a helper, and give the code."""
        return self.as_mere(now).do(service.add_helper, self.draft(*groups, **more))

    def helper(self, now=NOW):
        """Mere's newest helper."""
        return queries.helpers(self.as_mere(now))[0]

    def helping(self, *groups, now=NOW, **more) -> str:
        """Let Ria begin to help Mere, and give the token of her session."""
        token, code = self.session(self.ria, now), self.code(*groups, now=now, **more)
        assert self.as_one(token, now).do(service.begin_to_help, code) == "taken"
        return token


def town(store) -> Town:
    """Make it."""
    mere = factory.account(store, "mere", "Mere Ngata")
    ria = factory.account(store, "ria", "Ria Ngata")
    homes, clinic = agency(store), agency(store, "example-clinic", name="Example Clinic", topic="health")
    made = Town(store, mere, ria, homes, clinic)
    for agency_id in (homes, clinic):
        for kind in ("home", "visit", "mark"):
            body = {**BODY, "name": f"Mere {kind} {agency_id}"}
            receive(store, Actor("account", mere.id, mere.person_id), agency_id, body, now=NOW, kind=kind)
    return made


__all__ = ["NOW", "Town", "identity", "town"]
