"""The commands of choices: give an agency's systems those whose choice lets them into a use."""

import json

import click

from portal.config import from_environment


class BadName(click.ClickException):
    """What went wrong, in one sentence, with exit status 2."""

    exit_code = 2


@click.group(epilog="Example: portal choices feed example-housing research")
def choices() -> None:
    """Give what people chose to the systems that must keep to it."""


@choices.command(
    "feed", epilog="Example: portal choices feed example-housing research > may-be-included.jsonl"
)
@click.argument("agency")
@click.argument("purpose")
def feed(agency: str, purpose: str) -> None:
    """Print, as JSON Lines, the ids of those who may be included in PURPOSE of AGENCY (short names).

    An id is known to this agency alone. Whoever said no, hid the agency, or is not surely linked is left out.
    """
    from sqlalchemy.exc import DBAPIError

    from portal.base.problems import NotThere
    from portal.choices import service
    from portal.identity.permissions import SYSTEM
    from portal.web.core import open_core

    try:
        core = open_core(from_environment())
        work = core.work(SYSTEM)
        for number in service.feed(work, agency, purpose):
            click.echo(json.dumps({"id": number}))
        work.session.close()
        core.engine.dispose()
    except NotThere:
        raise BadName(f"There is no agency {agency} with a purpose {purpose}.") from None
    except RuntimeError as fault:
        raise BadName(str(fault)) from None
    except DBAPIError:
        raise BadName("The database is not ready. Run `portal db upgrade` first.") from None
