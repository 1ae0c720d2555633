"""Reads of choices: the uses of a person's agencies and how each stands, one receipt, and who is in a feed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from portal.agencies.models import Link
from portal.agencies.queries import catalogue, reached
from portal.agencies.rules import AgencyFacts
from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.choices import rules
from portal.choices.models import Choice

MOST = 30
MOST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One purpose of an agency that a person is linked to; `answer` and `at` (aware UTC) are of their last choice."""

    agency: AgencyFacts
    key: str
    purpose: dict[str, Any]
    answer: str | None = None
    at: datetime | None = None

    @property
    def ref(self) -> int:
        """The id in its address."""
        return rules.ref_of(self.agency.id, self.key)

    @property
    def title(self) -> str:
        """What the agency calls it; its key where the catalogue gives no title."""
        return self.purpose.get("title") or self.key

    @property
    def why(self) -> dict[str, str]:
        """Outcome, method and context, as far as the catalogue gives them."""
        return self.purpose.get("why") or {}

    @property
    def kind(self) -> str:
        """How much choice there is: some, limited or none."""
        return rules.kind_of(self.purpose)

    @property
    def standing(self) -> str:
        """How it stands: a key of the rules' STANDING."""
        return rules.standing(self.purpose, self.answer)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that a person gave: with its receipt's ref and reference. `shown` is what the page then said."""

    ref: int
    reference: str
    answer: str
    at: datetime
    ended_at: datetime | None
    agency_id: int
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's own screens rest on: agencies whose link is live and not hidden, and what was refused there."""

    linked: frozenset[int]
    refused: frozenset[tuple[int, str]]


def place(person_id: int, choice_id: int) -> Place:
    """Give where stands what a page said when a choice was made."""
    return Place("choices_choice", "shown", choice_id, person_id)


def uses(work: Work) -> list[Use]:
    """Give every use of the actor's live agencies, what is theirs to choose first. One read."""
    answers = _answers(work, _own(work))
    found = [
        Use(agency, key, purpose, *answers[agency.id].get(key, ()))
        for agency in catalogue(work).agencies
        if agency.id in answers
        for key, purpose in sorted(agency.purposes.items())
    ]
    return sorted(found, key=lambda one: rules.KINDS.index(one.kind))


def use(work: Work, ref: int) -> Use:
    """Give one use. Raises NotThere for one of an agency that the actor's screens do not name."""
    found = next((one for one in uses(work) if one.ref == ref), None)
    if found is None:
        raise NotThere()
    return found


def standing(work: Work, person_id: int) -> Standing:
    """Give the agencies that a person's screens may name, and each purpose there to which the person said no.

    One read, which stands in for that of the links.
    """
    answers = _answers(work, person_id)
    return Standing(frozenset(answers), refused_in(work, answers))


def present() -> ColumnElement[bool]:
    """Say in SQL, of a row of links, which choices count now: to join them to any statement over links."""
    mine = (Choice.person_id == Link.person_id) & (Choice.agency_id == Link.agency_id)
    return mine & Choice.ended_at.is_(None)


def collected(rows: Iterable[Any]) -> dict[int, dict[str, tuple[str, datetime]]]:
    """Give, by agency and purpose, answer and moment, from rows with `agency_id`, `purpose`, `answer` and `at`."""
    found: dict[int, dict[str, tuple[str, datetime]]] = {}
    for row in rows:
        mine = found.setdefault(row.agency_id, {})
        if row.purpose is not None:
            mine[row.purpose] = (row.answer, row.at)
    return found


def refused_in(work: Work, answers: dict[int, dict[str, tuple[str, datetime]]]) -> frozenset[tuple[int, str]]:
    """Give each purpose, by agency, that the answers do not let happen: also what waits for a yes. No read."""
    return frozenset(
        (agency.id, key)
        for agency in catalogue(work).agencies
        for key, purpose in agency.purposes.items()
        if agency.id in answers and not rules.allows(purpose, answers[agency.id].get(key, (None,))[0])
    )


def history(work: Work, found: Use) -> list[Given]:
    """Give all answers of the actor about one use, newest first. One read."""
    rows = work.session.execute(
        _given(_own(work))
        .where(Choice.agency_id == found.agency.id, Choice.purpose == found.key)
        .order_by(Choice.id.desc())
        .limit(MOST_HISTORY)
    )
    return [Given(row.ref, row.reference, row.answer, row.at, row.ended_at, row.agency_id) for row in rows]


def receipt(work: Work, ref: int) -> Given:
    """Give one answer with what the page said then. Raises NotThere, also while its agency is hidden."""
    person_id = _own(work)
    row = work.session.execute(
        _given(person_id)
        .add_columns(Choice.id, Choice.shown)
        .where(Choice.ref == ref, reached(Choice.person_id, Choice.agency_id))
    ).first()
    if row is None:
        raise NotThere()
    shown = work.keys.open_json(place(person_id, row.id), row.shown)
    return Given(row.ref, row.reference, row.answer, row.at, row.ended_at, row.agency_id, shown)


def answer_of(work: Work, person_id: int, agency_id: int, key: str) -> tuple[bool, str | None]:
    """Say whether a person's link to an agency is live and not hidden, and their last answer about a purpose."""
    mine = _answers(work, person_id)
    return agency_id in mine, mine.get(agency_id, {}).get(key, (None,))[0]


def feed(work: Work, agency_id: int, key: str) -> list[int]:
    """Give the pairwise ids, in their own order, of those whose choice lets them into a use of an agency.

    Left out are links that are not live, and what the person hid. Raises NotThere for an unknown purpose.
    """
    purpose = catalogue(work).agency(agency_id).purposes.get(key)
    if purpose is None:
        raise NotThere()
    rows = work.session.execute(
        select(Link.pairwise_id, Choice.answer)
        .outerjoin(Choice, present() & (Choice.purpose == key))
        .where(Link.agency_id == agency_id, Link.state == "active", Link.hidden_at.is_(None))
        .order_by(Link.pairwise_id)
    )
    return [row.pairwise_id for row in rows if rules.allows(purpose, row.answer)]


def _answers(work: Work, person_id: int) -> dict[int, dict[str, tuple[str, datetime]]]:
    """Give, by live agency and purpose, the last answer and its moment: one row for each agency at least."""
    rows = work.session.execute(
        select(Link.agency_id, Choice.purpose, Choice.answer, Choice.at)
        .outerjoin(Choice, present())
        .where(Link.person_id == person_id, Link.state == "active", Link.hidden_at.is_(None))
    )
    return collected(rows)


def _given(person_id: int) -> Select:
    columns = (Choice.ref, Choice.reference, Choice.answer, Choice.at, Choice.ended_at, Choice.agency_id)
    return select(*columns).where(Choice.person_id == person_id)


def _own(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id
