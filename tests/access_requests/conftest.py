"""A room for each test: a person, an agency with an adviser and a privacy officer, a record."""

import pytest

from tests.access_requests import factory


@pytest.fixture
def room(store):
    """The room, on SQLite and on PostgreSQL."""
    return factory.room(store)
