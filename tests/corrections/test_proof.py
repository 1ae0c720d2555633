"""Photos and files as proof: kept sealed with the draft and the request, seen by who may, taken back, gone in time."""

import functools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.base.db import Base
from portal.base.ledger import Leaf
from portal.base.problems import Invalid, NotThere
from portal.corrections import queries, service
from portal.corrections.models import File, FilePage
from portal.corrections.queries import proof as files
from portal.corrections.rules import proof as rules
from portal.corrections.service import proof
from tests.corrections.factory import LATER, NOW
from tests.threats import hostile_files as made


@functools.cache
def photo(name="IMG_2041.jpg"):
    """A photo with the place where it was taken, and a name that says something."""
    return proof.read_file(name, made.jpeg(exif=made.exif(place=True)))


@functools.cache
def paper():
    return proof.read_file("zqpaper.pdf", made.pdf(3))


def ready(town, *more):
    ref = town.ready({"address": "14 Sample Street"})
    for one in more:
        town.do(proof.add_file, ref, one)
    return ref


def sent(town, *more):
    ref = ready(town, *more)
    town.do(service.submit, ref)
    return ref


def listed(town, ref, now=LATER):
    return [(one.no, one.name, one.kind, one.pages) for one in files.own_files(town.work(now=now), ref)]


def rows(town, model):
    with town.store.core.engine.connect() as connection:
        return connection.execute(select(model.__table__)).all()


def test_a_file_stands_with_the_draft_and_goes_with_the_request(town):
    ref = ready(town, photo(), paper())
    draft = service.draft(town.work(), ref)
    assert [(one.no, one.name, one.size > 0) for one in draft.files] == [
        (1, "IMG_2041.jpg", True), (2, "zqpaper.pdf", True),
    ]  # fmt: skip
    town.do(service.submit, ref)
    assert listed(town, ref) == [(1, "IMG_2041.jpg", "picture", 1), (2, "zqpaper.pdf", "pdf", 3)]
    assert town.shown(ref).proof == "here"


@pytest.mark.parametrize(("how", "count", "said"), [
    ("none", 0, "none"), ("bring", 0, "bring"), ("", 0, ""), ("here", 0, ""), ("here", 1, "here"), ("none", 1, "here"),
    ("bring", 1, "both"), ("", 1, "here"),
])  # fmt: skip
def test_what_a_request_says_of_proof(how, count, said):
    assert rules.said(how, count) == said


def test_nothing_is_needed_and_what_was_said_is_kept(town):
    ref = ready(town)
    assert service.draft(town.work(), ref).missing() is None
    town.keep(ref, "proof", {"how": "bring"})
    town.do(service.submit, ref)
    assert town.shown(ref).proof == "bring"
    other = town.draft("people")
    town.keep(other, "proof", {"how": "a cake"})
    assert service.draft(town.work(), other).proof == ""


