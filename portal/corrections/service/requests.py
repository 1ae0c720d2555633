"""Sending a request, taking it back, and adding a statement of correction to what was not fixed."""

from typing import Any

from sqlalchemy import select

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.crypto import Place
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Draft, Event, Item
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.language.rules import LANGUAGES, N_
from portal.law import clocks
from portal.law.working_days import CALENDAR_VERSION
from portal.notices import service as notices
from portal.records import service as records

TASK = "correction"
"""The kind of task and of grant that a request makes."""

# L10n: above the check page of a request; a question of an earlier page has no answer yet.
UNFINISHED = N_("Some answers are missing. Look at each part, then send.")
# L10n: above the check page of a request; nothing was sent.
CHANGED = N_(
    "They changed this while you were writing. Nothing was sent. Look at the new value, then answer again."
)
# L10n: above the check page of a request; nothing was sent.
ASKED = N_(
    "You have asked to fix one of these already. Nothing was sent. Take it out, or wait for the answer."
)


def submit(work: Work, ref: int) -> str:
    """Send the actor's draft: request, items, event, review marks, task and grant for the agency, notice.

    The draft is deleted; the request keeps its ref, so that sending again gives the same request. The values are
    read again first: nothing is sent while one of them differs from what the person saw. Raises Invalid, NotThere.
    Privacy Act 2020 ss 59 to 63, principle 7: due 20 working days after the day of receipt.
    """
    person_id = work.actor.person_id
    if find_request(work, person_id, ref) is not None:
        return ids.encode(ref)
    draft = queries.draft(work, ref)
    _check(draft)
    request = _request(work, draft)
    for value in draft.values:
        work.session.add(_item(work, request, value))
    happened(work, request, [rules.State.RECEIVED], "person")
    fields = [value.field.key for value in draft.values]
    records.begin_review(work, person_id, draft.record.id, fields, ref)
    delegations.grant(work, person_id, request.agency_id, "case", ref)
    tasks.add(work, request.agency_id, ref, TASK, request.due_on, person_id, _summary(work, request, draft))
    tell(work, request, "request_received")
    work.session.delete(work.session.get(Draft, (person_id, draft.id)))
    work.session.flush()
    return ids.encode(ref)


def withdraw(work: Work, ref: int) -> str:
    """Take the actor's open request back: the marks, the task and the agency's right to look end at once.

    Taking it back twice is harmless. Raises NotThere, and Invalid once it is decided.
    """
    request = find_request(work, work.actor.person_id, ref)
    if request is None:
        raise NotThere()
    if request.state == rules.State.WITHDRAWN:
        return ids.encode(ref)
    if not rules.may_move(rules.State(request.state), rules.State.WITHDRAWN):
        # L10n: above the page that takes a request back; the agency was faster.
        raise Invalid(N_("They have decided already. Look at their answer."))
    happened(work, request, [rules.State.WITHDRAWN], "person")
    end_case(work, request)
    delegations.end(work, request.person_id, "case", ref)
    return ids.encode(ref)


def attach_statement(work: Work, request_ref: int, field: str, text: str, lang: str = "en") -> str:
    """Attach the actor's own words beside a value that was not, or not all, fixed; at any later time.

    The words are never judged. The same words again change nothing. Raises NotThere, Invalid.
    Privacy Act 2020 ss 63 and 64, principle 7(3)-(4).
    """
    request = find_request(work, work.actor.person_id, request_ref)
    if request is None:
        raise NotThere()
    item = next((one for one in items_of(work, request) if one.field == field), None)
    if item is None or item.decision not in (rules.Decision.DECLINE, rules.Decision.PARTLY):
        raise NotThere()
    for problem in rules.check_statement(text):
        raise Invalid(rules.PROBLEM_WORDS[problem], "text")
    said = words_of(work, item).get("statement") or {}
    if said.get("text") != text.strip():
        put_statement(work, request, item, text.strip(), lang)
        tell(work, request, "statement_attached")
    return ids.encode(request_ref)


def requests_of(work: Work, after: int | None = None) -> queries.Requests:
    """Give the actor's own drafts and requests, newest first; `after` is the ref of the last that was given."""
    return queries.requests_of(work, after)


def show(work: Work, ref: int) -> queries.RequestView:
    """Give a request of the actor. Raises NotThere."""
    return queries.show(work, ref)


def find_request(work: Work, person_id: int, ref: int) -> CorrectionRequest | None:
    """Give a request of a person for writing; None when there is none.

    For the person there is none while its agency is hidden, or the link in doubt.
    """
    wanted = [CorrectionRequest.person_id == person_id, CorrectionRequest.ref == ref]
    if work.actor.person_id == person_id:
        wanted.append(queries.reached_request())
    return work.session.scalars(select(CorrectionRequest).where(*wanted)).first()


def items_of(work: Work, request: CorrectionRequest) -> list[Item]:
    """Give the values of a request for writing, in order."""
    rows = select(Item).where(Item.person_id == request.person_id, Item.request_id == request.id)
    return list(work.session.scalars(rows.order_by(Item.no)))


