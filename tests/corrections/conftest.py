"""A town for each test: one person, one agency, one record."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.corrections import factory


@pytest.fixture
def town(store):
    """The town, on SQLite and on PostgreSQL."""
    return factory.town(store)


@pytest.fixture
def reads(town):
    """Collect the statements that are sent to the database."""

    @contextmanager
    def _reads(app=None):
        seen = []

        def _see(_connection, _cursor, statement, *_rest):
            if statement != "begin":
                seen.append(statement)

        engine = app.extensions["portal"].engine if app else town.store.core.engine
        event.listen(engine, "before_cursor_execute", _see)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", _see)

    return _reads
