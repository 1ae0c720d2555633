"""The commands of agencies: take catalogue files (docs/adding-an-agency.md), make letters, keep letters away."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from portal.agencies.rules import TOPICS
from portal.config import from_environment

_KEY = {"type": "string", "pattern": "^[a-z0-9_-]{1,60}$"}
_WORDS = {"type": "object", "additionalProperties": {"type": "string"}}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most}


SHAPE = {
    "type": "object",
    "required": ["slug", "name", "kind", "topic", "purposes", "record_types"],
    "properties": {
        "slug": {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"},
        "name": _text(200),
        "kind": {"enum": ["agency", "provider", "both"]},
        "topic": {"enum": list(TOPICS)},
        "reports_looks": {"type": "boolean"},
        "takes_shares": {"type": "boolean"},
        "purposes": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["key"], "properties": {"key": _KEY}},
        },
        "record_types": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["key", "title", "purpose", "sensitivity", "schema"],
                "properties": {
                    "key": _KEY,
                    "title": _text(120),
                    "title_l10n": _WORDS,
                    "purpose": _KEY,
                    "sensitivity": {"enum": ["ordinary", "sensitive", "safety"]},
                    "schema": {
                        "type": "object",
                        "required": ["type", "properties"],
                        "properties": {"type": {"const": "object"}, "properties": {"type": "object"}},
                    },
                },
            },
        },
    },
}


_WHO = "--agency example-housing --client HA-88213"


class BadFile(click.ClickException):
    """A catalogue file that cannot be taken: one sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say the sentence, and nothing else."""
        click.echo(self.format_message(), file=file, err=file is None)


@click.group(epilog="Example: portal agency add example-housing.json")
def agency() -> None:
    """Add agencies from catalogue files, and make letters with codes for their clients."""


@agency.command(epilog="Example: portal agency add example-housing.json example-school.json")
@click.argument("files", nargs=-1, metavar="FILE...")
def add(files: tuple[str, ...]) -> None:
    """Add agencies, or bring them up to date: all files or none. Doing it again changes nothing."""
    from portal.agencies.entries import put_agency

    if not files:
        raise BadFile("Name one file or more.")
    entries = [(name, entry) for name in files for entry in read_entries(name)]
    _do(lambda work: [put_agency(work, entry) for _, entry in entries])
    for _, entry in entries:
        types, purposes = len(entry["record_types"]), len(entry["purposes"])
        click.echo(f"{entry['name']} is in the catalogue: record types: {types}, purposes: {purposes}.")


@agency.command("letter", epilog=f"Example: portal agency letter {_WHO} --name 'A Person' --born 1992-05-04")
@click.option("--agency", "slug", required=True, metavar="SLUG", help="The agency's short name.")
@click.option("--client", "client_ref", required=True, metavar="REF", help="The agency's own client number.")
@click.option("--name", required=True, help="The client's full name, as the agency has it.")
@click.option("--born", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Their birth date.")
def make_letter(slug: str, client_ref: str, name: str, born: datetime) -> None:
    """Make the code for a letter to a client, and print it once: 21 days, 5 tries."""
    from portal.agencies import service

    made = service.new_letter()
    code = _do(
        lambda work: service.issue_link_code(work, _id(work, slug), client_ref, name, born.date(), made)
    )
    click.echo(f"Code for the letter: {code[:4]} {code[4:]}")


@agency.command("no-letter", epilog=f"Example: portal agency no-letter {_WHO}")
@click.option("--agency", "slug", required=True, metavar="SLUG", help="The agency's short name.")
@click.option("--client", "client_ref", required=True, metavar="REF", help="The agency's own client number.")
@click.option("--off", is_flag=True, help="Letters may go to this client again.")
def no_letter(slug: str, client_ref: str, off: bool) -> None:
    """Say that no letter may go to a client, because the envelope itself could harm them."""
    from portal.agencies import service

    _do(lambda work: service.set_no_letter(work, _id(work, slug), client_ref, not off))
    click.echo("Letters may go to this client again." if off else "No letter goes to this client.")


def _do(verb: Callable[[Any], Any]) -> Any:
    """Carry out a verb in a store of its own; what goes wrong is one sentence and exit status 2."""
    from sqlalchemy.exc import DBAPIError

    from portal.base.problems import Invalid
    from portal.identity.permissions import SYSTEM
    from portal.web.core import open_core

    try:
        core = open_core(from_environment())
        context = click.get_current_context()
        context.call_on_close(core.engine.dispose)
        work = core.work(SYSTEM)
        context.call_on_close(work.session.close)
        return work.do(verb)
    except Invalid as fault:
        raise BadFile(fault.message % fault.values_) from None
    except RuntimeError as fault:
        raise BadFile(str(fault)) from None
    except DBAPIError:
        raise BadFile("The database is not ready. Run `portal db upgrade` first.") from None


def _id(work: Any, slug: str) -> int:
    from portal.agencies.queries import catalogue

    found = catalogue(work).by_slug(slug)
    if found is None:
        raise BadFile(f"There is no agency called {slug}. Add it with `portal agency add`.")
    return found.id


def read_entries(name: str) -> list[dict[str, Any]]:
    """Read the agencies of a file: one object, a list, or {"agencies": [...]}. Raises BadFile."""
    try:
        document = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError:
        raise BadFile(f"There is no file called {name} that can be read.") from None
    except (ValueError, RecursionError):
        raise BadFile(f"{name} is not JSON in UTF-8.") from None
    if isinstance(document, dict) and "agencies" in document:
        document = document["agencies"]
    entries = document if isinstance(document, list) else [document]
    if not entries:
        raise BadFile(f"{name} names no agency.")
    for entry in entries:
        _check(name, entry)
    return entries


def _check(name: str, entry: Any) -> None:
    fault = next(Draft202012Validator(SHAPE).iter_errors(entry), None)
    if fault is not None:
        place = "/".join(map(str, fault.absolute_path)) or "its top"
        raise BadFile(f"{name} is not a catalogue entry. At {place}: {_words(fault)}")
    for kind in entry["record_types"]:
        try:
            Draft202012Validator.check_schema(kind["schema"])
        except SchemaError:
            raise BadFile(
                f"{name}: the schema of {kind['key']} is not JSON Schema (draft 2020-12)."
            ) from None


def _words(fault: Any) -> str:
    if fault.validator == "required":
        missing = [key for key in fault.validator_value if key not in fault.instance]
        return (
            f"{', '.join(missing)} is missing." if len(missing) == 1 else f"{', '.join(missing)} are missing."
        )
    if fault.validator == "enum":
        return f"use one of {', '.join(fault.validator_value)}."
    return {"type": "the type is wrong.", "pattern": "use lower-case letters, digits and hyphens."}.get(
        str(fault.validator), "the length or value does not fit."
    )
