"""A person's own shares and drafts, and who opened them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, select

from portal.agencies import queries as agencies
from portal.agencies.models import Link
from portal.agencies.queries import reached
from portal.base.crypto import Place
from portal.base.paging import before
from portal.base.problems import NotThere
from portal.base.statements import fixed
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.models import Changed, Opening, Pause, Share
from portal.choices import queries as choices
from portal.choices.models import Choice

MOST = 30


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A share as its person sees it. `state` is that of rules.state_of, or draft; times are aware UTC.

    `lines` holds {"record", "version", "agency", "type", "fields"} with ids; `story` the person's own words as they
    were when chosen, each {"part", "title", "text", "lang", "on", "goes"}; `linked` the agencies whose link is live
    and, on the person's own screens, not hidden; `refused` there the purposes, by agency, that they said no to.
    """

    person_id: int
    id: int
    ref: int
    state: str
    name: str
    recipient: str
    purpose: str
    days: int
    lines: list[dict[str, Any]]
    story: list[dict[str, Any]]
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    tries_left: int
    opens: int
    long_term: bool
    once: bool
    starts_at: datetime | None = None
    paused: bool = False
    changed: bool = False
    occasion: str = ""
    notice: str = ""
    notice_language: str = ""
    link_alone: bool = False
    # The organisation that it is for by name, by its id; 0 where whoever has the code may open it.
    provider: int = 0
    # What the person asked not to be asked again: keys of service.askable.
    quiet: tuple[str, ...] = ()
    # Whether they take notes back, and the language they read in.
    notes: bool = True
    language: str = "en"
    sealed: bytes = b""
    linked: frozenset[int] = field(default_factory=frozenset)
    refused: frozenset[tuple[int, str]] = field(default_factory=frozenset)

    @property
    def told(self) -> list[dict[str, Any]]:
        """The parts of the person's story that go along."""
        return [one for one in self.story if one["goes"]]

    @property
    def count(self) -> int:
        """How many lines may be named here, parts of the story among them."""
        return sum(len(one["fields"]) for one in self.shown_lines) + len(self.told)

    @property
    def shown_lines(self) -> list[dict[str, Any]]:
        """The lines that may be named here."""
        return [one for one in self.lines if one["agency"] in self.linked]


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening: when (aware UTC), by code or link, who they said they are and why; signed in or not."""

    at: datetime
    how: str
    name: str
    why: str
    organisation: str
    signed_in: bool


def place(column: str, share_id: int, person_id: int) -> Place:
    """Give where a sealed value of a share stands: it is the person's own."""
    return Place("bundles_share", column, share_id, person_id)


def opening_place(opening_id: int, person_id: int) -> Place:
    """Give where the sealed words of an opening stand."""
    return Place("bundles_opening", "recipient", opening_id, person_id)


def columns() -> list:
    """Give the columns from which `facts` reads."""
    own = [column for column in Share.__table__.columns if column.name != "passcode_hash"]
    return [*own, is_paused().label("paused")]


def is_paused() -> ColumnElement[bool]:
    """Say in SQL that the share's person has paused all that they share."""
    return exists().where(Pause.person_id == Share.person_id, Pause.resumed_at.is_(None))


def facts(work: Work, rows: list[Row], refused: frozenset[tuple[int, str]] = frozenset()) -> ShareFacts:
    """Read a share from its rows: one for each agency whose link is live, or one without any."""
    row = rows[0]
    chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    return ShareFacts(
        person_id=row.person_id,
        id=row.id,
        ref=row.ref,
        state=rules.state_of(
            row.state,
            row.expires_at,
            row.tries_left,
            work.now,
            spent=rules.is_spent(row.opens, row.most_opens),
            starts_at=row.starts_at,
            paused=bool(row.paused),
        ),
        made_at=row.made_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        tries_left=row.tries_left,
        opens=row.opens,
        starts_at=row.starts_at,
        paused=bool(row.paused),
        changed=bool(getattr(row, "changed", False)),
        sealed=row.secrets,
        linked=frozenset(one.linked for one in rows if getattr(one, "linked", None) is not None),
        refused=refused,
        **_said(chosen),
    )


