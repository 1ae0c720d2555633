"""Nobody acts for another person with a worker beside them, and no helper starts or takes help at one device."""

import pytest
from sqlalchemy import event, select, update

from portal.base.problems import NotThere
from portal.delegations import queries, service
from portal.delegations.models import Assist, AssistCode, HelperCode
from portal.identity import service as identity
from portal.identity.models import SignInSession
from portal.identity.permissions import Permission, allowed
from tests.delegations import at_one_device, factory
from tests.delegations.factory import NOW

BEGINS = {Permission.DELEGATIONS_ASSIST, Permission.DELEGATIONS_LET, Permission.DELEGATIONS_TAKE}
BEGINS |= {Permission.DELEGATIONS_AGREE, Permission.DELEGATIONS_DONE}
TRUSTS = {Permission.DELEGATIONS_GIVE, Permission.DELEGATIONS_HELP, Permission.DELEGATIONS_BACK}


@pytest.fixture
def town(store):
    return factory.town(store)


@pytest.fixture
def hemi(store):
    return at_one_device.hemi(store)


def rows(town, table):
    return list(town.store.work().session.scalars(select(table)))


def test_with_a_worker_beside_them_a_person_adds_no_helper_and_makes_no_code(town, hemi):
    town.code()
    before, ref = town.helper(), town.helper().ref
    token = at_one_device.beside(town.store, hemi, town.mere)
    who = town.actor(token)
    assert who.beside and not any(allowed(who, one) for one in TRUSTS)
    codes = [one.fingerprint for one in rows(town, HelperCode)]
    for verb, *given in (
        (service.add_helper, town.draft()),
        (service.new_helper_code, ref),
        (service.change_helper, ref, town.draft(months=12)),
        (service.stop_helper, ref),
    ):
        with pytest.raises(NotThere):
            town.as_one(token).do(verb, *given)
    assert queries.helpers(town.as_mere()) == [before]
    assert [one.fingerprint for one in rows(town, HelperCode)] == codes


def test_with_a_worker_beside_them_nobody_begins_or_goes_on_to_act_for_another(town, hemi):
    town.helping()
    known = queries.helped(town.as_one(town.session(town.ria)))[0].ref
    code = town.code(name="Ria again")
    token = at_one_device.beside(town.store, hemi, town.ria)
    for verb, given in ((service.begin_to_help, code), (service.help_again, known)):
        with pytest.raises(NotThere):
            town.as_one(token).do(verb, given)
    assert town.actor(token).helping is None and town.actor(token).person_id == town.ria.person_id
    assert len(rows(town, HelperCode)) == 1


def test_a_helper_makes_no_code_for_a_worker_and_hands_over_no_device(town, hemi):
    token = town.helping()
    assert not any(allowed(town.actor(token), one) for one in BEGINS)
    for verb in (service.let_help, service.hand_over, service.agree):
        with pytest.raises(NotThere):
            town.as_one(token).do(verb)
    assert rows(town, AssistCode) == [] and rows(town, Assist) == []


def test_a_worker_who_helps_somebody_as_themselves_hands_over_only_with_their_own_hat_again(town, hemi):
    at_one_device.as_token(town.store, hemi.token, service.begin_to_help, town.code())
    assert town.actor(hemi.token).helping.live and not allowed(
        town.actor(hemi.token), Permission.DELEGATIONS_ASSIST
    )
    with pytest.raises(NotThere):
        town.as_one(hemi.token).do(service.hand_over)
    town.as_one(hemi.token).do(service.own_pages)
    assert town.actor(town.as_one(hemi.token).do(service.hand_over)).kind == "handing"


def test_a_session_that_were_both_is_nobodys(town, hemi):
    """Whoever could write into a session's row would still not get two rights in one."""
    helping = town.actor(town.helping())
    token = at_one_device.beside(town.store, hemi, town.ria)

    def put(work):
        both = work.session.get(SignInSession, helping.session)
        assert both is not None and both.for_grant_id
        mine = SignInSession.fingerprint == identity.fingerprint(token)
        facts = {"for_person_id": both.for_person_id, "for_grant_id": both.for_grant_id}
        work.session.execute(update(SignInSession).where(mine).values(facts))

    assert town.actor(token, NOW).signed_in
    town.store.work(now=NOW).do(put)
    assert town.actor(token, NOW) is None


def test_the_session_the_worker_and_the_help_are_one_statement(town, hemi):
    """Each page of everybody reads who is asking, and nothing beside it."""
    for token in (town.helping(), at_one_device.beside(town.store, hemi, town.mere)):
        work, seen = town.store.work(now=NOW), []
        # The keys of those whose names stand above the page are kept in memory, or read at once.
        event.listen(
            town.store.core.engine, "before_cursor_execute", lambda *said, to=seen: to.append(said[2])
        )
        assert identity.actor_of(work, token)
        assert len([one for one in seen if "identity_session" in one]) == 1
        assert not [one for one in seen if "identity_membership" in one and "identity_session" not in one]
