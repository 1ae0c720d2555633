"""What "who has looked" costs with 40 agencies and 5,000 looks: the statements of a short list, and few bytes."""

import gzip
from datetime import timedelta

from sqlalchemy import event

from portal.access_log import service
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.clock import utc_now
from tests.agencies import factory
from tests.records.factory import agency_document

READS, LONG = 4, 14_336
# Kept for five seconds in the process, or written once a minute and at every sixth page.
NOT_COUNTED = ("identity_session", "agencies_stamp", "base_attempt")


def cost(client, engine, path):
    seen = []

    def _see(_connection, _cursor, statement, *_rest):
        seen.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", _see)
    try:
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    reads = [one for one in seen if one.startswith("SELECT") and not any(name in one for name in NOT_COUNTED)]
    return answer, reads


def test_forty_agencies_and_five_thousand_looks_cost_what_one_look_costs(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    engine, now = sqlite_app.extensions["portal"].engine, utc_now()

    def link_and_look(number, many):
        document = agency_document(f"example-many-{number}", f"Example Many {number}")
        agency_id = sqlite_store.work().do(agencies.put_agency, document)
        sqlite_store.work().do(agencies.link, person_id, agency_id, f"M-{number}", "in-person")
        sent = [
            service.SentLook(
                f"{number}-{one}",
                now - timedelta(minutes=41 * one + number + 1),
                "Case manager",
                f"Visit {one}",
                "Case file",
            )
            for one in range(many)
        ]
        sqlite_store.work().do(service.receive, person_id, agency_id, sent)
        return agency_id

    first = link_and_look(0, 1)
    paths = ["/en/access-log", f"/en/access-log?agency={ids.encode(first)}", "/en/access-log?agency=others"]
    for path in paths:
        client.get(path)
    small = [len(cost(client, engine, path)[1]) for path in paths]
    for number in range(1, 41):
        link_and_look(number, 125)
    for path in paths:
        client.get(path)
    for path, few in zip(paths, small, strict=True):
        answer, reads = cost(client, engine, path)
        assert answer.status_code == 200 and len(reads) == few <= READS, reads
        assert answer.content_encoding == "gzip" and len(answer.data) <= LONG, len(answer.data)
    page = gzip.decompress(cost(client, engine, paths[0])[0].data).decode()
    assert page.count(">Ask about this<") == 50 and "Show more" in page
