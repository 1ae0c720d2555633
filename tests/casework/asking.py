"""Makes requests to see something at the town's agency, and the browsers of an adviser and a privacy officer."""

from portal.access_requests import queries
from portal.access_requests import service as access
from portal.base import ids
from tests.casework import factory
from tests.corrections.factory import NOW, Town

ABOUT = {"scope": "all", "since": None, "until": None, "topic": ""}
REPLY = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
NAMES = {"names": "Sina Example", "births": ""}


def ask(town: Town, now=NOW, about=None, **reply):
    """Let the person ask the town's agency to see what it holds; gives the request's id."""
    draft = ids.own(town.do(access.start, [town.agency_id], now=now))
    steps = {
        "agencies": {"agencies": [town.agency_id]},
        "about": ABOUT | (about or {}),
        "names": NAMES,
        "reply": REPLY | reply,
    }
    for step, answers in steps.items():
        town.do(access.keep, draft, step, answers, now=now)
    town.do(access.submit, draft, now=now)
    return asked(town)


def asked(town: Town):
    """The id of the newest request."""
    return queries.requests_of(town.work())[0][0].ref


def case(ref, more="", tag="en"):
    """The address of a request's case at the desk, or of an act upon it."""
    return f"/{tag}/casework/access/{ids.encode(ref)}{more}"


class Room:
    """A desk at which forms of a request to see are filled in and sent."""

    def __init__(self, desk):
        self.desk = desk

    def send(self, ref, act, **answers):
        """Fill in the form of an act, and send it; gives the answer."""
        return self.desk.client.post(case(ref, act), data={**self.given(ref, act), **answers})

    def given(self, ref, act):
        """What the form of an act carries unseen."""
        form = self.text(ref, act).split('id="the-form"')[1]
        return {
            name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")
        }

    def press(self, ref, act):
        """Press a button of the case."""
        return self.desk.press(case(ref), case(ref, act))

    def page(self, ref, act=""):
        """The words of a page of the case."""
        return self.desk.page(case(ref, act))

    def text(self, ref, act=""):
        """The markup of a page of the case."""
        return self.desk.text(case(ref, act))


def room(town: Town, app, username, role="caseworker", **more):
    """Sign a member of the agency's staff in."""
    return Room(factory.sign_in(town, app, username, role=role, **more))
