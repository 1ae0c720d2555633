"""The `portal` command. Each part is imported only when it is asked for, so that `--help` answers at once."""

from importlib import import_module

import click

PARTS = {
    "agency": ("portal.agencies.cli", "agency", "Add agencies from catalogue files."),
    "apikey": ("portal.identity.cli", "apikey", "Make keys for agencies' systems."),
    "backup": ("portal.operations", "backup", "Write a backup file."),
    "choices": ("portal.choices.cli", "choices", "Give systems what people chose."),
    "db": ("portal.operations", "db", "Bring the database up or down, or check it."),
    "demo": ("portal.serving", "demo", "Prepare and serve a demonstration."),
    "doctor": ("portal.operations", "doctor", "Check settings, database, keys and ledger."),
    "due": ("portal.law.cli", "due", "Work out due dates by the Privacy Act."),
    "guide": ("portal.guide.cli", "guide", "Look after the papers of the guide."),
    "i18n": ("portal.language.cli", "i18n", "Look after the translations."),
    "ingest": ("portal.ingest.cli", "ingest", "Take in records from files."),
    "keys": ("portal.operations", "keys", "Look after the master key."),
    "ledger": ("portal.operations", "ledger", "Verify the tamper-evident ledger."),
    "provider": ("portal.identity.cli", "provider", "Let people or staff sign in with another provider."),
    "notices": ("portal.notices.cli", "notices", "Look after messages that could not be sent."),
    "records": ("portal.records.cli", "records", "Neither confirm nor deny a record."),
    "restore": ("portal.operations", "restore", "Load a backup into an empty database."),
    "routes": ("portal.serving", "routes", "List every address and who may use it."),
    "serve": ("portal.serving", "serve", "Serve the portal."),
    "staff": ("portal.identity.cli", "staff", "Invite staff of an agency."),
    "worker": ("portal.serving", "worker", "Do the work of the outbox."),
}


class Parts(click.Group):
    """A group whose commands are imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in PARTS:
            return None
        module, name, _ = PARTS[cmd_name]
        return getattr(import_module(module), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, PARTS[name][2]) for name in sorted(PARTS)])


@click.group(cls=Parts, epilog="Example: portal demo --port 8000")
def cli() -> None:
    """See what agencies hold about you, have it fixed, share a chosen part."""


def main() -> None:
    """Run the command."""
    cli(prog_name="portal")
