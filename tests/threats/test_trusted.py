"""A helper who wants more than was given, or for longer; and a code that falls into two hands (T27, P05)."""

import threading
from datetime import timedelta

import pytest
import time_machine

from portal.access_log import queries as access_log
from portal.base import ids
from portal.base.problems import NotThere
from portal.delegations import queries, rules, service
from portal.delegations.models import Grant
from portal.records import queries as records
from tests.delegations import factory
from tests.identity.factory import Browser, bare

# Every page that says something of a person, and what can be done there; `{}` is one of her own records.
NOT_A_HELPERS = (
    "/account", "/account/devices", "/account/password", "/account/passkeys", "/account/safety", "/access-log",
    "/access-requests", "/access-requests/new", "/agencies/link", "/agencies/hidden", "/agencies/counter",
    "/bundles", "/bundles/new", "/choices", "/corrections", "/corrections/new/{}", "/delegations",
    "/delegations/new", "/delegations/help", "/delegations/let", "/delegations/let/code",
    "/delegations/clients", "/delegations/assist", "/notices", "/notices/contact", "/records/check",
    "/records/download", "/records/{}/note/1", "/records/{}/change/4", "/story", "/casework",
    "/delegations/asked", "/delegations/care", "/delegations/safe",
)  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(clock, store):
    return factory.town(store)


def browser_of(app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def ref_of(town, agency_id, kind):
    own = records.listed(town.as_mere())
    return next(ids.encode(one.ref) for one in own if (one.agency.id, one.type.key) == (agency_id, kind))


def test_t27_a_helper_opens_nothing_but_what_was_ticked(town, app):
    ria = browser_of(app, town.helping((town.homes, "home")))
    given, kept = ref_of(town, town.homes, "home"), ref_of(town, town.homes, "visit")
    assert ria.get(f"/en/records/{given}").status_code == 200
    for path in NOT_A_HELPERS:
        answer = ria.get(f"/en{path.format(given)}")
        assert answer.status_code == 403, path
        assert "Mere" not in answer.text, path
    out = ria.get(f"/en/records/{kept}")
    nothing = ria.get("/en/records/aaaaaaaaaaaab")
    assert out.status_code == 404 and bare(out) == bare(nothing)
    assert sorted(out.headers) == sorted(nothing.headers)


def test_t27_every_end_shows_the_helper_the_same_page_and_nothing_on_it(town, app, clock):
    shown = []
    for end in ("stopped", "not safe", "its time", "never was"):
        now = town.store.work().now
        token, helper = town.helping(now=now), town.helper(now)
        ria = browser_of(app, token)
        assert ria.get("/en/records").status_code == 200
        if end == "its time":
            change = {"until": town.store.work().now}
            town.store.work().do(_change_grant, town.mere.person_id, helper.id, change)
        elif end == "never was":
            town.store.work().do(_change_grant, town.mere.person_id, helper.id, {"account_id": town.mere.id})
        else:
            town.as_mere().do(service.stop_helper, helper.ref, end == "not safe")
        pages = [
            ria.get(path) for path in ("/en/records", "/en/account", "/en/records/search", "/en/bundles")
        ]
        assert {page.status_code for page in pages} == {403}
        shown.append([(bare(page), sorted(page.headers)) for page in pages])
        if end in ("its time", "never was"):
            town.as_mere().do(service.stop_helper, helper.ref)
        clock.shift(timedelta(seconds=1))
    assert shown[0] == shown[1] == shown[2] == shown[3]
    assert "You cannot see this any more. Ask the person." in shown[0][0][0]


def test_t27_help_ends_at_midnight_in_new_zealand_in_an_open_session(town):
    over = rules.end_after(factory.NOW.date(), 3)
    token = town.session(town.ria, over - timedelta(minutes=5))
    code = town.code(now=factory.NOW)
    # The code has its own end; a new one is made near the last day.
    code = town.as_mere(over - timedelta(hours=1)).do(service.new_helper_code, town.helper().ref)
    town.as_one(token, over - timedelta(minutes=5)).do(service.begin_to_help, code)
    assert town.actor(token, over - timedelta(seconds=1)).helping.live
    assert not town.actor(token, over).helping.live


def test_t27_a_code_in_two_hands_lets_in_one(town):
    code, answers, gate = town.code(), [], threading.Barrier(4)
    tokens = [town.session(town.ria) for _ in range(4)]

    def begin(token):
        work = town.as_one(token)
        gate.wait()
        answers.append(work.do(service.begin_to_help, code))

    threads = [threading.Thread(target=begin, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, answers)) == ["None", "None", "None", "taken"]
    assert len(queries.grants_of(town.store.work(), town.mere.person_id, town.helper().id)) == 1


def test_t27_a_grant_of_somebody_elses_in_a_session_opens_nothing(town):
    """Whoever could write into their own session row would still need a grant that names their account."""
    from portal.identity import service as accounts

    town.helping()
    grant = queries.grants_of(town.store.work(), town.mere.person_id, town.helper().id)[0]
    thief = town.session(town.mere)
    town.as_one(thief).do(accounts.act_for, town.mere.person_id, grant.id)
    assert not town.actor(thief).helping.live
    with pytest.raises(NotThere):
        records.index(town.as_one(thief))


def test_t27_each_page_is_in_the_persons_log_by_name_and_what_was_refused_is_not(town, app):
    ria = browser_of(app, town.helping((town.homes, "home")))
    for path in ("/en/records", "/en/bundles", "/en/records/aaaaaaaaaaaab", "/en/records/time"):
        ria.get(path)
    looks = access_log.looks(town.as_mere(), town.mere.person_id, 9, None)
    assert [one.who for one in looks] == ["Ria Ngata (moko Ria)"] * 2


def _change_grant(work, person_id, helper_id, change):
    grant = queries.grants_of(work, person_id, helper_id)[0]
    assert isinstance(grant, Grant)
    for name, value in change.items():
        setattr(grant, name, value)
