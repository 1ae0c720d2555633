"""Operations from the command line, each as its own process over a demonstration of its own."""

import re
import sqlite3

import pytest

from portal.agencies import service as agencies
from portal.base.crypto import Master
from portal.config import from_environment
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.web.core import open_core
from tests.cli.commands import portal

pytestmark = pytest.mark.xdist_group("commands")
HOUSING = ("--agency", "example-housing")


def test_the_demonstration_is_prepared_without_a_question_and_prints_its_accounts(prepared):
    done, instance = prepared
    assert done.err == "" and "The portal is at http://127.0.0.1:9600/" in done.out
    for name in ("sina", "tame", "ria", "hemi", "priya", "mark", "tui", "lani"):
        assert re.search(rf"^  {name} +\S{{8,}} +\w+", done.out, re.MULTILINE)
    assert (instance / "demo.json").stat().st_mode & 0o077 == 0


def test_the_ledger_holds_until_somebody_writes_into_the_store_by_hand(instance):
    fine = portal(instance, "ledger", "verify")
    assert (fine.status, fine.err) == (0, "") and "The ledger holds" in fine.out
    with sqlite3.connect(instance / "portal.db") as store:
        number, person = store.execute("select record_id, person_id from records_version limit 1").fetchone()
        store.execute(
            "update records_version set recorded_on = '1999-09-09' where record_id = ? and person_id = ?",
            (number, person),
        )
    store.close()
    bad = portal(instance, "ledger", "verify")
    assert bad.status == 1 and bad.out == ""
    assert bad.err.startswith("The ledger does not hold: ") and bad.err.count("\n") == 1
    assert "records_version" in bad.err and str(number) in bad.err


def test_the_database_is_checked_and_goes_down(instance):
    agree = portal(instance, "db", "check")
    assert (agree.status, agree.out) == (0, "Models and database agree.\n")
    assert portal(instance, "db", "downgrade", "base").status == 0
    with sqlite3.connect(instance / "portal.db") as store:
        left = {name for (name,) in store.execute("select name from sqlite_master where type = 'table'")}
    store.close()
    assert left <= {"alembic_version", "sqlite_sequence"}
    differ = portal(instance, "db", "check")
    assert (differ.status, differ.out) == (1, "") and "the newest migration is missing" in differ.err


def test_keys_are_rotated_and_the_old_master_key_is_not_needed_afterwards(instance):
    fresh = Master.fresh_line()
    master = instance / "master.key"
    old = master.read_text()
    master.write_text(f"{fresh}\n{old}")
    done = portal(instance, "keys", "rotate")
    assert done.status == 0 and re.fullmatch(r"[1-9]\d* data keys are now under master key \S+\.\n", done.out)
    master.write_text(fresh)
    assert "ok  The master key opens the data keys." in portal(instance, "doctor").out


def test_a_backup_is_restored_into_a_new_folder_and_its_doctor_finds_all_of_it(instance, tmp_path):
    file, other = tmp_path / "portal.jsonl.gz", tmp_path / "other"
    kept = portal(instance, "backup", file)
    rows = int(re.match(r"(\d+) rows are in portal.jsonl.gz", kept.out).group(1))
    assert kept.status == 0 and rows > 500
    other.mkdir()
    for name in ("master.key", "secret.key", "ledger.key"):
        (other / name).write_bytes((instance / name).read_bytes())
    assert portal(other, "db", "upgrade", DEMO=1).out == "The database is up to date.\n"
    back = portal(other, "restore", file, DEMO=1)
    assert (back.status, back.out) == (0, f"{rows} rows are back.\n"), back.err
    found = portal(other, "doctor", DEMO=1).out.splitlines()
    # Nobody has run a worker here yet, so late sealing is the one thing that may be said.
    assert [line for line in found if not line.startswith("ok ")] in (
        [],
        ["BAD The ledger is sealed late: is the worker running?"],
    )
    assert any("The master key opens the data keys." in line for line in found)


def test_keys_and_invitations_are_made_for_a_known_agency_and_refused_for_another(instance):
    key = portal(instance, "apikey", "create", *HOUSING)
    assert key.status == 0 and re.fullmatch(r"\S{30,}\n", key.out)
    given = ("--name", "Ngaire Example", "--role", "caseworker")
    invited = portal(instance, "staff", "invite", *HOUSING, *given)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/en/join/\S{16,}\n", invited.out), invited.err
    unknown = portal(instance, "apikey", "create", "--agency", "example-nowhere")
    sentence = "There is no agency called example-nowhere. Add it with `portal agency add`.\n"
    assert (unknown.status, unknown.out, unknown.err) == (2, "", sentence)


def test_the_operator_approves_a_change_of_role_where_nobody_else_may(instance):
    given = ("--name", "Rua Example", "--role", "administrator")
    assert portal(instance, "staff", "invite", *HOUSING, *given).status == 0
    approve = ("staff", "approve", *HOUSING)
    assert portal(instance, *approve).out == ""
    ask_for_a_change(instance)
    listed = portal(instance, *approve).out
    assert re.fullmatch(r"\w{13}  Priya Nair: caseworker to steward, asked by Kahu Rangi\n", listed)
    done = portal(instance, *approve, "--change", listed[:13])
    assert (done.status, done.out) == (0, "The change is made.\n"), done.err
    again = portal(instance, *approve, "--change", listed[:13])
    assert (again.status, again.err) == (2, f"No change {listed[:13]} waits at example-housing.\n")


def ask_for_a_change(instance):
    """Kahu asks that Priya gets another role."""
    core = open_core(from_environment(demo=True, environ={"PORTAL_INSTANCE": str(instance)}))
    agency_id = agencies.catalogue(core.work()).by_slug("example-housing").id
    people = {one.name: one for one in identity.team_of(core.work(), agency_id).colleagues}
    kahu = Actor("account", people["Kahu Rangi"].account_id, None, agency_id, "administrator")
    core.work(kahu).do(identity.ask_change, people["Priya Nair"].ref, "steward", "agency")
    core.engine.dispose()
