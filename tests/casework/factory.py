"""Makes staff who are signed in, rows of a worklist, and requests to decide; everything is invented."""

import re
from dataclasses import dataclass
from datetime import date

import pyotp

from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service as corrections
from portal.identity import service as identity
from tests.corrections.factory import NOW, PASSWORD, SECRET, Town, plain

LATE, WEEK, LATER = date(2026, 11, 20), date(2026, 11, 25), date(2026, 12, 14)


@dataclass
class Desk:
    """A browser in which a member of an agency's staff is signed in."""

    client: object
    account_id: int
    agency_id: int

    def get(self, address, **headers):
        return self.client.get(address, headers=headers)

    def text(self, address):
        """The markup of a page that is there."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def page(self, address):
        """The words of a page."""
        return plain(self.text(address))

    def hidden(self, address, action):
        """What the form of a page that leads to `action` sends without being asked."""
        # A form without an address of its own is sent to its page.
        mark = f'action="{action}"' if action else 'id="the-form"'
        form = self.text(address).split(mark)[1].split("</form>")[0]
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))

    def press(self, address, action, answers=None, hidden=None):
        """Fill in a form of a page, and send it."""
        given = hidden or self.hidden(address, action)
        return self.client.post(action or address, data={**given, **(answers or {})})


def sign_in(town: Town, app, username, role="caseworker", agency_id=None, now=NOW) -> Desk:
    """Make an account of an agency's staff, and sign it in."""
    agency_id = agency_id or town.agency_id

    def _make(work):
        account_id = identity.add_account(work, username, PASSWORD, username.title(), totp_secret=SECRET)
        identity.add_membership(work, account_id, agency_id, role)
        return account_id

    work = town.store.work(now=now)
    account_id = work.do(_make)
    first = work.do(identity.begin_sign_in, identity.check_password(work, username, PASSWORD))
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), pyotp.TOTP(SECRET).at(now))
    client = app.test_client()
    client.set_cookie("portal", token)
    return Desk(client, account_id, agency_id)


def row(town: Town, due_on, name, owner_id=0, kind=corrections.TASK, agency_id=None, **summary):
    """Put one row on the worklist, and give its id."""
    ref = ids.random63()
    facts = {"reference": name, "initials": "SF", "labels": ["Home address"], "language": "sm"} | summary

    def _add(work):
        own = agency_id or town.agency_id
        tasks.add(work, own, ref, kind, due_on, 0, facts)
        if owner_id:
            tasks.change(work, ref, state="looking", owner_id=owner_id, agency_id=own)

    town.store.work(now=NOW).do(_add)
    return ref


def held_back(town: Town, kind="held", agency_id=None):
    """Put something that is no request on the worklist."""
    facts = {"reference": None, "initials": None, "client_ref": "K-77", "labels": ["Your home"]}
    return row(town, WEEK, None, kind=kind, agency_id=agency_id, **facts)


def case(ref, more="", tag="en"):
    """The address of a request's page at the desk."""
    return f"/{tag}/casework/{ids.encode(ref)}{more}"


def listed(text):
    """The names of the requests on a page of the worklist, from top to bottom."""
    return re.findall(r'translate="no" data-held>([^<]+)</span></a></th>', text)


def answer(no, decision="", value="", ground="", reason=""):
    """The answers about one value, as the form names them."""
    return {f"decision-{no}": decision, f"value-{no}": value, f"ground-{no}": ground, f"reason-{no}": reason}
