"""Who else is looking: colleagues see who opened a request lately, and the person sees nothing of that."""

from datetime import timedelta

import time_machine

from portal.agencies import tasks
from tests.casework import asking, factory
from tests.casework.factory import case
from tests.corrections import factory as corrections
from tests.corrections.factory import NOW
from tests.records.factory import counted


def test_a_colleague_sees_who_opened_a_request_and_when_and_nobody_sees_themselves(town, sqlite_app):
    ref = town.sent({"address": "14 Sample Street"})
    mere, mark = (factory.sign_in(town, sqlite_app, name) for name in ("mere", "mark"))
    assert "opened this" not in mere.page(case(ref))
    assert "opened this" not in mere.page(case(ref))
    assert "Mere opened this just now." in mark.page(case(ref))
    with time_machine.travel(NOW + timedelta(minutes=2, seconds=10), tick=False):
        assert "Mark opened this 2 minutes ago." in mere.page(case(ref))


def test_it_is_forgotten_after_a_quarter_of_an_hour_and_when_the_request_is_closed(town, sqlite_app):
    ref = asking.ask(town)
    mere, mark = (factory.sign_in(town, sqlite_app, name) for name in ("mere", "mark"))
    mere.get(asking.case(ref))
    with time_machine.travel(NOW + timedelta(minutes=14), tick=False):
        assert "Mere opened this 14 minutes ago." in mark.page(asking.case(ref))
    with time_machine.travel(NOW + timedelta(minutes=28), tick=False):
        assert "opened this" not in mark.page(asking.case(ref))
    assert tasks.find(town.work(town.priya), ref).opened
    town.do(tasks.close, town.agency_id, ref, actor=town.priya)
    assert tasks.find(town.work(town.priya), ref).opened is None


def test_the_person_is_not_told_who_has_the_page_open(town, desk, sqlite_app):
    ref = town.sent({"address": "14 Sample Street"})
    desk.get(case(ref))
    sina = corrections.browser(town, sqlite_app)
    page = sina.page(f"/en/corrections/{case(ref).rsplit('/', 1)[1]}")
    assert "What you asked" in page or "Sent" in page
    assert "opened this" not in page and "Mere" not in page


def test_looking_changes_nothing_that_another_could_stumble_over(town, desk):
    ref = town.sent({"address": "14 Sample Street"})
    before = tasks.find(town.work(town.priya), ref).version
    desk.get(case(ref))
    assert tasks.find(town.work(town.priya), ref).version == before


def test_it_costs_no_read_and_keeps_the_write_short(town, desk, sqlite_app):
    ref = asking.ask(town)
    desk.get(asking.case(ref))
    with counted(sqlite_app.extensions["portal"].engine) as asked:
        desk.get(asking.case(ref))
    own = [one for one in asked if "FROM identity_session" not in one and "FROM agencies_stamp" not in one]
    assert len([one for one in own if one.startswith("SELECT")]) <= 4
    assert len([one for one in own if one.startswith(("INSERT", "UPDATE"))]) <= 3
