"""Lists that are longer than a page: each thing stands on one of their pages, and on one only."""

import html
import re

import pytest
from sqlalchemy import func, select

from portal.access_requests.models import AccessRequest
from portal.base import ids
from portal.bundles.models import Share
from portal.corrections.models import CorrectionRequest
from portal.records.models import Record
from tests.app.visitors import Visitor

pytestmark = pytest.mark.xdist_group("town-budgets")
REF = "[a-z2-7]{13}"
LISTS = {
    "access-requests": (AccessRequest, ()),
    "corrections": (CorrectionRequest, ()),
    "bundles": (Share, (Share.state != "draft",)),
}


def number(world, model, *conditions):
    """How many rows of a model Ana has."""
    mine = select(func.count()).select_from(model).where(model.person_id == world.actors["ana"].person_id)
    with world.core.engine.connect() as connection:
        return connection.scalar(mine.where(*conditions))


def pages(visitor, path):
    """A list from its first page to its last."""
    while path:
        answer = visitor.ask("GET", path)
        assert answer.status_code == 200
        yield answer.text
        more = re.search(r'href="([^"]*)">Show more<', answer.text)
        path = html.unescape(more[1]) if more else None


@pytest.mark.parametrize("room", LISTS)
def test_a_list_goes_on_until_its_end(towns, room):
    world, app = towns["large"]
    model, conditions = LISTS[room]
    seen = [
        ref
        for page in pages(Visitor(world, app, "ana"), f"/en/{room}")
        for ref in re.findall(rf'<h3><a href="/en/{room}/({REF})"', page)
    ]
    assert len(seen) == len(set(seen)) == number(world, model, *conditions) > 30


def test_what_is_to_be_looked_at_again_goes_on_until_its_end(towns):
    world, app = towns["large"]
    seen = [
        ref
        for page in pages(Visitor(world, app, "ana"), "/en/records/check")
        for ref in re.findall(rf'<h3><a class="tap" href="/en/records/({REF})"', page)
    ]
    assert len(seen) == len(set(seen)) > 1_000


def test_staff_read_an_urgent_file_to_its_end(towns):
    world, app = towns["large"]
    file = f"/en/casework/urgent/{ids.encode(world.ids['urgent file']['alpha'])}"
    sections = sum(page.count('<section class="leaf">') for page in pages(Visitor(world, app, "pat"), file))
    alpha = world.ids["agency"]["alpha"]
    assert sections == number(world, Record, Record.agency_id == alpha, Record.state != "aside") > 2_000


def test_every_record_can_be_ticked_for_a_share_and_a_tick_goes_along(towns):
    world, app = towns["large"]
    visitor, beta = Visitor(world, app, "ana"), world.ids["agency"]["beta"]
    box = rf'name="records" value="({REF})"'
    first = visitor.ask("GET", "/en/bundles/new")
    chosen = re.findall(box, first.text)[5]
    answers, seen = {"show": "yes", "agency": "example-beta", "records": chosen}, []
    while True:
        page = visitor.ask("POST", "/en/bundles/new", data=answers)
        assert page.status_code == 200 and f'value="{chosen}" checked' in page.text
        seen += [ref for ref in re.findall(box, page.text) if ref != chosen]
        more = re.search(rf'name="after" value="({REF})"', page.text)
        if not more:
            break
        answers = {"after": more[1], "agency": "example-beta", "records": chosen}
    mine = (Record.agency_id == beta, Record.state == "live", Record.ref != ids.own(chosen))
    assert len(seen) == len(set(seen)) == number(world, Record, *mine) > 60
    done = visitor.ask(
        "POST", "/en/bundles/new", data={"agency": "example-beta", "records": [chosen, seen[-1]]}
    )
    assert done.status_code == 303
    lines = visitor.ask("GET", done.location).text
    assert f'value="{chosen}.' in lines and f'value="{seen[-1]}.' in lines


def test_what_agencies_published_goes_on_until_its_end(towns):
    world, app = towns["large"]
    seen = [
        note
        for page in pages(Visitor(world, app, "anonymous"), "/en/insights")
        for note in re.findall(r"<article.*?</article>", page, re.DOTALL)
    ]
    assert len(seen) == len(set(seen)) == 14
