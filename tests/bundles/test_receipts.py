"""Receipts: what they say at each step of a share, that each fits our description, and that none holds a value."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from portal.agencies.rules import Words
from portal.base import ids
from portal.base.problems import NotThere
from portal.bundles import service
from portal.bundles.rules import receipts
from portal.bundles.rules.receipts import EXPIRED, GIVEN, PAUSED, RESUMED, WITHDRAWN
from portal.story import service as story
from tests.bundles.factory import PASSCODE, a_person, persons_browser

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "receipt.schema.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hours):
    return NOW + hours * HOUR


@pytest.mark.parametrize(
    "ended, pauses, now, happened",
    [
        (None, [], 1, [(GIVEN, 0)]),
        (None, [(2, None)], 3, [(GIVEN, 0), (PAUSED, 2)]),
        (None, [(2, 4)], 5, [(GIVEN, 0), (PAUSED, 2), (RESUMED, 4)]),
        (None, [(-2, 4)], 5, [(GIVEN, 0), (PAUSED, 0), (RESUMED, 4)]),
        (6, [(2, 9)], 10, [(GIVEN, 0), (PAUSED, 2), (WITHDRAWN, 6)]),
        (None, [], 30, [(GIVEN, 0), (EXPIRED, 24)]),
        (25, [(23, 26)], 30, [(GIVEN, 0), (PAUSED, 23), (EXPIRED, 24)]),
    ],
)
def test_what_happened_to_a_share_is_told_in_order(ended, pauses, now, happened):
    spans = [(at(since), None if until is None else at(until)) for since, until in pauses]
    found = receipts.events_of(NOW, at(24), None if ended is None else at(ended), spans, at(now))
    assert found == [(key, at(hours)) for key, hours in happened]


def test_an_agencys_words_keep_their_language():
    kind = receipts.Kind(Words("Tenei", "mi"), "Example Housing", [Words("Home", "en-NZ")])
    receipt = receipts.Receipt(
        *("a" * 13, "Sina", "Hemi", "Help", [kind], NOW, at(24), "live", [(GIVEN, NOW)]),
        *(receipts.NOTICE, "mi", NOW),
    )
    said = receipts.as_json(receipt, "Portal", "http://localhost", "mi-NZ")
    jsonschema.validate(said, SCHEMA)
    data = said["dct:hasPart"]["dpv:hasPersonalData"][0]
    assert (data["dct:title"]["@language"], data["dct:hasPart"][0]["@language"]) == ("mi", "en-NZ")


@pytest.fixture
def sina(store):
    return a_person(store)


def told(person, ref, now=None):
    """Give the receipt of a share as a program reads it, held to our description."""
    found = person.look(service.receipt, ref, now=now)
    said = receipts.as_json(found, "Portal", "http://localhost", "en-NZ")
    jsonschema.validate(said, SCHEMA)
    return said["dct:hasPart"]


def events(said):
    return [one["@type"].partition(":")[2] for one in said["dpv:hasConsentStatus"]]


def test_each_step_of_a_shares_life_has_a_receipt(sina):
    ref = sina.share()
    given = told(sina, ref)
    assert given["dpv:hasRecipient"] == [{"dpv:hasName": "Hemi at the budget service"}]
    assert given["dpv:hasPurpose"] == {"dct:description": "Help with a warm home"}
    assert given["dpv:hasDataSubject"] == {"dpv:hasName": "Sina Tavita"}
    assert "11(1)(c)" in given["dpv:hasLegalBasis"]["dct:description"]
    assert given["dpv:hasNotice"]["dct:hasVersion"] == receipts.NOTICE
    assert (given["own:state"], events(given)) == ("live", ["ConsentGiven"])
    sina.do(service.pause)
    assert told(sina, ref)["own:state"] == "paused"
    sina.do(service.resume)
    sina.do(service.stop, ref)
    ended = told(sina, ref)
    steps = ["ConsentGiven", "ConsentPaused", "ConsentResumed", "ConsentWithdrawn"]
    assert (ended["own:state"], events(ended)) == ("ended", steps)
    assert ended["schema:endDate"] == ended["dpv:hasConsentStatus"][-1]["dpv:isIndicatedAtTime"]


def test_a_share_whose_time_is_over_says_so_before_and_after_it_was_tidied_up(sina):
    ref = sina.share(days=1, now=datetime.now(UTC) - timedelta(days=2))
    before = events(told(sina, ref))
    sina.do(service.expire)
    assert events(told(sina, ref)) == before == ["ConsentGiven", "ConsentExpired"]


def test_a_receipt_names_kinds_of_data_and_holds_no_value_and_no_secret(sina):
    sina.do(story.keep, 5, 0, "A heading of my own", "Words of my own.", "en")
    ref = ids.decode(
        sina.do(
            service.make,
            **{"chosen": [{"record": sina.records["tenancy"], "fields": ["address"]}], "story": [5]},
            **{"recipient": "Hemi", "purpose": "Help", "days": 1, "passcode": PASSCODE},
        )
    )
    said = told(sina, ref)
    kinds = {one["dct:title"]["@value"]: one for one in said["dpv:hasPersonalData"]}
    assert set(kinds) == {"In my own words", "Tenancy"}
    assert [one["@value"] for one in kinds["Tenancy"]["dct:hasPart"]] == ["Home"]
    written = json.dumps(said)
    token, code = sina.doors(ref)
    for never in ("45 Former Street", "Words of my own", "A heading of my own", token, code, PASSCODE):
        assert never not in written


def test_nobody_elses_receipt_is_there(sina, store):
    tame = a_person(store, "Tame Example")
    with pytest.raises(NotThere):
        tame.look(service.receipt, sina.share())


def test_the_file_is_taken_along_under_a_name_that_says_nothing(sqlite_store, sqlite_app):
    sina = a_person(sqlite_store)
    mine = persons_browser(sina, sqlite_app)
    ref = ids.encode(sina.share())
    page = mine.get(f"/mi/bundles/{ref}/receipt").get_data(as_text=True)
    assert "11(1)(c)" in page and f"/mi/bundles/{ref}/receipt/file" in page
    answer = mine.get(f"/mi/bundles/{ref}/receipt/file")
    jsonschema.validate(answer.get_json(force=True), SCHEMA)
    assert answer.get_json(force=True)["dct:language"].startswith("mi")
    assert answer.headers["Content-Disposition"] == "attachment; filename=receipt.json"
