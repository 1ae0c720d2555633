"""What a page costs: statements, the same for one agency and for forty, and bytes on the way."""

import gzip
from dataclasses import replace

import pytest
from sqlalchemy import event

from portal.agencies import service as agencies
from portal.app import create_app
from portal.identity.permissions import allowed
from portal.ingest import service as ingest
from tests.app import crawl
from tests.app.addresses import addresses
from tests.app.conftest import town
from tests.app.visitors import Visitor, methods, rules
from tests.app.world import build
from tests.records.factory import agency_document

pytestmark = pytest.mark.xdist_group("town-budgets")
READS, WRITES = 4, 3
# How often the process looks whether its copy of the catalogue is fresh: at most every five seconds, not per page.
# When a session was last seen is written once a minute; how many pages were read, at every sixth.
NOT_COUNTED = (
    "FROM identity_session", "FROM agencies_stamp", "UPDATE identity_session", "INTO base_attempt",
)  # fmt: skip
ORDINARY, LONG = 8_192, 14_336
LONG_PAGES = (
    *("records.show", "records.agency", "records.sector", "records.time", "story.part"),
    "corrections.show",
    "bundles.opened",
    "casework.",
    "access_log.index",
    "guide.",
)
NEVER_ASKED = {"identity.leave"}


def forty(core, kind):
    """The town, with Ana linked to forty more agencies that hold a record each."""
    world = build(core, kind)
    for number in range(40):
        slug, ref = f"example-more-{number}", f"more-{number}"
        agency_id = world.do(agencies.put_agency, agency_document(slug, f"Example More {number}"))
        world.do(agencies.link, world.actors["ana"].person_id, agency_id, ref, "in-person")
        body = {"name": "Ana", "address": f"{number} Sample Street", "people": 1, "alone": True}
        world.do(ingest.take, agency_id, ref, [ingest.Incoming("home", "home-1", body)])
    return world


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    """By size of town, role and address pattern: statements of each kind, and bytes."""
    found = {}
    for name, make in (("small", build), ("large", forty)):
        folder = tmp_path_factory.mktemp(f"budget-{name}")
        for world in town(folder, f"sqlite:///{folder / 'portal.db'}", "sqlite", make):
            app = create_app(replace(world.core.settings, demo=True))
            found[name] = {
                **measure(world, app, "ana"),
                **measure(world, app, "pat"),
                **measure(world, app, "hemi"),
                **measure(world, app, "ada"),
                **measure(world, app, "vic"),
            }
            app.extensions["portal"].engine.dispose()
    return found


def measure(world, app, role):
    """Ask for every page that a role may see, twice, and count the second time."""
    visitor, found = Visitor(world, app, role), {}
    if role == "hemi":
        crawl.open_share(world, visitor)
    for rule in rules(app):
        permission = app.view_functions[rule.endpoint].permission
        shut = "GET" not in methods(rule) or not allowed(world.actors[role], permission)
        if shut or rule.endpoint in NEVER_ASKED:
            continue
        for address in addresses(world, rule, role, "own"):
            visitor.ask("GET", address.path)
            found[role, rule.endpoint] = count(app, visitor, address.path)
    return found


def count(app, visitor, path):
    seen = []

    def _see(_connection, _cursor, statement, *_rest):
        seen.append(" ".join(statement.split()))

    engine = app.extensions["portal"].engine
    event.listen(engine, "before_cursor_execute", _see)
    try:
        answer = visitor.ask("GET", path, **{"Accept-Encoding": "gzip"})
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    at = seen.index("begin immediate") if "begin immediate" in seen else len(seen)
    counted = [
        [one for one in part if not any(name in one for name in NOT_COUNTED)]
        for part in (seen[:at], seen[at:])
    ]
    return {
        "status": answer.status_code,
        "reads": [one for one in counted[0] if one.startswith("SELECT")],
        # All that its one transaction holds, reads too.
        "writes": [one for one in counted[1] if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))],
        "transactions": seen.count("begin immediate"),
        "bytes": len(answer.data),
        "html": answer.mimetype == "text/html",
        "plain": len(gzip.decompress(answer.data)) if answer.content_encoding == "gzip" else len(answer.data),
    }


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_page_takes_at_most_four_reads_and_one_short_write(costs, size):
    assert len(costs[size]) > 60
    dear = {
        key: (len(cost["reads"]), len(cost["writes"]), cost["transactions"])
        for key, cost in costs[size].items()
        if len(cost["reads"]) > READS or len(cost["writes"]) > WRITES or cost["transactions"] > 1
    }
    assert dear == {}


def test_forty_agencies_cost_no_statement_more_than_one(costs):
    def _statements(size):
        return {key: (len(cost["reads"]), len(cost["writes"])) for key, cost in costs[size].items()}

    small, large = _statements("small"), _statements("large")
    assert {key: (small[key], large[key]) for key in small if small[key] != large[key]} == {}


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_page_fits_its_bytes(costs, size):
    fat = {}
    for (role, endpoint), cost in costs[size].items():
        most = LONG if endpoint.startswith(LONG_PAGES) else ORDINARY
        if cost["html"] and cost["bytes"] > most:
            fat[role, endpoint] = f"{cost['bytes']} > {most} ({cost['plain']} before compression)"
    assert fat == {}
