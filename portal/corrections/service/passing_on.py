"""Passing a request on, all of it or value by value, to an agency whose work it is nearer to."""

from typing import Any

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.corrections import queries, rules
from portal.corrections.models import CorrectionRequest, Item
from portal.corrections.service import letters, proof
from portal.corrections.service.handling import close_question, limited
from portal.corrections.service.moving import (
    end_case,
    find_open,
    item_words,
    move,
    note_event,
    own_items,
    words_of,
)
from portal.corrections.service.requests import receive
from portal.language.rules import N_
from portal.law.moves import Who
from portal.records import service as records

# L10n: staff page that passes a request on, error beside the list of agencies.
TO_WHOM = N_("Choose another agency.")
# L10n: staff page that passes a request on, error: the work on it has begun.
BEGUN = N_("You have begun to look at it. Answer it here, or ask the person to ask the other agency.")


def transfer(work: Work, ref: int, agency_id: int, why: str, nos: list[int] | None = None) -> int:
    """Pass a request on to an agency whose work it is nearer to, and tell the person who and why (letter L3).

    `nos` are the numbers of the values that go; None for all. What stays is answered here. The receiver's two clocks
    begin today. Gives the ref of the request there. Raises Invalid (also after 10 working days, or where the person
    said no), Conflict, NotThere. Privacy Act 2020 s 62.
    """
    request = find_open(work, ref)
    said = limited(why, "why")
    if agency_id == request.agency_id or not _may_receive(work, request, agency_id):
        raise Invalid(TO_WHOM, "agency")
    here = own_items(work, request)
    going = here if nos is None else [item for item in here if item.no in set(nos)]
    if not going or (nos is not None and len(going) != len(set(nos))):
        raise NotThere()
    facts: dict[str, Any] = {"hand_on": _may_go(work, request, going), "closer": bool(said)}
    _check(work, request, facts)
    other = _pass_on(work, request, going, agency_id, said)
    proof.hand_on(work, request, other)
    for item in going:
        item.moved_to = agency_id
    _tell(work, request, going, other, said)
    if len(going) == len(here):
        move(work, request, rules.State.TRANSFERRED, **facts)
        request.proposed, request.proposed_by = None, None
        close_question(work, request)
        end_case(work, request)
    else:
        note_event(work, request, rules.Event.PART_TRANSFERRED)
        if request.record_id:
            fields = [item.field for item in going]
            records.end_review(work, request.person_id, request.record_id, request.ref, fields)
    return other.ref


def _may_go(work: Work, request: CorrectionRequest, going: list[Item]) -> bool:
    """Say whether the person minds: what they said of one value counts before what they said of all."""
    of_all = words_of(work, request)["reply"].get("hand_on", "yes")
    return all((item_words(work, item).get("hand_on") or of_all) == "yes" for item in going)


def _tell(
    work: Work, request: CorrectionRequest, going: list[Item], other: CorrectionRequest, why: str
) -> None:
    labels = [{"label": _label(work, request, item)} for item in going]
    moved_on = nz_date(work.now)
    facts = {"to": other.agency_id, "why": why, "moved_on": moved_on, "new_due_on": other.due_on}
    # Not said in the letter: where the person follows it.
    facts["there"] = str(other.ref)
    letters.write(work, request, "L3", items=labels, **facts)


def _check(work: Work, request: CorrectionRequest, facts: dict[str, Any]) -> None:
    """Hold a part to the same law as the whole. Raises Invalid with a sentence."""
    fault = rules.refused_because(
        request.state,
        rules.State.TRANSFERRED,
        Who.STAFF,
        rules.Facts(
            today=nz_date(work.now),
            transfer_by_on=request.transfer_by_on or request.received_on,
            due_on=request.due_on,
            **facts,
        ),
    )
    if fault:
        box = "why" if fault == "closer" else None
        raise Invalid(BEGUN if fault == "no-such-move" else rules.REFUSED_BECAUSE[fault], box)


def _may_receive(work: Work, request: CorrectionRequest, agency_id: int) -> bool:
    book = agencies.catalogue(work)
    known: dict[int, AgencyFacts] = {one.id: one for one in book.agencies}
    # An agency that the person's pages do not name gets nothing either.
    return agency_id in known and agency_id not in agencies.unnamed(work, request.person_id)


def _pass_on(
    work: Work, request: CorrectionRequest, going: list[Item], agency_id: int, why: str
) -> CorrectionRequest:
    words = words_of(work, request)
    fields = [item.field for item in going]
    there = records.record_with(work, request.person_id, agency_id, fields)
    passed = words | {
        "origin": agencies.catalogue(work).agency(request.agency_id).name,
        "why": why,
        "type_of": words.get("type_of", request.agency_id),
        "record_ref": 0,
    }
    if there is not None:
        passed |= {"type_of": agency_id, "type": there.type_key, "record_ref": there.ref}
    return receive(
        work,
        request.person_id,
        agency_id,
        ref=ids.random63(),
        record_id=there.id if there is not None else 0,
        language=request.language,
        words=passed,
        items=[
            {
                "no": no,
                "field": item.field,
                "wish": item.wish,
                "label": _label(work, request, item),
                "words": _words(item_words(work, item), there, item.field),
            }
            for no, item in enumerate(going, 1)
        ],
        title=_title(work, words, request.agency_id),
        by=Who.STAFF,
    )


def _words(words: dict[str, Any], there: records.Found | None, field: str) -> dict[str, Any]:
    kept = {name: words.get(name) for name in ("held", "wanted")}
    kept |= {name: words.get(name, "") for name in ("beside", "beside_lang")}
    # Where the receiver holds it too, what it holds itself is what it is asked about.
    return kept if there is None else kept | {"held": there.body.get(field)}


def _title(work: Work, words: dict[str, Any], agency_id: int) -> str:
    kind = agencies.catalogue(work).type(words.get("type_of", agency_id), words["type"])
    return kind.title if kind else ""


def _label(work: Work, request: CorrectionRequest, item: Item) -> str:
    words = words_of(work, request)
    kind = agencies.catalogue(work).type(words.get("type_of", request.agency_id), words["type"])
    return queries.field_of(kind, item.field).label
