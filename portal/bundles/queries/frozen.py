"""A share that shows things as they were: read from a record's versions, so that nothing is kept a second time."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from portal.records.queries import Line, RecordView
from portal.records.rules import ABSENT


def as_it_was(view: RecordView, version_no: int, fields: Collection[str]) -> RecordView:
    """Give a record, read with its history, as it was in one version. `fields` are those that go.

    What must be read with a value stands beside it as it is now: statements, and marks that it is being looked at.
    A value that was put right since is given as it is right (principles 7 and 8); one that the agency no longer
    holds is not there. A record of which an unchecked claim goes is given as it is now: what followed belongs to it.
    """
    claimed = any(line.field.nature == "allegation" and line.field.key in fields for line in view.lines)
    that = next((one for one in view.versions if one.no == version_no), None)
    if that is None or version_no == view.version_no or claimed:
        return view
    then = _values(view, version_no)
    body = {**view.body, **then}
    return replace(
        view,
        recorded_on=that.on,
        # Where the present version came from, and in what codes, is not said of the one that is shown.
        why={},
        body={key: value for key, value in body.items() if value is not ABSENT},
        lines=[_line(line, then) for line in view.lines],
    )


def _line(line: Line, then: dict[str, Any]) -> Line:
    if line.empty or line.field.key not in then:
        return line
    return replace(line, value=then[line.field.key])


def _values(view: RecordView, version_no: int) -> dict[str, Any]:
    """Give the values that became other ones since a version, as they were in it or were put right later."""
    since = [one for one in view.versions if one.no > version_no]
    # Newest first: what the oldest change found is what stood there then.
    then = {before.field.key: before.value for one in since for before, _ in one.changes}
    right = [one for one in reversed(since) if one.changed_by == "correction"]
    return then | {after.field.key: after.value for one in right for _, after in one.changes}
