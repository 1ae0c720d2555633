"""Looks that are shown later: a ground, an end and two people; until then the page is the same byte for byte."""

import re
from datetime import date, timedelta

import pytest

from portal import worker
from portal.access_log import queries, service
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date, utc_now
from portal.base.problems import Conflict, Invalid, NotThere
from portal.casework import service as desk
from portal.delegations import service as delegations
from portal.notices import service as notices
from tests.access_log.test_questions import Town
from tests.agencies import factory

LAW = "Under the Family Violence Act 2018, section 20, it would put her child in danger."
TODAY = nz_date(factory.NOW)
END = TODAY + timedelta(days=30)


@pytest.fixture
def town(store):
    return Town(store)


def days(number):
    return factory.NOW + timedelta(days=number)


def wish(town, **changed):
    given = {
        "client_ref": "HA-1",
        "ground": "s24",
        "reason": LAW,
        "from_on": TODAY,
        "until_on": END,
    } | changed
    return ids.decode(town.as_staff(town.mark).do(desk.hold_back, *given.values()))


def agreed(town, **changed):
    ref = wish(town, **changed)
    officer(town).do(service.agree, ref, "No other way.")
    return ref


def officer(town, now=factory.NOW):
    return town.as_staff(town.vic, "privacy-officer", now)


def seen(town, now=None):
    me = town.store.work(town.sina.actor, now or days(2))
    return [look.at for look in queries.looks(me, town.person_id, 50, None)]


def test_nothing_is_held_back_until_a_second_person_agrees(town):
    ref = wish(town)
    assert seen(town) == [factory.NOW]
    (row,) = [row for row in town.rows("privacy-officer") if row.ref == ref]
    assert row.kind == "look_hold" and "look_hold" not in [row.kind for row in town.rows()]
    officer(town).do(service.agree, ref, "No other way.")
    assert seen(town) == []
    assert officer(town).do(lambda work: service.hold(work, ref)).note == "No other way."
    assert not [row for row in town.rows("privacy-officer") if row.ref == ref]


def test_whoever_asked_cannot_agree_and_nobody_decides_twice(town):
    ref = wish(town)
    with pytest.raises(Invalid):
        town.as_staff(town.mark, "privacy-officer").do(service.agree, ref, "")
    with pytest.raises(Invalid):
        town.as_staff(town.mark, "privacy-officer").do(service.say_no, ref, "")
    officer(town).do(service.say_no, ref, "It can be shown.")
    with pytest.raises(Conflict):
        officer(town).do(service.agree, ref, "")
    assert seen(town) == [factory.NOW]


def test_after_the_last_day_a_look_appears_with_its_true_time(town):
    agreed(town)
    town.look(days(3), who="Later")
    assert seen(town, days(29)) == []
    assert seen(town, days(32)) == [days(3), factory.NOW]


def test_a_hold_covers_one_agency_and_no_look_before_its_first_day(town):
    agreed(town)
    town.look(days(-1))
    other = factory.agency(town.store.work(), "example-school")
    given = (service.note, town.person_id, "staff", other.id, "record", {"who": "Rua", "role": "steward"})
    town.as_staff(town.mark, agency_id=other.id).do(*given)
    assert seen(town) == [factory.NOW, days(-1)]
    with pytest.raises(NotThere):
        town.as_staff(town.mark, "privacy-officer", agency_id=other.id).do(
            service.hold, service.holds(officer(town), 5)[0].ref
        )


def test_a_look_that_was_asked_about_stays_and_a_held_one_is_not_there_to_ask(town):
    town.ask()
    town.look(days(1))
    hidden = service.looks(town.store.work(town.sina.actor, days(2)))[0].id
    agreed(town)
    assert seen(town) == [factory.NOW]
    with pytest.raises(NotThere):
        town.store.work(town.sina.actor, days(2)).do(service.ask, hidden, "Why?", "en")


def test_showing_at_once_needs_no_second_person(town):
    ref = agreed(town)
    town.as_staff(town.mark, "privacy-officer").do(service.lift, ref)
    assert seen(town) == [factory.NOW]


