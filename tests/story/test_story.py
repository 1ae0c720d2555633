"""A person's own words: kept in versions, in any language, under their own key, and never lost."""

import pytest
from sqlalchemy import select

from portal.base.db import Base
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity.permissions import Actor
from portal.story import queries, rules, service
from tests.records.factory import person

HELPS = "Ou te fiafia pe a tautala lemu mai. Faʻamolemole tusi i lalo."


@pytest.fixture
def sina(store):
    return person(store)


@pytest.fixture
def keep(store, sina):
    def keep(no, seen, text, title="", lang="sm", who=sina):
        store.work(who).do(service.keep, no, seen, title, text, lang)

    return keep


@pytest.fixture
def look(store, sina):
    return lambda query, *given: query(store.work(sina), *given)


def test_nothing_is_written_at_first_and_nothing_is_needed(look, keep):
    assert [part.no for part in look(queries.parts)] == [1, 2, 3, 4, 5]
    keep(2, 0, "")
    assert all(part.version == 0 and part.empty for part in look(queries.parts))


def test_words_come_back_as_written_in_their_language(look, keep):
    keep(2, 0, HELPS)
    part = look(queries.part, 2)
    assert (part.text, part.bcp47, part.version) == (HELPS, "sm", 1)


def test_words_in_a_language_that_the_portal_does_not_know_are_fine(look, keep):
    keep(4, 0, "Akwaaba", lang="other")
    assert look(queries.part, 4).bcp47 == "und"


def test_only_the_fifth_part_has_a_heading_of_ones_own(look, keep):
    keep(5, 0, "By the sea.", title="Where I feel at home")
    keep(1, 0, "My aunt.", title="Not here")
    assert (look(queries.part, 5).title, look(queries.part, 1).title) == ("Where I feel at home", "")


def test_the_same_words_again_make_no_version(look, keep):
    keep(2, 0, HELPS)
    keep(2, 0, HELPS)
    keep(2, 1, f"  {HELPS}\n")
    assert look(queries.part, 2).version == 1


def test_fifty_thousand_characters_are_thirty_thousand_too_many(look, keep):
    with pytest.raises(Invalid) as fault:
        keep(1, 0, "ā" * 50_000)
    assert fault.value.values_ == {"much": 30_000} and fault.value.field == "text"
    keep(1, 0, "ā" * rules.MOST)
    assert len(look(queries.part, 1).text) == 20_000


def test_a_second_page_that_is_open_does_not_write_over_the_first(look, keep):
    keep(2, 0, HELPS)
    with pytest.raises(Conflict):
        keep(2, 0, "something else")
    assert look(queries.part, 2).text == HELPS


def test_an_older_version_can_stand_again_and_nothing_between_is_lost(store, sina, look, keep):
    keep(2, 0, HELPS)
    keep(2, 1, "")
    keep(2, 2, "Write to me.", lang="en")
    store.work(sina).do(service.bring_back, 2, 1)
    versions, more = look(queries.versions, 2)
    assert [one.text for one in versions] == [HELPS, "Write to me.", "", HELPS] and more is None
    assert look(queries.part, 2).lang == "sm"


def test_many_versions_come_a_page_at_a_time(look, keep):
    for number in range(queries.MOST_VERSIONS + 3):
        keep(3, number, f"again {number}")
    first, following = look(queries.versions, 3)
    rest, end = look(queries.versions, 3, following)
    assert [one.version for one in (*first, *rest)] == list(range(23, 0, -1)) and end is None


def test_a_deleted_part_is_gone_with_its_versions(store, sina, look, keep):
    keep(2, 0, HELPS)
    keep(2, 1, "more")
    keep(3, 0, "stays")
    store.work(sina).do(service.forget, 2)
    assert look(queries.part, 2).version == 0 and look(queries.versions, 2) == ([], None)
    assert look(queries.part, 3).text == "stays"


@pytest.mark.parametrize("no", [0, 6, -1, 10**30])
def test_a_part_that_there_is_not_is_not_there(look, keep, no):
    with pytest.raises(NotThere):
        keep(no, 0, "x")
    for query in (queries.part, queries.versions):
        with pytest.raises(NotThere):
            look(query, no)
    with pytest.raises(NotThere):
        look(queries.version, 1, no)


def test_nobody_else_finds_it_and_the_store_holds_no_word_of_it(store, sina, keep):
    keep(2, 0, HELPS)
    other = Actor(kind="account", account_id=2, person_id=sina.person_id + 1)
    assert all(part.empty for part in queries.parts(store.work(other)))
    dump = ""
    with store.core.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            dump += "".join(repr(tuple(row)) for row in connection.execute(select(table)))
    assert "tautala" not in dump and "story_version" in dump
