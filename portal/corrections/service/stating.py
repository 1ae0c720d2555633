"""A statement of correction: it comes with the request or at any later time, and is attached at once (s 64)."""

from sqlalchemy import select

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import letters, telling
from portal.corrections.service.deciding_words import WAITS
from portal.corrections.service.handling import needed
from portal.corrections.service.moving import (
    file_of,
    find_case,
    find_own,
    item_words,
    items_of,
    move,
    note_event,
    put_file,
    put_item_words,
    require_officer,
)
from portal.language.rules import LANGUAGES
from portal.law import clocks
from portal.law.moves import Who
from portal.records import service as records

OFF = "statement_off"
"""What is proposed when staff think that a statement must not stand beside a value."""
NOT_FIXED = (rules.Decision.DECLINE, rules.Decision.PARTLY)


def attach_statement(work: Work, request_ref: int, field: str, text: str, lang: str = "en") -> str:
    """Attach the actor's own words beside a value that was not, or not all, fixed; at any later time, without limit.

    The words are never judged: they stand from now, within the 20 working days that the law gives (letter L7). The
    same words again change nothing. Raises NotThere, Invalid. Privacy Act 2020 ss 63 and 64, principle 7(3)-(4).
    """
    request = find_own(work, request_ref)
    item = next((one for one in items_of(work, request) if one.field == field), None)
    if item is None or item.decision not in NOT_FIXED:
        raise NotThere()
    for problem in rules.check_statement(text):
        raise Invalid(rules.PROBLEM_WORDS[problem], "text")
    said = item_words(work, item).get("statement") or {}
    if said.get("text") != text.strip():
        put(work, request, item, text.strip(), lang)
        attached(work, request, [item], by=Who.PERSON)
    return ids.encode(request_ref)


def put(work: Work, request: CorrectionRequest, item: Item, text: str, lang: str) -> None:
    """Put a person's words beside the value of an item."""
    lang = lang if lang in LANGUAGES else "en"
    if request.record_id:
        records.attach_statement(
            work, request.person_id, request.record_id, item.field, text, lang, request.ref
        )
    kept = {name: one for name, one in item_words(work, item).items() if name != "off"}
    statement = {"text": text, "lang": lang, "at": work.now.isoformat()}
    put_item_words(work, item, kept | {"statement": statement})
    item.outcome_at = work.now


def attached(work: Work, request: CorrectionRequest, items: list[Item], by: Who) -> None:
    """Move a request from the offer to the attached statement, write letter L7, and tell those who got the value."""
    today = nz_date(work.now)
    not_fixed = any(item.decision in NOT_FIXED for item in items)
    move(work, request, rules.State.STATEMENT_RECEIVED, by=by, text=True, not_fixed=not_fixed)
    request.statement_due_on = clocks.due_on("statement", today)
    move(work, request, rules.State.STATEMENT_ATTACHED, by=Who.SYSTEM, text=True)
    said = []
    for item in items:
        words = item_words(work, item)["statement"]
        entry = {"label": _label(work, request, item), "text": words["text"], "text_lang": words["lang"]}
        said.append(entry)
    letters.write(work, request, "L7", items=said, attached_on=today)
    telling.begin(work, request, [item.no for item in items])


def propose_taking_off(work: Work, ref: int, no: int, reason: str) -> None:
    """Propose that a statement does not stand beside a value any more; a privacy officer who is somebody else decides.

    What it says is no reason by itself. Raises Invalid, NotThere. Privacy Act 2020 s 64; law.md 3.1: P + reason.
    """
    _task, request = find_case(work, ref)
    said = needed(reason, "reason")
    if request.proposed:
        raise Invalid(WAITS)
    _stated(work, request, no)
    request.proposed, request.proposed_by = OFF, work.actor.account_id or 0
    put_file(work, request, proposal={"no": no, "reason": said, "at": work.now.isoformat()}, sent_back=None)
    note_event(work, request, rules.Event.PROPOSED)
    work.session.flush()


def take_off(work: Work, request: CorrectionRequest, *, second: bool) -> None:
    """Take a statement away as a colleague proposed, as a privacy officer; the person is told why (letter L6S).

    They can give another one at any time. second: somebody else proposed it. Raises Invalid, Conflict.
    """
    require_officer(work)
    if not second:
        raise Invalid(rules.REFUSED_BECAUSE["second-person"])
    said = file_of(work, request)["proposal"]
    item = _stated(work, request, said["no"])
    if request.record_id:
        records.take_off_statement(work, request.person_id, request.record_id, item.field, request.ref)
    words = {name: one for name, one in item_words(work, item).items() if name != "statement"}
    put_item_words(work, item, words | {"off": said["reason"]})
    item.outcome_at = work.now
    request.proposed, request.proposed_by = None, None
    put_file(work, request, proposal=None, taken_off=said)
    note_event(work, request, rules.Event.STATEMENT_TAKEN_OFF)
    label = _label(work, request, item)
    letters.write(work, request, "L6S", items=[{"label": label, "reason": said["reason"]}])


def _stated(work: Work, request: CorrectionRequest, no: int) -> Item:
    item = work.session.scalars(
        select(Item).where(Item.person_id == request.person_id, Item.request_id == request.id, Item.no == no)
    ).first()
    if item is None:
        raise NotThere()
    if "statement" not in item_words(work, item):
        raise Conflict()
    return item


def _label(work: Work, request: CorrectionRequest, item: Item) -> str:
    seen = queries.show(work, request.ref, request.person_id)
    return next(one.field.label for one in seen.items if one.no == item.no)
