"""Writing a request: answers are kept on the server, sealed, so that a person can stop and come back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.agencies import queries as agencies
from portal.agencies import values
from portal.agencies.rules import FieldFacts
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import Draft
from portal.corrections.rules.proof import HOW
from portal.corrections.service import proof
from portal.language.rules import LANGUAGES, N_
from portal.records import queries as records
from portal.records.queries import RecordView

KEEP_FOR = timedelta(days=30)

# L10n: error when asking for a fix; the person wrote just what the agency holds.
SAME = N_("They have this already. Write what it should say.")
# L10n: error when asking for a fix; the answer to "Is it urgent?" was yes.
URGENT_WHY = N_("Write why it is urgent. One line is enough.")


def start(work: Work, record_ref: int, field: str | None = None) -> str:
    """Begin a request about a record of the actor's person, or go on with the one begun, and give its ref.

    `field` is the value the person tapped: it is ticked. Raises NotThere.
    Privacy Act 2020 s 59; no form is asked for and no reason is needed.
    """
    record = records.show(work, record_ref)
    ticked = _in_order(record, [field] if field else [])
    begun = work.session.scalars(
        select(Draft).where(Draft.person_id == work.actor.person_id, Draft.record_id == record.id)
    ).first()
    if begun is not None:
        answers = _answers(work, begun)
        _put(work, begun, answers | {"fields": _in_order(record, [*answers["fields"], *ticked])})
        return ids.encode(begun.ref)
    begun = Draft(
        person_id=work.actor.person_id,
        id=work.new_id(),
        ref=ids.random63(),
        record_id=record.id,
        agency_id=record.agency.id,
        kept_at=work.now,
    )
    _put(
        work,
        begun,
        {"record_ref": record.ref, "type": record.type.key, "fields": ticked, "values": {}, "done": []},
    )
    work.session.add(begun)
    return ids.encode(begun.ref)


def draft(work: Work, ref: int) -> queries.DraftView:
    """Give the actor's draft beside the record as it is now. Raises NotThere."""
    return queries.draft(work, ref)


def keep(work: Work, ref: int, step: str, answers: dict[str, Any], checked: bool = True) -> None:
    """Keep the answers of one step of the actor's draft.

    Steps and their answers: fields {fields}; value {field, wish, value, words} (both as typed), and maybe `beside`,
    a statement that came along with it, and `hand_on` (yes, no) of a value that is held elsewhere; reason {reason},
    and maybe {beside, beside_lang}, a statement for each value that is not fixed; proof {how}; reply {by, language,
    urgent, why, hand_on}. With `checked` false they are kept as they are ("finish later", another language) and the
    step stays open. Raises Invalid with a sentence, NotThere, and Conflict when another page kept something at the
    same moment.
    """
    row = _row(work, ref)
    kept = _answers(work, row)
    record = records.show(work, kept["record_ref"])
    if step not in STEPS:
        raise NotThere()
    STEPS[step](kept, record, answers, checked)
    _put(work, row, kept)


def drop(work: Work, ref: int) -> None:
    """Delete the actor's draft: nothing was sent, nothing stays. Raises NotThere."""
    row = _row(work, ref)
    proof.forget(work, row.person_id, [row.ref])
    work.session.delete(row)


def expire_drafts(work: Work) -> int:
    """Delete drafts that nobody has touched for 30 days, and give how many. A job of the worker (principle 9)."""
    gone = 0
    for agency in agencies.catalogue(work).agencies:
        old = delete(Draft).where(Draft.agency_id == agency.id, Draft.kept_at < work.now - KEEP_FOR)
        rows = work.session.execute(old.returning(Draft.person_id, Draft.ref)).all()
        for row in rows:
            proof.forget(work, row.person_id, [row.ref])
        gone += len(rows)
    return gone


def _keep_fields(kept: dict[str, Any], record: RecordView, answers: dict[str, Any], checked: bool) -> None:
    chosen = _in_order(record, answers["fields"])
    for problem in rules.check_items(len(chosen)) if checked else []:
        raise Invalid(rules.PROBLEM_WORDS[problem], "fields")
    kept["fields"] = chosen


def _keep_value(kept: dict[str, Any], record: RecordView, answers: dict[str, Any], checked: bool) -> None:
    key = answers["field"]
    if key not in kept["fields"]:
        raise NotThere()
    held = queries.held(record.line(key))
    wish = answers.get("wish")
    typed = answers.get("words" if wish == rules.Wish.WORDS else "value") or ""
    beside = answers.get("beside") or ""
    answer = {"wish": wish, "typed": typed, "value": None, "held": held, "done": False, "beside": beside}
    answer["hand_on"] = answers.get("hand_on") if answers.get("hand_on") in ("yes", "no") else ""
    if checked:
        answer["beside"] = _read_beside(beside)
        answer["value"] = wanted(record.type.fields[key], wish, typed, held)
        answer["done"] = True
    kept["values"][key] = answer


