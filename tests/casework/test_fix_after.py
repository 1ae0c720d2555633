"""After the answer: changes that wait for the agency's own record, and others who are told of them."""

import csv
import io
from datetime import timedelta

import pytest

from portal.access_log import service as access_log
from portal.base import ids
from portal.corrections import service as corrections
from portal.records import service as records
from tests.casework import factory
from tests.casework.factory import case
from tests.corrections.factory import LATER, NOW, plain

TO_APPLY = "/en/casework/to-apply"


def rows_of(*chosen):
    return [f"{ids.encode(ref)}.{no}" for ref, no in chosen]


@pytest.fixture
def two(town):
    """Two requests that were accepted on different days."""
    first = town.sent({"address": "14 Sample Street"})
    town.decide(first, (1, "accept"), now=NOW)
    second = town.sent({"people": "5", "review_on": "1 2 2027"})
    town.decide(second, (1, "accept"), (2, "accept"), now=LATER)
    return first, second


@pytest.fixture
def given_away(town):
    """A record that the agency gave to two others, and a request about it that was accepted."""

    def disclose(work):
        for to in ("Example Power", "Example Holder"):
            facts = {"on": "2026-10-01", "to": to, "why": "A check", "law": "Privacy Act 2020"}
            records.note_disclosure(work, town.sina.person_id, town.record().id, facts)

    town.do(disclose)
    ref = town.sent({"address": "14 Sample Street"})
    town.fix(ref, (1, "accept"), now=LATER)
    return ref


def test_changes_that_wait_are_listed_the_longest_waiting_first(town, desk, two):
    words = desk.page(TO_APPLY)
    assert words.index("14 Sample Street") < words.index("1 February 2027")
    for shown in ("12 Sample Street", "C-sina", "Monday, 30 November 2026", "3", "5"):
        assert shown in words
    looks = access_log.looks(town.work(now=LATER))
    assert len(looks) == 2, "each person reads that staff saw their request"


def test_confirming_some_rows_changes_the_record_and_only_then_the_person_reads_fixed(town, desk, two):
    first, second = two
    assert town.shown(second).status == "looking"
    chosen = rows_of((first, 1), (second, 1), (second, 2))
    done = desk.press(TO_APPLY, "", {"rows": chosen, "note": "Batch 12"})
    assert done.status_code == 303 and done.headers["Location"].endswith("done=3")
    assert (town.held("address"), town.held("people")) == ("14 Sample Street", 5)
    assert (town.shown(first).status, town.shown(second).status) == ("fixed", "fixed")
    assert "Nothing waits." in desk.page(TO_APPLY)


def test_nothing_ticked_says_so_and_keeps_the_note(town, desk, two):
    refused = desk.press(TO_APPLY, "", {"note": "Batch 12"})
    assert refused.status_code == 400 and "Tick what is changed in your own record." in plain(refused.text)
    assert 'value="Batch 12"' in refused.text and town.held("address") == "12 Sample Street"


def test_where_a_colleague_was_faster_the_others_are_confirmed_and_the_page_says_which_not(town, desk, two):
    first, second = two
    hidden = desk.hidden(TO_APPLY, "")
    town.do(corrections.confirm_applied, first, actor=town.priya)
    given = {"rows": rows_of((first, 1), (second, 1)), "note": ""}
    done = desk.press(None, TO_APPLY, given, hidden)
    words = plain(done.text)
    assert done.status_code == 409 and "1 change is confirmed." in words and "1 was not" in words
    assert town.held("people") == 5


def test_sending_the_list_twice_confirms_once(town, desk, two):
    first, _second = two
    hidden = desk.hidden(TO_APPLY, "")
    given = {"rows": rows_of((first, 1)), "note": ""}
    assert [desk.press(None, TO_APPLY, given, hidden).status_code for _ in range(2)] == [303, 303]
    names = [one.name for one in town.shown(first).events]
    assert names.count("CorrectionItemApplied") == 1


def test_the_file_has_the_same_rows_and_nothing_that_a_spreadsheet_would_run(town, desk, two):
    ref = town.sent({"note": '=HYPERLINK("http://example.test")'})
    town.decide(ref, (1, "accept"))
    answer = desk.get(f"{TO_APPLY}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert sorted((row["client"], row["field"], row["becomes"]) for row in rows) == [
        ("C-sina", "address", "14 Sample Street"),
        ("C-sina", "note", '\'=HYPERLINK("http://example.test")'),
        ("C-sina", "people", "5"),
        ("C-sina", "review_on", "1 February 2027"),
    ]


def test_the_reminder_leads_to_the_list_and_is_gone_once_it_is_done(town, desk, two):
    first, _second = two
    late = NOW + timedelta(days=9)
    assert town.store.work(now=late).do(corrections.remind_to_apply) == 1
    (row,) = [one for one in _worklist(town, late) if one.kind == corrections.APPLY]
    done = desk.get(f"/en/casework/{ids.encode(row.ref)}")
    assert done.status_code == 303 and done.headers["Location"] == TO_APPLY
    desk.press(TO_APPLY, "", {"rows": rows_of((first, 1)), "note": ""})
    assert not [one for one in _worklist(town, late) if one.kind == corrections.APPLY]


def _worklist(town, now):
    from portal.agencies import tasks

    return tasks.worklist(town.work(town.priya, now)).rows


def test_a_steward_reads_the_list_and_confirms_nothing(town, sqlite_app, two):
    steward = factory.sign_in(town, sqlite_app, "lani", role="steward")
    assert "14 Sample Street" in steward.page(TO_APPLY) and "It becomes" in steward.page(TO_APPLY)
    assert 'name="rows"' not in steward.text(TO_APPLY)
    assert steward.get(f"{TO_APPLY}.csv").status_code == 403
    hidden = steward.hidden(TO_APPLY, "")
    steward.press(None, TO_APPLY, {"rows": rows_of((two[0], 1)), "note": ""}, hidden)
    assert town.held("address") == "12 Sample Street"


def test_each_who_got_the_old_value_is_told_or_it_is_said_why_not_and_then_it_is_closed(
    town, desk, given_away
):
    words = desk.page(case(given_away, "/others"))
    assert words.count("To be told") == 2 and "Got it on 1 October 2026." in words
    first, second = (case(given_away, f"/others/{no}") for no in (1, 2))
    letter = desk.page(first)
    assert "This is about Sina Faʻasili" in letter and "Right is: 14 Sample Street" in letter
    assert "12 Sample Street" not in letter and "Tenant was upset." not in letter
    nothing = desk.press(first, "", {"reason": ""})
    assert nothing.status_code == 400 and "Choose how you told them." in plain(nothing.text)
    assert desk.press(first, "", {"how": "phone"}).status_code == 303
    empty = desk.press(second, "", {"not": "yes", "reason": " "})
    assert empty.status_code == 400 and "Write something here." in plain(empty.text)
    assert desk.press(second, "", {"not": "yes", "reason": "They closed in June."}).status_code == 303
    words = desk.page(case(given_away, "/others"))
    assert "All is done." in words and "They closed in June." in words and "By phone" in words
    assert town.shown(given_away).state == "closed" and "L9" in town.kinds(given_away)


def test_telling_one_twice_is_a_conflict_and_shows_that_it_is_done(town, desk, given_away):
    place = case(given_away, "/others/1")
    hidden = desk.hidden(place, "")
    town.do(corrections.tell_recipient, given_away, 1, "letter", actor=town.priya)
    late = desk.press(None, place, {"how": "phone"}, hidden | {"nonce": "another"})
    assert late.status_code == 409 and "This is done." in plain(late.text)
