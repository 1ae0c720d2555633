"""`portal agency add`: catalogue files into the store, all or none, and a sentence for each fault."""

import json

import pytest

from portal.agencies import queries
from portal.config import ROOT
from tests.agencies.factory import document
from tests.ingest.factory import run

HOUSING = ROOT / "portal" / "demo" / "agencies" / "example-housing.json"


def catalogue(store):
    queries.forget_catalogue()
    return queries.catalogue(store.work())


def test_agencies_are_added_and_adding_them_again_changes_nothing(store, monkeypatch):
    done = run(store, monkeypatch, "agency", "add", HOUSING)
    assert done.status == 0
    assert done.out == "Example Housing Agency is in the catalogue: record types: 5, purposes: 2.\n"
    (first,) = catalogue(store).agencies
    run(store, monkeypatch, "agency", "add", HOUSING)
    assert [one.id for one in catalogue(store).agencies] == [first.id]


@pytest.mark.parametrize("shape", [lambda entries: entries, lambda entries: {"agencies": entries}])
def test_a_file_may_hold_several(sqlite_store, monkeypatch, tmp_path, shape):
    path = tmp_path / "two.json"
    entries = [document("example-housing"), document("example-school")]
    path.write_text(json.dumps(shape(entries)), encoding="utf-8")
    assert run(sqlite_store, monkeypatch, "agency", "add", path).status == 0
    assert {one.slug for one in catalogue(sqlite_store).agencies} == {"example-housing", "example-school"}


def changed(**parts):
    return json.dumps({**document("example-housing"), **parts})


def with_type(**parts):
    entry = document("example-housing")
    entry["record_types"] = [{**entry["record_types"][0], **parts}]
    return json.dumps(entry)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is not JSON in UTF-8."),
        ("[]", "names no agency."),
        ("[1]", "is not a catalogue entry. At its top: the type is wrong."),
        ('{"slug": "x"}', "name, kind, topic, purposes, record_types are missing."),
        (changed(topic="weather"), "At topic: use one of health, education,"),
        (changed(slug="Up Per"), "At slug: use lower-case letters, digits and hyphens."),
        (changed(purposes=[]), "At purposes:"),
        (with_type(purpose="nothing"), "names a purpose that is not there."),
        (with_type(schema={"type": "object", "properties": {"a": {"type": 7}}}), "is not JSON Schema"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence_and_nothing_is_kept(
    sqlite_store, monkeypatch, tmp_path, text, sentence
):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    done = run(sqlite_store, monkeypatch, "agency", "add", HOUSING, path)
    assert done.status == 2 and sentence in done.err and done.err.count("\n") == 1
    assert catalogue(sqlite_store).agencies == []


def test_a_file_that_is_not_there_is_named(sqlite_store, monkeypatch):
    done = run(sqlite_store, monkeypatch, "agency", "add", "not-there.json")
    assert (done.status, done.err) == (2, "There is no file called not-there.json that can be read.\n")
    assert run(sqlite_store, monkeypatch, "agency", "add").status == 2