def _read_beside(typed: str) -> str:
    said = typed.strip()
    for problem in rules.check_statement(said) if said else []:
        raise Invalid(rules.PROBLEM_WORDS[problem], "beside")
    return said


def wanted(field: FieldFacts, wish: str | None, typed: str, held: Any) -> Any:
    """Give what a value should say, read from what was typed. Raises Invalid, its field wish, value or words."""
    box = "words" if wish == rules.Wish.WORDS else "value"
    for problem in rules.check_wish(wish, typed):
        raise Invalid(rules.PROBLEM_WORDS[problem], "wish" if problem == "wish-missing" else box)
    if wish == rules.Wish.WORDS:
        return typed.strip()
    if wish != rules.Wish.REPLACE:
        return None
    value = values.parse(field, typed)
    if value == held and type(value) is type(held):
        raise Invalid(SAME, "value")
    return value


def reason_of(typed: str) -> str:
    """Give a person's own words as they are. Raises Invalid when they are too long."""
    if len(typed) > rules.MAX_REASON:
        raise Invalid(rules.PROBLEM_WORDS["reason-too-long"], "reason")
    return typed


def _keep_reason(kept: dict[str, Any], _record: RecordView, answers: dict[str, Any], checked: bool) -> None:
    reason, beside, lang = (answers.get(name) or "" for name in ("reason", "beside", "beside_lang"))
    kept["reason"] = reason_of(reason) if checked else reason
    kept["beside"] = _read_beside(beside) if checked else beside
    kept["beside_lang"] = lang if lang in LANGUAGES else ""
    _mark(kept, "reason", checked)


def _keep_proof(kept: dict[str, Any], _record: RecordView, answers: dict[str, Any], checked: bool) -> None:
    # No proof is asked for: whatever is said, or nothing, is an answer (s 59).
    kept["proof"] = answers["how"] if answers.get("how") in HOW else ""
    _mark(kept, "proof", checked)


def _keep_reply(kept: dict[str, Any], _record: RecordView, answers: dict[str, Any], checked: bool) -> None:
    kept["reply"] = reply_of(answers, checked)
    _mark(kept, "reply", checked)


def reply_of(answers: dict[str, Any], checked: bool = True) -> dict[str, str]:
    """Give how, in what language and how soon the person wants to be answered. Raises Invalid with a sentence."""
    reply = {
        "by": "email" if answers.get("by") == "email" else "here",
        "language": answers["language"] if answers.get("language") in LANGUAGES else "en",
        "urgent": "yes" if answers.get("urgent") == "yes" else "no",
        "why": (answers.get("why") or "").strip(),
        # Whoever does not say no lets it be passed on to whom it concerns (s 62).
        "hand_on": "no" if answers.get("hand_on") == "no" else "yes",
    }
    if checked and reply["urgent"] == "yes" and not reply["why"]:
        raise Invalid(URGENT_WHY, "why")
    return reply


STEPS: dict[str, Callable[[dict[str, Any], RecordView, dict[str, Any], bool], None]] = {
    "fields": _keep_fields,
    "value": _keep_value,
    "reason": _keep_reason,
    "proof": _keep_proof,
    "reply": _keep_reply,
}


def _mark(kept: dict[str, Any], step: str, done: bool) -> None:
    kept["done"] = [*(one for one in kept["done"] if one != step), *([step] if done else [])]


def _in_order(record: RecordView, wanted: list[str]) -> list[str]:
    return [choice.field.key for choice in queries.choices(record) if choice.field.key in wanted]


def _row(work: Work, ref: int) -> Draft:
    row = work.session.scalars(
        select(Draft).where(
            Draft.person_id == work.actor.person_id,
            Draft.ref == ref,
            records.reached_record(Draft.person_id, Draft.agency_id, Draft.record_id),
        )
    ).first()
    if row is None:
        raise NotThere()
    return row


def _answers(work: Work, row: Draft) -> dict[str, Any]:
    return work.keys.open_json(queries.draft_place(row.person_id, row.id, row.agency_id), row.answers)


def _put(work: Work, row: Draft, answers: dict[str, Any]) -> None:
    row.answers = work.keys.seal_json(queries.draft_place(row.person_id, row.id, row.agency_id), answers)
    row.kept_at = work.now
