"""Pytest plugin: lends tests a real PostgreSQL, Chromium and Node, and says plainly which of them is missing.

A part that cannot be had skips its tests, each named in one line at the end. Under `REQUIRE=all`
every skip is a failure, whatever its reason, so that a green run never hides an untested part.
"""

import os
import shutil
import signal
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from _pytest.nodeid import NodeId

from tests import find_parts, postgres

MARK = "missing part: "
MEMORY = Path("/dev/shm")  # noqa: S108 (folders in it are made under names that nobody can guess)
ROOM = 6 * 1024**3


@dataclass(frozen=True)
class Node:
    """A Node to call and the folder of its locked packages."""

    command: list[str]
    modules: Path


def required() -> bool:
    """Say whether this run may skip nothing."""
    return os.environ.get("REQUIRE") == "all"


def missing(part: str, reason: str) -> NoReturn:
    """Skip the test that asked, or fail it under `REQUIRE=all`: `part` is one word, `reason` a clause."""
    if required():
        pytest.fail(f"{MARK}{part}: {reason}", pytrace=False)
    pytest.skip(f"{MARK}{part}: {reason}")


@pytest.fixture(scope="session")
def postgres_server(request, worker_id) -> postgres.Server:
    """One PostgreSQL for the whole run; `new_database(name)` gives an empty database of this worker's own."""
    try:
        return postgres.open_server(request.config.portal_parts_folder, worker_id)
    except postgres.NotHere as reason:
        missing("postgresql", str(reason))


@pytest.fixture(scope="session")
def postgres_url(postgres_server) -> str:
    """SQLAlchemy address of this worker's own database, empty at the start of the run."""
    return postgres_server.new_database("main")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser to launch with Playwright's `executable_path`."""
    path = find_parts.chromium_path()
    return path or missing("chromium", "no browser found; `make test` installs it where it may")


@pytest.fixture(scope="session")
def node() -> Node:
    """Node and the locked npm packages (axe-core, kill-the-clipboard)."""
    command = find_parts.node_command()
    if command is None:
        missing("node", f"no Node {find_parts.OLDEST_NODE} or newer found")
    if not find_parts.NODE_MODULES.is_dir():
        missing("node", "tests/node_modules is not there; `make test` installs it")
    return Node(command, find_parts.NODE_MODULES)


@pytest.fixture(scope="session")
def axe_source(node) -> str:
    """The accessibility checker's script, to run inside a page."""
    return (node.modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def pytest_configure(config):
    """Give every process of the run one folder for the server, and stop it however the run ends."""
    worker = getattr(config, "workerinput", None)
    if worker:
        config.portal_parts_folder = Path(worker["portal_parts_folder"])
        return
    _write_to_memory()
    config.portal_parts_folder = postgres.new_folder()
    # A plain `kill` ends pytest without its clean-up; treat it as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _write_to_memory() -> None:
    """Put what tests write on the memory disk where there is a roomy one: nothing of it has to outlive the run.

    Stores keep their own settings, so that each commit still asks for its data to be written; only the waiting goes.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell an xdist worker where the shared server lives."""
    node.workerinput["portal_parts_folder"] = str(node.config.portal_parts_folder)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Keep tests of one `xdist_group` in one worker: xdist 3.8 writes the group where pytest 9.2 no longer looks."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        groups = sorted({mark.args[0] for mark in item.iter_markers("xdist_group")})
        if groups and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = NodeId.parse(f"{item.nodeid}@{'_'.join(groups)}")


def pytest_unconfigure(config):
    """Stop the server in the process that leads the run."""
    folder = getattr(config, "portal_parts_folder", None)
    if folder and not hasattr(config, "workerinput"):
        postgres.remove_folder(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn any skip into a failure under `REQUIRE=all`."""
    return _strict((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Turn a skipped file into an error under `REQUIRE=all`."""
    return _strict((yield))


def _strict(report):
    expected_failure = hasattr(report, "wasxfail")
    if report.skipped and required() and not expected_failure:
        report.outcome = "failed"
        report.longrepr = f"REQUIRE=all allows no skip. {_reason(report)}"
    return report


def _reason(report) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter):
    """Print one line for each missing part with the number of tests it kept from running."""
    reasons = map(_reason, terminalreporter.stats.get("skipped", ()))
    counts = Counter(reason.removeprefix(MARK) for reason in reasons if reason.startswith(MARK))
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"MISSING {reason} ({count} skipped)", yellow=True)
