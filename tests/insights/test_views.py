"""The pages of what changed: who may write, what everybody reads and in which language, and the open figures."""

import csv
import gzip
import html
import io
import re
from datetime import timedelta

import pytest
import time_machine

from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.agencies.models import Outcome
from portal.base import ids
from portal.base.clock import nz_date
from tests.casework import factory
from tests.casework.test_team import FEW, tables
from tests.corrections import factory as corrections
from tests.corrections.factory import plain
from tests.records.factory import agency_document

LIST, NEW, PUBLIC, FIGURES = (
    f"/en/insights{more}" for more in ("/notes", "/notes/new", "", "/figures")
)  # fmt: skip
HEARD, DID = "The phone line was busy all day.", "Two more people answer it."
FULL = {"en_heard": HEARD, "en_did": DID}


@pytest.fixture(autouse=True)
def today():
    """Stop the clock on Monday 23 November 2026."""
    with time_machine.travel(corrections.NOW, tick=False):
        yield


@pytest.fixture
def town(sqlite_store):
    return corrections.town(sqlite_store)


@pytest.fixture
def officer(town, sqlite_app):
    return factory.sign_in(town, sqlite_app, "vic", role="privacy-officer")


@pytest.fixture
def anybody(sqlite_app):
    return factory.Desk(sqlite_app.test_client(), 0, 0)


def written(officer, **more):
    """Write a note, and give the address of its page."""
    answer = officer.press(NEW, "", FULL | more)
    assert answer.status_code == 303
    return answer.location


def test_a_note_is_written_looked_at_published_and_read_by_everybody(officer, anybody):
    address = written(officer, mi_heard="He pukumahi te waea.", mi_did="Tokorua atu kei te whakautu.")
    page = officer.text(address)
    assert HEARD in page and '<div class="said" data-held lang="mi"><p>He pukumahi te waea.</p></div>' in page
    assert HEARD not in anybody.page(PUBLIC)
    unsure = officer.press(address, "")
    assert unsure.status_code == 400 and "Read it once more, then tick this." in plain(unsure.text)
    assert officer.press(address, "", {"about_nobody": "y"}).status_code == 303
    english, maori, samoan = (anybody.text(f"/{tag}/insights") for tag in ("en", "mi", "sm"))
    assert HEARD in english and "not put it into this language" not in english
    assert "He pukumahi te waea." in maori and HEARD not in maori
    assert f'<div class="said" data-held lang="en-NZ"><p>{HEARD}</p></div>' in samoan
    assert officer.press(address, f"{address}/take-back").status_code == 303
    assert HEARD not in anybody.page(PUBLIC)


def test_nothing_typed_is_lost_where_something_is_missing(officer):
    answer = officer.press(NEW, "", {"en_heard": HEARD, "to_did": "Naʻe fai."})
    assert answer.status_code == 400
    for said in (HEARD, "Naʻe fai."):
        assert f">\n{said}</textarea>" in answer.text
    assert answer.text.count('aria-invalid="true"') == 1


def test_of_two_who_change_a_note_the_second_keeps_their_words_and_hears_of_it(officer):
    address = written(officer)
    change = f"{address}/change"
    old = officer.hidden(change, "")
    assert officer.press(change, "", FULL | {"en_did": "Three more."}).status_code == 303
    late = officer.press(change, "", FULL | {"en_did": "Four more."}, hidden=old)
    assert late.status_code == 409 and "Four more." in late.text
    fresh = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    assert officer.press(change, "", FULL | {"en_did": "Four more."}, hidden=fresh).status_code == 303


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("caseworker", 403),
        ("administrator", 403),
        ("frontline", 403),
        ("privacy-officer", 200),
        ("steward", 200),
    ],
)
def test_only_officers_and_stewards_write(town, sqlite_app, role, status):
    who = factory.sign_in(town, sqlite_app, "kahu", role=role)
    assert who.get(LIST).status_code == who.get(NEW).status_code == status


