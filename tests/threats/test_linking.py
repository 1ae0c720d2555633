"""A stranger or partner who wants to be somebody at an agency: letters, guesses, counters, doubt, and traces."""

import re
import threading
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from portal.agencies import queries, service, tasks
from portal.agencies.models import CounterCode, Link, LinkCode
from portal.base import ids
from portal.base.outbox import OutboxRow
from portal.base.problems import Invalid, NotThere
from portal.identity import passwords
from portal.identity.service.locks import lock_links
from portal.notices import service as notices
from portal.notices.models import Delivery, Notice
from tests.agencies import factory

BORN = date(1992, 5, 4)
REF = "HA-88213"
SAW = ("photo",)


def letter(store, client_ref=REF, now=factory.NOW, name="Sina Faasili"):
    work = store.work(now=now)
    agency = factory.agency(work)
    return agency, work.do(service.issue_link_code, agency.id, client_ref, name, BORN)


def linked(store, strength="letter", client_ref=REF):
    """A person who is linked, as a unit of work, and the agency."""
    sina, agency = factory.person(store), factory.agency(store.work())
    store.work(now=factory.NOW).do(service.link, sina.actor.person_id, agency.id, client_ref, strength)
    return sina, agency


def state(store, who, agency):
    return service.all_links_of(store.work(), who.actor.person_id)[agency.id].state


def notices_of(store, who):
    mine = select(Notice.kind).where(Notice.person_id == who.actor.person_id)
    return list(store.work().session.scalars(mine))


def tasks_of(store, agency):
    return {row.kind: row for row in tasks.worklist(factory.staff(store, agency.id)).rows}


