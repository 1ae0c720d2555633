"""A request that somebody makes by phone, on paper or at the counter: staff write it down, and it is as good as any.

Privacy Act 2020 sections 59 to 63: a request needs no form, and its clock begins on the day on which it came in.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.access_log import service as access_log
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.service import came_in, drafts, letters
from portal.corrections.service.moving import note_event
from portal.corrections.service.requests import ASKED, receive
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.law.moves import Who
from portal.records import queries as record_queries
from portal.records import service as records
from portal.records.queries import RecordView

# L10n: staff page that writes down a request made by phone or on paper, error beside a list of values.
NOT_THIS = N_("This record cannot be used here. Choose another, or start again.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What should become of one value: a field's key, a wish (of rules.Wish), and as typed what it should say."""

    field: str
    wish: str
    value: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What staff heard or read: whose request (client number and birth date), when and how it came, and what it asks.

    `received_on` is a Pacific/Auckland day, `how` a key of law.ways.WAYS; `record_ref` the record it is about. `reply`
    holds by, language, urgent, why and hand_on, as the person's own form gives them.
    """

    client_ref: str
    born: date | None
    received_on: date | None
    how: str
    record_ref: int
    chosen: list[Chosen]
    reason: str = ""
    reply: dict[str, Any] = field(default_factory=dict)


def of_client(
    work: Work, client_ref: str, born: date | None, received_on: date | None, how: str, *, noted: bool = True
) -> list[records.Kept]:
    """List what the actor's agency keeps of a client, by kind only; `noted`: that it was listed rides along as a look.

    Raises Invalid as `write_down` does, and NotThere. Call it as a read, not inside `work.do`.
    """
    person_id = came_in.who_asks(work, client_ref, born)
    came_in.day_of(work, received_on)
    came_in.way_of(how)
    agency_id = work.actor.agency_id or 0
    found = records.kept_at(work, person_id, agency_id)
    if not noted:
        return found
    look = {
        "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
        "role": work.actor.role or "",
        # L10n: on the page "Who has looked": why staff of an agency saw something.
        "why": N_("To write down a request that you made"),
        "records": sorted({one.type.title for one in found}),
    }
    work.also(access_log.note, person_id, "staff", agency_id, "request", look)
    return found


def write_down(work: Work, heard: Heard) -> str:
    """Receive a request of a linked client that came in another way, and give its id for an address.

    The clock runs from the day on which it came in, also where it is written down later. The person is told as of
    any request (letter L1), and finds it on their own list. Raises Invalid, with one sentence for an unknown number,
    a client whom nobody is linked to, a birth date that is not theirs, and the worker's own file.
    Privacy Act 2020 ss 59 to 63.
    """
    person_id = came_in.who_asks(work, heard.client_ref, heard.born)
    received_on, how = came_in.day_of(work, heard.received_on), came_in.way_of(heard.how)
    record = _record(work, person_id, heard.record_ref)
    items = _items(record, heard.chosen)
    reason = drafts.reason_of(heard.reason)
    reply = drafts.reply_of(heard.reply)
    words = {
        "record_ref": record.ref,
        "type": record.type.key,
        "reason": reason,
        "reply": reply,
        "taken": how,
    }
    request = receive(
        work,
        person_id,
        record.agency.id,
        ref=ids.random63(),
        record_id=record.id,
        language=reply["language"],
        words=words,
        items=items,
        title=record.type.title,
        by=Who.STAFF,
        received_on=received_on,
    )
    note_event(work, request, rules.Event.WRITTEN_DOWN)
    letters.write(work, request, "L1", items=[{"label": one["label"]} for one in items])
    return ids.encode(request.ref)


def _record(work: Work, person_id: int, record_ref: int) -> RecordView:
    try:
        record = record_queries.show(work, record_ref, person_id)
    except NotThere:
        raise Invalid(NOT_THIS, "fields") from None
    if record.agency.id != work.actor.agency_id:
        raise Invalid(NOT_THIS, "fields")
    return record


def _items(record: RecordView, chosen: list[Chosen]) -> list[dict[str, Any]]:
    for problem in rules.check_items(len(chosen)):
        raise Invalid(rules.PROBLEM_WORDS[problem], "fields")
    may = {choice.field.key: choice for choice in queries.choices(record)}
    if any(one.field not in may for one in chosen):
        raise Invalid(ASKED, "fields")
    items = []
    for no, one in enumerate(chosen, 1):
        held = queries.held(may[one.field].line)
        try:
            value = drafts.wanted(may[one.field].field, one.wish, one.value, held)
        except Invalid as fault:
            box = fault.field if fault.field in ("wish", "words") else "value"
            raise Invalid(fault.message, f"{box}_{no}", **fault.values_) from None
        items.append(
            {
                "no": no,
                "field": one.field,
                "wish": one.wish,
                "label": may[one.field].field.label,
                "words": {"held": held, "wanted": value},
            }
        )
    return items
