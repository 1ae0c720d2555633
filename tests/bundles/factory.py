"""Makes a linked person with records at demo agencies, ready to share."""

import json
import random
import string
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyotp

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.bundles import service
from portal.config import ROOT
from portal.identity import service as identity
from portal.identity.permissions import ANYBODY, SYSTEM, Actor
from portal.records import service as records
from tests.bundles.serving import payload

PASSCODE = "482915"
PASSWORD = "a long enough password"
LONG = 50_000
CANARY = "canary-not-chosen-7c1e"
SAID = "I did not leave by choice. The owner sold the house."


@dataclass
class Person:
    """A person with an account, and the ids of their records by a short name."""

    store: Any
    person_id: int
    account_id: int
    records: dict[str, int]
    totp: str = ""

    @property
    def actor(self) -> Actor:
        """The person, signed in."""
        return Actor(kind="account", account_id=self.account_id, person_id=self.person_id)

    def do(self, verb, *args, actor=None, now=None, **options):
        """Carry out one verb, as the person unless told."""
        work = self.store.work(actor or self.actor, now)
        try:
            return work.do(lambda inner: verb(inner, *args, **options))
        finally:
            work.session.close()

    def look(self, query, *args, actor=None, now=None):
        """Read something, as the person unless told."""
        work = self.store.work(actor or self.actor, now)
        try:
            return query(work, *args)
        finally:
            work.session.close()

    def share(self, chosen=None, days=7, now=None, **how) -> int:
        """Share the address of the tenancy and the whole allergy, and give the share's ref; `how` as `make` has it."""
        from portal.base import ids

        wanted = chosen or [
            {"record": self.records["tenancy"], "fields": ["address", "started_on"]},
            {"record": self.records["allergy"], "fields": None},
        ]
        made = self.do(
            service.make,
            chosen=wanted,
            recipient="Hemi at the budget service",
            purpose="Help with a warm home",
            days=days,
            passcode=PASSCODE,
            now=now,
            **how,
        )
        return ids.decode(made)

    def doors(self, ref: int) -> tuple[str, str]:
        """Give the token and the typed code of a share."""
        return self.token(ref), self.look(service.code_of, ref)

    def token(self, ref: int) -> str:
        """Give the token of a share's link."""
        return payload(self.look(service.link_of, ref, "http://localhost"))["url"].rsplit("/", 1)[1]

    def heavy(self, size: int) -> list[dict[str, Any]]:
        """Let the clinic send long notes of `size` characters together, and give them as what to share.

        It sends short ones too, so that they are not nearly all that is held: such a share would have to wait.
        """
        letters = random.Random(7)
        ids_made = []

        def verb(work):
            agency_id = agencies.put_agency(work, agency("example-medical-centre"))
            for no in range(size // LONG):
                text = "".join(letters.choices(string.ascii_letters, k=LONG))
                body = {"visit_on": "2026-05-01", "reason": text}
                records.receive(work, self.person_id, agency_id, "visit_note", f"long-{no}", body)
                ids_made.append(
                    records.record_id_of(work, self.person_id, agency_id, "visit_note", f"long-{no}")
                )
            for no in range(size // LONG // 4 + 1):
                body = {"visit_on": "2026-05-01", "reason": "A cough"}
                records.receive(work, self.person_id, agency_id, "visit_note", f"short-{no}", body)

        self.do(verb, actor=SYSTEM)
        return [{"record": one, "fields": None} for one in ids_made]

    def knock(self, kind: str, text: str, passcode: str = PASSCODE):
        """Try a door, as anybody."""
        return self.look(service.knock, kind, text, passcode, actor=ANYBODY)


def agency(slug: str) -> dict[str, Any]:
    """Read a demo agency."""
    return json.loads((ROOT / "portal" / "demo" / "agencies" / f"{slug}.json").read_text(encoding="utf-8"))


def example(document: dict[str, Any], key: str, **changes: Any) -> dict[str, Any]:
    """Give the example record of a type, with changes."""
    kind = next(kind for kind in document["record_types"] if kind["key"] == key)
    return {**kind["example"], **changes}


KINDS = {
    "tenancy": ("example-housing", "tenancy", {}),
    "mark": ("example-housing", "home_mark", {}),
    "allergy": ("example-medical-centre", "allergy", {}),
    "visit": ("example-medical-centre", "visit_note", {}),
    "concern": ("example-children-agency", "report_of_concern", {"said": CANARY}),
}


def a_person(store, name: str = "Sina Tavita") -> Person:
    """Make the agencies, the person with an account, the links and the records."""
    work = store.work()
    person = Person(store, 0, 0, {})

    def verb(inner):
        person.person_id = identity.add_person(inner, name, date(1992, 5, 4))
        username = f"{name.split()[0].lower()}-{person.person_id}"
        person.totp = pyotp.random_base32()
        person.account_id = identity.add_account(
            inner, username, PASSWORD, name, person_id=person.person_id, totp_secret=person.totp
        )
        for slug in dict.fromkeys(slug for slug, _, _ in KINDS.values()):
            document = agency(slug)
            agency_id = agencies.put_agency(inner, document)
            agencies.link(inner, person.person_id, agency_id, f"C-{person.person_id}-{slug}", "in-person")
        inner.session.flush()
        for short, (slug, key, changes) in KINDS.items():
            document = agency(slug)
            agency_id = agencies.put_agency(inner, document)
            body = example(document, key, **changes)
            records.receive(inner, person.person_id, agency_id, key, f"S-{short}", body)
            person.records[short] = records.record_id_of(
                inner, person.person_id, agency_id, key, f"S-{short}"
            )

    work.do(verb)
    work.session.close()
    catalogue.forget_catalogue()
    return person


def browser(store, app, username: str, totp: str):
    """Give a browser that somebody signed in with."""
    work = store.work()
    first = work.do(identity.begin_sign_in, identity.check_password(work, username, PASSWORD))
    code = pyotp.TOTP(totp).at(work.now)
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), code)
    work.session.close()
    client = app.test_client()
    client.set_cookie("portal", token)
    return client


def persons_browser(person: Person, app):
    """Give a browser that the person signed in with."""
    first = person.look(lambda work: identity.person_facts(work, person.person_id)).full_name.split()[0]
    return browser(person.store, app, f"{first.lower()}-{person.person_id}", person.totp)


def workers_browser(store, app, slug: str = "example-medical-centre"):
    """Give a browser that a frontline worker of a provider signed in with."""
    totp = pyotp.random_base32()

    def verb(work):
        agency_id = agencies.put_agency(work, agency(slug))
        account_id = identity.add_account(work, "ana", PASSWORD, "Ana Example", totp_secret=totp)
        identity.add_membership(work, account_id, agency_id, "frontline")

    work = store.work()
    work.do(verb)
    work.session.close()
    return browser(store, app, "ana", totp)


def send(client, address: str, **answers):
    """Fill in the form of a page as a browser would, and send it."""
    page = client.get(address).get_data(as_text=True).split('id="the-form"')[-1]
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    return client.post(address, data={**hidden, **answers})
