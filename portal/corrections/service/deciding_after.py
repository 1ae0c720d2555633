"""What follows a decision by law: promises with their day, letters, an offer to state, the agency's right to look."""

from datetime import date
from typing import Any

from portal.agencies import tasks
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import letters, stating, telling
from portal.corrections.service.handling import close_question
from portal.corrections.service.moving import item_words, let_look, move, put_file
from portal.law.moves import Who
from portal.law.working_days import add_working_days
from portal.records import service as records

APPLY_WITHIN = 5
"""Working days within which something accepted should stand in the record; then staff are reminded.

The Act sets no figure: handing over must follow a decision without undue delay (Koso v MBIE [2014] NZHRRT 39).
"""


def apply_by(work: Work) -> date:
    """Give the Pacific/Auckland day by which what is accepted now should stand in the record."""
    return add_working_days(nz_date(work.now), APPLY_WITHIN)


def promise(work: Work, request: CorrectionRequest, item: Item, value: Any) -> None:
    """Note by when a value will be put right, and let a feed that brings it do so."""
    item.apply_by_on = apply_by(work)
    if request.record_id:
        records.await_value(
            work, request.person_id, request.record_id, item.field, value, request.ref, item.no
        )


def decided(
    work: Work, request: CorrectionRequest, items: list[Item], drafts: list[tuple[str, dict[str, Any]]]
) -> None:
    """Write these letters, end the review, and go on to the statement or to the record, as the law's table says."""
    request.proposed, request.proposed_by = None, None
    put_file(work, request, proposal=None, sent_back=None)
    close_question(work, request)
    if request.record_id:
        records.end_review(work, request.person_id, request.record_id, request.ref)
    tasks.close(work, request.agency_id, request.ref)
    for kind, facts in drafts:
        letters.write(work, request, kind, **facts)
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
