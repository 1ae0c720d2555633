"""`portal i18n`: the only way to run Babel here, because it registers our languages first."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from portal.language import catalogue_files, checks, progress
from portal.language.catalogue import ROOT, po_path


@click.group("i18n", epilog="Example: portal i18n status --json")
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT, hidden=True
)
@click.pass_context
def i18n(context: click.Context, root: Path) -> None:
    """Keep the texts and their translations."""
    context.obj = root.resolve()


@i18n.command(epilog="Example: portal i18n extract")
@click.pass_obj
def extract(root: Path) -> None:
    """Write every text of the product into translations/portal.pot."""
    click.echo(f"{catalogue_files.write_template(root)} texts in translations/portal.pot.")


@i18n.command(epilog="Example: portal i18n update")
@click.pass_obj
def update(root: Path) -> None:
    """Bring every language's catalogue up to the sources; create missing ones."""
    for tag, empty in catalogue_files.update(root).items():
        click.echo(f"{tag}: {empty} texts wait for a translation.")


@i18n.command(epilog="Example: portal i18n check")
@click.pass_obj
def check(root: Path) -> None:
    """Look for faults; one line each, and exit 1 if there is any."""
    _report(checks.check(root))
    click.echo("No faults in the catalogues.")


@i18n.command("compile", epilog="Example: portal i18n compile")
@click.pass_obj
def compile_(root: Path) -> None:
    """Compile the catalogues, all or none."""
    tags = [t for t in catalogue_files.languages_with_catalogue() if po_path(t, root).exists()]
    _report([f"{tag}: {fault}" for tag in tags for fault in checks.serving_faults(tag, root)])
    for tag, count in catalogue_files.compile_all(root).items():
        click.echo(f"{tag}: {count} texts compiled.")


@i18n.command(epilog="Example: portal i18n status --json")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def status(root: Path, as_json: bool) -> None:
    """Say how far each language is: translated, draft, reviewed, state."""
    rows = [asdict(row) for row in progress.progress(root)]
    if as_json:
        click.echo(json.dumps({row.pop("language"): row for row in rows}, indent=2))
        return
    columns = list(rows[0])
    click.echo("  ".join(columns))
    for row in rows:
        click.echo("  ".join(str(row[name]).rjust(len(name)) for name in columns))


def _report(faults: list[str]) -> None:
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