def words_of(work: Work, item: Item) -> dict[str, Any]:
    """Open the sealed words of one value."""
    return work.keys.open_json(_place(item), item.words)


def put_words(work: Work, item: Item, words: dict[str, Any]) -> None:
    """Seal the words of one value."""
    item.words = work.keys.seal_json(_place(item), words)


def put_statement(
    work: Work, request: CorrectionRequest, item: Item, text: str, lang: str, by: str = "person"
) -> None:
    """Attach a person's words beside the value of an item, and note it on the request. Privacy Act 2020 s 64."""
    lang = lang if lang in LANGUAGES else "en"
    records.attach_statement(work, request.person_id, request.record_id, item.field, text, lang, request.ref)
    statement = {"text": text, "lang": lang, "at": work.now.isoformat()}
    put_words(work, item, words_of(work, item) | {"statement": statement})
    attached = rules.State.STATEMENT_ATTACHED
    if rules.may_move(rules.State(request.state), attached):
        happened(work, request, [attached], by)
    else:
        note_event(work, request, rules.Event.STATEMENT_ATTACHED, by)


def happened(work: Work, request: CorrectionRequest, states: list[rules.State], by: str) -> None:
    """Move a request through states, with an event for each; `by` is person, staff or system."""
    for state in states:
        request.state = state.value
        note_event(work, request, rules.EVENT_OF[state], by)


def note_event(work: Work, request: CorrectionRequest, name: rules.Event, by: str) -> None:
    """Write down what happened to a request."""
    given = work.session.info.setdefault("corrections_events", {})
    # Several things may happen in one moment; their ids keep the order.
    given[request.id] = max(given.get(request.id, 0) + 1, ids.ordered(work.now))
    work.session.add(
        Event(
            person_id=request.person_id,
            id=given[request.id],
            request_id=request.id,
            agency_id=request.agency_id,
            name=name.value,
            by=by,
            account_id=work.actor.account_id or 0,
            at=work.now,
        )
    )


def tell(work: Work, request: CorrectionRequest, kind: str) -> None:
    """Tell the person of a request what happened; a mail goes out only where they asked for it."""
    place = queries.request_place(request.person_id, request.id, request.agency_id)
    by = work.keys.open_json(place, request.words)["reply"]["by"]
    notices.tell(work, request.person_id, kind, request.agency_id, request.ref, mail=by == "email")


def end_case(work: Work, request: CorrectionRequest) -> None:
    """End the review marks and the task of a request."""
    records.end_review(work, request.person_id, request.record_id, request.ref)
    tasks.close(work, request.agency_id, request.ref)


def _check(draft: queries.DraftView) -> None:
    if draft.missing():
        raise Invalid(UNFINISHED)
    if any(value.changed for value in draft.values):
        raise Invalid(CHANGED)
    if any(value.line and value.line.review_ref for value in draft.values):
        raise Invalid(ASKED)


def _request(work: Work, draft: queries.DraftView) -> CorrectionRequest:
    received_on = nz_date(work.now)
    person_id, agency_id, request_id = work.actor.person_id, draft.agency.id, ids.ordered(work.now)
    words = {
        "record_ref": draft.record.ref,
        "type": draft.record.type.key,
        "reason": draft.reason.strip(),
        "reply": draft.reply,
    }
    request = CorrectionRequest(
        person_id=person_id,
        id=request_id,
        ref=draft.ref,
        reference=rules.reference(ids.random63()),
        agency_id=agency_id,
        record_id=draft.record.id,
        state=rules.State.RECEIVED.value,
        received_at=work.now,
        received_on=received_on,
        due_on=clocks.due_on("correction", received_on),
        calendar_version=CALENDAR_VERSION,
        language=draft.reply["language"] or "en",
        words=work.keys.seal_json(queries.request_place(person_id, request_id, agency_id), words),
    )
    work.session.add(request)
    return request


def _item(work: Work, request: CorrectionRequest, value: queries.DraftValue) -> Item:
    item = Item(
        person_id=request.person_id,
        request_id=request.id,
        no=value.no,
        agency_id=request.agency_id,
        field=value.field.key,
        wish=value.wish,
    )
    put_words(work, item, {"held": queries.held(value.line), "wanted": value.value})
    return item


def _place(item: Item) -> Place:
    return queries.item_place(item.person_id, item.request_id, item.no, item.agency_id)


def _summary(work: Work, request: CorrectionRequest, draft: queries.DraftView) -> dict[str, Any]:
    name = identity.person_facts(work, request.person_id).full_name
    return {
        "reference": request.reference,
        "initials": "".join(word[0] for word in name.split()[:3]),
        "title": draft.record.type.title,
        "labels": [value.field.label for value in draft.values],
        "language": request.language,
        "urgent": draft.reply["urgent"] == "yes",
    }
