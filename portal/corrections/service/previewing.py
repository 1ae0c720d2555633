"""Letters before they are sent: exactly what the person will get, and what each still lacks."""

from dataclasses import dataclass
from typing import Any

from portal.agencies import queries as agencies
from portal.base.clock import nz_date
from portal.base.problems import Conflict
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.rules import letters as wording
from portal.corrections.service import answers, letters
from portal.corrections.service.answers import Asked, Decision
from portal.corrections.service.deciding_after import apply_by
from portal.corrections.service.handling import CaseView
from portal.law.letters import Paragraph


@dataclass(frozen=True)
class LetterDraft:
    """A letter that is not sent yet: its kind such as L6, its facts, and the required parts that it lacks."""

    kind: str
    facts: dict[str, Any]
    missing: list[str]

    @property
    def composed(self) -> list[tuple[str, list[Paragraph]]]:
        """Each part with its paragraphs, in order."""
        return wording.composed(self.kind, self.facts)


@dataclass(frozen=True)
class Preview:
    """What a decision would do: `waits` says that a second person has to agree before the letters go out."""

    letters: list[LetterDraft]
    waits: bool

    @property
    def whole(self) -> bool:
        """Whether each letter has all that the law asks for."""
        return not any(one.missing for one in self.letters)


def preview(work: Work, case: CaseView, decisions: list[Decision], *, version: int | None = None) -> Preview:
    """Give the letters that these decisions would send, without sending anything. A read that reads nothing more.

    version: of the request as staff saw it; None for a proposal that stands. Raises Invalid and Conflict as `decide`
    would. Privacy Act 2020 s 63; law.md 3.3.
    """
    request = case.request
    if version is not None and (request.version != version or not request.open or case.staff.proposed):
        raise Conflict()
    asked = [
        Asked(one.no, one.field, one.wish, one.held, one.wanted) for one in request.items if not one.moved_to
    ]
    made = answers.check(asked, decisions)
    agency = agencies.catalogue(work).agency(request.agency.id)
    drafts = []
    for kind, facts in answers.drafts(made, agency, nz_date(work.now), apply_by(work)):
        known = letters.facts_of(work, request, agency.id, facts)
        drafts.append(LetterDraft(kind, known, wording.missing(kind, known)))
    outcome = rules.outcome(one.made.decision for one in made)
    return Preview(drafts, waits=outcome != rules.State.DECIDED_YES)
