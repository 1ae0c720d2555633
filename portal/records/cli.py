"""The command of records: neither confirm nor deny one of them, where section 47 allows it, or show it again."""

import click

from portal.config import from_environment

_WHICH = "example-housing HA-88213 home_mark HM-0456"


@click.group(epilog=f"Example: portal records show {_WHICH}")
def records() -> None:
    """Neither confirm nor deny a record (Privacy Act 2020 section 47), on an agency's word."""


@records.command(epilog=f"Example: portal records silent {_WHICH} --ground 53-c --by 'privacy officer'")
@click.argument("slug")
@click.argument("client_ref")
@click.argument("type_key")
@click.argument("source_id")
@click.option("--ground", required=True, help="A ground that section 47 allows, such as 53-c.")
@click.option("--by", required=True, help="The role that decided it, such as the privacy officer.")
def silent(slug: str, client_ref: str, type_key: str, source_id: str, ground: str, by: str) -> None:
    """Take a record out of all that its person reads. SOURCE_ID is the agency's own number of it.

    Doing it again changes nothing. Staff of the agency still see the record.
    """
    from portal.records import service

    _do(
        slug,
        client_ref,
        type_key,
        source_id,
        lambda work, who, no: service.keep_silent(work, who, no, ground, by),
    )
    click.echo("The person sees no trace of this record now.")


@records.command(epilog=f"Example: portal records show {_WHICH}")
@click.argument("slug")
@click.argument("client_ref")
@click.argument("type_key")
@click.argument("source_id")
def show(slug: str, client_ref: str, type_key: str, source_id: str) -> None:
    """Show a record again that was neither confirmed nor denied."""
    from portal.records import service

    _do(slug, client_ref, type_key, source_id, service.end_silence)
    click.echo("The person can see this record.")


def _do(slug: str, client_ref: str, type_key: str, source_id: str, verb) -> None:
    from portal.agencies import service as agencies
    from portal.base.problems import Invalid, NotThere
    from portal.identity.permissions import SYSTEM
    from portal.records import service
    from portal.web.core import open_core

    def _carry_out(work) -> None:
        agency = agencies.catalogue(work).by_slug(slug)
        person_id = agencies.person_of_client(work, agency.id, client_ref) if agency else None
        if agency is None or person_id is None:
            raise NotThere()
        number = service.record_id_of(work, person_id, agency.id, type_key, source_id)
        verb(work, person_id, number)

    core = open_core(from_environment())
    try:
        core.work(SYSTEM).do(_carry_out)
    except NotThere:
        raise click.ClickException("There is no such agency, linked client or record.") from None
    except Invalid as fault:
        raise click.ClickException(fault.message) from None
    finally:
        core.engine.dispose()
