"""A part that is missing is named once, and under REQUIRE=all nothing is skipped in silence."""

import os
import subprocess
import sys

import pytest

from tests.house.house import ROOT

TWO_TESTS_WITHOUT_A_BROWSER = """
def test_one(chromium): pass
def test_two(chromium): pass
"""
ONE_SKIPPED_FOR_ITS_OWN_REASON = """
import pytest
def test_one(): pytest.skip("not today")
"""
A_FILE_SKIPPED_WHOLE = """
import pytest
pytest.skip("not today", allow_module_level=True)
"""


@pytest.fixture
def run(tmp_path):
    """Run a test file of its own on a machine whose browser is not where it should be."""

    def run(text, require=""):
        (tmp_path / "test_it.py").write_text(text)
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.parts", "-p", "no:cacheprovider", tmp_path],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "REQUIRE": require,
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                "PORTAL_TEST_CHROMIUM": str(tmp_path / "no-browser"),
            },
            capture_output=True,
            text=True,
        )

    return run


def test_a_missing_part_skips_its_tests_and_is_named_in_one_line(run):
    done = run(TWO_TESTS_WITHOUT_A_BROWSER)
    assert done.returncode == 0
    assert done.stdout.count("MISSING chromium") == 1
    assert "(2 skipped)" in done.stdout


@pytest.mark.parametrize(
    "text", [TWO_TESTS_WITHOUT_A_BROWSER, ONE_SKIPPED_FOR_ITS_OWN_REASON, A_FILE_SKIPPED_WHOLE]
)
def test_a_skip_is_a_failure_when_everything_is_required(run, text):
    done = run(text, require="all")
    assert done.returncode != 0
    assert "skipped" not in done.stdout.splitlines()[-1]
