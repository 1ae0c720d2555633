"""Colleagues with a role in an organisation, who sign in and act as such; all invented."""

import pyotp

from portal.base import ids
from portal.identity import service
from portal.identity.permissions import Actor
from tests.identity import factory


def colleague(store, username, agency_id, role, now=factory.NOW, vouched=True):
    """An account with a role, and the actor that wears its hat."""
    known = factory.account(store, username, f"{username.title()} Example", person=False, now=now)
    store.work(now=now).do(service.add_membership, known.id, agency_id, role, vouched)
    known.actor = Actor("account", known.id, None, agency_id, role, factor_at=now)
    return known


def as_(store, known, verb, *args, now=factory.NOW):
    """Carry out a verb as somebody."""
    return store.work(known.actor, now).do(verb, *args)


def look(store, known, query, *args, now=factory.NOW):
    """Read something as somebody."""
    return query(store.work(known.actor, now), *args)


def provider(store, slug="example-provider", name="Example Provider"):
    """An organisation of the kind that has frontline workers."""
    from portal.agencies import service as agencies
    from tests.records.factory import agency_document

    document = agency_document(slug, name=name) | {"kind": "provider"}
    return store.work(now=factory.NOW).do(agencies.put_agency, document)


def given_back(store, first, second, username, now=factory.NOW, asked_at=None):
    """Both workers agree: give the ref of the request and its code."""
    ref = as_(store, first, service.ask_back, username, ["photo"], "", now=asked_at or now)
    ref = ids.decode(ref)
    store.work(now=asked_at or now).do(service.tell_owner, {"id": str(ref)})
    return ref, as_(store, second, service.approve_back, ref, now=now)


def app_code(secret, now):
    """What an app shows that holds a key (spaces are as on the page)."""
    return pyotp.TOTP(secret.replace(" ", "")).at(now)
