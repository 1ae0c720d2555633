"""What a mapping file says: which column of a spreadsheet means what, for one record type of one agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.agencies.rules import FieldFacts, TypeFacts
from portal.ingest.rules.cells import FieldMap

PLAIN_KINDS = {"long-text": "text", "object": "text"}


class BadMapping(ValueError):
    """A mapping that cannot be used; the text is one sentence for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked against the record type that it fills."""

    type_key: str
    client_ref: str
    source_id: tuple[str, ...]
    name: tuple[str, ...]
    birth_date: str | None
    recorded_on: str | None
    date_order: str
    delimiter: str | None
    encoding: str | None
    sheet: str | None
    fields: tuple[FieldMap, ...]
    ignore: tuple[str, ...]
    third_party: tuple[str, ...]

    def columns(self) -> list[str]:
        """Give every column that is read, in the mapping's order."""
        read = [self.client_ref, *self.source_id, *self.name, self.birth_date, self.recorded_on]
        read += [column for one in self.fields for column in one.columns]
        return list(dict.fromkeys(column for column in read if column))


def from_document(document: dict[str, Any], slug: str, kind: TypeFacts) -> Mapping:
    """Read a mapping whose shape was checked. Raises BadMapping where it does not fit the agency or the type."""
    if document["type"] != kind.key:
        raise BadMapping(f"The mapping is for the type {document['type']}, not for {kind.key}.")
    if document["agency"] != slug:
        raise BadMapping(f"The mapping is for the agency {document['agency']}, not for {slug}.")
    unknown = [
        key for key in (*document["fields"], *document.get("third_party", [])) if key not in kind.fields
    ]
    if unknown:
        raise BadMapping(f"The type {kind.key} has no field {unknown[0]}. It has {', '.join(kind.fields)}.")
    order = document.get("date_order", "iso")
    return Mapping(
        type_key=kind.key,
        client_ref=document["client_ref"],
        source_id=_several(document.get("source_id")),
        name=_several(document.get("name")),
        birth_date=document.get("birth_date"),
        recorded_on=document.get("recorded_on"),
        date_order=order,
        delimiter=document.get("delimiter"),
        encoding=document.get("encoding"),
        sheet=document.get("sheet"),
        fields=tuple(_field(kind.fields[key], how, order) for key, how in document["fields"].items()),
        ignore=_several(document.get("ignore")),
        third_party=_several(document.get("third_party")),
    )


def from_headings(headings: Iterable[str], kind: TypeFacts) -> Mapping:
    """Make the mapping of a file without one: its headings are the field names themselves, its dates ISO.

    Raises BadMapping when no column is called client_ref.
    """
    found = set(headings)
    if "client_ref" not in found:
        raise BadMapping(
            "Without a mapping the file needs a column client_ref and columns named as the fields: "
            f"{', '.join(kind.fields)}. Or name a mapping with --map."
        )
    fields = tuple(
        FieldMap(key, (key,), PLAIN_KINDS.get(one.kind, one.kind), codes=_own_codes(one))
        for key, one in kind.fields.items()
        if key in found
    )
    return Mapping(
        type_key=kind.key,
        client_ref="client_ref",
        source_id=("source_id",) if "source_id" in found else (),
        name=("client_name",) if "client_name" in found else (),
        birth_date="client_birth_date" if "client_birth_date" in found else None,
        recorded_on="recorded_on" if "recorded_on" in found else None,
        date_order="iso",
        delimiter=None,
        encoding=None,
        sheet=None,
        fields=fields,
        ignore=(),
        third_party=(),
    )


def _field(facts: FieldFacts, how: dict[str, Any], order: str) -> FieldMap:
    codes = how.get("codes") or _own_codes(facts)
    strange = [const for const in codes.values() if str(const) not in facts.options]
    if how["kind"] == "code" and strange:
        raise BadMapping(
            f"The field {facts.key} has no value {strange[0]}. It has {', '.join(facts.options)}."
        )
    return FieldMap(
        key=facts.key,
        columns=_several(how["column"]),
        kind=how["kind"],
        date_order=how.get("date_order", order),
        implied_decimals=how.get("implied_decimals"),
        codes=codes,
        separator=how.get("separator", ";"),
    )


def _own_codes(facts: FieldFacts) -> dict[str, Any]:
    """Let a file use the record type's own values and their titles."""
    consts = {str(one["const"]): one["const"] for one in facts.schema.get("oneOf", [])}
    return {**{title: consts[const] for const, title in facts.options.items()}, **consts}


def _several(entry: str | list[str] | None) -> tuple[str, ...]:
    if not entry:
        return ()
    return (entry,) if isinstance(entry, str) else tuple(entry)
