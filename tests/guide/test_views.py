"""Anyone can read the guide, in every language, in one small page that needs nothing else."""

import gzip
import json
import re
from pathlib import Path

import pytest

from portal.agencies import queries
from portal.agencies import service as agencies
from portal.language.rules import LANGUAGES

PAGES = {
    "": "See what agencies hold about you",
    "guide": "Guide",
    "guide/how-it-works": "How it works",
    "guide/rights": "Your rights",
    "guide/who-holds": "Who probably holds what",
    "guide/safe": "Staying safe",
    "guide/accessibility": "Accessibility",
    "guide/privacy": "Privacy",
    "guide/contact": "Help and phone numbers",
}


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_reads_each_page_without_signing_in(visitor, path):
    answer = visitor.get(f"/en/{path}")
    assert answer.status_code == 200
    assert f"<h1>{PAGES[path]}</h1>" in answer.text
    assert f"<title>{PAGES[path]}</title>" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_small_even_with_the_longest_list_of_languages(visitor, path):
    limit = 8_192 if path == "" else 14_336
    assert all(len(gzip.compress(visitor.get(f"/{tag}/{path}").data, 6)) <= limit for tag in LANGUAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_to_read_sets_no_cookie_but_the_language_and_holds_no_form(visitor, path):
    answer = visitor.get(f"/en/{path}")
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["language"]
    assert "<form" not in answer.text


def test_each_page_offers_all_languages_by_their_own_names(visitor):
    text = visitor.get("/sm/guide/rights").text
    assert '<html lang="sm">' in text
    for language in LANGUAGES.values():
        assert f'<li lang="{language.bcp47}"><a href="/{language.tag}/guide/rights"' in text


def test_a_draft_language_says_so_with_english_one_tap_away(visitor):
    text = visitor.get("/mi/guide/safe").text
    assert re.search(r'<a class="tap" href="/en/guide/safe" lang="en-NZ" hreflang="en-NZ">', text)
    assert "See this page in English" not in visitor.get("/en/guide/safe").text


def test_leaving_is_the_second_link_of_every_page_and_gives_no_referrer(visitor):
    links = re.findall(r"<a [^>]*>", visitor.get("/en/guide/privacy").text)
    assert 'href="#m"' in links[0]
    assert 'href="/en/leave" rel="noreferrer"' in links[1]


def test_every_link_of_the_guide_leads_somewhere(visitor):
    found = {
        link for path in PAGES for link in re.findall(r'href="(/en/[^"#]*)"', visitor.get(f"/en/{path}").text)
    }
    assert found and all(visitor.get(link).status_code < 400 for link in found)


def test_the_helplines_can_be_rung_with_one_tap(visitor):
    text = visitor.get("/en/guide/safe").text
    assert re.findall(r'href="tel:(\d+)"', text) == ["111", "0800733843", "1737"]


def test_the_page_not_there_has_a_way_on_and_no_form_token_or_path(visitor):
    answer = visitor.get("/en/guide/no-such-page")
    assert answer.status_code == 404
    assert "Go to the start page" in answer.text
    assert "no-such-page" not in answer.text
    assert "csrf" not in answer.text and "<form" not in answer.text


def test_the_start_page_names_the_agencies_that_hold_records(visitor, sqlite_store):
    assert "<summary>" not in visitor.get("/en/").text
    folder = Path(__file__).resolve().parents[2] / "portal" / "demo" / "agencies"
    document = json.loads((folder / "example-housing.json").read_text(encoding="utf-8"))
    sqlite_store.work().do(agencies.put_agency, document)
    queries.forget_catalogue()
    assert '<li lang="en-NZ">Example Housing Agency</li>' in visitor.get("/en/").text
