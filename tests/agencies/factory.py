"""Makes what tests of agencies, looks and notices start from: the demo catalogue, people, staff, browsers."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp

from portal.agencies import queries, service
from portal.base import ids
from portal.base.work import Work
from portal.identity import service as identity
from portal.identity.models import External
from portal.identity.permissions import Actor
from portal.identity.providers import ProviderFacts

CATALOGUE = Path(__file__).resolve().parents[2] / "portal" / "demo" / "agencies"
NOW = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
PASSWORD = "a long password for tests"


def document(slug: str) -> dict:
    return json.loads((CATALOGUE / f"{slug}.json").read_text(encoding="utf-8"))


def agency(work: Work, slug: str = "example-housing") -> queries.AgencyFacts:
    agency_id = work.do(service.put_agency, document(slug))
    return queries.catalogue(work).agency(agency_id)


def person(store, name: str = "Sina Faʻasili", born: date = date(1992, 5, 4), now: datetime = NOW) -> Work:
    """A unit of work as a new person."""
    person_id = store.work(now=now).do(identity.add_person, name, born)
    return store.work(Actor(kind="account", account_id=person_id ^ 1, person_id=person_id), now)


def staff(store, agency_id: int, account_id: int = 77, now: datetime = NOW) -> Work:
    """A unit of work as an adviser of an agency."""
    return store.work(
        Actor(kind="account", account_id=account_id, agency_id=agency_id, role="caseworker"), now
    )


def browser(store, app, name: str = "Sina Faʻasili", language: str = "en"):
    """A browser that a new person has signed in with, and the person's id."""
    work = store.work()
    person_id = work.do(identity.add_person, name, date(1992, 5, 4))
    secret = pyotp.random_base32()
    work.do(
        lambda w: identity.add_account(
            w, f"p{person_id}", PASSWORD, name, person_id=person_id, language=language, totp_secret=secret
        )
    )
    first = work.do(identity.begin_sign_in, identity.check_password(work, f"p{person_id}", PASSWORD))
    code = pyotp.TOTP(secret).at(work.now)
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), code)
    client = app.test_client()
    client.set_cookie("portal", token)
    return client, person_id


def verify(store, who: Work) -> None:
    """Let a provider that checks identities have said who this person is."""
    facts = ProviderFacts("government", "Sign-in", "https://id.example", "portal", "a secret", verified=True)

    def _say(work):
        identity.put_provider(work, facts)
        key = work.keys.digest("external", str(who.actor.account_id))
        row = External(fingerprint=key, account_id=who.actor.account_id, provider="government", made_at=NOW)
        row.verified_at = NOW
        work.session.add(row)

    store.work(now=NOW).do(_say)


def address(store, slug: str = "example-housing", tail: str = "") -> str:
    """The address of the page that links an agency of the catalogue."""
    return f"/en/agencies/link/{ids.encode(agency(store.work(), slug).id)}{tail}"


def send(client, address: str, **answers):
    """Fill in the form of a page as a browser would, and send it."""
    page = client.get(address).get_data(as_text=True)
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    return client.post(address, data={**hidden, **answers})