def _said(chosen: dict[str, Any]) -> dict[str, Any]:
    words = ("name", "recipient", "purpose", "occasion", "notice", "notice_language")
    return {
        **{name: chosen.get(name, "") for name in words},
        "days": chosen.get("days", rules.USUAL_DAYS),
        "lines": chosen.get("lines", []),
        "story": chosen.get("story", []),
        # Of a draft as it was chosen; of a share as it is kept.
        "long_term": chosen.get("later", True),
        "once": chosen.get("once", False),
        "link_alone": chosen.get("link_alone", False),
        "provider": chosen.get("provider", 0),
        "quiet": tuple(chosen.get("quiet", ())),
        "notes": chosen.get("notes", True),
        "language": chosen.get("language", "en"),
    }


def own(work: Work) -> int:
    """Give the actor's person. Raises NotThere for an actor without one."""
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id


def share(work: Work, ref: int) -> ShareFacts:
    """Give one of the actor's own shares that was made. Raises NotThere."""
    found = _one(work, ref)
    if found.state == "draft":
        raise NotThere()
    return found


def draft(work: Work, ref: int) -> ShareFacts:
    """Give one of the actor's own drafts. Raises NotThere."""
    found = _one(work, ref)
    if found.state != "draft" or found.expires_at <= work.now:
        raise NotThere()
    return found


def _one(work: Work, ref: int) -> ShareFacts:
    # For the person's own screens: what they have hidden is not named on them.
    shown = (Link.person_id == Share.person_id) & (Link.state == "active") & Link.hidden_at.is_(None)
    rows = work.session.execute(
        select(
            *columns(),
            *(Link.agency_id.label("linked"), Link.agency_id),
            *(Choice.purpose, Choice.answer, Choice.at),
        )
        .outerjoin(Link, shown)
        .outerjoin(Choice, choices.present())
        .where(Share.person_id == own(work), Share.ref == ref)
    ).all()
    if not rows:
        raise NotThere()
    answers = choices.collected(one for one in rows if one.linked is not None)
    return facts(work, list(rows), choices.refused_in(work, answers))


def shares_of(work: Work, after: int | None = None) -> tuple[list[ShareFacts], int | None]:
    """Give the actor's own shares, newest first, without drafts. Two reads.

    Thirty at a time: the ref of the last comes along where older ones follow; `after` is such a ref.
    """
    rows = work.session.execute(*_page(own(work), after)).all()
    linked = choices.standing(work, own(work)).linked if rows else frozenset()
    found = [replace(facts(work, [row]), linked=linked) for row in rows[:MOST]]
    return found, rows[MOST - 1].ref if len(rows) > MOST else None


@fixed
def _page(person_id: Any, after: Any) -> Select:
    # Something in it changed after it was read, at an agency that the person's pages name, and nobody was told.
    changed = exists().where(
        *(Changed.person_id == Share.person_id, Changed.share_id == Share.id, Changed.told_at.is_(None)),
        reached(Changed.person_id, Changed.agency_id),
    )
    made = select(*columns(), changed.label("changed")).where(
        Share.person_id == person_id, Share.state != "draft"
    )
    return made.where(before(Share, person_id, after)).order_by(Share.id.desc()).limit(MOST + 1)


def secrets_of(work: Work, found: ShareFacts) -> dict[str, str]:
    """Open a share's secrets: token, key and code; of a draft its passcode. Empty once the share has ended."""
    return work.keys.open_json(place("secrets", found.id, found.person_id), found.sealed)


def openings(work: Work, found: ShareFacts, most: int = 50) -> list[Opened]:
    """Give who opened one of the actor's own shares, newest first; no organisation that they hid is named."""
    rows = work.session.execute(
        select(Opening.id, Opening.at, Opening.how, Opening.recipient, Opening.signed_in)
        .where(Opening.person_id == own(work), Opening.share_id == found.id)
        .order_by(Opening.id.desc())
        .limit(most)
    )
    opened = []
    for row in rows:
        said = work.keys.open_json(opening_place(row.id, found.person_id), row.recipient)
        opened.append((row, said))
    hidden = _hidden(work) if any(said.get("organisation") for _, said in opened) else set()
    return [
        Opened(row.at, row.how, said["name"], said["why"], _named(said, hidden), row.signed_in)
        for row, said in opened
    ]


def _hidden(work: Work) -> set[str]:
    """Give the ids and names of organisations that the actor's pages do not name (an opening may hold either)."""
    known = agencies.catalogue(work)
    return {word for one in agencies.unnamed(work, own(work)) for word in (str(one), known.agency(one).name)}


def _named(said: dict[str, str], hidden: set[str]) -> str:
    name = said.get("organisation", "")
    return "" if {said.get("agency", ""), name} & hidden else name
