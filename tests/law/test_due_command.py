"""`portal due` answers each line, or says which line is wrong and writes nothing."""

import pytest
from click.testing import CliRunner

from portal.law.cli import due


def run(text):
    return CliRunner().invoke(due, input=text)


def test_each_line_comes_back_with_its_due_date():
    done = run("correction,2026-10-21\naccess,2023-11-27\ntransfer,2026-10-21\n")
    assert done.exit_code == 0
    assert done.stdout == (
        "correction,2026-10-21,2026-11-19\naccess,2023-11-27,2024-01-16\ntransfer,2026-10-21,2026-11-05\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "kind,received\ncorrection,2026-10-21\n",
        "\ufeffcorrection,2026-10-21\r\n",
        "\ufeffKind,Received\r\n\r\ncorrection,2026-10-21\r\n\r\n",
        "  Correction , 2026-10-21  ",
        '"correction","2026-10-21"\n',
        "correction,2026-10-21\r",
    ],
)
def test_headers_marks_blanks_and_line_ends_of_spreadsheets_are_fine(text):
    done = run(text)
    assert done.stdout == "correction,2026-10-21,2026-11-19\n"
    assert done.exit_code == 0


def test_nothing_in_means_nothing_out():
    assert (run("").stdout, run("\n\n").stdout, run("").exit_code) == ("", "", 0)


@pytest.mark.parametrize(
    ("bad", "hint"),
    [
        ("correction,2026-02-31", "2026-02-31, a day that does not exist"),
        ("correction,31/02/2026", "write year, month and day, like 2026-10-21"),
        ("correction,20261021", "write year, month and day"),
        ("correction,2026-W43-3", "write year, month and day"),
        ("correction,٢٠٢٦-10-21", "write year, month and day"),
        ("correction,", "nothing"),
        ("correction", "needs a kind, a comma and a date"),
        ("correction;2026-10-21", "needs a kind, a comma and a date"),
        ("correction,2026-10-21,2026-11-19", "needs a kind, a comma and a date"),
        ("complaint,2026-10-21", "correction, access, transfer, statement"),
        (",2026-10-21", "correction, access, transfer, statement"),
        ("correction,2052-12-20", "1994 to 2052"),
        ("correction,1900-01-01", "1994 to 2052"),
        ("correction,9999-12-31", "1994 to 2052"),
        ("\x1b[31mred,2026-10-21", "?[31mred"),
    ],
)
def test_one_bad_line_is_named_in_one_sentence_and_nothing_is_written(bad, hint):
    done = run(f"access,2026-10-21\n\n{bad}\ncorrection,nor-this-one\n")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Line 3 ")
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1
    assert hint in done.stderr


def test_a_file_that_is_not_text_is_refused_with_its_line():
    done = run(b"access,2026-10-21\n\xff\xfea\x00c\x00")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Line 2 is not plain text" in done.stderr


def test_a_header_further_down_is_not_a_header():
    assert "Line 2" in run("access,2026-10-21\nkind,received\n").stderr


def test_the_help_has_an_example():
    done = CliRunner().invoke(due, ["--help"])
    assert "echo correction,2026-10-21 | portal due" in done.stdout
