"""What changed in a share after somebody read it there: for its own person, who may tell them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.agencies.queries import catalogue, reached
from portal.agencies.rules import Words
from portal.base.work import Work
from portal.bundles.models import Changed, Share
from portal.bundles.queries.shares import ShareFacts, own, place

MOST = 5


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that was fixed (`kind` fixed), or beside which the person put their words (stated), at an aware moment."""

    record_id: int
    field: str
    title: Words
    label: Words
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToTell:
    """A share in which something changed after it was read, and for whom the person made it."""

    ref: int
    recipient: str


def changed_in(work: Work, found: ShareFacts, tag: str = "en") -> list[ChangedLine]:
    """Give what changed in one of the actor's shares since it was read, and nobody was told of. One read.

    Nothing of an agency that the actor's own pages do not name.
    """
    rows = work.session.execute(
        select(Changed.agency_id, Changed.record_id, Changed.field, Changed.kind, Changed.at)
        .where(Changed.person_id == own(work), Changed.share_id == found.id, Changed.told_at.is_(None))
        .order_by(Changed.id)
    ).all()
    types = {one["record"]: (one["agency"], one["type"]) for one in found.shown_lines}
    book = catalogue(work)
    lines = {}
    for row in rows:
        kind = book.type(*types[row.record_id]) if row.record_id in types else None
        if kind is not None and row.field in kind.fields:
            # The last of several changes to one line stands for all.
            lines[row.record_id, row.field] = ChangedLine(
                *(row.record_id, row.field, kind.title_in(tag), kind.fields[row.field].label_in(tag)),
                *(row.kind, row.at),
            )
    return list(lines.values())


def to_tell(work: Work) -> list[ToTell]:
    """Give the actor's newest shares in which something changed after it was read. One read."""
    person_id = own(work)
    waiting = (
        select(Changed.share_id, func.max(Changed.id).label("last"))
        .where(
            *(Changed.person_id == person_id, Changed.told_at.is_(None)),
            reached(Changed.person_id, Changed.agency_id),
        )
        .group_by(Changed.share_id)
        .subquery()
    )
    rows = work.session.execute(
        select(Share.id, Share.ref, Share.chosen)
        .join(waiting, waiting.c.share_id == Share.id)
        .where(Share.person_id == person_id)
        .order_by(waiting.c.last.desc())
        .limit(MOST)
    )
    return [
        ToTell(row.ref, work.keys.open_json(place("chosen", row.id, person_id), row.chosen)["recipient"])
        for row in rows
    ]
