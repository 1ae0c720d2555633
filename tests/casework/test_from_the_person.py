"""What the person sends along and sends later, as the desk reads it: a statement, a copy's holder, a complaint."""

from datetime import date

from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service
from tests.casework import factory
from tests.corrections.factory import REPLY, plain
from tests.corrections.test_written_down import call

WORDS = "Nobody rang me back."


def test_the_desk_sees_what_stands_beside_a_value_if_it_says_no_and_whether_a_copy_may_go_to_its_holder(
    town, desk
):
    town.other_agency()
    ref = town.draft("people")
    town.keep(ref, "value", {"field": "people", "wish": "replace", "value": "4", "hand_on": "no"})
    town.keep(ref, "reason", {"reason": "", "beside": "O aʻu upu.", "beside_lang": "sm"})
    town.keep(ref, "reply", REPLY)
    town.do(service.submit, ref)
    text = desk.text(f"/en/casework/{ids.encode(ref)}")
    assert "If you say no, these words stand beside it at once:" in plain(text)
    assert 'lang="sm">O aʻu upu.' in text
    assert "They do not want it passed on to Example Holder" in plain(text)


def test_a_complaint_is_read_by_the_privacy_officer_in_the_persons_words_and_by_nobody_else(
    town, sqlite_app, desk
):
    officer = factory.sign_in(town, sqlite_app, "ola", "privacy-officer")
    ref = town.sent({"address": "14 Sample Street"})
    town.do(service.complain, ref, WORDS, "en")
    assert "Someone complains about a request to fix" in officer.page("/en/casework")
    rows = tasks.worklist(town.work(town.olga)).rows
    row = next(one for one in rows if one.kind == service.COMPLAINT)
    page = officer.page(f"/en/casework/{ids.encode(row.ref)}")
    assert WORDS in page and "They can also go to the Privacy Commissioner." in page
    assert f"/en/casework/{ids.encode(ref)}" in officer.text(f"/en/casework/{ids.encode(row.ref)}")
    assert "Someone complains" not in desk.page("/en/casework")
    assert desk.get(f"/en/casework/{ids.encode(row.ref)}").status_code == 404


def test_the_desk_reads_how_a_request_came_that_was_written_down(town, desk):
    ref = ids.decode(
        town.do(service.write_down, call(town, received_on=date(2026, 11, 20)), actor=town.priya)
    )
    assert "A worker wrote it down for them. By phone" in desk.page(f"/en/casework/{ids.encode(ref)}")
