"""Telling others: everyone who got the old value is told, or it is said why that cannot be done (principle 7(5)).

Through whom the person shared it themselves is for the person alone: no staff of any agency read it here.
"""

from typing import Any

from sqlalchemy import func, select

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.bundles import service as bundles
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Recipient
from portal.corrections.queries.places import recipient_place
from portal.corrections.rules.letters import composed
from portal.corrections.service import letters
from portal.corrections.service.handling import needed
from portal.corrections.service.moving import (
    TELL,
    TOLD,
    file_of,
    find_case,
    items_of,
    let_look,
    move,
    note_event,
    put_file,
)
from portal.corrections.service.values_in_words import in_words
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.law import letters as law
from portal.law.moves import Who
from portal.law.working_days import add_working_days
from portal.records import service as records

TELL_WITHIN = 5
"""Working days until staff should have told those who got the old value; the Act sets no figure."""

WAYS = {
    # L10n: how staff told somebody that a value is right now: on this site.
    "here": N_("Here, on their own list"),
    # L10n: how staff told somebody that a value is right now.
    "letter": N_("By letter"),
    # L10n: how staff told somebody that a value is right now.
    "phone": N_("By phone"),
    # L10n: how staff told somebody that a value is right now.
    "email": N_("By e-mail"),
    # L10n: how staff told somebody that a value is right now.
    "meeting": N_("In person"),
}
# L10n: staff page that tells others of a fix, error beside a list of ways.
HOW = N_("Choose how you told them.")
# L10n: staff page that tells others of a fix, error: the other organisation has no list of work on this site.
NOT_HERE = N_("They are not on this site. Tell them in another way.")
# L10n: on a person's list of who was told of a fix, why somebody could not be told: the share is over.
ENDED = N_("What you shared with them has ended, and we do not know where to reach them.")


def begin(work: Work, request: CorrectionRequest, stated: list[int] | None = None) -> None:
    """Begin to tell everyone who got the old value: of what was changed, or of the statements by their item numbers.

    What a live share shows is right already; organisations that opened a share signed in find it on their own list.
    For all others a letter (L8) is written, which staff of the agency send or say. Where nobody is left, it is closed.
    """
    move(work, request, rules.State.NOTIFYING, by=Who.SYSTEM)
    what = _what(work, request, stated)
    fields = [one["field"] for one in what]
    if request.record_id and what:
        said = [{name: one[name] for name in one if name != "field"} for one in what]
        _from_agency(work, request, said)
        _from_person(work, request, fields, said)
        kind = "stated" if stated is not None else "fixed"
        bundles.note_changed(work, request.person_id, request.agency_id, request.record_id, fields, kind)
    settle(work, request)


def tell_recipient(work: Work, ref: int, no: int, how: str) -> None:
    """Note that one who got the old value was told, and how: a key of WAYS. With "here" they are told by this.

    Raises Invalid, Conflict once that is settled, NotThere. Principle 7(5).
    """
    request, row, words = _waiting(work, ref, no)
    if how not in WAYS:
        raise Invalid(HOW, "how")
    if how == "here":
        agency_id = _agency_named(work, words["to"], request.agency_id)
        if agency_id is None:
            raise Invalid(NOT_HERE, "how")
        _put_on_list(work, request, agency_id, words["to"], words["name"], words["what"])
    row.state, row.how, row.told_at, row.account_id = "told", how, work.now, work.actor.account_id or 0
    note_event(work, request, rules.Event.RECIPIENT_TOLD)
    settle(work, request)


def not_practicable(work: Work, ref: int, no: int, reason: str) -> None:
    """Write why one who got the old value cannot be told; the person reads it. Raises Invalid, Conflict, NotThere."""
    said = needed(reason, "reason")
    request, row, words = _waiting(work, ref, no)
    row.state, row.account_id = "not_told", work.actor.account_id or 0
    _seal(work, row, words | {"reason": said})
    note_event(work, request, rules.Event.RECIPIENT_NOT_TOLD)
    settle(work, request)


def settle(work: Work, request: CorrectionRequest) -> None:
    """Close a request once everybody is told and nothing is left to change (letter L9); else ask staff to go on."""
    work.session.flush()
    rows = [(row, _words(work, row)) for row in _rows(work, request)]
    waits = any(row.state == "waiting" for row, _ in rows)
    left = any(item.apply_by_on and not item.applied_at for item in items_of(work, request))
    if waits:
        _ask_to_tell(work, request)
    if waits or left:
        let_look(work, request, on=True)
        return
    move(work, request, rules.State.CLOSED, by=Who.SYSTEM, settled=True, changed=True)
    letters.write(work, request, "L9", end=_end(work, request), recipients=_told(rows))
    task = file_of(work, request).get("tell_task")
    if task:
        tasks.close_if_open(work, request.agency_id, int(task))
        put_file(work, request, tell_task=None)
    let_look(work, request, on=False)


def told_to(work: Work, ref: int) -> tuple[tasks.TaskFacts, list[tuple[str, list[law.Paragraph]]]]:
    """Give what the actor's organisation is told of a value that it once got: its row of the list, and letter L8.

    Raises NotThere.
    """
    task = tasks.find(work, ref)
    if task.kind != TOLD:
        raise NotThere()
    return task, composed("L8", task.summary["facts"])


