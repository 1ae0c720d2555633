"""Makes accounts with their app and recovery codes, and browsers that sign in as people do; all invented."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyotp
from sqlalchemy import event

from portal.agencies import service as agencies
from portal.identity import service
from tests.records.factory import agency_document

NOW = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
PASSWORD = "calm shore and a tide line"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Known:
    """An account that a test knows everything about."""

    id: int
    username: str
    codes: list[str]
    person_id: int | None = None
    password: str = PASSWORD

    def code(self, now=NOW):
        return pyotp.TOTP(SECRET).at(now)


def account(store, username="sina", name="Sina Faʻasili", person=True, now=NOW) -> Known:
    def _make(work):
        person_id = service.add_person(work, name, date(1992, 5, 4)) if person else None
        given = {"person_id": person_id, "totp_secret": SECRET}
        number = service.add_account(work, username, PASSWORD, name, **given)
        return Known(number, username, service.fresh_recovery_codes(work, number), person_id)

    return store.work(now=now).do(_make)


def agency(store, slug="example-homes", name="Example Homes") -> int:
    return store.work(now=NOW).do(agencies.put_agency, agency_document(slug, name=name))


class Browser:
    """One browser; it fills in the form of a page and sends it, hidden fields and all."""

    def __init__(self, app, base_url="http://localhost"):
        self.client = app.test_client()
        self.base_url = base_url
        self.app = app

    def get(self, address, **more):
        return self.client.get(address, base_url=self.base_url, **more)

    def post(self, address, data=None, **more):
        return self.client.post(address, data=data, base_url=self.base_url, **more)

    def send(self, address, to=None, headers=None, **answers):
        page = self.get(address).text
        return self.post(to or address, {**hidden(page), **answers}, headers=headers)

    @property
    def token(self):
        names = ("portal", "__Host-portal")
        host = self.base_url.split("//")[1]
        found = [self.client.get_cookie(name, domain=host) for name in names]
        return next((cookie.value for cookie in found if cookie), None)

    def carry(self, token):
        """Put a cookie's old value back, as a thief of it would."""
        self.client.set_cookie("portal", token)

    def password(self, known, address="/en/sign-in", **answers):
        return self.send(address, username=known.username, password=known.password, **answers)

    def sign_in(self, known, code=None, now=NOW, **answers):
        self.password(known, **answers)
        answer = self.send("/en/sign-in/code", code=code or known.code(now))
        assert answer.status_code == 303, answer.text
        return self


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    return {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("csrf_token", "nonce", "next")
        if f'name="{name}" value="' in page
    }


def bare(answer) -> str:
    """A page without what is new on each: its tokens, and what it asks a passkey."""
    return re.sub(r'name="(csrf_token|nonce)" value="[^"]*"|data-passkey="[^"]*"', "", answer.text)


@contextmanager
def statements(app):
    """Collect the shapes of all statements that the app sends."""
    seen = []

    def _see(_connection, _cursor, statement, *_rest):
        seen.append(" ".join(statement.split()))

    engine = app.extensions["portal"].engine
    event.listen(engine, "before_cursor_execute", _see)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", _see)
