"""Reasons in plain words that an agency keeps ready for a ground of the law, in each language that it has."""

from dataclasses import replace

import pytest

from portal.agencies import queries, service
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity.permissions import Actor
from tests.records.factory import agency_document

WORDS = {"en": "The lease says so.", "sm": "O loo taʻua i le lisi."}


@pytest.fixture
def officer(store):
    agency_id = store.work().do(service.put_agency, agency_document())
    return Actor(kind="account", account_id=5, agency_id=agency_id, role="privacy-officer")


def keep(store, officer, *given):
    return ids.decode(store.work(officer).do(service.keep_reason, *given))


def kept(store, officer):
    return queries.catalogue(store.work(officer)).agency(officer.agency_id).reasons


def test_a_reason_is_kept_for_its_ground_in_the_languages_that_were_filled_in(store, officer):
    ref = keep(store, officer, "fact-right", WORDS | {"mi": "  ", "xx": "no language of ours"})
    (one,) = kept(store, officer)
    assert (one.id, one.ground, one.words, one.english) == (ref, "fact-right", WORDS, WORDS["en"])


def test_it_is_found_by_its_exact_english_words_and_its_ground(store, officer):
    keep(store, officer, "fact-right", WORDS)
    agency = queries.catalogue(store.work()).agency(officer.agency_id)
    assert agency.ready("fact-right", f" {WORDS['en']} ").words["sm"] == WORDS["sm"]
    assert agency.ready("history", WORDS["en"]) is None
    assert agency.ready("fact-right", "The lease says so, mostly.") is None


@pytest.mark.parametrize(
    ("ground", "words", "box"),
    [
        ("", WORDS, "ground"),
        ("made-up", WORDS, "ground"),
        ("fact-right", {"sm": "O loo taʻua."}, "en"),
        ("fact-right", {"en": "x" * 1001}, "en"),
        ("fact-right", {"en": "Short.", "sm": "x" * 1001}, "sm"),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_box(store, officer, ground, words, box):
    with pytest.raises(Invalid) as fault:
        keep(store, officer, ground, words)
    assert fault.value.field == box and kept(store, officer) == ()


def test_the_same_words_for_the_same_ground_are_kept_once(store, officer):
    keep(store, officer, "fact-right", WORDS)
    with pytest.raises(Invalid):
        keep(store, officer, "fact-right", {"en": WORDS["en"]})
    keep(store, officer, "history", {"en": WORDS["en"]})


def test_of_two_who_change_it_at_once_the_second_hears_of_it(store, officer):
    ref = keep(store, officer, "fact-right", WORDS)
    (seen,) = kept(store, officer)
    keep(store, officer, "fact-right", WORDS | {"mi": "Ko te rīhi tērā."}, ref, seen.version)
    with pytest.raises(Conflict):
        keep(store, officer, "history", WORDS, ref, seen.version)
    (now,) = kept(store, officer)
    assert now.words["mi"] == "Ko te rīhi tērā." and now.ground == "fact-right"


def test_another_agencys_reason_is_not_there(store, officer):
    ref = keep(store, officer, "fact-right", WORDS)
    other_id = store.work().do(service.put_agency, agency_document("example-other", name="Other"))
    other = replace(officer, agency_id=other_id)
    for verb, given in ((service.drop_reason, (ref,)), (service.keep_reason, ("history", WORDS, ref, 1))):
        with pytest.raises(NotThere):
            store.work(other).do(verb, *given)
    store.work(officer).do(service.drop_reason, ref)
    assert kept(store, officer) == ()


def test_an_agency_keeps_no_more_than_sixty(store, officer):
    def fill(work):
        for n in range(60):
            service.keep_reason(work, "fact-right", {"en": f"Reason {n}."})

    store.work(officer).do(fill)
    with pytest.raises(Invalid):
        keep(store, officer, "fact-right", {"en": "One more."})