def test_a_later_end_has_to_be_asked_for_and_agreed_again(town):
    ref = agreed(town)
    with pytest.raises(Invalid):
        officer(town, days(25)).do(service.renew, ref, TODAY + timedelta(days=120), "Still")
    again = ids.decode(officer(town, days(25)).do(service.renew, ref, TODAY + timedelta(days=60), "Still"))
    assert seen(town, days(32)) == [factory.NOW]
    with pytest.raises(Invalid):
        officer(town, days(26)).do(service.agree, again, "")
    town.as_staff(town.mark, "privacy-officer", days(26)).do(service.agree, again, "")
    assert seen(town, days(32)) == [] and seen(town, days(62)) == [factory.NOW]
    with pytest.raises(Conflict):
        officer(town, days(62)).do(service.renew, ref, TODAY + timedelta(days=70), "Still")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"client_ref": "HA-9"}, "client_ref"),
        ({"ground": "50"}, "ground"),
        ({"ground": ""}, "ground"),
        ({"reason": "  "}, "reason"),
        ({"reason": "Another law says so."}, "reason"),
        ({"from_on": TODAY - timedelta(days=8)}, "from_on"),
        ({"from_on": TODAY + timedelta(days=1)}, "from_on"),
        ({"from_on": None}, "from_on"),
        ({"until_on": TODAY}, "until_on"),
        ({"until_on": TODAY + timedelta(days=91)}, "until_on"),
        ({"until_on": date.max}, "until_on"),
    ],
)
def test_a_wish_without_ground_reason_or_end_is_one_sentence(town, changed, field):
    with pytest.raises(Invalid) as fault:
        wish(town, **changed)
    assert fault.value.field == field


def test_a_look_coded_as_family_violence_is_held_back_as_it_comes(town):
    town.look(days(1), who="Coded", code="FV")
    assert seen(town) == [factory.NOW]
    (held,) = service.holds(officer(town, days(2)), 5)
    assert (held.state, held.by) == ("coded", "") and "Family Violence Act 2018" in held.reason
    # Nobody agreed in time: it is shown.
    assert seen(town, days(33)) == [days(1), factory.NOW]
    officer(town, days(3)).do(service.agree, held.ref, "Danger.")
    assert seen(town, days(33)) == [factory.NOW] and seen(town, days(93)) == [days(1), factory.NOW]


def test_a_file_opened_in_an_emergency_is_told_at_the_end_too(town):
    agreed(town)
    work = town.as_staff(town.priya, now=days(1))
    work.do(delegations.open_urgently, "HA-1", "The neighbours rang: someone is hurt in there.")
    kinds = lambda now: [one.kind for one in notices.newest(town.store.work(town.sina.actor, now))]  # noqa: E731
    assert "urgent_look" not in kinds(days(2)) and seen(town) == []
    for day, told in ((20, False), (31, True)):
        job = town.store.work(now=days(day))
        about = {"person_id": str(town.person_id), "agency_id": str(town.agency.id), "look_id": "7"}
        job.do(worker.JOBS["delegations.tell_later"], town.store.settings, about | {"kind": "urgent_look"})
        assert ("urgent_look" in kinds(days(day))) is told


def test_the_page_is_the_same_whether_a_look_is_held_back_or_not(sqlite_store, sqlite_app):
    client, person_id = factory.browser(sqlite_store, sqlite_app)
    agency = factory.agency(sqlite_store.work())
    sqlite_store.work().do(agencies.link, person_id, agency.id, "HA-1", "in-person")
    staff = factory.staff(sqlite_store, agency.id, now=utc_now())
    staff.do(service.note, person_id, "staff", agency.id, "request", {"who": "Priya", "role": "caseworker"})

    def pages():
        paths = ("", "?agency=others", f"?agency={ids.encode(agency.id)}", f"/{'a' * 12}b/ask")
        texts = [client.get(f"/en/access-log{path}").text for path in paths]
        return [re.sub(r'name="(csrf_token|nonce)" value="[^"]*"', "", text) for text in texts]

    before = pages()
    assert "Some looks can be shown later, when the law allows it." in before[0]
    coded = {"who": "Someone else", "role": "caseworker", "code": "FV"}
    staff.do(service.note, person_id, "staff", agency.id, "record", coded)
    assert pages() == before
    assert [row.kind for row in tasks.worklist(officer_of(sqlite_store, agency)).rows] == ["look_hold"]


def officer_of(store, agency):
    work = factory.staff(store, agency.id)
    work.actor = type(work.actor)("account", 77, None, agency.id, "privacy-officer")
    return work
