"""The desk's page of files with what belongs beside the agency's own data, and the files."""

import csv
import io
import re
from datetime import timedelta

import pytest

from portal.access_log import service as access_log
from portal.corrections import service as corrections
from tests.casework import factory
from tests.corrections.factory import NOW, plain

COPY = "/en/casework/copy"
WORDS = "=Na ou leo filemu i lena aso."


@pytest.fixture
def officer(town, sqlite_app):
    return factory.sign_in(town, sqlite_app, "lani", role="privacy-officer")


@pytest.fixture
def both(town):
    """Words that stand beside a value, and a value that was fixed."""
    ref = town.sent({"note": "Tenant was calm."})
    town.decide(ref, (1, "decline", "", "misleading", "The visitor wrote what they saw."), now=NOW)
    town.do(corrections.attach_statement, ref, "note", WORDS, "sm", now=NOW)
    other = town.sent({"people": "5"})
    town.fix(other, (1, "accept"), now=NOW + timedelta(seconds=1))


def looks(town):
    return [one for one in access_log.looks(town.work(now=NOW)) if one.what == "copy"]


def test_the_page_says_what_the_file_holds_and_shows_nobody(town, officer, both):
    words = officer.page(COPY)
    assert "A file with 2 values" in words and "Monday, 23 November 2026" in words
    assert "Each person in a file sees under “Who has looked” that you took it." in words
    for hidden in ("C-sina", "leo filemu", "Sina"):
        assert hidden not in words
    assert looks(town) == []


def test_the_file_for_a_spreadsheet_has_each_value_and_runs_nothing(town, officer, both):
    answer = officer.get(f"{COPY}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    said, fixed = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert (said["statement"], said["language"], said["client"]) == (f"'{WORDS}", "sm", "C-sina")
    assert (said["statement_at"], said["type"], said["became"]) == ("2026-11-23", "home", "")
    assert (fixed["field"], fixed["held"], fixed["became"]) == ("people", "3", "5")
    (look,) = looks(town)
    assert (look.by, look.who, look.role) == ("staff", "Lani", "privacy-officer")


def test_the_file_for_a_system_is_what_the_agency_api_gives(town, officer, both):
    answer = officer.get(f"{COPY}.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=copy.json"
    found = corrections.copy(town.work(town.olga, NOW))
    assert answer.json["corrections"] == [corrections.as_document(one) for one in found.rows]
    assert answer.json["corrections"][0]["statement"]["lang"] == "sm"


def test_a_long_copy_is_several_files_each_after_the_one_before(town, officer, both, monkeypatch):
    monkeypatch.setattr("portal.corrections.service.copying.IN_A_COPY", 1)
    place = re.search(rf'href="({COPY}\?after=[^"]+)"', officer.text(COPY))[1]
    assert "leo filemu" in officer.get(f"{COPY}.csv").text
    second = place.replace(COPY, f"{COPY}.csv")
    assert "people" in officer.get(second).text and "leo filemu" not in officer.get(second).text
    last = set(re.findall(rf'href="({COPY}\?after=[^"]+)"', officer.text(place))) - {place}
    assert "There is nothing after the last file." in officer.page(last.pop()) and not last


def test_without_anything_to_take_the_page_says_when_there_is(officer):
    assert "There is nothing to take yet." in officer.page(COPY)
    assert officer.get(f"{COPY}.csv").text.count("\n") == 1


def test_a_place_that_was_never_given_is_refused_with_a_sentence(officer, both):
    refused = officer.get(f"{COPY}.json?after=x")
    assert refused.status_code == 400 and "Leave it out to begin at the start." in plain(refused.text)


def test_only_a_privacy_officer_or_steward_takes_it_and_only_with_a_fresh_code(
    town, sqlite_app, desk, officer, both
):
    assert [desk.get(one).status_code for one in (COPY, f"{COPY}.csv", f"{COPY}.json")] == [403] * 3
    assert "Your agency’s copy" not in desk.page("/en/casework")
    steward = factory.sign_in(town, sqlite_app, "rua", role="steward")
    assert steward.get(f"{COPY}.csv").status_code == 200
    assert "Your agency’s copy" in steward.page("/en/casework")
