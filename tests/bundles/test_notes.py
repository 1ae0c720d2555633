"""Notes back from those who opened a share, on both databases: for the person alone, few, and answered once."""

import pytest
from sqlalchemy import text

from portal.base import ids
from portal.base.problems import Conflict, Ended, Invalid, NotThere
from portal.bundles import rules, service
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY
from portal.notices import service as notices
from portal.notices.rules import WORDS
from tests.bundles.factory import a_person

MINE, OTHER = "b" * 43, "c" * 43
SAID, ANSWER = "Unit 7 is free from March.", "Yes please."


@pytest.fixture
def sina(store):
    return a_person(store)


def open_it(person, ref, browser=MINE, name="Hemi Ross"):
    tried = person.knock("code", ids.fold_code(person.doors(ref)[1]))
    person.do(service.open_by_code, tried, Visit("code", name, "Help"), browser, actor=ANYBODY)


def write(person, ref, browser=MINE, words=SAID):
    return person.do(service.write_note, browser, ref, words, "en", actor=ANYBODY)


def notes(person, ref):
    return person.look(lambda work: service.notes_of(work, service.show_share(work, ref).facts))


def own_note(person, ref, browser=MINE):
    return person.look(service.stay, browser, ref, actor=ANYBODY).note


def test_the_person_reads_who_wrote_what_and_is_told_nothing_of_it_outside(sina):
    ref = sina.share()
    open_it(sina, ref)
    write(sina, ref)
    assert [(one.name, one.said.text, one.hidden) for one in notes(sina, ref)] == [("Hemi Ross", SAID, False)]
    told = [one for one in sina.look(notices.newest, 10) if one.kind == "share_note"]
    assert [one.about for one in told] == [ref]
    assert "%" not in WORDS["share_note"]


def test_nobody_but_the_person_and_the_writer_reads_it(sina):
    ref = sina.share()
    open_it(sina, ref)
    open_it(sina, ref, OTHER, "Ana")
    write(sina, ref)
    assert own_note(sina, ref).text == SAID
    assert own_note(sina, ref, OTHER) is None
    another = a_person(sina.store, "Tame Example")
    with pytest.raises(NotThere):
        notes(another, ref)
    with pytest.raises(NotThere):
        another.do(service.answer, ref, notes(sina, ref)[0].ref, ANSWER, "en")
    work = sina.store.work()
    stored = work.session.execute(text("select words from bundles_note")).scalar_one()
    work.session.close()
    assert SAID.encode() not in bytes(stored)


def test_who_has_not_opened_the_share_writes_nothing(sina):
    ref = sina.share()
    with pytest.raises(NotThere):
        write(sina, ref)


def test_after_its_end_nobody_writes_back(sina):
    ref = sina.share()
    open_it(sina, ref)
    sina.do(service.stop, ref)
    with pytest.raises(Ended):
        write(sina, ref)


def test_one_note_of_each_and_few_in_all(sina):
    ref = sina.share()
    for number in range(rules.MOST_NOTES):
        browser = f"{number}" * 43
        open_it(sina, ref, browser)
        write(sina, ref, browser)
        with pytest.raises(Invalid):
            write(sina, ref, browser)
    open_it(sina, ref, OTHER)
    with pytest.raises(Invalid):
        write(sina, ref, OTHER)
    assert len(notes(sina, ref)) == rules.MOST_NOTES


def test_the_person_can_take_no_notes_and_take_them_again(sina):
    ref = sina.share()
    open_it(sina, ref)
    sina.do(service.take_notes, ref, False)
    with pytest.raises(Invalid):
        write(sina, ref)
    sina.do(service.take_notes, ref, True)
    write(sina, ref)


def test_the_answer_reaches_the_writer_while_the_share_lives_and_is_given_once(sina):
    ref = sina.share()
    open_it(sina, ref)
    write(sina, ref)
    note = notes(sina, ref)[0].ref
    sina.do(service.answer, ref, note, ANSWER, "sm")
    assert (own_note(sina, ref).answer, own_note(sina, ref).answer_lang) == (ANSWER, "sm")
    with pytest.raises(Conflict):
        sina.do(service.answer, ref, note, "Again", "en")
    sina.do(service.stop, ref)
    with pytest.raises(Ended):
        own_note(sina, ref)


def test_no_answer_is_taken_that_nobody_could_read(sina):
    ref = sina.share()
    open_it(sina, ref)
    write(sina, ref)
    sina.do(service.stop, ref)
    with pytest.raises(Invalid):
        sina.do(service.answer, ref, notes(sina, ref)[0].ref, ANSWER, "en")


def test_a_hidden_note_stays_and_can_be_put_back(sina):
    ref = sina.share()
    open_it(sina, ref)
    write(sina, ref)
    note = notes(sina, ref)[0].ref
    for hidden in (True, False):
        sina.do(service.hide_note, ref, note, hidden)
        assert [one.hidden for one in notes(sina, ref)] == [hidden]
    with pytest.raises(NotThere):
        sina.do(service.hide_note, ref, ids.random63())
