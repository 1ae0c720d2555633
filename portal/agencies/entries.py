"""Takes agencies' catalogue entries into the store, and stamps the catalogue so that every process reads it again."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from portal.agencies import queries, rules
from portal.agencies.models import Agency, Purpose, RecordType, Stamp
from portal.base import ids
from portal.base.problems import Invalid
from portal.base.work import Work

_COLUMNS = ("slug", "name", "kind", "topic", "reports_looks")
_PARTS = ("purposes", "record_types")


def put_agency(work: Work, document: dict[str, Any]) -> int:
    """Take an agency's catalogue entry (docs/adding-an-agency.md), and give the agency's id.

    Doing it again changes nothing. Record types and purposes that are left out stay, because records may rest
    on them. Raises Invalid when a part that every page needs is missing.
    """
    _check(document)
    agency_id = (
        work.session.scalar(select(Agency.id).where(Agency.slug == document["slug"])) or ids.random63()
    )
    top = {key: document[key] for key in ("slug", "name", "kind", "topic")}
    rest = {key: value for key, value in document.items() if key not in (*_COLUMNS, *_PARTS)}
    changed = _merge(
        work, Agency, {"id": agency_id}, **top, reports_looks=bool(document.get("reports_looks")), facts=rest
    )
    for purpose in document["purposes"]:
        changed |= _merge(work, Purpose, {"agency_id": agency_id, "key": purpose["key"]}, document=purpose)
    for kind in document["record_types"]:
        values = {name: kind[name] for name in ("purpose", "sensitivity", "title", "schema")}
        values["title_l10n"] = kind.get("title_l10n", {})
        changed |= _merge(work, RecordType, {"agency_id": agency_id, "key": kind["key"]}, **values)
    if changed:
        stamp(work)
    return agency_id


def set_reachable(work: Work, agency_id: int, since: datetime | None) -> None:
    """Note that an agency has not answered since an aware UTC moment, or with None that it answers again."""
    work.session.execute(update(Agency).where(Agency.id == agency_id).values(unreachable_since=since))
    stamp(work)


def _check(document: dict[str, Any]) -> None:
    missing = [key for key in ("slug", "name", "kind", "topic", *_PARTS) if not document.get(key)]
    if missing:
        raise Invalid("The catalogue entry lacks %(missing)s.", missing=", ".join(missing))
    fault = rules.charges_fault(document.get("charges"))
    if fault:
        raise Invalid(fault)
    purposes = {purpose["key"] for purpose in document["purposes"]}
    for kind in document["record_types"]:
        if kind["purpose"] not in purposes:
            raise Invalid("The record type %(key)s names a purpose that is not there.", key=kind["key"])
    fault = parents_fault(document.get("parents"), [one["key"] for one in document["record_types"]])
    if fault:
        raise Invalid(fault)


def parents_fault(parents: Any, types: Iterable[str]) -> str | None:
    """Give what is wrong with an entry's `parents`; None where it may stand."""
    if parents is None:
        return None
    if not isinstance(parents, dict) or set(parents) - {"own", "ages"}:
        return "parents holds own, ages, and nothing else."
    own, ages = parents.get("own", []), parents.get("ages", {})
    if not isinstance(own, list) or not isinstance(ages, dict) or {*own, *ages} - set(types):
        return "parents names a record type that is not there."
    if not all(type(age) is int and 0 <= age <= 16 for age in ages.values()):
        return "parents: an age is a whole number from 0 to 16."
    return None


def _merge(work: Work, model: Any, key: dict[str, Any], **values: Any) -> bool:
    row = work.session.get(model, tuple(key.values()))
    if row is None:
        work.session.add(model(**key, **values))
        return True
    # The order of a schema's fields is the order on the page, so it counts as a change.
    changed = [name for name, value in values.items() if json.dumps(getattr(row, name)) != json.dumps(value)]
    for name in changed:
        setattr(row, name, values[name])
        flag_modified(row, name)
    return bool(changed)


def stamp(work: Work) -> None:
    """Let every process read the catalogue again, once this transaction is committed."""
    session = work.session
    row = session.get(Stamp, queries.STAMP)
    version = int(work.now.timestamp() * 1_000_000)
    if row is None:
        session.add(Stamp(id=queries.STAMP, version=version))
    else:
        row.version = max(row.version + 1, version)
    session.flush()
    session.info[queries.DRAFT] = session.get_transaction()
    queries.forget_catalogue()
