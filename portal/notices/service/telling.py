"""Telling: a row on the screen, and a message by each way that is safe for the person."""

from datetime import datetime

from sqlalchemy import update

from portal.base.work import Work
from portal.notices import queries, rules
from portal.notices.models import Delivery, Notice
from portal.notices.queries import NoticeFacts, Way

JOB = "notices.send"


def tell(
    work: Work, person_id: int, kind: str, agency_id: int = 0, about: int = 0, *, mail: bool = True
) -> None:
    """Tell a person that something happened: a row on the screen, and a message by each safe way.

    `kind` is a key of `notices.rules.WORDS`, `about` the ref of the request, share or record. `mail` is false
    where the person asked to be answered here only. What goes out names no agency. Privacy Act 2020 principle 5.
    """
    note(work, person_id, kind, agency_id, about)
    if not mail:
        return
    ways = queries.ways(work, person_id, rules.purpose_of(kind))
    if not ways or (agency_id and queries.hides(work, person_id, agency_id)):
        return
    for way in ways:
        if rules.purpose_of(kind) == "safety":
            queue(work, person_id, kind, way, agency_id)
        else:
            _join(work, person_id, kind, way, agency_id)


def told_at(work: Work, person_id: int, kind: str) -> datetime | None:
    """Give when the first message about a kind of safety reaches a person if they are told now; None on screen only."""
    ways = queries.ways(work, person_id, rules.purpose_of(kind))
    return min((rules.next_safe(work.now, way.safe_from, way.safe_until) for way in ways), default=None)


def tell_apart(work: Work, person_id: int, kind: str, agency_id: int) -> None:
    """Tell a person of something about an agency that their pages do not name from now on.

    On the screen it stands on the page that asks for a second factor only. What goes out is about no agency, so that
    it is sent. Privacy Act 2020 principle 5.
    """
    note(work, person_id, kind, agency_id)
    for way in queries.ways(work, person_id, rules.purpose_of(kind)):
        queue(work, person_id, kind, way)


def note(work: Work, person_id: int, kind: str, agency_id: int = 0, about: int = 0) -> None:
    """Put a row on the person's screen, and send nothing."""
    work.session.add(
        Notice(
            person_id=person_id,
            id=work.new_id(),
            kind=kind,
            agency_id=agency_id,
            about=about,
            at=work.now,
        )
    )


def queue(
    work: Work, person_id: int, kind: str, way: Way, agency_id: int = 0, earliest: datetime | None = None
) -> int:
    """Queue one message by one way, in the way's safe hours, not before `earliest` (aware UTC); give its id."""
    due_at = rules.next_safe(earliest or work.now, way.safe_from, way.safe_until)
    number = work.later(JOB, {"person_id": str(person_id)}, due_at)
    work.session.add(
        Delivery(
            person_id=person_id,
            id=number,
            agency_id=agency_id,
            channel=way.channel,
            kind=kind,
            state="waiting",
            made_at=work.now,
        )
    )
    return number


def _join(work: Work, person_id: int, kind: str, way: Way, agency_id: int) -> None:
    """Send at most one message in ten minutes: a later one joins the one that waits, or waits its turn."""
    last = queries.last_ordinary(work, person_id, way.channel)
    if last is not None and last.state == "waiting":
        last.kind = kind if last.kind == kind else "several"
        return
    free_at = (last.done_at or last.made_at) + rules.TOGETHER if last is not None else work.now
    queue(work, person_id, kind, way, agency_id, max(work.now, free_at))


def unread(work: Work) -> int:
    """Count the actor's own notices that are not marked as read."""
    return queries.unread(work, work.actor.person_id)


def newest(work: Work, most: int = 50, before: int | None = None) -> list[NoticeFacts]:
    """Give the actor's own notices, newest first; `before` is the id of the last one shown."""
    return queries.newest(work, work.actor.person_id, most, before)


def of_hidden(work: Work, most: int = 50) -> list[NoticeFacts]:
    """Give the actor's newest notices about agencies that they hid: an urgent look is never without a trace."""
    return queries.newest(work, work.actor.person_id, most, hidden=True)


def mark_read(work: Work) -> None:
    """Mark all of the actor's own notices as read."""
    work.session.execute(
        update(Notice)
        .where(Notice.person_id == work.actor.person_id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )
