"""Browsers, a clock that the test sets, and a count of password hashings."""

import pytest
import time_machine

from portal.identity import passwords
from tests.identity import factory


@pytest.fixture
def clock():
    """The machine's clock, standing at the factory's moment until the test moves it."""
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hashed(monkeypatch):
    """Each real hashing and checking of a password, as it happens."""
    seen, real = [], passwords._hasher

    class Counting:
        def verify(self, stored, secret):
            seen.append("verify")
            return real.verify(stored, secret)

        def hash(self, secret):
            seen.append("hash")
            return real.hash(secret)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    return seen


@pytest.fixture
def browser(clock, app):
    return factory.Browser(app)


@pytest.fixture
def sina(clock, store):
    return factory.account(store)
