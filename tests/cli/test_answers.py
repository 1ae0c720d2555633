"""What programs and people are told by the command line: lists, dates, files, help, and what is missing."""

import subprocess
import sys

import click
import pytest

from portal.cli import cli
from portal.config import ROOT
from portal.identity.permissions import Permission
from tests.cli.commands import portal

pytestmark = pytest.mark.xdist_group("commands")
SUMMARY = ROOT / "tests" / "fhir" / "fixtures" / "nz_summary.json"
NAMED = {"SECRET_KEY": "x" * 3 + "0123456789abcdefghijklmnopqrstuvwxyz", "BASE_URL": "https://portal.example"}


def commands(command=cli, path=("portal",)):
    """Walk over every command and group, with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


def test_due_answers_each_line():
    done = portal(None, "due", given="correction,2026-10-21\naccess,2023-11-27\n")
    assert (done.status, done.err) == (0, "")
    assert done.out == "correction,2026-10-21,2026-11-19\naccess,2023-11-27,2024-01-16\n"


def test_routes_lists_every_rule_with_the_permission_that_it_asks_for(prepared):
    rows = portal(prepared[1], "routes", "--json").said
    assert all(list(row) == ["rule", "methods", "endpoint", "permission", "audience"] for row in rows)
    assert {row["permission"] for row in rows} <= {one.value for one in Permission}
    assert all(row["audience"] and row["methods"] and row["rule"].startswith("/") for row in rows)
    found = {row["rule"]: row for row in rows if "GET" in row["methods"]}
    assert found["/<tag:l>/casework"]["endpoint"] == "casework.index"
    assert found["/<tag:l>/records"]["permission"] == "records:helped:look"
    assert found["/<tag:l>/records/download"]["permission"] == "records:own:alone"
    assert found["/health/live"]["audience"] == "anyone"


def test_the_state_of_the_translations_is_told_for_each_language():
    rows = portal(None, "i18n", "status", "--json").said
    assert {"mi", "sm", "to", "rar", "fj", "niu", "tkl", "tvl"} <= set(rows)
    for row in rows.values():
        assert {"strings", "translated", "draft", "reviewed", "essential_reviewed", "state"} <= set(row)
        assert 0 <= row["translated"] <= row["strings"]


def test_the_same_file_twice_changes_nothing_and_an_unknown_agency_is_refused_in_a_sentence(instance):
    call = ("ingest", "fhir", "--json", "--agency", "example-medical-centre", SUMMARY)
    first = portal(instance, *call)
    assert first.status == 0, first.err
    assert set(first.said) == {"files", "records", "unchanged", "rejected"}
    (file,) = first.said["files"]
    assert set(file) == {"path", "status", "records", "warnings", "error"}
    assert file["status"] == "imported" and first.said["records"] == file["records"] > 0
    assert "waits until the person links" in file["warnings"]
    again = portal(instance, *call)
    assert again.status == 0 and again.said["files"][0]["status"] == "unchanged"
    assert (again.said["records"], again.said["unchanged"]) == (0, first.said["records"])
    unknown = portal(instance, "ingest", "fhir", "--agency", "example-nowhere", SUMMARY)
    assert (unknown.status, unknown.out) == (2, "")
    assert unknown.err == "There is no agency called example-nowhere. Add it with `portal agency add`.\n"


@pytest.mark.parametrize(("path", "command"), [pytest.param(*one, id=" ".join(one[0])) for one in commands()])
def test_every_help_has_an_example_that_calls_it(path, command):
    text = command.get_help(click.Context(command, info_name=" ".join(path)))
    example = text.split("Example:")[1]
    assert (" ".join(path) if path != ("portal",) else "portal ") in example


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ({"BASE_URL": "https://portal.example"}, "PORTAL_SECRET_KEY"),
        (NAMED, "PORTAL_MASTER_KEY"),
        (NAMED | {"SECRET_KEY": "short"}, "PORTAL_SECRET_KEY"),
    ],
)
def test_a_missing_or_weak_secret_stops_the_start_with_a_sentence_that_names_it(tmp_path, given, variable):
    done = portal(tmp_path / "instance", "serve", "--port", "9601", **given)
    assert (done.status, done.out) == (2, "")
    assert variable in done.err and done.err.startswith("Set ") and done.err.count("\n") == 1


def test_help_is_quick_because_it_imports_no_database(tmp_path):
    program = (
        "import sys\nfrom portal.cli import cli\n"
        "try:\n    cli(['--help'], prog_name='portal')\nexcept SystemExit:\n    pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sqlalchemy', 'flask', 'alembic'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
    assert "Example: portal demo" in done.stdout
