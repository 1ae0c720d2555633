"""Makes a worker of a provider and a person, and lets the one sit beside the other; all invented."""

from dataclasses import replace

from portal.delegations import service
from portal.identity import service as identity
from portal.identity.permissions import ANYBODY
from tests.identity import factory
from tests.identity.people import colleague, provider

NOW = factory.NOW


def hemi(store, name="hemi"):
    """A frontline worker, signed in: known, with the token of the session."""
    known = colleague(store, name, provider(store), "frontline")
    known.token = sign_in(store, known)
    return known


def sina(store, name="sina"):
    return factory.account(store, name, "Sina Faʻasili")


def actor(store, token, now=NOW):
    """Who a token stands for at a moment; nobody once it is over."""
    found = identity.actor_of(store.work(now=now), token)
    return found[0] if found else ANYBODY


def as_token(store, token, verb, *args, now=NOW):
    """Carry out a verb as whoever a token stands for."""
    return store.work(actor(store, token, now), now).do(verb, *args)


def sign_in(store, known, over=None, now=NOW):
    """Sign in with password and code, in a browser that carries the cookie `over`; give the new token."""
    before = actor(store, over, now) if over else ANYBODY
    checked = identity.check_password(store.work(now=now), known.username, known.password)
    first = store.work(before, now).do(identity.begin_sign_in, checked)
    code = known.codes.pop()
    half = actor(store, first, now)
    return store.work(half, now).do(identity.finish_sign_in, identity.fingerprint(first), code)


def handed(store, worker, now=NOW):
    """The token of a device that a worker has handed over."""
    return as_token(store, worker.token, service.hand_over, now=now)


def beside(store, worker, person, now=NOW):
    """The token of a person's session with a worker beside them, after their yes."""
    agreeing = sign_in(store, person, over=handed(store, worker, now), now=now)
    return as_token(store, agreeing, service.agree, now=now)


def code_of(store, person, now=NOW):
    """A code that a person made on their own phone."""
    phone = replace(ANYBODY, kind="account", account_id=person.id, person_id=person.person_id)
    return store.work(phone, now).do(service.let_help)
