"""A worker beside a person at one device: whose session it is, what is open in it, and how it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.access_log import service as access_log
from portal.base.problems import NotThere
from portal.delegations import rules, service
from portal.delegations.models import Assist, AssistCode
from portal.identity import rules as identity_rules
from portal.identity import service as identity
from portal.identity.models import SignInSession
from portal.identity.permissions import BESIDE, SYSTEM, Permission, allowed
from portal.notices import service as notices
from tests.delegations import at_one_device
from tests.delegations.at_one_device import NOW, actor, as_token, beside, code_of, handed, sign_in
from tests.identity import people

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hemi(store):
    return at_one_device.hemi(store)


@pytest.fixture
def sina(store):
    return at_one_device.sina(store)


def told(store, person):
    work = store.work(at_one_device.replace(SYSTEM, person_id=person.person_id))
    return [one.kind for one in notices.newest(work)]


def kept(store, table):
    with store.core.sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_handing_over_ends_the_workers_own_session(store, hemi):
    token = handed(store, hemi)
    assert actor(store, hemi.token).kind == "anonymous"
    device = actor(store, token)
    assert device.kind == "handing" and not device.signed_in and device.agency_id is None
    assert {one for one in Permission if allowed(device, one)} == BESIDE["handing"]


def test_nothing_about_anybody_is_kept_before_they_agree(store, hemi, sina):
    agreeing = sign_in(store, sina, over=handed(store, hemi))
    who = actor(store, agreeing)
    assert who.kind == "agreeing" and who.account_id == sina.id and not who.signed_in
    assert {one for one in Permission if allowed(who, one)} == BESIDE["agreeing"]
    assert kept(store, Assist) == 0 and told(store, sina) == []
    as_token(store, agreeing, service.done)
    assert actor(store, agreeing).kind == "anonymous"
    assert kept(store, Assist) == 0 and told(store, sina) == []


def test_after_a_yes_it_is_the_persons_own_session_with_the_worker_beside_it(store, hemi, sina):
    who = actor(store, beside(store, hemi, sina))
    assert (who.account_id, who.person_id, who.agency_id, who.signed_in) == (
        sina.id,
        sina.person_id,
        None,
        True,
    )
    assert who.beside.account_id == hemi.id and who.beside.until == NOW + rules.ASSIST_FOR
    assert told(store, sina) == ["assist_begun"]


def test_it_is_one_row_among_who_has_looked_with_its_start_and_end(store, hemi, sina):
    token = beside(store, hemi, sina)
    ref = actor(store, token).beside.ref
    as_token(store, token, service.done, now=NOW + 5 * MINUTE)
    look, *more = access_log.looks(store.work(at_one_device.replace(SYSTEM, person_id=sina.person_id)), 9)
    assert not more and (look.at, look.what, look.who, look.about) == (NOW, "beside", "Hemi Example", ref)
    assert service.ends_of(store.work(), sina.person_id, [ref]) == {ref: (NOW + 5 * MINUTE, True)}
    assert service.ends_of(store.work(), sina.person_id + 1, [ref]) == {}


def test_little_is_open_meanwhile_and_what_is_not_named_is_shut(store, hemi, sina):
    who = actor(store, beside(store, hemi, sina))
    own = at_one_device.replace(who, beside=None)
    assert {one for one in Permission if allowed(who, one)} == BESIDE["account"]
    shut = {one for one in Permission if allowed(own, one) and not allowed(who, one)}
    assert shut >= {
        Permission.BUNDLES_SHARE,
        Permission.RECORDS_ALONE,
        Permission.NOTICES_CONTACT,
        Permission.IDENTITY_ACCOUNT,
        Permission.AGENCIES_LINK,
        Permission.CHOICES_MAKE,
        Permission.STORY_WRITE,
        Permission.DELEGATIONS_LET,
    }
    assert not any(
        allowed(at_one_device.replace(who, kind=kind), Permission.RECORDS_SEE)
        for kind in BESIDE
        if kind != "account"
    )
    assert not any(allowed(at_one_device.replace(who, kind="joining"), one) for one in Permission)


def test_it_ends_after_an_hour_whatever_happens(store, hemi, sina):
    token = beside(store, hemi, sina)
    for minutes in range(9, 60, 9):
        at = NOW + minutes * MINUTE
        assert actor(store, token, at).signed_in
        as_token(store, token, identity.touch, identity.fingerprint(token), "en", now=at)
    assert actor(store, token, NOW + 60 * MINUTE).kind == "anonymous"


def test_it_rests_as_on_a_shared_phone(store, hemi, sina):
    token = beside(store, hemi, sina)
    assert actor(store, token, NOW + identity_rules.IDLE_SHARED).signed_in
    assert not actor(store, token, NOW + identity_rules.IDLE_SHARED + MINUTE).signed_in


@pytest.mark.parametrize("how", ["left", "other role", "shut"])
def test_it_ends_at_once_when_the_worker_may_not_any_more(store, hemi, sina, how):
    token = beside(store, hemi, sina)
    agency_id = actor(store, token).beside.agency_id

    def _change(work):
        if how == "shut":
            return identity.deactivate(work, hemi.id)
        from portal.identity.models import Membership

        row = work.session.get_one(Membership, (hemi.id, agency_id))
        row.state, row.role = ("ended", row.role) if how == "left" else (row.state, "administrator")

    store.work().do(_change)
    assert actor(store, token).kind == "anonymous"


def test_a_renewed_session_keeps_the_worker_and_the_hour(store, hemi, sina):
    token = beside(store, hemi, sina)
    before, later = actor(store, token), NOW + 7 * MINUTE
    renewed = as_token(store, token, identity.step_up, sina.codes.pop(), now=later)
    after = actor(store, renewed, later)
    assert after.beside == before.beside and after.fresh(later)


def test_a_code_from_the_phone_opens_the_device_once(store, hemi, sina):
    code, device = code_of(store, sina), handed(store, hemi)
    agreeing = as_token(store, device, service.take_over, f"{code[:4]}-{code[4:].lower()}")
    who = actor(store, agreeing)
    assert who.kind == "agreeing" and who.account_id == sina.id and who.factor_at is None
    assert as_token(store, device, service.take_over, code) is None
    assert kept(store, AssistCode) == 0


def test_whatever_is_wrong_with_a_code_is_one_answer(store, hemi, sina):
    device = handed(store, hemi)
    late, used = code_of(store, sina, NOW - rules.ASSIST_CODE_LIFE - MINUTE), code_of(store, sina)
    assert as_token(store, device, service.take_over, late) is None
    assert as_token(store, device, service.take_over, used)
    second = code_of(store, sina)
    third = code_of(store, sina)
    for wrong in (used, second, "", "AAAA BBBB CCCC"):
        assert as_token(store, device, service.take_over, wrong) is None
    assert as_token(store, device, service.take_over, third, now=NOW + rules.ASSIST_CODE_LIFE) is None


def test_a_code_is_worth_nothing_where_no_worker_handed_over(store, hemi, sina):
    code = code_of(store, sina)
    for who in (None, hemi.token):
        work = store.work(actor(store, who), NOW) if who else store.work(now=NOW)
        assert work.do(service.take_over, code) is None


def test_a_second_worker_at_once_is_refused_and_the_person_is_told(store, hemi, sina):
    first = beside(store, hemi, sina)
    other = at_one_device.hemi(store, "ana")
    assert beside(store, other, sina) is None
    assert sorted(told(store, sina)) == ["assist_begun", "assist_twice"]
    assert actor(store, first).signed_in and kept(store, Assist) == 1
    as_token(store, first, service.done)
    other.token = sign_in(store, other)
    assert beside(store, other, sina)


def test_the_person_stops_it_from_their_own_phone(store, hemi, sina):
    token, phone = beside(store, hemi, sina), sign_in(store, sina)
    as_token(store, phone, service.stop, now=NOW + MINUTE)
    assert actor(store, token).kind == "anonymous" and actor(store, phone).signed_in


def test_the_worker_comes_back_with_their_own_sign_in_and_so_does_a_colleague(store, hemi):
    device = handed(store, hemi)
    clerk = people.colleague(store, "kiri", people.provider(store, "example-other", "Other"), "frontline")
    for who in (hemi, clerk):
        back = actor(store, sign_in(store, who, over=device))
        assert back.signed_in and back.beside is None and back.role == "frontline"


def test_a_worker_who_is_a_person_too_cannot_sit_beside_themselves(store, hemi, sina):
    agency_id = actor(store, hemi.token).agency_id
    store.work(now=NOW).do(identity.add_membership, sina.id, agency_id, "frontline")
    token = sign_in(store, sina)
    as_token(store, token, identity.wear, agency_id)
    device = as_token(store, token, service.hand_over)
    assert as_token(store, device, service.take_over, code_of(store, sina)) is None


def test_a_device_waits_for_twenty_minutes_and_a_yes_for_ten(store, hemi, sina):
    device = handed(store, hemi)
    assert actor(store, device, NOW + 20 * MINUTE).kind == "handing"
    assert actor(store, device, NOW + 21 * MINUTE).kind == "anonymous"
    agreeing = sign_in(store, sina, over=device)
    assert actor(store, agreeing, NOW + 11 * MINUTE).kind == "anonymous"


def test_nobody_else_can_hand_over_or_agree(store, sina):
    with pytest.raises(NotThere):
        as_token(store, sign_in(store, sina), service.hand_over)
    with pytest.raises(NotThere):
        as_token(store, sign_in(store, sina), service.agree)


def test_leaving_quickly_notes_the_end_and_leaves_no_session(store, hemi, sina):
    token = beside(store, hemi, sina)
    ref = actor(store, token).beside.ref
    store.work(now=NOW + 3 * MINUTE).do(service.leave, token)
    assert service.ends_of(store.work(), sina.person_id, [ref])[ref] == (NOW + 3 * MINUTE, True)
    with store.core.sessions() as session:
        assert session.get(SignInSession, identity.fingerprint(token)) is None


def test_the_worker_process_forgets_codes_and_what_was_seen_long_enough(store, hemi, sina):
    code_of(store, sina)
    as_token(store, beside(store, hemi, sina), service.note_helped, 7, 8, "7HD3-QK8W")
    assert store.work(now=NOW + 14 * MINUTE).do(service.forget_help) == 0
    assert store.work(now=NOW + 16 * MINUTE).do(service.forget_help) == 1
    assert store.work(now=NOW + rules.SHOWN_FOR + MINUTE).do(service.forget_help) == 1
