"""Commands about messages: what was put aside, and sending it again."""

import click

from portal.config import from_environment
from portal.web.core import open_core


@click.group(epilog="Example: portal notices parked")
def notices() -> None:
    """Look after messages that could not be sent."""


@notices.command(epilog="Example: portal notices parked")
def parked() -> None:
    """Count the messages that were put aside, by channel and fault; nothing is told of anybody."""
    from portal.notices import service

    core = open_core(from_environment())
    found = core.work().do(service.all_parked)
    for (channel, fault), n in found.items():
        click.echo(f"{n} {channel} {fault}")
    if not found:
        click.echo("Every message went out, or is on its way.")


@notices.command(epilog="Example: portal notices retry")
def retry() -> None:
    """Send all messages that were put aside again, with all their tries."""
    from portal.notices import service

    core = open_core(from_environment())
    n = core.work().do(service.redrive_everywhere)
    click.echo("1 message is on its way again." if n == 1 else f"{n} messages are on their way again.")
