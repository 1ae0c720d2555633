"""The page that asks what a share is for, and the page of lines with its two buttons, without any script."""

import re

import pytest

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import queries
from tests.bundles.factory import CANARY, a_person, agency, persons_browser, send
from tests.bundles.test_occasions import ref_of


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


def text_of(answer):
    return answer.get_data(as_text=True)


def ticked(text):
    return set(re.findall(r'name="lines" value="([^"]+)" checked', text))


def test_an_answer_leads_to_lines_that_are_ticked_for_it(mine):
    lines = send(mine, "/en/bundles/occasion", occasion="clinic").location
    text = text_of(mine.get(lines))
    assert "We ticked lines for: A new doctor or clinic." in text and len(ticked(text)) == 5
    who = text_of(mine.get(lines.replace("/lines", "/who")))
    assert 'value="A new doctor or clinic"' in who


def test_who_chooses_alone_begins_with_the_records(mine):
    assert send(mine, "/en/bundles/occasion", occasion="own").location.endswith("/en/bundles/new")


@pytest.mark.parametrize(
    "answers, said", [({}, "Choose one of the answers."), ({"occasion": "support"}, "nothing here")]
)
def test_no_answer_and_one_that_nothing_fits_are_asked_again(mine, answers, said):
    answer = send(mine, "/en/bundles/occasion", **answers)
    assert answer.status_code == 400 and said in text_of(answer)


def test_tick_all_and_tick_none_change_the_ticks_and_keep_nothing(sina, mine):
    refs = [ref_of(sina, short) for short in ("tenancy", "concern")]
    lines = send(mine, "/en/bundles/new", records=refs).location
    before = ticked(text_of(mine.get(lines)))
    none = send(mine, lines, tick="none", lines=sorted(before))
    assert none.status_code == 200 and ticked(text_of(none)) == set()
    every = send(mine, lines, tick="all")
    assert ticked(text_of(every)) == before
    assert all(value.startswith(refs[0]) for value in before), (
        "nothing on which safety rests, by no one press"
    )
    draft = sina.look(queries.draft, ids.decode(lines.split("/")[-2]))
    assert draft.count == len(before)


def test_what_cannot_go_is_named_with_the_reason_while_choosing_and_before_sharing(sina, mine, sqlite_store):
    work = sqlite_store.work()
    work.do(agencies.put_agency, agency("example-school"))
    work.session.close()
    catalogue.forget_catalogue()
    lines = send(mine, "/en/bundles/new", records=[ref_of(sina, "concern"), ref_of(sina, "tenancy")]).location
    text = text_of(mine.get(lines))
    assert "1 agency is not linked to you here" in text and "Example School" in text
    assert "safety may rest on this" in text and "may be about another person" in text
    preview = send(mine, lines, lines=sorted(ticked(text))).location
    seen = text_of(mine.get(preview))
    assert "What does not go, and why" in seen and "Example School" in seen
    assert "Left out: about another person" in seen and CANARY not in seen
