"""What follows a decision by law: promises with their day, letters, an offer to state, the agency's right to look."""

from typing import Any

from portal.agencies import tasks
from portal.agencies.rules import FieldFacts
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import letters, stating, telling
from portal.corrections.service.handling import close_question
from portal.corrections.service.moving import item_words, let_look, move, put_file
from portal.corrections.service.values_in_words import in_words
from portal.law.moves import Who
from portal.law.working_days import add_working_days
from portal.records import service as records

APPLY_WITHIN = 5
"""Working days within which something accepted should stand in the record; then staff are reminded.

The Act sets no figure: handing over must follow a decision without undue delay (Koso v MBIE [2014] NZHRRT 39).
"""


def promise(work: Work, request: CorrectionRequest, item: Item, value: Any) -> None:
    """Note by when a value will be put right, and let a feed that brings it do so."""
    item.apply_by_on = add_working_days(nz_date(work.now), APPLY_WITHIN)
    if request.record_id:
        records.await_value(
            work, request.person_id, request.record_id, item.field, value, request.ref, item.no
        )


def decided(work: Work, request: CorrectionRequest, items: list[Item], fields: dict[int, FieldFacts]) -> None:
    """Write the letters, end the review, and go on to the statement or to the record, as the law's table says."""
    request.proposed, request.proposed_by = None, None
    put_file(work, request, proposal=None, sent_back=None)
    close_question(work, request)
    if request.record_id:
        records.end_review(work, request.person_id, request.record_id, request.ref)
    tasks.close(work, request.agency_id, request.ref)
    _write(work, request, items, fields)
    waits = any(item.apply_by_on for item in items)
    given = [item for item in items if _words_along(work, item)]
    not_fixed = any(item.decision != rules.Decision.ACCEPT for item in items)
    let_look(work, request, on=waits)
    if given:
        for item in given:
            lang = item_words(work, item).get("beside_lang") or request.language
            stating.put(work, request, item, _words_along(work, item), lang)
        stating.attached(work, request, given, by=Who.SYSTEM)
    elif not_fixed:
        move(work, request, rules.State.STATEMENT_OFFERED, by=Who.SYSTEM, not_fixed=True)
    elif not waits:
        # There is nothing to change: how it was checked is answered.
        applied(work, request, by=Who.SYSTEM)


def applied(work: Work, request: CorrectionRequest, by: Who | None = None) -> None:
    """Go on once nothing is left to change in the record: tell those who got the old value."""
    move(work, request, rules.State.APPLIED, by=by, changed=True)
    request.applied_at = work.now
    telling.begin(work, request)


def _words_along(work: Work, item: Item) -> str:
    """Give what the person wants to stand beside a value: all they asked for, or in case that it is not fixed."""
    words = item_words(work, item)
    if item.wish == rules.Wish.WORDS:
        return words["wanted"]
    return words.get("beside", "") if item.decision != rules.Decision.ACCEPT else ""


def _write(work: Work, request: CorrectionRequest, items: list[Item], fields: dict[int, FieldFacts]) -> None:
    yes, no = [], []
    for item in items:
        words, field = item_words(work, item), fields[item.no]
        told = {"label": field.label, "reason": words["reason"]}
        if item.decision == rules.Decision.ACCEPT:
            changed = item.apply_by_on is not None
            was = in_words(field, words["held"]) if changed else ""
            now = in_words(field, words["value"]) if changed else ""
            yes.append(told | {"was": was, "now": now})
        else:
            partly = item.decision == rules.Decision.PARTLY
            part = {"partly": "yes", "now": in_words(field, words["value"])} if partly else {}
            no.append(told | {"ground": item.ground, **part})
    by_on = max((item.apply_by_on for item in items if item.apply_by_on), default=None)
    decided_on = nz_date(work.now)
    if yes:
        letters.write(work, request, "L5", items=yes, decided_on=decided_on, apply_by_on=by_on)
    if no:
        letters.write(work, request, "L6", items=no)
