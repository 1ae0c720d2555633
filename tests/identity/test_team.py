"""An organisation looks after its own people: two administrators decide, and the last one stays."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import worker
from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity import service
from portal.identity.models import Membership, SignInSession
from tests.identity import factory, people
from tests.identity.people import as_, colleague, look

NOW = factory.NOW
TEAM = "/en/agencies/team"


@pytest.fixture
def homes(clock, store):
    return factory.agency(store)


@pytest.fixture
def kahu(store, homes):
    return colleague(store, "kahu", homes, "administrator")


@pytest.fixture
def moana(store, homes):
    return colleague(store, "moana", homes, "administrator", now=NOW + timedelta(seconds=1))


@pytest.fixture
def priya(store, homes):
    return colleague(store, "priya", homes, "caseworker", now=NOW + timedelta(seconds=2))


def ref_of(store, who, name):
    return next(one.ref for one in look(store, who, service.team).colleagues if one.name.startswith(name))


def asks(store, who, name, role, kind="agency"):
    """Ask for a change of a colleague's role, and give its ref."""
    return ids.own(as_(store, who, service.ask_change, ref_of(store, who, name), role, kind))


def role_of(store, known, agency_id):
    row = store.work().session.get(Membership, (known.id, agency_id))
    return row.role if row.state == "active" else None


def test_an_administrator_signs_in_to_the_people_and_to_no_casework(clock, store, kahu, priya, app):
    browser = factory.Browser(app)
    browser.password(kahu)
    assert browser.send("/en/sign-in/code", code=kahu.code()).location.endswith(TEAM)
    page = browser.get(TEAM).text
    assert "Priya Example" in page and "Caseworker" in page and "You are the only administrator" in page
    for closed in ("/en/casework", "/en/records", "/en/open/aaaaaaaaaaaab"):
        assert browser.get(closed).status_code in (403, 404)
    assert factory.Browser(app).sign_in(priya).get(TEAM).status_code == 403


def test_a_change_is_made_when_a_second_administrator_approves(clock, store, homes, kahu, moana, priya, app):
    first, second = factory.Browser(app).sign_in(kahu), factory.Browser(app).sign_in(moana)
    place = re.search(r'href="(/en/agencies/team/colleague/\w+)"[^>]*>Priya', first.get(TEAM).text)[1]
    there = first.send(place, role="privacy-officer").location
    assert "Another administrator approves this" in first.get(there).text
    refused = first.send(there, answer="approve")
    assert refused.status_code == 400 and role_of(store, priya, homes) == "caseworker"
    assert "Waiting for a second administrator" in second.get(TEAM).text
    assert second.send(there, answer="approve").status_code == 303
    assert role_of(store, priya, homes) == "privacy-officer"
    assert second.get(there).status_code == 404


def test_who_leaves_is_out_at_the_next_click_and_their_work_goes_back(
    clock, store, homes, kahu, moana, priya, app
):
    desk = factory.Browser(app).sign_in(priya)
    assert desk.get("/en/casework").status_code == 200
    day = date(2026, 10, 1)
    store.work(now=NOW).do(tasks.add, homes, 77, "ingest_held", day, 0, {})
    as_(store, priya, lambda work: tasks.change(work, 77, state="looking", owner_id=priya.id))
    change = asks(store, kahu, "Priya", "")
    as_(store, moana, service.approve_change, change)
    assert desk.get("/en/casework").status_code == 303
    assert store.work().session.scalars(select(SignInSession.account_id)).all() == []
    while worker.once(store.core):
        pass
    assert look(store, kahu, tasks.find, 77).owner_id == 0
    assert look(store, kahu, tasks.counts, day).nobody == 1
    back = factory.Browser(app).sign_in(priya, code=priya.codes[0])
    assert back.get("/en/casework").status_code == 403


