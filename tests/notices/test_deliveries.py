"""Staff see that messages were put aside, and send them again, without learning whom they are for."""

import pyotp
import pytest
from sqlalchemy import select

from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.identity.service.sessions import open_session
from portal.notices import queries, service
from portal.notices.models import Delivery
from tests.agencies import factory
from tests.cli.commands import portal
from tests.notices.boxes import core_with, reader, tell, work_at

NOW = factory.NOW


@pytest.fixture
def parked(store, post, monkeypatch):
    """Two agencies with a message each that an address did not take."""
    post.refuse_address = "550 No such person"
    work = store.work(now=NOW)
    agencies = [factory.agency(work), factory.agency(work, "example-medical-centre")]
    people = [reader(store), reader(store)]
    for sina, agency in zip(people, agencies, strict=True):
        tell(store, sina, "request_decided", agency.id, 1)
    work_at(monkeypatch, core_with(store, post), NOW)
    post.refuse_address = ""
    return agencies, people


def officer(store, agency_id, role="privacy-officer"):
    return store.work(Actor("account", 77, agency_id=agency_id, role=role), NOW)


def states(store):
    return sorted(store.work().session.scalars(select(Delivery.state)))


def test_each_agency_sees_and_sends_its_own_only(store, parked):
    (housing, clinic), _ = parked
    (mine,), (other,) = (queries.parked(officer(store, one.id), 50) for one in (housing, clinic))
    assert (mine.channel, mine.fault, mine.tries) == ("email", "refused", 1)
    assert queries.counts(officer(store, housing.id)) == {"parked": 1}
    with pytest.raises(service.deliveries.NotThere):
        officer(store, housing.id).do(service.redrive, other.id)
    officer(store, housing.id).do(service.redrive, mine.id)
    assert states(store) == ["parked", "waiting"]
    officer(store, clinic.id).do(service.redrive_all)
    assert states(store) == ["waiting", "waiting"]


def test_what_is_sent_again_arrives(store, parked, post, monkeypatch):
    officer(store, parked[0][0].id).do(service.redrive_all)
    work_at(monkeypatch, core_with(store, post), NOW)
    assert [receivers for receivers, _ in post.mails] == [["mere@example.org"]]
    assert states(store) == ["parked", "sent"]


def staff_browser(store, app, agency_id, role):
    """A browser in which a member of staff is signed in."""
    work, secret, name = store.work(), pyotp.random_base32(), f"staff-{role}"

    def make(opened):
        number = identity.add_account(opened, name, factory.PASSWORD, "Lani", totp_secret=secret)
        identity.add_membership(opened, number, agency_id, role)
        return number

    number = work.do(make)
    token = work.do(lambda w: open_session(w, number, "full", factor_at=w.now, agency_id=agency_id))
    client = app.test_client()
    client.set_cookie("portal", token)
    return client


@pytest.mark.parametrize("role", ["privacy-officer", "steward"])
def test_the_page_tells_channel_fault_and_time_and_nothing_of_the_person(
    sqlite_store, sqlite_app, post, monkeypatch, role
):
    post.refuse_address = "550 No such person"
    work = sqlite_store.work(now=NOW)
    agency, sina = factory.agency(work), reader(sqlite_store)
    tell(sqlite_store, sina, "request_decided", agency.id, 1)
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    monkeypatch.undo()
    client = staff_browser(sqlite_store, sqlite_app, agency.id, role)
    page = client.get("/en/notices/deliveries").text
    assert "The address or number does not take messages" in page and "E-mail" in page
    told = ["mere", "sina", "faʻasili", "answered", str(sina.actor.person_id)]
    assert [word for word in told if word in page.lower()] == []
    (row,) = queries.parked(officer(sqlite_store, agency.id), 1)
    from portal.base import ids

    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    nonce = page.split('name="nonce" value="')[1].split('"')[0]
    done = client.post(
        f"/en/notices/deliveries/{ids.encode(row.id)}/again", data={"csrf_token": token, "nonce": nonce}
    )
    assert done.status_code == 303
    assert "All clear." in client.get("/en/notices/deliveries").text


@pytest.mark.parametrize("role", ["caseworker", "frontline"])
def test_other_staff_do_not_see_the_page(sqlite_store, sqlite_app, role):
    agency = factory.agency(sqlite_store.work())
    assert (
        staff_browser(sqlite_store, sqlite_app, agency.id, role).get("/en/notices/deliveries").status_code
        == 403
    )


def test_operators_count_and_send_again_on_the_command_line(sqlite_store, post, monkeypatch):
    post.refuse_address = "550 No such person"
    sina = reader(sqlite_store)
    tell(sqlite_store, sina, "contact_changed")
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    instance, url = sqlite_store.settings.instance, sqlite_store.settings.database_url
    told = portal(instance, "notices", "parked", DATABASE_URL=url, DEMO=1)
    assert (told.status, told.out.strip()) == (0, "1 email refused"), told.err
    doctor = portal(instance, "doctor", DATABASE_URL=url, DEMO=1)
    assert doctor.status == 1 and "portal notices retry" in doctor.out
    done = portal(instance, "notices", "retry", DATABASE_URL=url, DEMO=1)
    assert (done.status, done.out.strip()) == (0, "1 message is on its way again."), done.err
    assert states(sqlite_store) == ["waiting"]
