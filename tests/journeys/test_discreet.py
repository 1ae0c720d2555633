"""A person who shares a phone: no title, no address and no mail of theirs says what it is about."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from portal.agencies import queries as agencies
from portal.records.rules import TOPICS
from tests.looks.visiting import LINK, Walker

ADDRESS = re.compile(r'(?:href|action)="(/[^"]*)"')
HOMES = (
    "/records",
    "/account",
    "/account/safety",
    "/corrections",
    "/bundles",
    "/story",
    "/choices",
    "/access-log",
    "/notices",
    "/guide",
    "/",
)


@pytest.fixture(scope="module")
def sina(prepared_demo, tmp_path_factory):
    """Sina after she turned on Discreet, with every page that she can walk to."""
    from tests.site import serve

    with serve(prepared_demo, tmp_path_factory.mktemp("discreet")) as site:
        walker = Walker(site, "sina")
        walker.signs_in()
        walker.send("/account/safety", {"switch": "discreet-on"})
        walker.walks(*HOMES)
        yield walker


@pytest.fixture(scope="module")
def telling(sina):
    """Words that tell: of agencies' names and short names, and of topics; not the words of our own addresses."""
    known = agencies.catalogue(sina.site.core.work()).agencies
    words = {
        word
        for one in known
        for text in (one.name, one.slug, one.topic)
        for word in re.findall(r"\w+", text.lower())
    }
    words |= {word for topic in TOPICS for word in topic.split("-")}
    ours = {
        "example",
        "agency",
        "corrections",
        "for",
        "of",
        "office",
        "the",
        "service",
        "centre",
        "register",
        "safe",
    }
    return {word for word in words if len(word) > 2} - ours


def pages(walker):
    return {path: walker.get(path).get_data(as_text=True) for path in walker.places}


def test_the_walk_went_everywhere_a_person_goes(sina):
    seen = {place.endpoint for place in sina.places.values()}
    assert {"records.agency", "records.show", "corrections.new", "bundles.show", "access_log.index"} <= seen
    assert len(sina.places) > 50


def test_every_title_of_a_discreet_person_is_the_neutral_name(sina):
    titles = {unescape(re.search(r"<title>(.*?)</title>", page)[1]) for page in pages(sina).values()}
    assert titles == {"My page"}


@pytest.mark.parametrize(
    "path", ["/nowhere", "/records/aaaaaaaaaaaaa", "/casework", "/corrections/draft/x/check"]
)
def test_so_is_that_of_an_error(sina, path):
    answer = sina.get(path)
    assert answer.status_code in (403, 404) and "<title>My page</title>" in answer.get_data(as_text=True)


def test_the_title_that_asks_for_a_change_is_neutral_too(sina):
    answer = sina.post("/bundles/new", {})
    assert answer.status_code == 400 and "<title>Error: My page</title>" in answer.get_data(as_text=True)


def test_no_address_tells_an_agency_or_a_topic(sina, telling):
    found = set()
    for path, page in pages(sina).items():
        for address in [path, *ADDRESS.findall(page)]:
            told = telling & set(re.findall(r"[a-z]+", unquote(unescape(address)).lower()))
            found |= {f"{address} tells {word}" for word in told}
    assert found == set()


def test_neither_the_persons_name_nor_an_agencys_stands_at_the_top(sina):
    for path, page in pages(sina).items():
        top = page.split('<header class="top">')[1].split("</header>")[0]
        assert "Sina" not in top and "Example" not in top, path
    assert 'class="kicker">' in sina.get("/records").get_data(as_text=True)
    assert "Sina" not in sina.get("/records").get_data(as_text=True).split("<h1>")[0]


def test_in_every_language_the_title_is_the_same(sina):
    for tag in ("mi", "sm", "to"):
        page = sina.get("/records", tag).get_data(as_text=True)
        assert "<title>My page</title>" in page
        assert LINK.findall(page)