def test_it_is_found_from_the_foot_of_a_page_and_from_the_guide(anybody, officer):
    for page in ("/en/", "/en/guide", "/en/guide/contact"):
        assert f'href="{PUBLIC}"' in anybody.text(page)
    assert f'href="{LIST}"' in officer.text("/en/casework")


def test_a_broken_place_in_the_list_is_its_beginning_and_one_past_the_end_says_so(officer, anybody):
    address = written(officer)
    officer.press(address, "", {"about_nobody": "y"})
    assert HEARD in anybody.page(f"{PUBLIC}?before=%00nonsense")
    assert "There are no older notes." in anybody.page(f"{PUBLIC}?before={ids.encode(1)}")


@pytest.fixture
def answered(town):
    """Two agencies that answered in October: the town's own many, the other one four. And one answer of today."""
    other = town.other_agency()[1]

    def _decide(work, agency_id, outcome, many, days, late=False, kind="correction"):
        received = nz_date(work.now) - timedelta(days=days)
        due = nz_date(work.now) + timedelta(days=-1 if late else 1)
        for _ in range(many):
            tasks.decided(
                *(work, agency_id, kind, outcome),
                language="en",
                received_on=received,
                due_on=due,
                grounds=["fact-right"],
            )

    october = corrections.NOW - timedelta(days=30)
    for given in (("yes", 20, 7), ("part", 10, 14), ("no", 10, 28, True)):
        town.do(lambda work, given=given: _decide(work, town.agency_id, *given), now=october)
    town.do(lambda work: _decide(work, other, "yes", 4, 7), now=october)
    town.do(lambda work: _decide(work, town.agency_id, "yes", 30, 7, kind="access"))
    return town


def test_the_figures_are_rounded_of_whole_months_and_hide_what_is_too_few(answered, anybody):
    found = tables(anybody.text(FIGURES))["Requests to fix something"]
    (own, other) = sorted(found.values(), key=lambda cells: cells[0] == FEW)
    assert own == ["39", "75", "5", "21", "9", "9", "0", "0"]
    assert other == [FEW, FEW, FEW, FEW, "0", "0", "0", "0"]
    assert "from 1 November 2025 to 31 October 2026" in anybody.page(FIGURES)
    seen = anybody.page(f"{FIGURES}?kind=see")
    assert "Requests to see what is held" in seen and "Nothing to count yet." in seen
    assert anybody.text(f"{FIGURES}?kind=%00&after=x").count("<tr>") == 3


def test_the_file_of_the_figures_says_what_the_tables_say(answered, anybody):
    answer = anybody.get(f"{FIGURES}/file")
    assert answer.mimetype == "text/csv"
    lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    said = {line[0]: line[1:] for line in lines if line}
    for words, cells in tables(anybody.text(FIGURES))["Requests to fix something"].items():
        assert said[words] == cells


def test_the_figures_of_many_agencies_stand_on_pages_that_stay_small(town, anybody):
    def _put(work):
        for number in range(40):
            agency_id = agencies.put_agency(
                work, agency_document(f"more-{number}", f"Example Service {number}")
            )
            on = nz_date(work.now) - timedelta(days=60)
            for at, outcome in enumerate(("yes", "part", "no", "none", "silent")):
                many = {"days": number % 30, "n": (number + 7) * (at + 3) * 11 % 900 + 6}
                key = {"agency_id": agency_id, "on": on, "kind": "correction", "outcome": outcome}
                work.session.add(Outcome(**key, **many, ground="", language="en", on_time=at < 3))

    town.do(_put)
    first = anybody.text(f"{FIGURES}")
    more = html.unescape(re.search(r'href="([^"]*)">Show more<', first)[1])
    second = anybody.text(more)
    named = re.findall(r"Example Service \d+", first + second)
    assert len(named) == len(set(named)) == 40 and "Show more" not in second
    assert max(len(gzip.compress(page.encode(), 6)) for page in (first, second)) < 8_192
