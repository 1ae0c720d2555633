"""Commands of operations: database, ledger, keys, backup, restore, doctor."""

from pathlib import Path

import click

from portal.config import BadCall, from_environment
from portal.web.core import open_core


@click.group(epilog="Example: portal db upgrade")
def db() -> None:
    """Bring the database up or down, or check it."""


@db.command(epilog="Example: portal db upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database up to the newest revision, or to the one named."""
    from portal.base import db as store
    from portal.base import migrations

    migrations.upgrade(store.make_engine(from_environment().database_url), revision)
    click.echo("The database is up to date." if revision == "head" else f"The database is at {revision}.")


@db.command(epilog="Example: portal db downgrade -- -1")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database down to a revision: `base` or `-1`."""
    from portal.base import db as store
    from portal.base import migrations

    migrations.downgrade(store.make_engine(from_environment().database_url), revision)
    click.echo(f"The database is at {revision}.")


@db.command(epilog="Example: portal db check")
def check() -> None:
    """Fail when the models and the database differ."""
    from portal.base import db as store
    from portal.base import migrations

    engine = store.make_engine(from_environment().database_url)
    found = (
        migrations.differences(engine) if migrations.at_head(engine) else ["the newest migration is missing"]
    )
    for difference in found:
        click.echo(str(difference), err=True)
    if found:
        raise SystemExit(1)
    click.echo("Models and database agree.")


@click.group(epilog="Example: portal ledger verify --checkpoints instance/checkpoints")
def ledger() -> None:
    """Verify the tamper-evident ledger."""


@ledger.command(epilog="Example: portal ledger verify --checkpoints instance/checkpoints")
@click.option("--checkpoints", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--public-key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(checkpoints: Path | None, public_key: Path | None) -> None:
    """Recompute the ledger: exit status 0, or 1 and the first bad entry."""
    from portal.base import checkpoints as sealing

    core = open_core(from_environment())
    key = public_key.read_bytes() if public_key else core.settings.ledger_public_key
    with core.sessions() as session:
        for fault in sealing.verify(session, key, checkpoints):
            click.echo(f"The ledger does not hold: {fault}.", err=True)
            raise SystemExit(1)
    click.echo("The ledger holds: every entry, checkpoint and row agrees.")


@ledger.command(epilog="Example: portal ledger public-key > ledger.pem")
def public_key() -> None:
    """Print the public key with which others can verify checkpoints."""
    click.echo(from_environment().ledger_public_key.decode(), nl=False)


@click.group(epilog="Example: portal keys rotate")
def keys() -> None:
    """Look after the master key."""


@keys.command(epilog="Example: portal keys rotate")
def rotate() -> None:
    """Put every data key under the current master key (the first line of PORTAL_MASTER_KEY)."""
    from portal.base import crypto

    core = open_core(from_environment())
    changed = core.work().do(lambda work: crypto.rewrap_all(work.session, work.master))
    click.echo(f"{changed} data keys are now under master key {core.settings.master.current}.")


@keys.command(epilog="Example: portal keys fresh")
def fresh() -> None:
    """Print a new master key line; put it first in PORTAL_MASTER_KEY, then rotate."""
    from portal.base.crypto import Master

    click.echo(Master.fresh_line())


@click.command(epilog="Example: portal backup /backups/portal.jsonl.gz")
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a backup file: sealed values stay sealed, and no key is in it."""
    from portal.base import backups

    core = open_core(from_environment())
    if file.exists():
        raise BadCall(f"{file.name} is there already. Name a new file.")
    rows = backups.write(core.engine, file)
    click.echo(f"{rows} rows are in {file.name}. The keys are not: keep a copy of them elsewhere.")


@click.command(epilog="Example: portal restore /backups/portal.jsonl.gz")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Load a backup into an empty, upgraded database (SQLite or PostgreSQL, whichever it came from)."""
    from portal.base import backups

    core = open_core(from_environment())
    try:
        rows = backups.read(core.engine, file)
    except backups.CannotRestore as fault:
        raise BadCall(str(fault)) from fault
    click.echo(f"{rows} rows are back.")


@click.command(epilog="Example: portal doctor")
def doctor() -> None:
    """Check settings, database, keys and ledger; one line each, exit status 1 when one is wrong."""
    from portal.base import doctors

    try:
        findings = doctors.examine(open_core(from_environment()))
    except RuntimeError as fault:
        raise click.ClickException(str(fault)) from fault
    for fine, line in findings:
        click.echo(f"{'ok ' if fine else 'BAD'} {line}")
    if not all(fine for fine, _ in findings):
        raise SystemExit(1)