@pytest.fixture
def cheap(monkeypatch):
    """Many codes are compared here: the same hashing, at a cost that does not take the night."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))


def test_t07_a_client_to_whom_no_letter_may_go_gets_none(store):
    work, agency = store.work(now=factory.NOW), factory.agency(store.work())
    code = work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)
    work.do(service.set_no_letter, agency.id, " ha-88213 ")
    with pytest.raises(Invalid, match="could harm them"):
        work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)
    assert factory.person(store).do(service.link_by_code, agency.slug, REF, code) is None
    work.do(service.set_no_letter, agency.id, REF, False)
    assert work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)


def test_t07_a_person_whose_post_others_read_gets_no_letter(store):
    sina, agency = linked(store)
    work = store.work(now=factory.NOW)
    assert work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)
    whose = sina.actor.person_id
    work.do(lambda w: notices.put_contact(w, whose, "post", "1 Sample Street", unsafe=True))
    with pytest.raises(Invalid, match="could harm them"):
        work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)


def test_t07_a_letter_that_was_on_its_way_when_post_became_unsafe_links_nobody(store):
    sina, agency = linked(store)
    work = store.work(now=factory.NOW)
    code = work.do(service.issue_link_code, agency.id, REF, "Sina Faasili", BORN)
    whose = sina.actor.person_id
    work.do(lambda w: notices.put_contact(w, whose, "post", "1 Sample Street", unsafe=True))
    assert factory.person(store).do(service.link_by_code, agency.slug, REF, code) is None
    assert state(store, sina, agency) == "active", "and freezes nothing"


def test_t07_a_link_is_told_to_the_person_and_by_the_agencys_own_means(store):
    agency, code = letter(store)
    sina = factory.person(store)
    assert sina.do(service.link_by_code, agency.slug, REF, code) == "linked"
    assert notices_of(store, sina) == ["link_made"]
    told = tasks_of(store, agency)["link_made"]
    assert told.summary == {"reason": "made", "client_ref": REF}
    assert told.person_id == 0


def test_t07_who_did_not_link_says_so_and_locks(store):
    agency, code = letter(store)
    sina = factory.person(store)
    sina.do(service.link_by_code, agency.slug, REF, code)
    sina.do(service.disown, agency.id)
    assert service.links_of(sina, sina.actor.person_id) == {}
    assert service.person_of_client(store.work(), agency.id, REF) is None
    assert tasks_of(store, agency)["link_disowned"].summary["client_ref"] == REF
    with pytest.raises(NotThere):
        sina.do(service.disown, agency.id)


@pytest.mark.parametrize(("verb", "kind"), [("hide", "agency_hidden"), ("disown", "not_me_said")])
def test_t07_who_holds_the_phone_hides_nothing_in_silence_and_it_can_be_taken_back(store, verb, kind):
    sina, agency = linked(store)
    store.work(now=factory.NOW).do(
        lambda work: notices.put_contact(work, sina.actor.person_id, "email", "sina@example.test")
    )
    sina.do(getattr(service, verb), agency.id)
    sent = store.work().session.scalars(select(Delivery)).all()
    assert [(one.kind, one.agency_id, one.state) for one in sent] == [(kind, 0, "waiting")]
    assert [one.kind for one in notices.newest(sina)] == [], "the screen shows nothing of it"
    behind = [one.kind for one in notices.of_hidden(sina)]
    assert behind.count(kind) == 1, "but for the page behind a code"
    assert list(service.hidden_of(sina, sina.actor.person_id)) == [agency.id]
    sina.do(service.show_again, agency.id)
    assert state(store, sina, agency) == "active"
    assert list(service.links_of(sina, sina.actor.person_id)) == [agency.id]


def test_not_me_is_not_taken_back_over_somebody_else_who_claims_the_client(store):
    sina, agency = linked(store)
    sina.do(service.disown, agency.id)
    tame = factory.person(store, "Tame Tūroa")
    store.work(now=factory.NOW).do(service.link, tame.actor.person_id, agency.id, REF, "letter")
    sina.do(service.show_again, agency.id)
    assert state(store, sina, agency) == "frozen"


def test_t08_ten_thousand_guesses_make_no_link(store, cheap):
    work, agency = store.work(now=factory.NOW), factory.agency(store.work())
    hashed = service.Letter("", passwords.hash_secret("NEVERSAY"))

    def _letters(work):
        for number in range(100):
            service.issue_link_code(work, agency.id, f"HA-{number}", "Sina Faasili", BORN, hashed)

    work.do(_letters)
    guesser = factory.person(store)
    answers = set()
    for session in store.opened:
        # None of them waits in an open transaction while this goes on.
        session.rollback()

    def _guesses(work):
        # Half of the guesses are for clients who have a letter, half for none.
        for number in range(10_000):
            tried = service.try_letter(work, agency.slug, f"HA-{number % 200}", ids.typed_code(8))
            answers.add(service.redeem(work, tried))

    guesser.do(_guesses)
    assert answers == {None}
    left = store.work().session
    assert left.scalars(select(Link)).all() == []
    assert set(left.scalars(select(LinkCode.tries_left))) == {0}


def test_t08_after_five_guesses_the_right_code_is_worth_nothing(store, cheap):
    agency, code = letter(store)
    sina = factory.person(store)
    for _ in range(5):
        assert sina.do(service.link_by_code, agency.slug, REF, "WRONGONE") is None
    assert sina.do(service.link_by_code, agency.slug, REF, code) is None


def test_t08_hundreds_of_guesses_by_form_get_one_answer_and_then_wait(sqlite_store, sqlite_app, cheap):
    factory.agency(sqlite_store.work())
    letter(sqlite_store)
    address, pages, statuses = factory.address(sqlite_store), set(), []
    for _ in range(7):
        client, _ = factory.browser(sqlite_store, sqlite_app)
        for number in range(12):
            number = REF if number % 2 else "HA-00000"
            answer = factory.send(client, address, client_ref=number, code="WRONGONE")
            statuses.append(answer.status_code)
            page = re.sub(r'name="(nonce|csrf_token)" value="[^"]*"', "", answer.text.replace(number, ""))
            pages.add(page)
    # The same page whether there is a letter or not, and one more that says wait: for each person, then for the
    # address from which all of them come.
    assert set(statuses) == {400, 429} and len(pages) == 2
    assert statuses.count(400) == 60
    assert sqlite_store.work().session.scalars(select(Link)).all() == []


def test_t08_twenty_redeem_one_code_at_once_and_one_is_linked(store, cheap):
    agency, code = letter(store)
    people = [factory.person(store) for _ in range(20)]
    done, barrier = [], threading.Barrier(20)

    def _redeem(work):
        tried = service.try_letter(work, agency.slug, REF, code)
        work.session.rollback()
        barrier.wait()
        done.append(work.do(service.redeem, tried))

    threads = [threading.Thread(target=_redeem, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.count("linked") == 1
    # Four more tries were left to be told that it was used; the others are told nothing.
    assert (done.count("used"), done.count(None)) == (4, 15)
    assert len(store.work().session.scalars(select(Link)).all()) == 1


def test_two_who_claim_one_client_are_both_frozen_until_staff_have_seen_one(store):
    first, agency = linked(store)
    _, code = letter(store)
    second = factory.person(store)
    assert second.do(service.link_by_code, agency.slug, REF, code) == "held"
    assert {state(store, who, agency) for who in (first, second)} == {"frozen"}
    desk, held = factory.staff(store, agency.id), tasks_of(store, agency)["link_held"]
    shown = second.do(service.new_counter_code)
    assert desk.do(service.settle, held.ref, shown, SAW) == "proved"
    assert (state(store, first, agency), state(store, second, agency)) == ("ended", "active")
    assert service.person_of_client(store.work(), agency.id, REF) == second.actor.person_id
    assert service.all_links_of(second, second.actor.person_id)[agency.id].strength == "in-person"
    assert "link_held" not in tasks_of(store, agency)
    assert sorted(notices_of(store, first)) == ["link_doubted", "link_ended", "records_linked"]
    job = select(OutboxRow).where(OutboxRow.job == "records.set_aside")
    assert store.work().session.scalars(job).one().about["person_id"] == str(first.actor.person_id)


def test_neither_is_the_client_and_the_next_letter_links_again(store):
    first, agency = linked(store)
    _, code = letter(store)
    second = factory.person(store)
    second.do(service.link_by_code, agency.slug, REF, code)
    factory.staff(store, agency.id).do(service.turn_down, tasks_of(store, agency)["link_held"].ref)
    assert {state(store, who, agency) for who in (first, second)} == {"ended"}
    _, fresh = letter(store)
    third = factory.person(store)
    assert third.do(service.link_by_code, agency.slug, REF, fresh) == "linked"


def test_a_counter_code_proves_in_person_once_and_names_who_saw(store):
    sina, agency = linked(store)
    code = sina.do(service.new_counter_code)
    desk = factory.staff(store, agency.id)
    assert desk.do(service.prove, service.Shown(code, REF, SAW)) == "proved"
    assert desk.do(service.prove, service.Shown(code, REF, SAW)) is None
    link = store.work().session.scalars(select(Link)).one()
    assert (link.strength, link.proved_by) == ("in-person", 77)
    place = queries.proof_place(link.pairwise_id, link.person_id, link.agency_id)
    assert store.work().keys.open_json(place, link.proof)["saw"] == ["photo"]
    assert store.work().session.scalars(select(CounterCode)).all() == []


@pytest.mark.parametrize("wrong", ["code", "late", "locked", "another client", "oneself"])
def test_staff_learn_nothing_from_a_counter_code_that_does_not_work(store, wrong):
    sina, agency = linked(store)
    code = sina.do(service.new_counter_code)
    if wrong == "locked":
        _account_of(store, sina)
        sina.do(lock_links, True)
    later = timedelta(minutes=16) if wrong == "late" else timedelta()
    desk = factory.staff(store, agency.id, now=factory.NOW + later)
    if wrong == "oneself":
        desk.actor = desk.actor.__class__(**{**_fields(desk.actor), "person_id": sina.actor.person_id})
    shown = service.Shown(
        "WRONGONE" if wrong == "code" else code, "HA-1" if wrong == "another client" else REF, SAW
    )
    assert desk.do(service.prove, shown) is None
    assert service.all_links_of(store.work(), sina.actor.person_id)[agency.id].strength == "letter"


def _fields(actor):
    return {name: getattr(actor, name) for name in actor.__dataclass_fields__}


def _account_of(store, who):
    """Give a person of these tests the account that their actor names."""
    from portal.identity import service as identity

    def _make(work):
        facts = {"person_id": who.actor.person_id, "account_id": who.actor.account_id}
        identity.add_account(work, f"p{who.actor.account_id}", factory.PASSWORD, "Sina", **facts)

    store.work(now=factory.NOW).do(_make)


def test_while_linking_is_locked_no_verb_links(store):
    agency, code = letter(store)
    sina = factory.person(store)
    _account_of(store, sina)
    sina.do(lock_links, True)
    with pytest.raises(Invalid, match="locked linking"):
        sina.do(service.link_by_code, agency.slug, REF, code)
    with pytest.raises(Invalid, match="locked linking"):
        sina.do(service.new_counter_code)
    sina.do(lock_links, False)
    assert sina.do(service.link_by_code, agency.slug, REF, code) == "linked"


def test_the_answer_to_a_wrong_code_takes_the_same_statements_for_a_client_with_a_letter_and_without(
    sqlite_store, cheap
):
    from tests.records.factory import counted

    agency, _ = letter(sqlite_store)
    asked = []
    for number in (REF, "HA-00000"):
        sina = factory.person(sqlite_store)
        with counted(sqlite_store.core.engine) as statements:
            tried = service.try_letter(sina, agency.slug, number, "WRONGONE")
            sina.do(service.redeem, tried)
        asked.append(statements)
    assert asked[0] == asked[1]