def test_nobody_approves_a_change_of_their_own_role(clock, store, homes, kahu, moana, priya):
    change = asks(store, kahu, "Moana", "caseworker")
    with pytest.raises(Invalid):
        as_(store, moana, service.approve_change, change)
    own = asks(store, moana, "Priya", "administrator")
    as_(store, kahu, service.approve_change, own)
    as_(store, people.colleague(store, "rua", homes, "administrator"), service.approve_change, change)
    assert role_of(store, moana, homes) == "caseworker"


def test_the_last_administrator_cannot_leave_or_be_removed(clock, store, homes, kahu, moana, priya):
    waiting = asks(store, moana, "Kahu", "")
    leaving = asks(store, kahu, "Moana", "")
    store.work(now=NOW).do(service.approve_as_operator, homes, waiting)
    with pytest.raises(Invalid, match="last administrator"):
        store.work(now=NOW).do(service.approve_as_operator, homes, leaving)
    assert role_of(store, moana, homes) == "administrator"
    as_(store, moana, service.refuse_change, leaving)
    with pytest.raises(Invalid, match="last administrator"):
        asks(store, moana, "Moana", "caseworker")


def test_nobody_vetoes_what_others_decide_about_them(clock, store, homes, kahu, moana):
    leaving = asks(store, kahu, "Moana", "")
    with pytest.raises(Invalid, match="Another administrator"):
        as_(store, moana, service.refuse_change, leaving)
    as_(store, kahu, service.refuse_change, leaving)


def test_one_change_waits_for_a_colleague_at_a_time_and_anybody_may_end_it(
    clock, store, homes, kahu, moana, priya
):
    change = asks(store, kahu, "Priya", "steward")
    with pytest.raises(Invalid, match="waits already"):
        asks(store, moana, "Priya", "")
    as_(store, kahu, service.refuse_change, change)
    with pytest.raises(Conflict):
        as_(store, moana, service.approve_change, change)
    asks(store, moana, "Priya", "")
    assert role_of(store, priya, homes) == "caseworker"


@pytest.mark.parametrize("role", ["caseworker", "frontline", "operator", "admin"])
def test_a_role_must_be_another_one_that_the_organisation_has(clock, store, kahu, moana, priya, role):
    with pytest.raises(Invalid):
        asks(store, kahu, "Priya", role)


def test_another_organisations_people_are_not_there(clock, store, homes, kahu, moana, priya):
    other = factory.agency(store, "example-other", "Other")
    stranger = colleague(store, "nia", other, "administrator")
    number, change = ref_of(store, kahu, "Priya"), asks(store, kahu, "Priya", "")
    for verb, given in (
        (service.ask_change, (number, "steward", "agency")),
        (service.approve_change, (change,)),
        (service.refuse_change, (change,)),
        (service.take_back, (number,)),
    ):
        with pytest.raises(NotThere):
            as_(store, stranger, verb, *given)
    assert [one.name for one in look(store, stranger, service.team).colleagues] == ["Nia Example"]


def test_a_colleague_has_another_ref_at_each_organisation(clock, store, homes, kahu, priya):
    other = factory.agency(store, "example-other", "Other")
    store.work(now=NOW).do(service.add_membership, priya.id, other, "caseworker")
    nia = colleague(store, "nia", other, "administrator")
    assert ref_of(store, kahu, "Priya") != ref_of(store, nia, "Priya")
    assert priya.id not in (ref_of(store, kahu, "Priya"), ref_of(store, nia, "Priya"))


