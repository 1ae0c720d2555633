"""Makes a person, an agency and records for the tests of records; everything is invented."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import event

from portal.agencies import service as agencies
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.records import service as records

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
NOBODY = Actor(kind="account", person_id=1)
LATER = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BODY = {"name": "Sina Faʻasili", "address": "12 Sample Street", "people": 3, "alone": True}


def field(label, kind="string", **more):
    """One field of a record type's schema."""
    return {"type": kind, "x-label": label, "x-explain": f"{label}, explained.", "x-nature": "fact", **more}


FIELDS = {
    "name": field("Name"),
    "address": field("Home address", **{"x-label-l10n": {"sm": "Tuatusi"}}),
    "people": field("People in your home", "integer", **{"x-held-at": "example-holder"}),
    "alone": field("Lives alone", "boolean", **{"x-self-edit": True}),
    "note": field("What staff wrote", **{"x-nature": "opinion", "x-format": "long-text"}),
    "tip": field("What someone said", **{"x-nature": "allegation"}),
    "review_on": field("Look again on", format="date"),
}


def record_type(key, sensitivity="ordinary", title=None):
    """One record type of an agency's catalogue entry."""
    return {
        "key": key,
        "title": title or f"Your {key}",
        "purpose": "care",
        "sensitivity": sensitivity,
        "schema": {"type": "object", "properties": FIELDS, "required": ["name"]},
    }


def agency_document(slug="example-homes", name="Example Homes", topic="housing"):
    """A catalogue entry with three types: ordinary, sensitive, and about safety."""
    return {
        "slug": slug,
        "name": name,
        "kind": "agency",
        "topic": topic,
        "steward_role": "Privacy officer",
        "address": "1 Sample Street, Exampleton",
        "contact": {
            "phone": "09 000 0000",
            "email": "privacy@homes.example",
            "ask_for": "the privacy officer",
            "hours": "9 am to 5 pm",
        },
        "reports_looks": True,
        "purposes": [
            {
                "key": "care",
                "title": "A home for you",
                "why": {"outcome": "You get a home.", "method": "They write it down.", "context": "In town."},
                "law": [
                    {"act": "Example Act 2020", "section": "s 1", "plain": "They may ask.", "checked": True}
                ],
                "collected_from": [{"from": "self", "detail": "what you say"}],
                "recipients": [{"who": "repair firms", "why": "to visit", "law": "tenancy"}],
                "choice": "limited",
                "choice_reason": "You choose how they reach you.",
                "retention": {"plain": "not known", "source": "not found", "found": False},
            }
        ],
        "record_types": [
            record_type("home"),
            record_type("visit", "sensitive"),
            record_type("mark", "safety"),
        ],
    }


def day(number):
    """A day of March 2026."""
    return date(2026, 3, number)


def person(store, now=NOW):
    """A person without an account, as the actor that reads their own records."""
    person_id = store.work(now=now).do(identity.add_person, "Sina Faʻasili", date(1992, 5, 4))
    return Actor(kind="account", account_id=1, person_id=person_id)


def agency(store, slug="example-homes", **more):
    """An agency in the catalogue."""
    return store.work().do(agencies.put_agency, agency_document(slug, **more))


def receive(store, who, agency_id, body, *, now=NOW, kind="home", source_id="H-1", **more):
    """One record sent by an agency of which the person is a client, seen in person; gives what became of it."""

    def _receive(work):
        if agency_id not in agencies.all_links_of(work, who.person_id):
            agencies.link(work, who.person_id, agency_id, f"C-{who.person_id}", "in-person")
        return records.receive(work, who.person_id, agency_id, kind, source_id, body, **more)

    return store.work(now=now).do(_receive)


def record_id(store, who, agency_id, kind="home", source_id="H-1"):
    """The id of a record that was sent."""
    return records.record_id_of(store.work(), who.person_id, agency_id, kind, source_id)


def show(store, who, agency_id, now=LATER, **more):
    """The record as it is read."""
    work = store.work(who, now)
    found = records.queries.for_record_ids(work, who.person_id, [record_id(store, who, agency_id, **more)])
    return records.queries.show(work, found[0].ref)


def change(store, verb, *args, now=LATER):
    """Carry out a verb of records in its own transaction."""
    return store.work(now=now).do(verb, *args)


@contextmanager
def counted(engine):
    """Collect the statements that an engine is asked for meanwhile."""
    asked = []

    def _note(_connection, _cursor, statement, *_more):
        if not statement.lower().startswith(("begin", "pragma")):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", _note)
