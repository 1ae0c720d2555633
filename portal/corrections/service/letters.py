"""Writing letters: their facts are sealed as they were that day, and the person is told that there is one."""

from typing import Any

from sqlalchemy import func, select

from portal.agencies import queries as agencies
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.corrections.models import CorrectionRequest, Letter
from portal.corrections.queries import RequestView, plain
from portal.corrections.queries.letters import letters_of
from portal.corrections.queries.places import letter_place
from portal.corrections.rules import letters as rules
from portal.corrections.service.moving import tell
from portal.language.rules import LANGUAGES, N_
from portal.law import grounds
from portal.law import letters as law
from portal.law.letters import KeptLetter

NOTICE = {
    "L1": "request_received",
    "L5": "request_decided",
    "L6": "request_decided",
    "L7": "statement_attached",
}
"""The message about a letter; of any other kind it says that there is one."""
SILENT = frozenset({"L8"})
"""Letters to others, of which the person reads in the list of those who were told."""
# L10n: staff page of a request to fix something, above the form: the letter to the person is not whole yet.
LACKS = N_("The letter to the person lacks something that the law asks for. Fill in each answer, then send.")


def write(work: Work, request: CorrectionRequest, kind: str, **facts: Any) -> None:
    """Write a letter of a kind (L1 to L9, L6S) about a request, and tell the person that there is one.

    What every letter may need is added here: the agency's name and whom to ask for, the reference, the days of
    receipt and answer, the section of each ground. Days may be given as dates. Of a kind's own:
    L1 items (each with label). L2 wanted. L3 items, to (an agency's id), why, moved_on, new_due_on.
    L4 extension (a, b or c), why, until_on. L5 items (each with label, was, now, reason), decided_on, apply_by_on.
    L6 items (each with label, ground, reason, and partly and now where a part is changed). L6S items (label, reason).
    L7 items (label, text, text_lang), attached_on. L8 to (a name), name, items (label, and now, gone
    or text), since_on. L9 end, recipients (each with to and maybe reason; or nobody; or unchanged).
    Raises Invalid while a part that the law asks for is missing (law.md 3.3). Privacy Act 2020 ss 59 to 65.
    """
    known = facts_of(work, request, request.agency_id, facts)
    if rules.missing(kind, known):
        raise Invalid(LACKS)
    no = _next(work, request)
    place = letter_place(request.person_id, request.id, no, request.agency_id)
    work.session.add(
        Letter(
            person_id=request.person_id,
            request_id=request.id,
            no=no,
            agency_id=request.agency_id,
            kind=kind,
            at=work.now,
            language=request.language if request.language in LANGUAGES else "en",
            facts=work.keys.seal_json(place, known),
        )
    )
    if kind not in SILENT:
        _tell_once(work, request, NOTICE.get(kind, "request_letter"))


def facts_of(
    work: Work, request: CorrectionRequest | RequestView, agency_id: int, facts: dict[str, Any]
) -> dict[str, Any]:
    """Give facts as a letter of an agency about a request keeps them, with what every letter needs."""
    book = agencies.catalogue(work)
    known = law.as_kept(
        {
            **book.agency(agency_id).in_letters,
            "reference": request.reference,
            "received_on": request.received_on,
            "due_on": request.extended_to_on or request.due_on,
            **facts,
        }
    )
    if isinstance(facts.get("to"), int):
        known |= book.agency(facts["to"]).in_others_letters
    for item in known.get("items", []):
        ground = grounds.decline_ground(item.get("ground") or "")
        item["section"] = ground.section if ground else ""
    return known


def of(work: Work, person_id: int, request_id: int) -> list[KeptLetter]:
    """Give the letters of a request that its reader was found to reach, the oldest first."""
    return letters_of(work, person_id, request_id)


def letter(work: Work, ref: int, no: int) -> tuple[RequestView, KeptLetter | None]:
    """Give a request of the actor, and one of its letters to them: None for any other. Four reads. Raises NotThere."""
    ask = plain(work, ref)
    found = [one for one in letters_of(work, ask.person_id, ask.id) if one.no == no and one.kind != "L8"]
    return ask, found[0] if found else None


def _tell_once(work: Work, request: CorrectionRequest, notice: str) -> None:
    # One message for letters that go out together.
    transaction, told = work.session.info.get("corrections_told", (None, set()))
    if transaction is not work.session.get_transaction():
        # What a try that was rolled back had told counts for nothing.
        told = set()
    if (request.id, notice) not in told:
        tell(work, request, notice)
    work.session.info["corrections_told"] = (work.session.get_transaction(), told | {(request.id, notice)})


def _next(work: Work, request: CorrectionRequest) -> int:
    work.session.flush()
    newest = select(func.max(Letter.no)).where(
        Letter.person_id == request.person_id, Letter.request_id == request.id
    )
    return (work.session.scalar(newest) or 0) + 1
