"""Makes a person with a home record at an agency, its staff, and requests in every state; all invented."""

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pyotp

from portal.agencies import service as agencies
from portal.base import ids
from portal.corrections import service
from portal.corrections.service import Decision
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.records import queries as record_queries
from portal.records import service as records
from tests.records.factory import agency_document

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)  # Monday 23 November 2026 in New Zealand
LATER = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
BORN = date(1992, 5, 4)
PASSWORD = "calm shore 1992"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BODY = {
    "name": "SINA FAASILI",
    "address": "12 Sample Street",
    "people": 3,
    "alone": True,
    "note": "Tenant was upset.",
    "tip": "Lives with someone.",
    "review_on": "2026-05-04",
}
REPLY = {"by": "here", "language": "en", "urgent": "no", "why": ""}


@dataclass
class Town:
    """A store with one person, one agency that holds a record about them, and its adviser."""

    store: object
    sina: Actor
    priya: Actor
    agency_id: int
    record_ref: int
    olga: Actor = None

    def work(self, actor=None, now=NOW):
        return self.store.work(actor or self.sina, now)

    def do(self, verb, *args, actor=None, now=NOW, nonce=None):
        """Carry out a verb as the person, unless told otherwise."""
        return self.work(actor, now).do(verb, *args, nonce=nonce)

    def record(self, now=LATER):
        return record_queries.show(self.work(now=now), self.record_ref)

    def held(self, field, now=LATER):
        line = self.record(now).line(field)
        return line.value if line else None

    def feed(self, body, now=NOW, source_id="H-1"):
        def _feed(work):
            if self.agency_id not in agencies.all_links_of(work, self.sina.person_id):
                agencies.link(work, self.sina.person_id, self.agency_id, "C-sina", "in-person")
            return records.receive(work, self.sina.person_id, self.agency_id, "home", source_id, body)

        return self.do(_feed, now=now)

    def draft(self, *fields, now=NOW):
        """A draft with these fields ticked; gives its ref."""
        ref = ids.decode(self.do(service.start, self.record_ref, fields[0], now=now))
        self.keep(ref, "fields", {"fields": list(fields)}, now=now)
        return ref

    def keep(self, ref, step, answers, checked=True, now=NOW):
        self.do(service.keep, ref, step, answers, checked, now=now)

    def say(self, ref, field, value, wish="replace", now=NOW):
        self.keep(ref, "value", {"field": field, "wish": wish, "value": value, "words": value}, now=now)

    def ready(self, wishes, reason="It is wrong.", now=NOW, **reply):
        """A draft with every step answered; `wishes` is {field: value, or a wish in angle brackets}."""
        ref = self.draft(*wishes, now=now)
        for field, value in wishes.items():
            wish = value.strip("<>") if value.startswith("<") else "replace"
            self.say(ref, field, "My own words." if wish == "words" else value, wish, now)
        self.keep(ref, "reason", {"reason": reason}, now=now)
        self.keep(ref, "reply", REPLY | reply, now=now)
        return ref

    def sent(self, wishes, now=NOW, **more):
        ref = self.ready(wishes, now=now, **more)
        self.do(service.submit, ref, now=now)
        return ref

    def shown(self, ref, now=LATER):
        return service.show(self.work(now=now), ref)

    def decide(self, ref, *decisions, now=LATER, actor=None, version=None):
        """Let the adviser decide; a no is approved by the privacy officer."""
        self.propose(ref, *decisions, now=now, actor=actor, version=version)
        if self.case(ref, now).staff.proposed:
            self.do(service.approve, ref, actor=self.olga, now=now)

    def propose(self, ref, *decisions, now=LATER, actor=None, version=None):
        """Let the adviser decide; anything but a whole yes then waits for a second person."""
        version = version or self.shown(ref, now).version
        made = [Decision(*one) for one in decisions]
        return self.do(service.decide, ref, version, made, actor=actor or self.priya, now=now)

    def fix(self, ref, *decisions, now=LATER):
        """Decide, and put what was accepted into the record."""
        self.decide(ref, *decisions, now=now)
        self.do(service.confirm_applied, ref, actor=self.priya, now=now)

    def case(self, ref, now=LATER, actor=None):
        """The request as the privacy officer sees it, with all its papers."""
        return service.papers(self.work(actor or self.olga, now), ref)

    def kinds(self, ref, now=LATER):
        """The letters about a request, L8 to others among them."""
        return [one.kind for one in self.case(ref, now).request.letters]

    def declined(self, field="note", value="Tenant was calm."):
        ref = self.sent({field: value})
        self.decide(ref, (1, "decline", "", "misleading", "The visitor wrote what they saw."))
        return ref

    def other_person(self):
        account_id, person_id = _account(self.store, "tame", "Tame Tūroa")
        return Actor(kind="account", account_id=account_id, person_id=person_id)

    def other_agency(self, slug="example-holder"):
        document = agency_document(slug, name="Example Holder", topic="welfare")
        agency_id = self.store.work().do(agencies.put_agency, document)
        return replace(self.priya, account_id=77, agency_id=agency_id), agency_id


class Browser:
    """A browser that the person signed in with; it sends forms as the pages hold them."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        return self.client.get(address)

    def page(self, address):
        """The words of a page, as one line without markup, and escapes read."""
        return plain(self.get(address).get_data(as_text=True))

    def send(self, address, **answers):
        """Fill in the form of a page and send it; a list stands for several ticks."""
        text = self.get(address).get_data(as_text=True)
        form = text.split('id="the-form"')[1]
        given = {
            name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")
        }
        return self.client.post(address, data={**given, **answers})


def plain(text):
    """The words of a page without its frame's style, script and markup."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def browser(town, app, now=NOW):
    """Sign the person in."""
    work = town.store.work(now=now)
    first = work.do(identity.begin_sign_in, identity.check_password(work, "sina", PASSWORD))
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), pyotp.TOTP(SECRET).at(now))
    client = app.test_client()
    client.set_cookie("portal", token)
    return Browser(client)


def town(store):
    """Build the town."""
    agency_id = store.work(now=NOW).do(agencies.put_agency, agency_document())
    account_id, person_id = _account(store, "sina", "Sina Faʻasili")
    staff_id = store.work(now=NOW).do(identity.add_account, "priya", PASSWORD, "Priya Nair")
    store.work(now=NOW).do(identity.add_membership, staff_id, agency_id, "caseworker")
    officer_id = store.work(now=NOW).do(identity.add_account, "olga", PASSWORD, "Olga Reti")
    store.work(now=NOW).do(identity.add_membership, officer_id, agency_id, "privacy-officer")
    sina = Actor(kind="account", account_id=account_id, person_id=person_id)
    priya = Actor(kind="account", account_id=staff_id, agency_id=agency_id, role="caseworker")
    olga = replace(priya, account_id=officer_id, role="privacy-officer")
    made = Town(store, sina, priya, agency_id, 0, olga)
    made.feed(BODY)
    made.record_ref = record_queries.all_shareable(made.work())[0].ref
    return made


def _account(store, username, name):
    def _make(work):
        person_id = identity.add_person(work, name, BORN)
        given = {"person_id": person_id, "totp_secret": SECRET}
        return identity.add_account(work, username, PASSWORD, name, **given), person_id

    return store.work(now=NOW).do(_make)
