"""Reads the demo's JSON files for the tests of this folder, and gives their records in one flat form."""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "portal" / "demo"


def read(name: str):
    """Give the content of one JSON file of the demo; name is its path below the demo folder."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


CATALOGUE = read("catalogue.json")
AGENCIES = {slug: read(f"agencies/{slug}.json") for slug in CATALOGUE["agencies"]}
TYPES = {(slug, kind["key"]): kind for slug, agency in AGENCIES.items() for kind in agency["record_types"]}
PERSONAS = {key: read(f"personas/{key}.json") for key in ("sina", "tame")}
ACCOUNTS = {account["key"]: account for account in read("accounts.json")["accounts"]}


def place(entry: dict) -> tuple[str, str, str]:
    """Say which record an entry (a record, a request, a share line) is about."""
    return entry["agency"], entry["type"], entry["source_id"]


def record(person: str, agency: str, kind: str, number: int = 0) -> dict:
    """Give one of a person's records: the agency without "example-", the type, and which of several."""
    found = [
        r for r in PERSONAS[person]["records"] if r["agency"] == f"example-{agency}" and r["type"] == kind
    ]
    return found[number]


def properties(entry: dict) -> dict:
    """Give the fields of the record type that an entry is about."""
    return TYPES[entry["agency"], entry["type"]]["schema"]["properties"]


def every_version():
    """Walk (person, record, body) over every record and each older version of it."""
    for key, person in PERSONAS.items():
        for held in person["records"]:
            for version in [*held["versions"], held]:
                yield key, held, version["body"]


def strings(value):
    """Walk every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def dates(value, names: tuple[str, ...]):
    """Walk the texts under any of the given keys, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in names and isinstance(inner, str):
                yield inner
            elif key != "body":
                yield from dates(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from dates(inner, names)
