"""What the walk needs that the demonstration has not, put there by the services; every name is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.service import linking
from portal.base import ids
from portal.identity import queries
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM, Actor
from portal.identity.providers import ProviderFacts
from portal.identity.rules import fold_name
from portal.identity.service import answers, challenges, passkeys
from portal.records import service as records
from tests.identity.authenticator import Authenticator
from tests.site import Site


def held_back(site: Site) -> None:
    """Put something that was held back on the housing agency's worklist: the demonstration has none."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        due = date.today() + timedelta(days=3)
        summary = {"initials": "S F", "title": "Tenancy", "labels": [], "language": "en"}
        tasks.add(work, agency.id, ids.random63(), "ingest_held", due, 0, summary)
        linking.hold(work, agency.id, "letter_differs", "HA-0")

    do(site, put)


def a_passkey(site: Site) -> None:
    """Give Sina a passkey: the demonstration has none, and its address is a number, at which none is made."""
    named = passkeys.site_of("http://localhost", "a secret of the walk")

    def put(work):
        account = queries.account_by_name(work, fold_name(site.facts["accounts"]["sina"]["username"]))
        purpose = f"new {account.id}"
        options = {"user": {"id": "c2luYQ"}, "challenge": passkeys.encoded(_challenge(purpose, work.now))}
        answer = answers.read(Authenticator().make(options), b"phone")
        assert passkeys.keep_passkey(work, account.id, "Sina's phone", named, answer, purpose)

    def _challenge(purpose, now):
        return challenges.fresh(named.key, b"phone", purpose, now)

    do(site, put)


GOVERNMENT = ProviderFacts(
    "government", "Government sign-in", "http://127.0.0.1:9", "portal", both_steps=True
)


def other_services(site: Site) -> None:
    """Let people and the housing agency's staff sign in with other services: the demonstration has none."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        identity.put_provider(work, GOVERNMENT)
        identity.put_provider(
            work, replace(GOVERNMENT, key="homes", label="Example Housing", agency_id=agency.id)
        )

    do(site, put)


def own_change(site: Site) -> None:
    """Let Sina change her phone number at the housing agency: the demonstration has a change elsewhere only."""

    def put(work):
        account = queries.account_by_name(work, fold_name(site.facts["accounts"]["sina"]["username"]))
        agency = agencies.catalogue(work).by_slug("example-housing")
        work.actor = Actor("account", account.id, account.person_id)
        ref = records.record_ref_of(work, account.person_id, agency.id, "tenancy", "EX-T-20417")
        records.edit_value(work, ref, "phone", "021 555 0123", records.queries.show(work, ref).version_no)

    do(site, put)


def workers_ask(site: Site, username: str, *, approve: bool = False) -> str:
    """Hemi asked two hours ago for a way in for somebody; give the ref, or the code on which Aroha agreed."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-iwi-wellbeing")
        workers = [one for one in identity.team_of(work, agency.id).colleagues if one.role == "frontline"]
        who = {
            one.name.split()[0]: Actor("account", one.account_id, None, agency.id, one.role)
            for one in workers
        }
        work.actor = who["Hemi"]
        ref = identity.ask_back(work, username, ["photo"], "")
        work.session.flush()
        # The hour runs from when its owner was told.
        identity.tell_owner(work, {"id": str(ids.decode(ref))})
        work.actor = who["Aroha"]
        return identity.approve_back(work, ids.own(ref)) if approve else ref

    return do(site, put, datetime.now(UTC) - timedelta(hours=2))


def ref_of(site: Site, slug: str) -> str:
    """What stands for an agency in an address."""
    return do(site, lambda work: ids.encode(agencies.catalogue(work).by_slug(slug).id))


def do(site: Site, verb, now: datetime | None = None):
    """Carry out a verb as the system, now or at another moment (aware UTC)."""
    work = site.core.work(SYSTEM, now)
    try:
        return work.do(verb)
    finally:
        work.session.close()
