"""A question about a look: it goes to the looker's organisation, has the law's clock, and is answered once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.access_log import queries, service
from portal.access_log.models import Question
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base.problems import Conflict, Invalid, NotThere
from portal.casework import service as desk
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.notices import service as notices
from tests.agencies import factory

DETAILS = {
    "who": "Priya Nair",
    "role": "caseworker",
    "why": "To answer your request.",
    "records": ["Tenancy"],
}


class Town:
    """A person whom an adviser looked at, the adviser, a colleague and a privacy officer."""

    def __init__(self, store):
        self.store = store
        self._actor = factory.person(store).actor
        self.agency = factory.agency(store.work())
        store.work().do(agencies.link, self.person_id, self.agency.id, "HA-1")
        names = ("Priya Nair", "Mark Lee", "Vic Lord")
        self.priya, self.mark, self.vic = [self._worker(name) for name in names]
        self.look()
        self.look_id = service.looks(self.sina)[0].id

    @property
    def person_id(self):
        return self._actor.person_id

    @property
    def sina(self):
        """A unit of work of its own, that sees what others have done since."""
        return self.store.work(self._actor, factory.NOW + timedelta(days=1))

    def _worker(self, name):
        return self.store.work().do(
            identity.add_account, name.lower().replace(" ", "."), factory.PASSWORD, name
        )

    def as_staff(self, account_id, role="caseworker", now=factory.NOW, agency_id=None):
        agency_id = agency_id or self.agency.id
        return self.store.work(Actor("account", account_id, None, agency_id, role), now)

    def look(self, now=factory.NOW, **details):
        given = ("staff", self.agency.id, "request", DETAILS | details)
        self.as_staff(self.priya, now=now).do(service.note, self.person_id, *given)

    def ask(self, words="Why did you look?"):
        self.sina.do(service.ask, self.look_id, words, "sm")
        return service.look(self.sina, self.look_id).question

    def rows(self, role="caseworker"):
        return tasks.worklist(self.as_staff(self.mark, role)).rows


@pytest.fixture
def town(store):
    return Town(store)


def test_a_question_goes_to_the_lookers_agency_with_twenty_working_days(town):
    asked = town.ask()
    assert (asked.state, asked.asked, asked.lang) == ("sent", "Why did you look?", "sm")
    # Asked on Tuesday 15 September 2026; Labour Day comes after the last day.
    assert asked.due_on == date(2026, 10, 13)
    (row,) = [row for row in town.rows() if row.kind == "look_question"]
    assert (row.ref, row.due_on, row.summary["client_ref"]) == (asked.ref, asked.due_on, "HA-1")


def test_asking_twice_leaves_the_first_question(town):
    town.ask()
    assert town.ask("Something else").asked == "Why did you look?"
    assert len([row for row in town.rows() if row.kind == "look_question"]) == 1


def test_nobody_else_can_ask_and_an_opened_share_has_nobody_to_ask(town):
    tame = factory.person(town.store, "Tame Tūroa")
    with pytest.raises(NotThere):
        tame.do(service.ask, town.look_id, "Why?", "en")
    link = {**DETAILS, "role": "", "why": "A warm home"}
    town.store.work(now=factory.NOW + timedelta(days=1)).do(
        service.note, town.person_id, "link", 0, "share", link
    )
    with pytest.raises(NotThere):
        town.sina.do(service.ask, service.looks(town.sina)[0].id, "Why?", "en")


def test_an_empty_question_is_one_sentence(town):
    with pytest.raises(Invalid) as fault:
        town.ask("  ")
    assert fault.value.field == "words"


def test_an_answer_stands_beside_the_look_and_the_person_is_told(town):
    ref = town.ask().ref
    town.as_staff(town.mark).do(desk.answer, ref, "fine", "She read your tenancy to answer you.")
    answered = service.look(town.sina, town.look_id).question
    assert (answered.state, answered.outcome) == ("answered", "fine")
    assert answered.answer == "She read your tenancy to answer you." and answered.answered_at == factory.NOW
    told = [one for one in notices.newest(town.sina) if one.kind == "look_answered"]
    assert [(one.agency_id, one.about) for one in told] == [(town.agency.id, town.look_id)]
    assert not [row for row in town.rows("privacy-officer") if row.kind.startswith("look")]
    with pytest.raises(Conflict):
        town.as_staff(town.mark).do(service.answer, ref, "fine", "Again")


def test_a_look_that_was_not_right_goes_to_the_privacy_officer_only(town):
    town.as_staff(town.mark).do(desk.answer, town.ask().ref, "wrong", "It should not have happened.")
    assert "look_wrong" not in [row.kind for row in town.rows()]
    (row,) = [row for row in town.rows("privacy-officer") if row.kind == "look_wrong"]
    # Whoever looked cannot wave it away: the desk compares this with who is asking.
    assert row.summary["by"] == str(town.priya) and row.summary["worker"] == "Priya Nair"


def test_whoever_looked_does_not_answer_and_other_agencies_do_not_find_it(town):
    ref = town.ask().ref
    with pytest.raises(Invalid):
        town.as_staff(town.priya).do(service.answer, ref, "fine", "It was fine.")
    with pytest.raises(NotThere):
        town.as_staff(town.mark, agency_id=factory.agency(town.store.work(), "example-school").id).do(
            service.answer, ref, "fine", "It was fine."
        )


@pytest.mark.parametrize(("outcome", "words"), [("", "Words"), ("fine", " "), ("other", "Words")])
def test_half_an_answer_is_refused_and_changes_nothing(town, outcome, words):
    ref = town.ask().ref
    with pytest.raises(Invalid):
        town.as_staff(town.mark).do(service.answer, ref, outcome, words)
    assert service.look(town.sina, town.look_id).question.state == "sent"


def test_to_read_the_question_is_a_look_of_its_own(town):
    ref = town.ask().ref
    work = town.as_staff(town.mark, now=factory.NOW + timedelta(hours=1))
    assert service.about_question(work, ref).look.question.asked == "Why did you look?"
    work.finish()
    newest = service.looks(town.sina)[0]
    assert (newest.what, newest.who) == ("question", "Mark Lee")


def test_question_and_answer_are_sealed(town):
    town.as_staff(town.mark).do(desk.answer, town.ask().ref, "fine", "She read your tenancy.")
    row = town.sina.session.execute(select(Question.__table__)).one()
    assert b"look" not in bytes(row.words) and b"tenancy" not in bytes(row.words)


def test_a_hidden_agencys_look_can_be_found_no_more(town):
    town.sina.do(agencies.hide, town.agency.id)
    with pytest.raises(NotThere):
        service.look(town.sina, town.look_id)
    assert queries.looks(town.sina, town.person_id, 50, None) == []
