"""People with requests that are ready to be sent, and what each of them does until the portal says "sent"."""

import http.client
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pyotp
from sqlalchemy import select

from portal.agencies import service as agencies
from portal.base import ids
from portal.corrections import service as corrections
from portal.corrections.models import Draft
from portal.corrections.queries.drafts import draft_place
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.notices import service as notices
from portal.records import queries as records
from portal.records import service as record_service
from tests.records.factory import agency_document

PASSWORD = "calm shore 1992"
BODY = {"name": "SINA FAASILI", "address": "12 Sample Street", "people": 3, "alone": True}
PAUSE = 0.05


@dataclass
class Sender:
    """One person's browser: sends drafts one after the other, each as often as it takes."""

    port: int
    token: str
    drafts: list[int]
    told: Callable[[], None] = lambda: None
    acknowledged: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    again: int = 0

    def sends_all(self) -> None:
        """Send every draft, each with one nonce, until it is acknowledged."""
        csrf = self._csrf()
        for ref in self.drafts:
            if self._sends(ref, {"csrf_token": csrf, "nonce": ids.token()}):
                self.acknowledged.append(ref)
                self.told()

    def _sends(self, ref: int, form: dict[str, str]) -> bool:
        path = f"/en/corrections/draft/{ids.encode(ref)}/check"
        while True:
            status, location = self._asks("POST", path, urlencode(form))
            if status == 303 and location.endswith(f"/corrections/{ids.encode(ref)}/sent"):
                return True
            if status not in (0, 503):
                self.faults.append(f"{status} {location}")
                return False
            self.again += 1
            time.sleep(PAUSE)

    def _csrf(self) -> str:
        found = None
        while not found:
            time.sleep(PAUSE)
            _, page = self._asks("GET", "/en/account", page=True)
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return found[1]

    def _asks(self, method: str, path: str, body: str = "", page: bool = False) -> tuple[int, str]:
        """Ask the server; status 0 when it died while we waited."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"portal={self.token}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, text if page else answer.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()


def crowd(store, people: int, each: int) -> Iterator[tuple[str, list[int]]]:
    """Make people with records and drafts; give each one's session token and the refs of the drafts."""
    agency_id = _do(store, agencies.put_agency, agency_document())
    for number in range(people):
        person = _person(store, f"person-{number}")
        template = _one_draft(store, person, agency_id)
        refs = _do(store, _copies, template, agency_id, each, actor=person)
        yield _signed_in(store, f"person-{number}"), refs


def _person(store, username: str) -> Actor:
    def make(work):
        person_id = identity.add_person(work, "Sina Faʻasili", date(1992, 5, 4))
        notices.put_contact(work, person_id, "email", f"{username}@example.test")
        given = {"person_id": person_id, "totp_secret": SECRET}
        return identity.add_account(work, username, PASSWORD, "Sina", **given), person_id

    account_id, person_id = _do(store, make)
    return Actor(kind="account", account_id=account_id, person_id=person_id)


def _signed_in(store, username: str) -> str:
    half = _do(store, lambda w: identity.begin_sign_in(w, identity.check_password(w, username, PASSWORD)))
    waiting = _do(store, identity.actor_of, half)[0]
    return _do(store, identity.finish_sign_in, waiting.session, pyotp.TOTP(SECRET).now(), actor=waiting)


def _one_draft(store, person: Actor, agency_id: int) -> dict[str, Any]:
    """Write one request through the services, and give its answers."""
    _do(store, agencies.link, person.person_id, agency_id, f"C-{person.person_id}", "in-person")
    _do(store, record_service.receive, person.person_id, agency_id, "home", "H-first", BODY)
    record = _do(store, records.all_shareable, actor=person)[0]
    ref = ids.decode(_do(store, corrections.start, record.ref, "address", actor=person))
    steps = {
        "value": {"field": "address", "wish": "replace", "value": "14 Sample Street", "words": ""},
        "reason": {"reason": "We moved."},
        "reply": {"by": "email", "language": "en", "urgent": "no", "why": ""},
    }
    for step, answers in steps.items():
        _do(store, corrections.keep, ref, step, answers, actor=person)
    answers = _do(store, _answers, ref, actor=person)
    _do(store, corrections.drop, ref, actor=person)
    return answers


def _answers(work, ref: int) -> dict[str, Any]:
    mine = select(Draft).where(Draft.person_id == work.actor.person_id, Draft.ref == ref)
    kept = work.session.scalars(mine).one()
    return work.keys.open_json(draft_place(kept.person_id, kept.id, kept.agency_id), kept.answers)


def _copies(work, answers: dict[str, Any], agency_id: int, each: int) -> list[int]:
    """Receive records, and put the same answers into a draft about each."""
    person_id, refs = work.actor.person_id, []
    for number in range(each):
        record_service.receive(work, person_id, agency_id, "home", f"H-{number}", BODY)
    work.session.flush()
    for record in records.all_shareable(work):
        if len(refs) == each:
            break
        draft_id = work.new_id()
        sealed = work.keys.seal_json(
            draft_place(person_id, draft_id, agency_id), answers | {"record_ref": record.ref}
        )
        row = Draft(person_id=person_id, id=draft_id, ref=ids.random63(), record_id=record.id)
        row.agency_id, row.answers, row.kept_at = agency_id, sealed, datetime.now(UTC)
        work.session.add(row)
        refs.append(row.ref)
    return refs


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _do(store, verb, *args, actor=None):
    work = store.core.work(actor) if actor else store.core.work()
    try:
        return work.do(verb, *args)
    finally:
        work.session.close()
