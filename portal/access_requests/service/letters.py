"""Writing letters: their facts are sealed as they were that day, and the person is told that there is one."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.access_requests.models import AccessRequest, Letter
from portal.access_requests.queries import letters as queries
from portal.access_requests.rules import letters as rules
from portal.agencies import queries as agencies
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.language.rules import LANGUAGES, N_
from portal.law import grounds
from portal.law import letters as law
from portal.law.letters import KeptLetter
from portal.notices import service as notices

NOTICE = {"L1": "access_received", "L14": "access_released"} | dict.fromkeys(
    ("L10", "L11", "L12", "L13"), "access_answered"
)
# L10n: staff page of a request to see something, above the form: the letter to the person is not whole yet.
LACKS = N_("The letter to the person lacks something that the law asks for. Fill in each answer, then send.")


def write(work: Work, request: AccessRequest, kind: str, **facts: Any) -> None:
    """Write a letter of a kind (L1 to L14) about a request, and tell the person that there is one.

    What every letter may need is added here: the agency's name and whom to ask for, the reference, the days of
    receipt and answer, the section of each ground. Days may be given as dates. Of a kind's own:
    L1 since, until, topic (each may be missing). L2 wanted. L3 to (an agency's id), why, moved_on, new_due_on.
    L4 extension (a, b or c), why, until_on. L10 form (here, paper, talk or listen), may_charge (where a charge
    may follow), charge (a sum, "$12.50") with charge_why. L11 items (each with title, ground, reason, and redacted
    where the rest is shown), released (how many items are).
    L12 searches (each with system, on), elsewhere (names of agencies, or ""). L13 nothing.
    L14 contents (each with title, and redacted).
    Raises Invalid while a part that the law asks for is missing (law.md 3.3). Privacy Act 2020 ss 43 to 48.
    """
    known = _known(work, request, facts)
    if rules.missing(kind, known):
        raise Invalid(LACKS)
    before = _written(work, request)
    no = max((one for one, _, _ in before), default=0) + 1
    place = queries.letter_place(request.person_id, request.id, no, request.agency_id)
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
    notice = _notice(kind)
    # One message for letters that go out together.
    if not any(at == work.now and _notice(other) == notice for _, other, at in before):
        notices.tell(work, request.person_id, notice, request.agency_id, request.ref)


def of(work: Work, person_id: int, request_id: int) -> list[KeptLetter]:
    """Give the letters of a request that its reader was found to reach, the oldest first."""
    return queries.letters_of(work, person_id, request_id)


def _known(work: Work, request: AccessRequest, facts: dict[str, Any]) -> dict[str, Any]:
    """Give the facts of a letter as they are kept, with those that every letter may need."""
    book = agencies.catalogue(work)
    known = law.as_kept(
        {
            **book.agency(request.agency_id).in_letters,
            "reference": request.reference,
            "received_on": request.received_on,
            "due_on": request.extended_to_on or request.due_on,
            **facts,
        }
    )
    if "to" in facts:
        known |= book.agency(facts["to"]).in_others_letters
    for item in known.get("items", []):
        ground = grounds.access_ground(item.get("ground") or "")
        item["section"] = ground.section if ground else ""
    return known


def _notice(kind: str) -> str:
    return NOTICE.get(kind, "access_letter")


def _written(work: Work, request: AccessRequest) -> list[tuple[int, str, datetime]]:
    """List number, kind and moment of a request's letters, those too that have not reached the database yet."""
    kept = work.session.execute(
        select(Letter.no, Letter.kind, Letter.at).where(
            Letter.person_id == request.person_id, Letter.request_id == request.id
        )
    )
    waiting = [one for one in work.session.new if isinstance(one, Letter) and one.request_id == request.id]
    return [(row.no, row.kind, row.at) for row in [*kept, *waiting]]