def _what(work: Work, request: CorrectionRequest, stated: list[int] | None) -> list[dict[str, Any]]:
    seen = queries.show(work, request.ref, request.person_id)
    what: list[dict[str, Any]] = []
    for item in seen.items:
        about = {"label": item.field.label, "field": item.field.key}
        if stated is not None:
            if item.no in stated and item.statement:
                what.append(about | {"text": item.statement.text, "text_lang": item.statement.lang})
        elif item.applied_at:
            now = in_words(item.field, item.value)
            what.append(about | ({"now": now} if now else {"gone": "yes"}))
    return what


def _from_agency(work: Work, request: CorrectionRequest, what: list[dict[str, Any]]) -> None:
    name = identity.person_facts(work, request.person_id).full_name
    given: dict[str, str] = {}
    for one in records.past_recipients(work, request.person_id, request.record_id):
        given[one["to"]] = max(given.get(one["to"], ""), one.get("on") or "")
    for to, on in given.items():
        letters.write(work, request, "L8", to=to, name=name, items=what, since_on=nz_date(work.now))
        _add(work, request, "disclosure", {"to": to, "on": on, "what": what, "name": name})


def _from_person(
    work: Work, request: CorrectionRequest, fields: list[str], what: list[dict[str, Any]]
) -> None:
    book = agencies.catalogue(work)
    for one in bundles.who_received(work, request.person_id, request.record_id, fields):
        row = _add(work, request, "share", {"to": one.recipient, "on": one.last_on.isoformat(), "what": what})
        desks = [agency_id for agency_id in sorted(one.organisations) if book.agency(agency_id).has_desk]
        for agency_id in desks:
            _put_on_list(work, request, agency_id, book.agency(agency_id).name, one.name, what)
        if one.live or desks:
            row.state, row.how, row.told_at = "told", "share" if one.live else "here", work.now
        else:
            row.state = "not_told"
            _seal(work, row, _words(work, row) | {"reason": ENDED})


def _put_on_list(
    work: Work, request: CorrectionRequest, agency_id: int, to: str, name: str, what: list[dict[str, Any]]
) -> None:
    facts = law.as_kept(
        {
            **agencies.catalogue(work).agency(request.agency_id).in_letters,
            "to": to,
            "name": name,
            "items": what,
            "since_on": nz_date(work.now),
        }
    )
    summary = {
        # L10n: staff worklist, kind of work: a value that they once got was not right; they should change theirs.
        "title": N_("A value you got was put right"),
        "labels": [one["label"] for one in what],
        "facts": facts,
    }
    due_on = add_working_days(nz_date(work.now), TELL_WITHIN)
    tasks.add(work, agency_id, ids.random63(), TOLD, due_on, 0, summary)


def _agency_named(work: Work, name: str, but: int) -> int | None:
    known = agencies.catalogue(work).agencies
    return next((one.id for one in known if one.name == name and one.id != but and one.has_desk), None)


def _ask_to_tell(work: Work, request: CorrectionRequest) -> None:
    if file_of(work, request).get("tell_task"):
        return
    ref = ids.random63()
    put_file(work, request, tell_task=str(ref))
    summary = {
        # L10n: staff worklist, kind of work: tell those who got a value that was not right.
        "title": N_("Tell others of a fix"),
        "labels": [],
        "reference": request.reference,
        "about": ids.encode(request.ref),
    }
    due_on = add_working_days(nz_date(work.now), TELL_WITHIN)
    tasks.add(work, request.agency_id, ref, TELL, due_on, request.person_id, summary)


def _waiting(work: Work, ref: int, no: int) -> tuple[CorrectionRequest, Recipient, dict[str, Any]]:
    _task, request = find_case(work, ref)
    found = [row for row in _rows(work, request) if row.no == no and row.kind == "disclosure"]
    if not found:
        raise NotThere()
    if found[0].state != "waiting" or request.state != rules.State.NOTIFYING:
        raise Conflict()
    return request, found[0], _words(work, found[0])


def _rows(work: Work, request: CorrectionRequest) -> list[Recipient]:
    rows = select(Recipient).where(
        Recipient.person_id == request.person_id, Recipient.request_id == request.id
    )
    return list(work.session.scalars(rows.order_by(Recipient.no)))


def _add(work: Work, request: CorrectionRequest, kind: str, words: dict[str, Any]) -> Recipient:
    newest = select(func.max(Recipient.no)).where(
        Recipient.person_id == request.person_id, Recipient.request_id == request.id
    )
    row = Recipient(
        person_id=request.person_id,
        request_id=request.id,
        no=(work.session.scalar(newest) or 0) + 1,
        agency_id=request.agency_id,
        kind=kind,
        state="waiting",
        how="",
        account_id=0,
    )
    _seal(work, row, words)
    work.session.add(row)
    return row


def _words(work: Work, row: Recipient) -> dict[str, Any]:
    return work.keys.open_json(
        recipient_place(row.person_id, row.request_id, row.no, row.agency_id), row.words
    )


def _seal(work: Work, row: Recipient, words: dict[str, Any]) -> None:
    row.words = work.keys.seal_json(
        recipient_place(row.person_id, row.request_id, row.no, row.agency_id), words
    )


def _told(rows: list[tuple[Recipient, dict[str, Any]]]) -> list[dict[str, Any]]:
    """List whom the agency told, for the last letter; what the person shared is not the agency's to name."""
    told = [
        {"to": words["to"], **({"reason": words["reason"]} if row.state == "not_told" else {})}
        for row, words in rows
        if row.kind == "disclosure"
    ]
    return told or [{"nobody": "yes"}]


def _end(work: Work, request: CorrectionRequest) -> str:
    seen = queries.show(work, request.ref, request.person_id)
    return seen.status or "not_fixed"
