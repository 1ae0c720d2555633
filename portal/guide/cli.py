"""`portal guide`: looks after the handouts, which are files of content/guide."""

import re

import click

from portal.guide import queries
from portal.guide.rules.handouts import HandoutFault, read
from portal.language.rules import ENGLISH


@click.group(epilog="Example: portal guide check")
def guide() -> None:
    """Look after the papers of the guide."""


@guide.command(epilog="Example: portal guide check")
def check() -> None:
    """Look for faults in the papers; one line each, and exit 1 if there is any."""
    faults = queries.handout_faults()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo("No faults in the papers.")


@guide.command(epilog="Example: portal guide missing")
def missing() -> None:
    """Name the papers that a whole language lacks; readers see the English of these, marked as such."""
    for name in queries.missing():
        click.echo(name)


@guide.command(epilog="Example: portal guide source before-you-start.mi")
@click.argument("names", nargs=-1, required=True)
def source(names: tuple[str, ...]) -> None:
    """Write into translations that they are up to date with the English as it is now. Do it after reading both."""
    for name in names:
        path = queries.ROOT / f"{name.removesuffix('.md')}.md"
        english = queries.ROOT / f"{name.partition('.')[0]}.{ENGLISH}.md"
        if path == english or not path.exists() or not english.exists():
            raise click.UsageError(f"There is no translation {name}.")
        try:
            made = read(name, ENGLISH, english.read_text(encoding="utf-8")).fingerprint
        except HandoutFault as fault:
            raise click.ClickException(f"{english.name}: {fault}") from fault
        text = re.sub(
            r"^source:.*$", f"source: {made}", path.read_text(encoding="utf-8"), count=1, flags=re.M
        )
        path.write_text(text, encoding="utf-8")
        click.echo(f"{path.name}: {made}")
