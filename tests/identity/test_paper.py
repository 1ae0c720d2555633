"""An account without a phone and an e-mail: a letter code, a card, a password in mind, and printed codes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.base.ledger import Leaf
from portal.base.problems import Ended, Invalid, NotThere
from portal.identity import queries, rules, service
from portal.identity.models import Account, PaperCard, RecoveryCode, Seen, SignInSession
from portal.identity.permissions import Actor, Beside
from portal.identity.service.joining import Joiner
from portal.identity.service.sessions import second_factor
from portal.notices import service as notices
from tests.identity import factory, people
from tests.identity.people import as_

NOW = factory.NOW
BORN = date(1947, 3, 9)
PASSWORD = "nine kererū on a wire"


@pytest.fixture
def hemi(store):
    return people.colleague(store, "hemi", people.provider(store), "frontline")


@pytest.fixture
def letter(store, hemi):
    return as_(store, hemi, service.give_letter, "Mere Tūhoe", ["known"], "")


def half_made(store, letter, username="mere"):
    """Begin the account of a letter; give its actor."""
    hashed = service.new_password(PASSWORD, username)
    joiner = Joiner(username, hashed, "Mere Tūhoe", BORN, letter)
    token = store.work(now=NOW).do(service.begin_join, joiner)
    return service.actor_of(store.work(now=NOW), token)[0]


@pytest.fixture
def mere(store, letter):
    """Mere with her paper: actor of her first session, and the sheet."""
    actor = half_made(store, letter)
    sheet = store.work(actor, NOW).do(service.join_sheet)
    token = store.work(actor, NOW).do(service.confirm_by_paper, sheet.codes[0].lower())
    return service.actor_of(store.work(now=NOW), token)[0], sheet


def signs_in(store, card, password, code, now=NOW):
    """Sign in with paper; give the actor, or None where it went wrong."""
    checked = service.check_card(store.work(now=now), card, password)
    half = store.work(now=now).do(service.begin_by_card, card, checked)
    if half is None:
        return None
    token = store.work(now=now).do(service.finish_sign_in, service.fingerprint(half), code)
    return service.actor_of(store.work(now=now), token)[0] if token else None


def told(store, actor, now=NOW):
    return [one.kind for one in notices.newest(store.work(actor, now))]


def test_a_letter_makes_an_account_that_has_nothing_but_paper(store, letter, mere):
    actor, sheet = mere
    assert actor.signed_in and actor.person_id is not None
    assert len(set(sheet.codes)) == rules.PAPER_CODES
    session = store.work().session
    account = session.get(Account, actor.account_id)
    assert account.totp_secret is None and account.state == "active"
    assert queries.recovery_codes_left(store.work(actor)) == rules.PAPER_CODES - 1
    with pytest.raises(Ended):
        queries.invited(store.work(now=NOW), letter)
    again = signs_in(store, sheet.card.lower(), PASSWORD, sheet.codes[1], NOW + timedelta(hours=1))
    assert again.account_id == actor.account_id


def test_who_saw_her_stands_in_the_ledger_and_in_her_account_without_a_number(store, hemi, mere):
    seen = service.codes_and_seen(store.work(mere[0], NOW))[1]
    assert (seen.agency_id, seen.worker, seen.saw) == (hemi.actor.agency_id, "Hemi Example", ["known"])
    session = store.work().session
    assert session.get(Seen, mere[0].account_id).asked_by == hemi.id
    assert session.scalar(select(func.count()).where(Leaf.entity == "identity_seen")) == 1
    other = factory.account(store, "tame")
    assert service.codes_and_seen(store.work(Actor("account", other.id, other.person_id), NOW))[1] is None


def test_no_account_is_made_before_the_paper_is_in_hand(store, letter):
    actor = half_made(store, letter)
    first = store.work(actor, NOW).do(service.join_sheet)
    second = store.work(actor, NOW).do(service.join_sheet)
    assert store.work(actor, NOW).do(service.confirm_by_paper, first.codes[0]) is None
    assert signs_in(store, second.card, PASSWORD, second.codes[0]) is None
    assert store.work(actor, NOW).do(service.confirm_by_paper, second.codes[0])
    other = store.work(now=NOW).do(
        service.begin_join, Joiner("tame", service.new_password(PASSWORD, "tame"), "Tame", BORN)
    )
    without = service.actor_of(store.work(now=NOW), other)[0]
    with pytest.raises(NotThere):
        store.work(without, NOW).do(service.join_sheet)


def test_what_was_begun_and_broken_off_leaves_no_paper_behind(store, letter):
    actor = half_made(store, letter)
    store.work(actor, NOW).do(service.join_sheet)
    store.work(now=NOW + timedelta(hours=2)).do(service.forget_unfinished)
    session = store.work().session
    for table in (PaperCard, RecoveryCode):
        mine = select(func.count()).select_from(table).where(table.account_id == actor.account_id)
        assert session.scalar(mine) == 0
    assert half_made(store, letter).kind == "joining"


WRONG = {
    "the card alone": lambda sheet: (sheet.card, "", sheet.codes[1]),
    "the card and a guess": lambda sheet: (sheet.card, "eleven kererū over Otaki", sheet.codes[1]),
    "card and password": lambda sheet: (sheet.card, PASSWORD, ""),
    "card, password and a used code": lambda sheet: (sheet.card, PASSWORD, sheet.codes[0]),
    "list and password": lambda sheet: (sheet.codes[1], PASSWORD, sheet.codes[1]),
}


@pytest.mark.parametrize("found", WRONG.values(), ids=WRONG)
def test_no_two_of_card_list_and_password_open_anything(store, mere, found):
    assert signs_in(store, *found(mere[1])) is None


def test_new_paper_ends_the_old_and_a_try_of_the_old_is_told_at_the_next_sign_in(store, mere):
    actor, old = mere
    checked = service.check_own_password(store.work(actor, NOW), PASSWORD)
    new = store.work(actor, NOW).do(service.own_sheet, checked)
    assert signs_in(store, old.card, PASSWORD, new.codes[0]) is None
    assert "paper_tried" not in told(store, actor)
    later = NOW + timedelta(hours=1)
    assert signs_in(store, new.card, PASSWORD, new.codes[0], later)
    assert told(store, actor, later).count("paper_tried") == 1
    assert signs_in(store, new.card, PASSWORD, new.codes[1], later)
    assert told(store, actor, later).count("paper_tried") == 1
    wrong = service.check_own_password(store.work(actor, NOW), "eleven kererū over Otaki")
    with pytest.raises(Invalid):
        store.work(actor, NOW).do(service.own_sheet, wrong)


def test_a_used_code_that_is_tried_again_is_told_at_the_next_sign_in(store, mere):
    actor, sheet = mere
    later = NOW + timedelta(hours=1)
    assert signs_in(store, sheet.card, PASSWORD, sheet.codes[0], later) is None
    signs_in(store, sheet.card, PASSWORD, sheet.codes[1], later)
    assert "paper_tried" in told(store, actor, later) and "card_twice" not in told(store, actor, later)


def test_somebody_with_the_same_card_at_the_same_time_is_told(store, mere):
    actor, sheet = mere
    moment = NOW + timedelta(hours=1)
    assert signs_in(store, sheet.card, PASSWORD, sheet.codes[1], moment)
    assert signs_in(store, sheet.card, PASSWORD, sheet.codes[2], moment + timedelta(minutes=5))
    assert told(store, actor, moment).count("card_twice") == 1


def test_she_is_told_when_few_codes_are_left(store, mere):
    actor, sheet = mere

    def _use(work):
        return [second_factor(work, actor.account_id, code) for code in sheet.codes[1:]]

    assert all(store.work(now=NOW).do(_use))
    assert told(store, actor).count("codes_few") == 2
    assert queries.recovery_codes_left(store.work(actor)) == 0


def test_with_a_worker_beside_her_only_the_codes_are_new(store, mere, hemi):
    actor, old = mere
    beside = replace(actor, beside=Beside(hemi.id, hemi.actor.agency_id, b"", NOW + timedelta(hours=1), 1))
    checked = service.check_own_password(store.work(beside, NOW), PASSWORD)
    sheet = store.work(beside, NOW).do(service.own_sheet, checked)
    assert sheet.card == "" and "sign_in_changed" in told(store, actor)
    assert signs_in(store, old.card, PASSWORD, sheet.codes[0], NOW + timedelta(hours=1))


def test_two_workers_give_her_back_her_way_in_on_paper(store, mere, hemi):
    actor, old = mere
    aroha = people.colleague(store, "aroha", hemi.actor.agency_id, "frontline")
    _, code = people.given_back(store, hemi, aroha, "mere")
    later = NOW + timedelta(hours=1)
    token = store.work(now=later).do(service.begin_back, "mere", code)
    back = service.actor_of(store.work(now=later), token)[0]
    hashed = service.new_password("eleven kererū over Otaki", "mere")
    token, sheet = store.work(back, later).do(service.back_on_paper, hashed)
    assert service.actor_of(store.work(now=later), token)[0].signed_in
    assert store.work().session.scalar(select(func.count()).select_from(SignInSession)) == 1
    assert signs_in(store, old.card, PASSWORD, old.codes[1], later) is None
    assert signs_in(store, sheet.card, "eleven kererū over Otaki", sheet.codes[0], later)
    with pytest.raises(NotThere):
        store.work(back, later).do(service.back_on_paper, hashed)
