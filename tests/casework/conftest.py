"""The desk on one stopped day: a town with a person and an agency, and its adviser signed in."""

import pytest
import time_machine

from tests.casework import factory
from tests.corrections import factory as corrections


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 23 November 2026."""
    with time_machine.travel(corrections.NOW, tick=False):
        yield


@pytest.fixture
def town(sqlite_store):
    """The town, on SQLite: pages don't depend on the database."""
    return corrections.town(sqlite_store)


@pytest.fixture
def desk(town, sqlite_app):
    """The browser of an adviser of the agency."""
    return factory.sign_in(town, sqlite_app, "mere")