def test_an_invited_colleague_joins_with_the_role_and_the_day_of_sign_in_is_seen(
    clock, store, homes, kahu, moana, app
):
    browser = factory.Browser(app).sign_in(kahu)
    empty = browser.send(f"{TEAM}/invite", full_name="Aria Example")
    assert empty.status_code == 400 and "Choose one of the answers" in empty.text
    assert browser.send(f"{TEAM}/invite", full_name="A", role="administrator").status_code == 400
    made = browser.send(f"{TEAM}/invite", full_name="Aria Example", role="caseworker")
    address = re.search(r'id="address"[^>]*>http://localhost([^<]+)<', made.text)[1]
    page = browser.get(TEAM).text
    assert "Invited, not here yet" in page and "Waits for a second administrator" in page
    new = factory.Browser(app)
    early = new.get(address)
    assert early.status_code == 403 and "waits for a second administrator" in early.text
    place = re.search(r'href="(/en/agencies/team/invitation/\w+)"', page)[1]
    assert 'value="approve"' not in browser.get(place).text
    assert browser.send(place, answer="approve").status_code == 400
    assert factory.Browser(app).sign_in(moana).send(place, answer="approve").status_code == 303
    new.send(address, username="aria", password="calm river under stars")
    key = re.search(r'id="key"[^>]*>([^<]+)<', new.get("/en/join/app").text)[1]
    new.send("/en/join/app", code=people.app_code(key, NOW))
    [aria] = [one for one in look(store, kahu, service.team).colleagues if one.name == "Aria Example"]
    assert aria.role == "caseworker" and aria.seen_on == date(2026, 9, 14)
    assert look(store, kahu, service.team).invitations == []


def test_an_invitation_that_was_taken_back_is_worth_nothing(clock, store, homes, kahu, app):
    browser = factory.Browser(app).sign_in(kahu)
    made = browser.send(f"{TEAM}/invite", full_name="Aria Example", role="caseworker")
    address = re.search(r'id="address"[^>]*>http://localhost([^<]+)<', made.text)[1]
    assert factory.Browser(app).get(address).status_code == 403
    there = re.search(r'href="(/en/agencies/team/invitation/\w+)"', browser.get(TEAM).text)[1]
    assert browser.send(there, answer="refuse").status_code == 303
    assert factory.Browser(app).get(address).status_code == 404


def test_nobody_else_can_approve_is_said_where_it_is_so(clock, store, homes, kahu, priya, app):
    browser = factory.Browser(app).sign_in(kahu)
    change = asks(store, kahu, "Priya", "administrator")
    page = browser.get(f"{TEAM}/change/{ids.encode(change)}").text
    assert "Ask the portal's operator" in page.replace("&#39;", "'")
    store.work(now=NOW).do(service.approve_as_operator, homes, change)
    assert role_of(store, priya, homes) == "administrator"


def test_where_one_administrator_is_alone_the_operator_agrees_to_an_invitation(
    clock, store, homes, kahu, app
):
    code = as_(store, kahu, service.invite_colleague, "Aria Example", "caseworker", "agency")
    browser = factory.Browser(app).sign_in(kahu)
    there = re.search(r'href="(/en/agencies/team/invitation/\w+)"', browser.get(TEAM).text)[1]
    assert "Nobody else here can approve this" in browser.get(there).text
    [waiting] = look(store, kahu, service.team).invitations
    with pytest.raises(Invalid, match="Another administrator"):
        as_(store, kahu, service.agree, waiting.ref)
    store.work(now=NOW).do(service.agree_as_operator, homes, waiting.ref)
    assert factory.Browser(app).get(f"/en/join/{code}").status_code == 200
    with pytest.raises(Conflict):
        store.work(now=NOW).do(service.agree_as_operator, homes, waiting.ref)


def test_an_invitation_of_another_organisation_is_not_there_to_agree_to(clock, store, homes, kahu):
    as_(store, kahu, service.invite_colleague, "Aria Example", "caseworker", "agency")
    [waiting] = look(store, kahu, service.team).invitations
    other = factory.agency(store, "example-other", "Other")
    stranger = colleague(store, "nia", other, "administrator")
    with pytest.raises(NotThere):
        as_(store, stranger, service.agree, waiting.ref)
    with pytest.raises(NotThere):
        store.work(now=NOW).do(service.agree_as_operator, other, waiting.ref)
