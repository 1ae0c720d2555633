"""What the commands say: one JSON object or lines for people, progress, and one sentence on standard error."""

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import NoReturn

import click

from portal.ingest.service import Outcome

PATIENCE_SECONDS = 2.0
SHOWN = 40


@dataclass(slots=True)
class FileReport:
    """What became of one file (contract of `--json`)."""

    path: str
    status: str
    records: int = 0
    warnings: list[str] = field(default_factory=list)
    error: str | None = None


@dataclass(slots=True)
class Report:
    """What became of all files of a call."""

    files: list[FileReport] = field(default_factory=list)
    records: int = 0
    unchanged: int = 0
    rejected: int = 0

    def add(self, path: str, outcome: Outcome) -> None:
        """Count a file that was read."""
        status = status_of(outcome)
        # A refused file says why in its own words, whichever record was the first to be refused.
        error = outcome.warnings[0] if status == "rejected" and outcome.warnings else None
        self.files.append(FileReport(path, status, outcome.records, outcome.warnings, error))
        self.records += outcome.records
        self.unchanged += outcome.unchanged
        self.rejected += outcome.rejected

    def refuse(self, path: str, sentence: str) -> None:
        """Count a file of which nothing could be taken; it counts as one rejected."""
        self.files.append(FileReport(path, "rejected", error=sentence))
        self.rejected += 1

    def finish(self, as_json: bool, dry_run: bool, lines: list[str] | None = None) -> NoReturn:
        """Print the report and end: status 1 when every file was rejected, else 0."""
        if as_json:
            click.echo(json.dumps(asdict(self), ensure_ascii=False))
        else:
            self._print(lines or [])
        for one in self.files:
            if one.error:
                click.echo(f"{one.path}: {one.error}", err=True)
        if dry_run:
            click.echo("This was a dry run: nothing was kept.", err=True)
        sys.exit(1 if all(one.status == "rejected" for one in self.files) else 0)

    def _print(self, lines: list[str]) -> None:
        for one in self.files:
            click.echo(f"{one.path}: {one.status}, {_count(one.records, 'record')}")
            for sentence in one.warnings[:SHOWN]:
                click.echo(f"  {sentence}")
            if len(one.warnings) > SHOWN:
                click.echo(f"  {len(one.warnings) - SHOWN} more. All of them stand in --json.")
        for line in lines:
            click.echo(line)
        click.echo(
            f"{_count(self.records, 'record')} taken, {self.unchanged} unchanged, {self.rejected} rejected."
        )


def status_of(outcome: Outcome) -> str:
    """Say in one word what became of a file."""
    if outcome.records:
        return "partial" if outcome.rejected else "imported"
    return "rejected" if outcome.rejected and not outcome.unchanged else "unchanged"


class Progress:
    """Says on a terminal how far long work is; says nothing within two seconds, or to a file."""

    def __init__(self, noun: str):
        self._noun, self._next = noun, time.monotonic() + PATIENCE_SECONDS

    def step(self, done: int, total: int) -> None:
        """Note that `done` of `total` are done."""
        if sys.stderr.isatty() and time.monotonic() > self._next and done < total:
            click.echo(f"{done} of {total} {self._noun}", err=True)
            self._next = time.monotonic() + PATIENCE_SECONDS


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
