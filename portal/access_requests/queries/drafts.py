"""Drafts of access requests: what a person has answered so far."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.access_requests.models import Draft
from portal.access_requests.queries.places import day_of, draft_place
from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.records.queries.reach import links_within

EMPTY: dict[str, Any] = {
    "agencies": [], "scope": "", "since": None, "until": None, "topic": "", "names": "", "births": "",
    "form": "here", "language": "", "urgent": "no", "why": "", "hand_on": "yes", "done": [],
    "boxes": {"since": ["", "", ""], "until": ["", "", ""]},
}  # fmt: skip
STEPS = ("agencies", "about", "names", "reply")


@dataclass(frozen=True)
class Askable:
    """The agencies that a person may ask: those they are linked to, and the others that are here."""

    linked: list[AgencyFacts]
    others: list[AgencyFacts]

    def ids(self) -> set[int]:
        """Give the ids of all of them."""
        return {one.id for one in (*self.linked, *self.others)}


@dataclass(frozen=True)
class DraftView:
    """A request that is not sent yet. `answers` holds the keys of EMPTY; dates in it are text as "2024-05-03".

    `may` holds the agencies that can be chosen now.
    """

    ref: int
    id: int
    kept_at: datetime
    version: int
    agencies: list[AgencyFacts]
    answers: dict[str, Any]
    may: Askable

    @property
    def since(self) -> date | None:
        """The first day that is asked about, where there is one."""
        return day_of(self.answers["since"])

    @property
    def until(self) -> date | None:
        """The last day that is asked about, where there is one."""
        return day_of(self.answers["until"])

    def missing(self) -> str | None:
        """Give the first step without an answer; None when all can be checked."""
        return next((step for step in STEPS if step not in self.answers["done"]), None)


def askable(work: Work) -> Askable:
    """Give the agencies that the actor may ask; those that their lists leave out stay left out. One read.

    A helper may ask those of which something was chosen for them, and no other.
    """
    if work.actor.helping is not None:
        given = links_within(work, work.actor.person_id or 0)
        return Askable([one for one in agencies.catalogue(work).agencies if one.id in given], [])
    named = agencies.nameable(work, work.actor.person_id)
    every = [one for one in agencies.catalogue(work).agencies if named.get(one.id, True)]
    return Askable(
        linked=[one for one in every if one.id in named],
        others=[one for one in every if one.id not in named],
    )


def draft(work: Work, ref: int) -> DraftView:
    """Give the actor's draft. Raises NotThere."""
    row = work.session.execute(
        select(Draft.__table__).where(
            Draft.person_id == work.actor.person_id, Draft.helper_id == work.actor.helper_id, Draft.ref == ref
        )
    ).first()
    if row is None:
        raise NotThere()
    return _view(work, row, askable(work))


def drafts_of(work: Work) -> list[DraftView]:
    """Give the actor's drafts, the last kept first."""
    rows = work.session.execute(
        select(Draft.__table__)
        .where(Draft.person_id == work.actor.person_id, Draft.helper_id == work.actor.helper_id)
        .order_by(Draft.kept_at.desc())
    ).all()
    if not rows:
        return []
    may = askable(work)
    return [_view(work, row, may) for row in rows]


def _view(work: Work, row: Any, may: Askable) -> DraftView:
    known = may.ids()
    answers = EMPTY | work.keys.open_json(draft_place(row.person_id, row.id), row.answers)
    # An agency that was hidden meanwhile, or whose link is in doubt, is not asked.
    chosen = [
        one for one in agencies.catalogue(work).agencies if one.id in answers["agencies"] and one.id in known
    ]
    if not chosen:
        answers["done"] = [step for step in answers["done"] if step != "agencies"]
    return DraftView(row.ref, row.id, row.kept_at, row.version, chosen, answers, may)
