"""The quiet way of somebody who does not feel safe with a helper: their own pages, and with a worker beside them."""

import pytest
import time_machine
from sqlalchemy import select

from portal.base import ids
from portal.delegations import queries
from portal.delegations.models import Hold
from tests.delegations import asking as made
from tests.delegations import factory
from tests.delegations.at_one_device import actor, beside, hemi
from tests.identity.factory import Browser, bare, statements


@pytest.fixture
def clock():
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asking(clock, store):
    return made.asking(store)


@pytest.fixture
def town(asking):
    return asking.town


def browser_of(app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def holds(town):
    rows = town.store.work().session.scalars(select(Hold).order_by(Hold.agency_id))
    return [(row.helper_id, row.agency_id) for row in rows]


def test_every_page_leads_there_in_two_steps_and_a_helper_is_refused(town, asking, app):
    mere = browser_of(app, town.session(town.mere))
    assert 'href="/en/guide/safe"' in mere.get("/en/records").text
    assert 'href="/en/delegations/safe"' in mere.get("/en/guide/safe").text
    assert "No one helps you here." in mere.get("/en/delegations/safe").text
    ria = browser_of(app, asking.helper())
    assert 'href="/en/delegations/safe"' not in ria.get("/en/guide/safe").text
    assert ria.get("/en/delegations/safe").status_code == 403


def test_it_is_ended_or_left_as_it_looks(town, asking, app):
    mere = browser_of(app, town.session(town.mere))
    asking.helper((town.homes, "home"), (town.clinic, "home"))
    helper = town.helper()
    assert mere.send("/en/delegations/safe", what="careful").status_code == 200, "one alone is chosen already"
    assert holds(town) == [(helper.id, one) for one in sorted((town.homes, town.clinic))]
    saved = mere.send("/en/delegations/safe", what="end")
    assert "They see nothing any more. No one told them why." in saved.text
    assert town.helper().state == "unsafe"


def test_what_is_missing_is_asked_for_and_nobody_elses_helper_can_be_named(town, asking, app):
    mere = browser_of(app, town.session(town.mere))
    asking.helper()
    town.code(name="a neighbour")
    page = mere.send("/en/delegations/safe", what="careful")
    assert page.status_code == 400 and "Choose who it is." in page.text
    page = mere.send("/en/delegations/safe", who=ids.encode(town.helper().ref))
    assert page.status_code == 400 and holds(town) == []
    for who in ("here", "x", ids.encode(ids.random63())):
        assert mere.send("/en/delegations/safe", who=who, what="careful").status_code == 400
    assert mere.send("/en/delegations/care", helper=ids.encode(ids.random63())).status_code == 404


def test_with_a_worker_beside_every_agency_becomes_careful_and_the_screen_looks_the_same(town, app, store):
    worker = hemi(store)
    token = beside(store, worker, town.mere)
    mere, ref = browser_of(app, token), actor(store, token).beside.ref
    mere.get("/en/records")
    before = bare(mere.get("/en/records"))
    assert "Hemi" in mere.get("/en/delegations/safe").text
    assert mere.send("/en/delegations/safe", what="careful").location == "/en/records"
    assert holds(town) == [(ref, 0)]
    assert bare(mere.get("/en/records")) == before
    assert mere.get("/en/delegations/care").status_code == 403
    own = town.as_mere()
    assert [(one.helper_id, one.name) for one in queries.marks(own)] == [(ref, "")]
    ended = mere.send("/en/delegations/safe", what="end")
    assert ended.location == "/en/delegations/ended?why=done" and actor(store, token).kind == "anonymous"
    alone = browser_of(app, town.session(town.mere))
    assert "A worker who sat beside you" in alone.get("/en/delegations/care").text


def test_these_pages_cost_at_most_four_reads(town, asking, app):
    token = asking.helper()
    asking.fix(token)
    asking.mark()
    ref = asking.mere_fixes()
    mere, ria = browser_of(app, town.session(town.mere)), browser_of(app, token)
    helper = ids.encode(town.helper().ref)
    for browser, path in (
        (mere, "/delegations/safe"),
        (mere, "/delegations/care"),
        (mere, f"/delegations/{helper}/longer"),
        (mere, f"/delegations/{helper}"),
        (mere, f"/corrections/{ids.encode(ref)}"),
        (ria, "/delegations/asked"),
        (ria, "/access-requests/new"),
    ):
        browser.get(f"/en{path}")
        with statements(app) as sent:
            assert browser.get(f"/en{path}").status_code == 200, path
        reads = [one for one in sent if one.startswith("SELECT") and "identity_session" not in one]
        assert len(reads) <= 4, (path, len(reads))


def test_going_on_is_chosen_and_never_taken_for_granted(town, app):
    town.helping()
    mere, helper = browser_of(app, town.session(town.mere)), town.helper()
    at = f"/en/delegations/{ids.encode(helper.ref)}/longer"
    assert 'value="3" checked' in mere.get(at).text
    assert mere.send(at).status_code == 400 and town.helper().last_on == helper.last_on
    assert mere.send(at, months="99").status_code == 400
    assert mere.send(at, months="12").location == f"/en/delegations/{ids.encode(helper.ref)}"
    assert town.helper().last_on.year == helper.last_on.year + 1
