"""Commands that make keys and invite staff, for the first set-up without a web page."""

from datetime import timedelta

import click

from portal.config import BadCall, from_environment


@click.group(epilog="Example: portal apikey create --agency example-housing")
def apikey() -> None:
    """Make keys for agencies' systems."""


@apikey.command(epilog="Example: portal apikey create --agency example-housing --label feed")
@click.option("--agency", required=True, help="The agency's short name, such as example-housing.")
@click.option("--label", default="feed", show_default=True, help="What the key is for.")
def create(agency: str, label: str) -> None:
    """Make a key and print it: it cannot be printed again."""
    from portal.identity import service

    core, agency_id = _agency(agency)
    click.echo(core.work().do(lambda work: service.add_api_key(work, agency_id, label)))


@click.group(
    epilog="Example: portal staff invite --agency example-housing --name 'Priya Nair' --role caseworker"
)
def staff() -> None:
    """Invite staff of an agency."""


@staff.command(
    epilog="Example: portal staff invite --agency example-housing --name 'Priya Nair' --role caseworker"
)
@click.option("--agency", required=True, help="The agency's short name.")
@click.option("--name", required=True, help="The full name, as colleagues write it.")
@click.option(
    "--role", required=True, type=click.Choice(["caseworker", "privacy-officer", "steward", "frontline"])
)
def invite(agency: str, name: str, role: str) -> None:
    """Print a one-time address at which a colleague makes an account. It ends after 7 days."""
    from portal.identity import service

    core, agency_id = _agency(agency)
    code = core.work().do(lambda work: service.invite(work, agency_id, role, name, timedelta(days=7)))
    click.echo(f"{core.settings.base_url}/en/join/{code}")


def _agency(slug: str):
    """Open the portal's parts and find an agency by its short name; a sentence and exit 2 when it is unknown."""
    from portal.agencies import queries
    from portal.web.core import open_core

    core = open_core(from_environment())
    found = queries.catalogue(core.work()).by_slug(slug)
    if found is None:
        raise BadCall(f"There is no agency called {slug}. Add it with `portal agency add`.")
    return core, found.id
