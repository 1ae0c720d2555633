"""What a page costs: statements, the same for one agency and for forty, and bytes on the way."""

import gzip

import pytest
from sqlalchemy import event
from werkzeug.exceptions import MethodNotAllowed, NotFound

from portal.identity.permissions import allowed
from tests.app import crawl
from tests.app.addresses import addresses
from tests.app.visitors import Visitor, links, methods, rules

pytestmark = pytest.mark.xdist_group("town-budgets")
READS, WRITES = 4, 3
FURTHER = 2
# How often the process looks whether its copy of the catalogue is fresh: at most every five seconds, not per page.
# When a session was last seen is written once a minute; how many pages were read, at every sixth.
NOT_COUNTED = (
    "FROM identity_session", "FROM agencies_stamp", "UPDATE identity_session", "INTO base_attempt",
    # Whether the worker beside a person still is one: part of the session, where it has one.
    "JOIN identity_membership ON identity_membership.account_id = identity_account.id",
)  # fmt: skip
ORDINARY, LONG = 8_192, 14_336
LONG_PAGES = (
    *("records.show", "records.agency", "records.sector", "records.time", "story.part", "story.printed"),
    "corrections.show",
    "bundles.opened",
    # A history too: each time that somebody opened it.
    "bundles.show",
    "bundles.notice",
    # A sheet with two QR codes, drawn as lines so that they stay sharp on paper.
    "bundles.paper",
    # Every agency there is, each with a box to tick.
    "access_requests.agencies",
    "casework.",
    "access_log.index",
    # All kinds of records that agencies hold, each with a tick.
    *("delegations.new", "delegations.change"),
    "guide.",
)
ROLES = ("ana", "pat", "hemi", "ada", "vic", "ria", "gus", "ari", "ana beside")
NEVER_ASKED = {"identity.leave"}


@pytest.fixture(scope="module")
def costs(towns):
    """By size of town, role and page: statements of each kind, and bytes."""
    return {
        name: {key: cost for role in ROLES for key, cost in measure(world, app, role).items()}
        for name, (world, app) in towns.items()
    }


def measure(world, app, role):
    """Ask for every page that a role may see, and for more of each kind that they lead to; count the second time."""
    visitor, found, more = Visitor(world, app, role), {}, {}
    if role == "hemi":
        crawl.open_share(world, visitor)
    for rule in rules(app):
        permission = app.view_functions[rule.endpoint].permission
        shut = "GET" not in methods(rule) or not allowed(world.actors[role], permission)
        if shut or rule.endpoint in NEVER_ASKED:
            continue
        for address in addresses(world, rule, role, "own"):
            page = visitor.ask("GET", address.path)
            found[role, rule.endpoint] = count(app, visitor, address.path)
            if page.mimetype == "text/html":
                for link in links(page.get_data(as_text=True)):
                    more.setdefault(endpoint_of(app, link), {}).setdefault(link)
    for endpoint, paths in more.items():
        # The first and the last that are led to: of a list, what stands at its ends.
        for at, path in enumerate(dict.fromkeys((*list(paths)[:1], *list(paths)[-FURTHER:]))):
            if endpoint not in NEVER_ASKED:
                visitor.ask("GET", path)
                found[role, f"{endpoint} {at + 1}"] = count(app, visitor, path)
    return found


def endpoint_of(app, link):
    """Name the page that a link leads to."""
    try:
        return app.url_map.bind("localhost").match(link.partition("?")[0])[0]
    except (NotFound, MethodNotAllowed):
        return "identity.leave"


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
        # Those that a page leads to, by number, may be of another kind here and there.
        plain = {key: cost for key, cost in costs[size].items() if not key[1][-1].isdigit()}
        return {key: (len(cost["reads"]), len(cost["writes"])) for key, cost in plain.items()}

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
