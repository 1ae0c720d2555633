"""The desk's pages of records that were held back: found from the worklist, beside the link, settled with a reason."""

import re

import pytest

from portal.base import ids
from portal.ingest import service as ingest
from tests.casework import factory
from tests.corrections.factory import BODY, BORN, NOW, plain

ALL = "/en/casework/held"


@pytest.fixture
def ref(town):
    who = ingest.Who(("Sina Tūroa",), BORN)
    one = ingest.Incoming("home", "H-7", BODY | {"address": "9 New Street"})
    town.store.work(now=NOW).do(lambda work: ingest.take(work, town.agency_id, "C-sina", [one], who))
    return ingest.held_list(town.work(town.priya))[0].ref


def held(ref):
    return f"{ALL}/{ids.encode(ref)}"


def test_held_records_are_found_from_the_worklist_and_shown_after_a_look(town, desk, ref):
    rows = re.findall(r'href="(/en/casework/[a-z2-7]{13})"', desk.text("/en/casework"))
    moved = desk.get(rows[0])
    assert moved.status_code in (302, 303) and moved.location.endswith(held(ref))
    assert "Client C-sina" in desk.page(ALL)
    page = desk.page(held(ref))
    assert "Sina Tūroa" in page and "In person, by your staff" in page and "Faʻasili" not in page
    assert "The name is not the linked person’s." in page
    bare = send(desk, ref)
    assert bare.status_code == 400 and "Write how you know, in a sentence." in plain(bare.text)
    half = send(desk, ref, why="She rang.")
    assert half.status_code == 400 and "She rang." in half.text
    assert send(desk, ref, why="She rang.", verdict="show").status_code == 303
    assert "Nothing is held back." in desk.page(ALL) and town.held("address") is not None
    assert desk.get(held(ref)).status_code == 404
    # The row of the worklist is done.
    assert "This is done." in desk.page(rows[0])


def send(desk, ref, **answers):
    form = desk.text(held(ref)).split('id="the-form"')[1]
    hidden = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    return desk.client.post(f"{held(ref)}/settle", data={**hidden, **answers})


def test_a_steward_looks_and_does_not_decide(town, sqlite_app, ref):
    steward = factory.sign_in(town, sqlite_app, "lani", role="steward")
    page = steward.text(held(ref))
    assert "Whose records are these?" in page and 'id="the-form"' not in page


def test_another_agencys_staff_find_nothing(town, sqlite_app, ref):
    _actor, other = town.other_agency()
    stranger = factory.sign_in(town, sqlite_app, "tui", agency_id=other)
    assert stranger.get(held(ref)).status_code == 404
    assert "Nothing is held back." in stranger.page(ALL)