def test_t24_no_place_no_name_and_no_picture_stands_open_in_the_store(town):
    ref = sent(town, photo("zqmyhouse.jpg"), paper())
    with town.store.core.engine.connect() as connection:
        tables = [connection.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    dump = repr(tables).encode()
    assert b"Example" in dump
    for word in (b"GPS", b"Exif", made.SECRET, b"zqmyhouse", b"zqpaper", b"JFIF"):
        assert word not in dump
    assert all(len(row.body) < 610_000 for row in rows(town, FilePage))
    pages = [files.picture(town.work(), ref, no, page) for no, page in ((1, 1), (2, 1), (2, 2), (2, 3))]
    assert all(word not in page for page in pages for word in (b"GPS", b"Exif", made.SECRET))


def test_a_picture_opens_for_its_person_only(town):
    ref = sent(town, photo())
    assert files.picture(town.work(now=LATER), ref, 1, 1) == photo().pages[0].body
    tame = town.other_person()
    for no, page in ((1, 2), (2, 1), (0, 0)):
        with pytest.raises(NotThere):
            files.picture(town.work(now=LATER), ref, no, page)
    with pytest.raises(NotThere):
        files.picture(town.work(tame, LATER), ref, 1, 1)
    assert files.own_files(town.work(tame, LATER), ref) == []
    for verb in (proof.take_back, proof.add_file):
        with pytest.raises(NotThere):
            town.do(verb, ref, 1 if verb is proof.take_back else photo(), actor=tame)


def test_it_is_not_there_while_its_agency_is_hidden(town):
    ref = sent(town, photo())
    town.do(agencies.hide, town.agency_id)
    assert listed(town, ref) == []
    with pytest.raises(NotThere):
        files.picture(town.work(now=LATER), ref, 1, 1)


def test_five_files_are_taken_and_the_sixth_is_not(town):
    ref = ready(town, *[photo()] * 5)
    with pytest.raises(Invalid) as fault:
        town.do(proof.add_file, ref, photo())
    assert fault.value.message == rules.REFUSALS["full"] and fault.value.field == "file"
    town.do(proof.take_back, ref, 2)
    town.do(proof.add_file, ref, photo())
    assert [no for no, *_ in listed(town, ref)] == [1, 3, 4, 5, 6]


def test_one_person_cannot_fill_the_store_with_what_is_never_sent(town, monkeypatch):
    monkeypatch.setattr(proof, "MOST_UNSENT", len(photo().pages[0].body) * 2)
    ref = ready(town, photo(), photo())
    with pytest.raises(Invalid) as fault:
        town.do(proof.add_file, ref, photo())
    assert fault.value.message == rules.REFUSALS["unsent"]
    town.do(service.submit, ref)
    other = town.draft("people")
    town.do(proof.add_file, other, photo())


def test_a_form_sent_twice_adds_its_file_once(town):
    ref = ready(town)
    for _ in range(2):
        town.do(proof.add_file, ref, photo(), nonce="one form")
    assert len(listed(town, ref)) == 1


def test_a_file_can_be_taken_back_until_they_decide(town):
    ref = sent(town, photo(), paper())
    town.do(proof.take_back, ref, 1, now=LATER)
    town.do(proof.take_back, ref, 1, now=LATER)
    assert [no for no, *_ in listed(town, ref)] == [2] and len(rows(town, FilePage)) == 3
    town.decide(ref, (1, "accept"))
    with pytest.raises(Invalid):
        town.do(proof.take_back, ref, 2, now=LATER)
    assert len(listed(town, ref)) == 1


def test_after_it_was_sent_nothing_is_added(town):
    ref = sent(town, photo())
    with pytest.raises(NotThere):
        town.do(proof.add_file, ref, photo())


def test_files_go_with_a_deleted_draft_and_with_one_that_nobody_touched(town):
    town.do(service.drop, ready(town, photo()))
    assert rows(town, File) == rows(town, FilePage) == []
    ready(town, photo(), paper())
    town.do(service.expire_drafts, now=NOW + timedelta(days=29))
    assert len(rows(town, File)) == 2
    assert town.do(service.expire_drafts, now=NOW + timedelta(days=31)) == 1
    assert rows(town, File) == rows(town, FilePage) == []


def test_files_of_a_request_stay_when_drafts_are_cleared_up(town):
    ref = sent(town, photo())
    town.do(service.expire_drafts, now=NOW + timedelta(days=90))
    assert len(listed(town, ref)) == 1


def test_every_change_has_a_leaf_in_the_ledger(town):
    ref = sent(town, paper())
    town.do(proof.take_back, ref, 1)
    with town.store.core.engine.connect() as connection:
        found = connection.execute(select(Leaf.entity, Leaf.change)).all()
    for entity, count in (("corrections_file", 1), ("corrections_file_page", 3)):
        assert [change for name, change in found if name == entity] == ["insert"] * count + ["delete"] * count


def test_staff_with_the_case_see_it_and_each_look_is_noted(town):
    ref = sent(town, photo(), paper())
    work = town.work(town.priya, LATER)
    found = proof.case_files(work, ref)
    assert [one.name for one in found.files] == ["IMG_2041.jpg", "zqpaper.pdf"]
    work.finish()
    work = town.work(town.priya, LATER + timedelta(minutes=1))
    assert proof.case_picture(work, ref, 2, 3) == paper().pages[2].body
    work.finish()
    seen = access_log.looks(town.work(now=LATER + timedelta(hours=1)))
    assert [(one.what, one.who, one.reference) for one in seen] == [
        ("proof", "Priya Nair", found.reference)
    ] * 2


def test_nobody_elses_staff_sees_it_and_nobody_once_it_was_taken_back(town):
    ref = sent(town, photo())
    stranger, _ = town.other_agency()
    for who in (stranger, town.sina):
        for query in (
            lambda work: proof.case_files(work, ref),
            lambda work: proof.case_picture(work, ref, 1, 1),
        ):
            with pytest.raises(NotThere):
                query(town.work(who, LATER))
    town.do(service.withdraw, ref, now=LATER)
    with pytest.raises(NotThere):
        proof.case_files(town.work(town.priya, LATER), ref)
    with pytest.raises(NotThere):
        proof.case_picture(town.work(town.priya, LATER), ref, 1, 1)
    assert len(listed(town, ref)) == 1


@pytest.mark.parametrize("linked", [True, False], ids=["linked there", "not linked there"])
def test_files_are_handed_on_with_a_request_and_open_under_the_other_agencys_key(town, linked):
    ref = sent(town, photo(), paper())
    other, agency_id = town.other_agency()
    if linked:
        town.do(agencies.link, town.sina.person_id, agency_id, "C-2", "in-person")
    there = town.do(service.transfer, ref, agency_id, "They keep it.", actor=town.priya, now=LATER)
    names = ["IMG_2041.jpg", "zqpaper.pdf"]
    assert (
        [name for _, name, *_ in listed(town, there)] == [name for _, name, *_ in listed(town, ref)] == names
    )
    assert files.picture(town.work(now=LATER), there, 2, 3) == paper().pages[2].body
    reader = replace(other, account_id=town.priya.account_id)
    assert proof.case_picture(town.work(reader, LATER), there, 2, 3) == paper().pages[2].body
    assert {row.agency_id for row in rows(town, FilePage)} == {town.agency_id, agency_id}
    with pytest.raises(NotThere):
        proof.case_picture(town.work(town.priya, LATER), ref, 1, 1)
    town.do(proof.take_back, there, 1, now=LATER)
    assert len(listed(town, there)) == 1 and len(listed(town, ref)) == 2


def test_the_ways_from_picture_to_picture(town):
    ref = sent(town, photo(), paper())
    found = files.own_files(town.work(), ref)
    assert queries.beside(found, 1, 1) == [None, (2, 1)]
    assert queries.beside(found, 2, 1) == [(1, 1), (2, 2)]
    assert queries.beside(found, 2, 3) == [(2, 2), None]
    with pytest.raises(NotThere):
        queries.beside(found, 2, 4)
