"""The town, made once for each database; everything here looks at it and changes nothing in it."""

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

import pytest
import structlog

from portal.app import create_app
from portal.base import db, migrations
from portal.config import from_environment
from portal.web.core import open_core
from tests.app import crawl
from tests.app.world import build
from tests.app.world_large import LARGE, SMALL, grown

KINDS = [
    pytest.param(kind, marks=pytest.mark.xdist_group(f"town-{kind}")) for kind in ("sqlite", "postgresql")
]


@pytest.fixture(scope="session", params=KINDS)
def world(request, tmp_path_factory):
    """The town on SQLite and on PostgreSQL."""
    folder = tmp_path_factory.mktemp(f"town-{request.param}")
    url = f"sqlite:///{folder / 'portal.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").new_database("town")
    yield from town(folder, url, request.param)


def town(folder, url, kind, make=build):
    """Open an empty store and make a town in it."""
    given = {"PORTAL_INSTANCE": str(folder / "instance"), "PORTAL_DATABASE_URL": url}
    settings = replace(
        from_environment(demo=True, environ=given),
        base_url="http://localhost",
        demo=False,
        reads_per_hour=100_000,
    )
    engine = db.make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()
    core = open_core(settings)
    yield make(core, kind)
    core.engine.dispose()


@pytest.fixture(scope="session")
def towns(tmp_path_factory):
    """By size, the town and its portal, on SQLite: `small`, and `large`, where Ana has much of everything."""
    with ExitStack() as stack:
        found = {}
        for name, size in (("small", SMALL), ("large", LARGE)):
            folder = tmp_path_factory.mktemp(f"town-{name}")
            opened = contextmanager(town)(
                folder, f"sqlite:///{folder / 'portal.db'}", "sqlite", partial(grown, size)
            )
            world = stack.enter_context(opened)
            made = create_app(replace(world.core.settings, demo=True))
            stack.callback(made.extensions["portal"].engine.dispose)
            found[name] = (world, made)
        yield found


@pytest.fixture(scope="session")
def app(world):
    """The whole portal over the town."""
    made = create_app(world.core.settings)
    yield made
    made.extensions["portal"].engine.dispose()


@pytest.fixture(scope="session")
def walked(world, app):
    """What every role was shown on a walk over all pages it can find, and all statements sent meanwhile."""
    with structlog.testing.capture_logs() as logs:
        found = crawl.walk_all(world, app)
    found.logs = logs
    return found
