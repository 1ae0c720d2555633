"""The command `portal agency add`: takes agencies from catalogue files (docs/adding-an-agency.md)."""

import json
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


class BadFile(click.ClickException):
    """A catalogue file that cannot be taken: one sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say the sentence, and nothing else."""
        click.echo(self.format_message(), file=file, err=file is None)


@click.group(epilog="Example: portal agency add example-housing.json")
def agency() -> None:
    """Add agencies from catalogue files."""


@agency.command(epilog="Example: portal agency add example-housing.json example-school.json")
@click.argument("files", nargs=-1, metavar="FILE...")
def add(files: tuple[str, ...]) -> None:
    """Add agencies, or bring them up to date: all files or none. Doing it again changes nothing."""
    from sqlalchemy.exc import DBAPIError

    from portal.agencies.entries import put_agency
    from portal.base.problems import Invalid
    from portal.identity.permissions import SYSTEM
    from portal.web.core import open_core

    if not files:
        raise BadFile("Name one file or more.")
    entries = [(name, entry) for name in files for entry in read_entries(name)]
    try:
        core = open_core(from_environment())
        context = click.get_current_context()
        context.call_on_close(core.engine.dispose)
        work = core.work(SYSTEM)
        context.call_on_close(work.session.close)
        work.do(lambda work: [put_agency(work, entry) for _, entry in entries])
    except Invalid as fault:
        raise BadFile(fault.message % fault.values_) from None
    except RuntimeError as fault:
        raise BadFile(str(fault)) from None
    except DBAPIError:
        raise BadFile("The database is not ready. Run `portal db upgrade` first.") from None
    for _, entry in entries:
        types, purposes = len(entry["record_types"]), len(entry["purposes"])
        click.echo(f"{entry['name']} is in the catalogue: record types: {types}, purposes: {purposes}.")


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
