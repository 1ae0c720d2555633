"""Searching: where staff looked, what they found, and what this agency keeps from the person on the portal."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from portal.access_requests import rules
from portal.access_requests.models import AccessRequest, Item, Search
from portal.access_requests.queries.gathering import kept_back
from portal.access_requests.queries.places import item_place, search_place
from portal.access_requests.service.handling import needed
from portal.access_requests.service.moving import find_open, move
from portal.base.clock import nz_date
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.language import service as language
from portal.language.rules import N_
from portal.records.queries import RecordView

# L10n: staff page of a request to see something, error: there are very many items.
FULL = N_("There are 200 items already. Put several papers into one.")
# L10n: staff page that adds a thing that was found, error beside a text field. The limit is 20,000 characters.
LONG_TEXT = N_("Use 20,000 characters or fewer. Put the rest into another item.")
# L10n: staff page that adds a thing that was found, error beside a line of text. The limit is 500 characters.
LONG_LINE = N_("Use 500 characters or fewer.")
# L10n: staff page that adds a thing that was found, error beside a date.
AHEAD = N_("This date lies ahead. Choose one that is past.")
# Where a gathered item was found; staff read it.
HERE = "This portal"


def log_search(work: Work, ref: int, system: str, what: str, found: str) -> None:
    """Write down where was looked, for what, and what was found (empty for nothing): the search log.

    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 44 and 53(a).
    """
    request = find_open(work, ref)
    said = {"system": _line(system, "system"), "what": _line(what, "what"), "found": (found or "").strip()}
    begin(work, request)
    no = _next(work, request, Search)
    row = Search(
        person_id=request.person_id,
        request_id=request.id,
        no=no,
        agency_id=request.agency_id,
        account_id=work.actor.account_id or 0,
        at=work.now,
    )
    place = search_place(request.person_id, request.id, no, request.agency_id)
    row.words = work.keys.seal_json(place, said)
    work.session.add(row)
    work.session.flush()


def add_item(work: Work, ref: int, title: str, on: date | None, system: str, text: str) -> int:
    """Add one thing that was found, and give its number. `on` is the day it is from; None when nobody knows.

    Raises Invalid, Conflict, NotThere.
    """
    request = find_open(work, ref)
    if on and on > nz_date(work.now):
        raise Invalid(AHEAD, "on")
    words = {
        "title": _line(title, "title"),
        "on": on.isoformat() if on else "",
        "system": _line(system, "system"),
        "text": checked_text(text),
    }
    begin(work, request)
    return _add(work, request, words)


def gather(work: Work, ref: int) -> int:
    """Add what this agency keeps from the person on the portal as items, once each; give how many are new.

    Records with withheld parts, and records of which the person's screens say nothing. What stands only in the
    agency's own system is for staff to add. Raises Conflict, NotThere.
    """
    request = find_open(work, ref)
    begin(work, request)
    there = {words.get("record_ref") for _item, words in items_of(work, request)}
    new = [view for view in kept_back(work, request.person_id) if view.ref not in there]
    for view in new:
        _add(work, request, _gathered(view))
    return len(new)


def begin(work: Work, request: AccessRequest) -> None:
    """Begin to search, where nobody has. Raises Conflict while a request is held or waits for an identity."""
    if request.state not in (rules.State.SEARCHING, rules.State.REVIEWING, rules.State.EXTENDED):
        move(work, request, rules.State.SEARCHING)


def items_of(work: Work, request: AccessRequest) -> list[tuple[Item, dict[str, Any]]]:
    """Give the items of a request for writing, in order, each with its opened words."""
    rows = work.session.scalars(
        select(Item)
        .where(Item.person_id == request.person_id, Item.request_id == request.id)
        .order_by(Item.no)
    ).all()
    return [(row, work.keys.open_json(_place(row), row.words)) for row in rows]


def put_words(work: Work, item: Item, words: dict[str, Any]) -> None:
    """Seal what staff read of an item."""
    item.words = work.keys.seal_json(_place(item), words)


def searched(work: Work, request: AccessRequest) -> list[tuple[Search, dict[str, Any]]]:
    """Give the search log of a request, in order, each line with its opened words."""
    rows = work.session.scalars(
        select(Search)
        .where(Search.person_id == request.person_id, Search.request_id == request.id)
        .order_by(Search.no)
    )
    return [
        (
            row,
            work.keys.open_json(
                search_place(row.person_id, row.request_id, row.no, row.agency_id), row.words
            ),
        )
        for row in rows
    ]


def checked_text(text: str) -> str:
    """Give an item's text without outer spaces. Raises Invalid when it is too long."""
    said = (text or "").strip()
    if len(said) > rules.MAX_TEXT:
        raise Invalid(LONG_TEXT, "text")
    return said


def _add(work: Work, request: AccessRequest, words: dict[str, Any]) -> int:
    no = _next(work, request, Item)
    if no > rules.MAX_ITEMS:
        raise Invalid(FULL)
    item = Item(
        person_id=request.person_id, request_id=request.id, no=no, agency_id=request.agency_id, outcome=""
    )
    put_words(work, item, {"reason": "", "notes": {}, "record_ref": None, **words})
    work.session.add(item)
    work.session.flush()
    return no


def _gathered(view: RecordView) -> dict[str, Any]:
    english = language.translator("en")
    said = []
    for line in view.lines:
        if not line.empty:
            said.append(f"{line.field.label}: {line.text(english)}")
        # A statement of correction is always read with the value (section 64).
        for one in line.statements:
            said.append(f"The person's own words, {english.date_long(one.on)}: {one.text}")
    return {
        "title": view.type.title,
        "on": view.recorded_on.isoformat() if view.recorded_on else "",
        "system": HERE,
        "text": "\n".join(said)[: rules.MAX_TEXT],
        "record_ref": view.ref,
    }


def _next(work: Work, request: AccessRequest, table: type[Item] | type[Search]) -> int:
    last = work.session.scalar(
        select(func.max(table.no)).where(table.person_id == request.person_id, table.request_id == request.id)
    )
    return (last or 0) + 1


def _line(text: str, box: str) -> str:
    said = needed(text, box)
    if len(said) > rules.MAX_LINE:
        raise Invalid(LONG_LINE, box)
    return said


def _place(item: Item):
    return item_place(item.person_id, item.request_id, item.no, item.agency_id)
