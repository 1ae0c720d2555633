"""Notes on what changed: written as drafts, seen by everybody once they are published, and gone once taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.agencies import service as agencies
from portal.base import ids
from portal.base.ledger import Leaf
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity.permissions import ANYBODY, Actor
from portal.insights import queries, rules, service
from tests.base.test_ledger import faults, settle
from tests.records.factory import agency_document

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
ENGLISH = {"heard": "Our letters were hard to read.", "did": "We wrote them anew."}
MAORI = {"heard": "He uaua ngā reta.", "did": "Kua tuhia anō.", "still": "Ngā puka."}


@pytest.fixture
def officer(store):
    agency_id = store.work().do(agencies.put_agency, agency_document())
    return Actor(kind="account", account_id=5, agency_id=agency_id, role="privacy-officer")


def write(store, officer, words, *more, now=NOW):
    return ids.own(store.work(officer, now).do(service.write, words, *more))


def publish(store, officer, ref, now=NOW, sure=True):
    version = queries.one(store.work(officer), ref).version
    store.work(officer, now).do(service.publish, ref, version, sure)


def public(store, before=None):
    return queries.shown(store.work(ANYBODY), before)


def test_a_draft_is_kept_in_the_languages_that_were_filled_in_and_nobody_else_reads_it(store, officer):
    ref = write(
        store, officer, {"en": ENGLISH | {"still": "  "}, "mi": MAORI, "xx": MAORI, "sm": {"did": " "}}
    )
    assert queries.one(store.work(officer), ref).words == {"en": ENGLISH, "mi": MAORI}
    assert public(store) == ([], None)


def test_once_published_everybody_reads_it_and_once_taken_back_nobody_does(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    publish(store, officer, ref)
    ((one,), _next) = public(store)
    assert (one.agency_id, one.words, one.shown_at) == (officer.agency_id, {"en": ENGLISH}, NOW)
    store.work(officer).do(service.take_back, ref)
    assert public(store) == ([], None)
    assert queries.one(store.work(officer), ref).words == {"en": ENGLISH}


def test_a_change_reaches_nobody_before_it_is_published_and_the_day_stays(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    publish(store, officer, ref)
    version = queries.one(store.work(officer), ref).version
    write(store, officer, {"en": ENGLISH, "mi": MAORI}, ref, version)
    assert public(store)[0][0].words == {"en": ENGLISH} and queries.one(store.work(officer), ref).changed
    publish(store, officer, ref, now=NOW + timedelta(days=9))
    ((one,), _next) = public(store)
    assert one.words == {"en": ENGLISH, "mi": MAORI} and one.shown_at == NOW
    assert not queries.one(store.work(officer), ref).changed


def test_nothing_is_published_unless_somebody_says_that_it_tells_of_nobody(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    with pytest.raises(Invalid) as fault:
        publish(store, officer, ref, sure=False)
    assert fault.value.field == "about_nobody" and public(store) == ([], None)


def test_what_was_changed_since_it_was_seen_is_not_published(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    seen = queries.one(store.work(officer), ref).version
    write(store, officer, {"en": ENGLISH | {"did": "Something else."}}, ref, seen)
    with pytest.raises(Conflict):
        store.work(officer).do(service.publish, ref, seen, True)
    with pytest.raises(Conflict):
        write(store, officer, {"en": ENGLISH}, ref, seen)
    assert public(store) == ([], None)


@pytest.mark.parametrize(
    ("words", "box"),
    [
        ({}, "en_heard"),
        ({"en": {"heard": "Something."}}, "en_did"),
        ({"mi": MAORI}, "en_heard"),
        ({"en": ENGLISH, "sm": {"still": "O loʻo faia."}}, "sm_heard"),
        ({"en": ENGLISH | {"still": "x" * 501}}, "en_still"),
        ({"en": ENGLISH, "mi": MAORI | {"did": "x" * 501}}, "mi_did"),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_box(store, officer, words, box):
    with pytest.raises(Invalid) as fault:
        write(store, officer, words)
    assert fault.value.field == box and queries.of_agency(store.work(officer)) == ([], None)


def test_the_newest_stands_first_and_each_note_on_one_page(store, officer):
    for number in range(7):
        ref = write(store, officer, {"en": ENGLISH | {"did": f"Number {number}."}}, now=NOW)
        publish(store, officer, ref, now=NOW + timedelta(hours=number))
    first, following = public(store)
    second, end = public(store, following)
    said = [one.words["en"]["did"] for one in (*first, *second)]
    assert said == [f"Number {number}." for number in range(6, -1, -1)] and end is None
    assert len(first) == queries.MOST


def test_another_agencys_note_is_not_there(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    other = replace(officer, agency_id=store.work().do(agencies.put_agency, agency_document("example-other")))
    tries = (
        (service.write, ({"en": ENGLISH}, ref, 1)),
        (service.publish, (ref, 1, True)),
        (service.take_back, (ref,)),
        (service.throw_away, (ref,)),
    )
    for verb, given in tries:
        with pytest.raises(NotThere):
            store.work(other).do(verb, *given)
    with pytest.raises(NotThere):
        queries.one(store.work(other), ref)
    assert queries.of_agency(store.work(other)) == ([], None)


def test_only_a_note_that_nobody_reads_is_thrown_away(store, officer):
    ref = write(store, officer, {"en": ENGLISH})
    publish(store, officer, ref)
    with pytest.raises(Conflict):
        store.work(officer).do(service.throw_away, ref)
    store.work(officer).do(service.take_back, ref)
    store.work(officer).do(service.throw_away, ref)
    assert queries.of_agency(store.work(officer)) == ([], None)


def test_each_step_stands_in_the_ledger_and_the_row_is_what_its_leaf_says(store, officer):
    ref = write(store, officer, {"en": ENGLISH, "mi": MAORI})
    publish(store, officer, ref)
    settle(store)
    assert faults(store) == []
    store.work(officer).do(service.take_back, ref)
    store.work(officer).do(service.throw_away, ref)
    leaves = store.work().session.query(Leaf).filter(Leaf.entity == "insights_note").order_by(Leaf.seq)
    assert [leaf.change for leaf in leaves] == ["insert", "update", "update", "delete"]


def test_an_agency_keeps_no_more_than_two_hundred(store, officer):
    def fill(work):
        for _ in range(rules.MOST_NOTES):
            service.write(work, {"en": ENGLISH})

    store.work(officer).do(fill)
    with pytest.raises(Invalid):
        write(store, officer, {"en": ENGLISH})


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 23), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2028, 3, 31), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2027, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_figures_are_of_twelve_whole_months(today, first, last):
    assert rules.twelve_months(today) == (first, last)
