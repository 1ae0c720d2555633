"""Commands that make keys, invite staff and register providers, for the first set-up without a web page."""

import os
from datetime import timedelta
from typing import Any

import click

from portal.base.problems import Conflict, Invalid, NotThere
from portal.config import BadCall, from_environment


@click.group(epilog="Example: portal apikey create --agency example-housing")
def apikey() -> None:
    """Make keys for agencies' systems."""


@apikey.command(epilog="Example: portal apikey create --agency example-housing --label feed")
@click.option("--agency", required=True, help="The agency's short name, such as example-housing.")
@click.option("--label", default="feed", show_default=True, help="What the key is for.")
@click.option(
    "--scope",
    type=click.Choice(["send", "read"]),
    default="send",
    show_default=True,
    help="send: it gives records and reads nothing. read: it takes your own copy home and sends nothing.",
)
def create(agency: str, label: str, scope: str) -> None:
    """Make a key and print it: it cannot be printed again."""
    from portal.identity import service

    core, agency_id = _agency(agency)
    click.echo(core.work().do(lambda work: service.add_api_key(work, agency_id, label, scope)))


@apikey.command(epilog="Example: portal apikey end --agency example-housing --label feed")
@click.option("--agency", required=True, help="The agency's short name, such as example-housing.")
@click.option("--label", required=True, help="What the key was for, as it was said when it was made.")
def end(agency: str, label: str) -> None:
    """End the keys with a label at once. Make the next one first, under another label, so that nothing stops."""
    from portal.identity import service

    core, agency_id = _agency(agency)
    ended = core.work().do(lambda work: service.end_api_keys(work, agency_id, label))
    if not ended:
        raise BadCall(f"{agency} has no live key with the label {label}.")
    click.echo(f"Ended: {ended}.")


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
    "--role",
    required=True,
    type=click.Choice(["caseworker", "privacy-officer", "steward", "frontline", "administrator"]),
)
def invite(agency: str, name: str, role: str) -> None:
    """Print a one-time address at which a colleague makes an account. It ends after 7 days."""
    from portal.identity import service

    core, agency_id = _agency(agency)
    code = core.work().do(lambda work: service.invite(work, agency_id, role, name, timedelta(days=7)))
    click.echo(f"{core.settings.base_url}/en/join/{code}")


@staff.command(epilog="Example: portal staff approve --agency example-housing --change gyaqaqaqaqaqa")
@click.option("--agency", required=True, help="The organisation's short name.")
@click.option("--change", help="The change or invitation to approve; left out, those that wait are listed.")
def approve(agency: str, change: str | None) -> None:
    """Approve a change of role, or an invitation, that one administrator asked for and nobody else there may."""
    from portal.base import ids
    from portal.identity import service

    core, agency_id = _agency(agency)
    if change is None:
        _list_waiting(service.team_of(core.work(), agency_id))
        return
    ref = ids.decode(change) or 0
    invited = any(one.ref == ref for one in service.team_of(core.work(), agency_id).invitations)
    verb = service.agree_as_operator if invited else service.approve_as_operator
    try:
        core.work().do(lambda work: verb(work, agency_id, ref))
    except (NotThere, Conflict):
        raise BadCall(f"No change {change} waits at {agency}.") from None
    except Invalid as fault:
        raise BadCall(fault.message) from None
    click.echo("The invitation works now." if invited else "The change is made.")


def _list_waiting(team) -> None:
    from portal.base import ids

    for one in team.changes:
        asked = f"asked by {one.asked_by or 'someone who left'}"
        click.echo(f"{ids.encode(one.ref)}  {one.name}: {one.was} to {one.role or 'no role'}, {asked}")
    for one in team.invitations:
        if one.waits:
            asked = f"asked by {one.asked_by or 'someone who left'}"
            click.echo(f"{ids.encode(one.ref)}  {one.name}: invited as {one.role}, {asked}")


@click.group(
    epilog="Example: portal provider add --key government --label 'Government sign-in' "
    "--issuer https://login.example.govt.nz --client-id portal --verified --both-steps"
)
def provider() -> None:
    """Let people, or an organisation's staff, sign in with another provider (OpenID Connect)."""


@provider.command(
    name="add",
    epilog="Example: portal provider add --key government --label 'Government sign-in' "
    "--issuer https://login.example.govt.nz --client-id portal --verified --both-steps < secret.txt",
)
@click.option("--key", required=True, help="A short name for addresses: a to z, 0 to 9 and hyphens.")
@click.option("--label", required=True, help="What people call it.")
@click.option("--issuer", required=True, help="Its address, as its own description says it.")
@click.option("--client-id", required=True, help="The portal's name there.")
@click.option("--agency", help="The organisation whose staff sign in with it; left out, it is for people.")
@click.option("--verified", is_flag=True, help="It has checked who each person is.")
@click.option(
    "--both-steps", is_flag=True, help="It asks for two factors itself, so that the portal need not."
)
@click.option("--through", multiple=True, help="Another address that browsers pass on the way there.")
def add_provider(agency: str | None, through: tuple[str, ...], **given: Any) -> None:
    """Register a provider, or bring it up to date, and print the address to register there as redirect URI.

    The secret comes from PORTAL_PROVIDER_SECRET, or is asked for. The provider must answer: its own description
    is read first.
    """
    from portal.identity import service
    from portal.identity.providers import ProviderFacts
    from portal.identity.providers.registering import checked

    core, agency_id = _agency(agency) if agency else (_core(), None)
    secret = os.environ.get("PORTAL_PROVIDER_SECRET") or click.prompt("Secret", hide_input=True, err=True)
    try:
        facts = checked(ProviderFacts(client_secret=secret.strip(), agency_id=agency_id, **given), through)
    except Invalid as fault:
        raise BadCall(fault.message % fault.values_) from None
    core.work().do(service.put_provider, facts)
    click.echo(f"{core.settings.base_url}/sign-in/back")


@provider.command(name="list", epilog="Example: portal provider list")
def list_providers() -> None:
    """List the providers: key, for whom, what it vouches for, issuer, label."""
    from portal.identity import service

    for one in service.all_providers(_core().work()):
        said = [word for word, yes in (("verified", one.verified), ("both-steps", one.both_steps)) if yes]
        whom = "people" if one.agency_id is None else "staff"
        click.echo(f"{one.key}  {whom}  {','.join(said) or '-'}  {one.issuer}  {one.label}")


@provider.command(name="remove", epilog="Example: portal provider remove --key government")
@click.option("--key", required=True, help="Its short name.")
def remove_provider(key: str) -> None:
    """Take a provider away at once, and say how many accounts were connected to it."""
    from portal.identity import service

    try:
        number = _core().work().do(service.remove_provider, key)
    except NotThere:
        raise BadCall(f"There is no provider called {key}. `portal provider list` names them.") from None
    click.echo(f"{number} accounts were connected to it. They stay connected if it is added again.")


def _core():
    """Open the portal's parts; a sentence and exit 2 when the database is not up to date."""
    from portal.base import migrations
    from portal.web.core import open_core

    core = open_core(from_environment())
    if not migrations.at_head(core.engine):
        raise BadCall("Run `portal db upgrade` first: the database is not at the newest migration.")
    return core


def _agency(slug: str):
    """Open the portal's parts and find an agency by its short name; a sentence and exit 2 when it is unknown."""
    from portal.agencies import queries

    core = _core()
    found = queries.catalogue(core.work()).by_slug(slug)
    if found is None:
        raise BadCall(f"There is no agency called {slug}. Add it with `portal agency add`.")
    return core, found.id
