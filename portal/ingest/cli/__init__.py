"""The commands `portal ingest fhir`, `csv` and `looks` (contract.md): agencies' files, each all or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from portal.agencies.queries import catalogue
from portal.agencies.rules import AgencyFacts
from portal.base.problems import Problem
from portal.config import BadCall, from_environment
from portal.ingest import service
from portal.ingest.cli.report import Progress, Report
from portal.ingest.service import Outcome, Unreadable
from portal.web.core import Core, open_core

NOT_READY = "The database is not ready. Run `portal db upgrade` first."
NOT_SAVED = "The database did not take this file. Nothing of it was kept, and it is safe to send it again."

agency_option = click.option(
    "--agency", required=True, help="The agency's short name, such as example-housing."
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Do everything, say what came of it, keep nothing."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class _DryRun(Exception):
    """Ends a dry run inside its transaction, so that nothing is kept; carries what it found."""


@click.group(epilog="Example: portal ingest fhir --agency example-medical-centre summary.json")
def ingest() -> None:
    """Take in records from files."""


@ingest.command(
    epilog="Example: portal ingest fhir --agency example-medical-centre --person 4711 summary.json"
)
@agency_option
@click.option("--person", help="The agency's client number. Left out: it is read from each file.")
@dry_run_option
@json_option
@click.argument("files", nargs=-1, metavar="FILE...")
def fhir(agency: str, person: str | None, dry_run: bool, as_json: bool, files: tuple[str, ...]) -> None:
    """Take FHIR R4 bundles: document, collection, transaction, batch or searchset."""
    from portal.ingest.service.documents import read_document, take_document

    core, facts = _open(agency)
    paths = _files(files)
    ref = _client_ref(person)
    report, progress = Report(), Progress("files")
    for number, path in enumerate(paths, 1):
        try:
            document = read_document(path)
            outcome = _carry_out(core, dry_run, _fhir_verb, facts, document, ref, take_document)
            report.add(str(path), outcome)
        except Unreadable as fault:
            report.refuse(str(path), fault.sentence)
        progress.step(number, len(paths))
    report.finish(as_json, dry_run)


@ingest.command(
    epilog="Example: portal ingest csv --agency example-budget-service --type debt_list --map map.json debts.csv"
)
@agency_option
@click.option("--type", "type_key", required=True, help="The record type, such as debt_list.")
@click.option("--map", "map_file", help="A mapping file (docs/adding-an-agency.md).")
@dry_run_option
@json_option
@click.argument("file")
def csv(agency: str, type_key: str, map_file: str | None, dry_run: bool, as_json: bool, file: str) -> None:
    """Take a spreadsheet: CSV in UTF-8, or XLSX."""
    from portal.ingest.service.spreadsheets import read_mapping, read_spreadsheet, take_spreadsheet

    core, facts = _open(agency)
    kind = facts.types.get(type_key)
    if kind is None:
        raise BadCall(service.no_type(facts, type_key))
    (path,) = _files((file,))
    report, lines = Report(), []
    try:
        mapping = read_mapping(_files((map_file,))[0], facts.slug, kind) if map_file else None
        sheet = read_spreadsheet(path, facts, kind, mapping)
        outcome, counts = _carry_out(
            core, dry_run, _csv_verb, facts, sheet, take_spreadsheet, Progress("clients").step
        )
        report.add(str(path), outcome)
        lines.append(_receipt(counts))
    except service.BadMapping as fault:
        raise BadCall(str(fault)) from None
    except Unreadable as fault:
        report.refuse(str(path), fault.sentence)
    report.finish(as_json, dry_run, lines)


@ingest.command(epilog="Example: portal ingest looks --agency example-housing looks.jsonl")
@agency_option
@dry_run_option
@json_option
@click.argument("file")
def looks(agency: str, dry_run: bool, as_json: bool, file: str) -> None:
    """Take who looked in the agency's own system: JSON Lines, or CSV in UTF-8."""
    from portal.base.clock import utc_now
    from portal.ingest.service.looks import read_looks, take_looks

    core, facts = _open(agency)
    (path,) = _files((file,))
    report, lines = Report(), []
    try:
        sent = read_looks(path, utc_now())
        outcome, counts = _carry_out(core, dry_run, _looks_verb, facts, sent, take_looks)
        report.add(str(path), outcome)
        lines.append(f"{counts['read']} rows read, {counts['not_linked']} about clients who are not linked.")
    except Unreadable as fault:
        report.refuse(str(path), fault.sentence)
    report.finish(as_json, dry_run, lines)


def _looks_verb(work, facts: AgencyFacts, sent: Any, take: Callable) -> tuple[Outcome, dict[str, int]]:
    outcome, counts = take(work, facts.id, sent)
    service.note_receipt(work, facts.id, "looks", outcome, **counts)
    return outcome, counts


def _fhir_verb(work, facts: AgencyFacts, document: Any, ref: str | None, take: Callable) -> Outcome:
    outcome = take(work, facts, document, ref)
    service.note_receipt(work, facts.id, "fhir", outcome)
    return outcome


def _csv_verb(
    work, facts: AgencyFacts, sheet: Any, take: Callable, step: Callable
) -> tuple[Outcome, dict[str, int]]:
    outcome, counts = take(work, facts, sheet, step)
    service.note_receipt(work, facts.id, "csv", outcome, **counts)
    return outcome, counts


def _carry_out(core: Core, dry_run: bool, verb: Callable, *args: Any) -> Any:
    """Carry out a file's verb in one transaction; a dry run ends it before the commit."""
    from sqlalchemy.exc import DBAPIError

    from portal.identity.permissions import SYSTEM

    def run(work):
        found = verb(work, *args)
        if dry_run:
            work.session.flush()
            raise _DryRun(found)
        return found

    work = core.work(SYSTEM)
    try:
        return work.do(run)
    except _DryRun as ended:
        return ended.args[0]
    except (Problem, DBAPIError):
        raise Unreadable(NOT_SAVED) from None
    finally:
        work.session.close()


def _open(slug: str) -> tuple[Core, AgencyFacts]:
    """Open the portal and find an agency; one sentence when it is not there."""
    from sqlalchemy.exc import DBAPIError

    try:
        core = open_core(from_environment())
        context = click.get_current_context()
        context.call_on_close(core.engine.dispose)
        work = core.work()
        context.call_on_close(work.session.close)
        facts = catalogue(work).by_slug(slug)
        work.session.rollback()
    except RuntimeError as fault:
        raise BadCall(str(fault)) from None
    except DBAPIError:
        raise BadCall(NOT_READY) from None
    if facts is None:
        raise BadCall(f"There is no agency called {slug}. Add it with `portal agency add`.")
    return core, facts


def _files(names: tuple[str, ...]) -> list[Path]:
    if not names:
        raise BadCall("Name one file or more.")
    paths = [Path(name) for name in names]
    missing = next((path for path in paths if not path.is_file()), None)
    if missing is not None:
        raise BadCall(f"There is no file called {missing}.")
    return paths


def _client_ref(person: str | None) -> str | None:
    if person is None:
        return None
    if not person.strip() or len(person) > 200 or not person.isprintable():
        raise BadCall("--person takes the agency's client number, up to 200 characters.")
    return person.strip()


def _receipt(counts: dict[str, int]) -> str:
    return (
        f"{counts['read']} rows read: {counts['loaded']} loaded, {counts['in_part']} of the rows in part, "
        f"{counts['held_back']} held back. "
        f"{counts['linked']} people linked, {counts['not_linked']} not linked."
    )
