"""`portal ingest looks`: an agency's own log as a file, each look once, and nothing said of any client."""

import json
from datetime import UTC, datetime

import pytest

from portal.access_log import queries
from portal.ingest.models import Receipt
from portal.ingest.rules.looks import BadRow, read
from tests.ingest import factory
from tests.ingest.factory import report, run

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ROW = {"id": "L-1", "client_ref": "C-1", "at": "2026-11-20T09:30:00+13:00"}
ROW |= {"role": "Case manager", "why": "Yearly review", "what": "Case file", "name": "R. Tane"}


@pytest.fixture
def desk(store, monkeypatch, tmp_path):
    agency_id, person_id = factory.housing(store), factory.person(store)
    factory.link(store, person_id, agency_id)

    def send(rows, name="looks.jsonl"):
        text = (
            rows if isinstance(rows, str) else "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
        words = ("ingest", "looks", "--agency", "example-homes", tmp_path / name)
        return report(store, monkeypatch, *words)

    send.seen = lambda: queries.looks(store.work(), person_id, 50, None)
    send.store, send.folder, send.monkeypatch = store, tmp_path, monkeypatch
    return send


def test_a_look_of_an_agencys_own_system_is_in_the_persons_log_with_its_true_time(desk):
    status, said = desk([ROW])
    (look,) = desk.seen()
    assert (status, said["records"]) == (0, 1)
    assert (look.by, look.what, look.at) == ("system", "system", datetime(2026, 11, 19, 20, 30, tzinfo=UTC))
    assert (look.role, look.why, look.records, look.who) == (
        "Case manager",
        "Yearly review",
        ["Case file"],
        "R. Tane",
    )


def test_a_second_run_changes_nothing_and_the_order_is_that_of_the_looks(desk):
    rows = [ROW, {**ROW, "id": "L-2", "at": "2026-11-18T21:00:00Z"}, {**ROW, "id": "L-3"}]
    assert desk(rows)[1]["records"] == 3
    status, said = desk([*rows, {**ROW, "id": "L-4", "at": "2026-11-19T08:00:00Z"}])
    assert (status, said["records"], said["unchanged"]) == (0, 1, 3)
    times = [look.at for look in desk.seen()]
    assert times == sorted(times, reverse=True) and len(times) == 4


def test_a_table_says_the_same_as_lines(desk):
    names = ["id", "client_ref", "at", "role", "why", "what", "name", "code"]
    cells = ",".join({**ROW, "code": ""}[name] for name in names)
    status, said = desk(f"{','.join(names)}\n{cells}\n", "looks.csv")
    assert (status, said["records"]) == (0, 1)
    assert desk([ROW])[1]["unchanged"] == 1 and len(desk.seen()) == 1


def test_rows_that_cannot_be_taken_are_named_by_number_and_never_by_value(desk):
    rows = [{**ROW, "at": "2026-11-20T09:30:00"}, {**ROW, "id": ""}, ROW]
    status, said = desk(rows)
    assert (status, said["records"], said["rejected"]) == (0, 1, 2)
    told = said["files"][0]["warnings"]
    assert [one.split(":")[0] for one in told] == ["Row 1", "Row 2"] and "no time zone" in told[0]
    assert not any(value in one for one in told for value in ("C-1", "Case manager", "R. Tane"))


def test_a_client_whom_nobody_has_linked_is_a_number_only_and_comes_after_the_link(desk):
    stranger = {**ROW, "id": "L-9", "client_ref": "C-999"}
    path = desk.folder / "strangers.jsonl"
    path.write_text(json.dumps(stranger) + "\n" + json.dumps(ROW), encoding="utf-8")
    done = run(desk.store, desk.monkeypatch, "ingest", "looks", "--agency", "example-homes", path)
    assert "2 rows read, 1 about clients who are not linked." in done.out and "C-999" not in done.out
    assert len(desk.seen()) == 1
    receipts = desk.store.work().session.query(Receipt).all()
    assert receipts[-1].outcome["not_linked"] == 1 and "C-999" not in json.dumps(receipts[-1].outcome)
    other = factory.person(desk.store, "Tame Tūroa")
    factory.link(desk.store, other, receipts[-1].agency_id, "C-999")
    assert desk([stranger, ROW])[1]["records"] == 1


def test_a_coded_look_is_not_in_the_log_yet(desk):
    assert desk([ROW, {**ROW, "id": "L-5", "code": "FV"}])[1]["records"] == 2
    assert len(desk.seen()) == 1


@pytest.mark.parametrize("text", ["", "hello", "{", '{"id": 1}\n[]\nnot json', "a,b\n1,2\n", "\x00\x01"])
def test_a_file_that_is_no_list_of_looks_is_one_sentence_and_keeps_nothing(desk, text):
    status, said = desk(text)
    assert status == 1 and said["files"][0]["error"] and desk.seen() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"at": "yesterday"},
        {"at": "2026-11-22T02:00:01Z"},
        {"at": "1999-01-01T00:00:00Z"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"role": ""},
        {"why": "x" * 501},
        {"what": "a\nb"},
        {"code": "XX"},
        {"client_ref": 7},
        {"salary": "1"},
    ],
)
def test_a_row_has_to_fit(changed):
    with pytest.raises(BadRow) as fault:
        read({**ROW, **changed}, NOW)
    assert not any(str(value) in str(fault.value) for value in changed.values() if len(str(value)) > 4)
