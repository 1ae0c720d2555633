"""The ways into a share from outside: a code or link that leads to it, and a pass that lets a visitor stay."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select

from portal.agencies import queries as agencies
from portal.agencies.models import Link
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.models import Address, Note, Pass, Share
from portal.bundles.queries.notes import NoteWords, opened_note
from portal.bundles.queries.shares import ShareFacts, columns, facts, is_paused
from portal.delegations.models import Grant
from portal.identity.models import Account


@dataclass(frozen=True, slots=True)
class Door:
    """Where a code or link leads, and the hash of the passcode that opens it.

    `spent` says that it was opened as often as it may be: only a browser that opened it goes on reading.
    `link_alone`: its link needs no passcode. `direct`: a program may fetch its one file by asking for the address;
    never that of a share for one opening, because whatever follows links for a preview would be the one.
    """

    person_id: int
    share_id: int
    passcode_hash: str
    tries_left: int
    ref: int
    spent: bool
    link_alone: bool = False
    direct: bool = False


class Stay(NamedTuple):
    """The share behind a pass, whether it may be read now, the opening it was given for, the reader's own note."""

    share: ShareFacts
    may_read: bool
    opening_id: int | None = None
    note: NoteWords | None = None


def by_address(work: Work, kind: str, text: str) -> Door | None:
    """Find the live share of a link's token (`link`) or a typed code (`code`); None for anything else.

    Pulled at each use: the share, its time, its tries and the person's account must all be live, and nothing paused.
    """
    row = work.session.execute(
        select(
            *(Share.person_id, Share.id, Share.passcode_hash, Share.tries_left, Share.ref),
            *(Share.opens, Share.most_opens, Share.link_alone),
        ).where(
            Address.fingerprint == work.keys.digest(f"share-{kind}", text),
            Address.kind == kind,
            Share.person_id == Address.person_id,
            Share.id == Address.share_id,
            Share.state == "live",
            Share.expires_at > work.now,
            Share.tries_left > 0,
            is_let_in(work),
        )
    ).first()
    if row is None:
        return None
    alone = kind == "link" and bool(row.link_alone) and not row.passcode_hash
    return Door(
        *row[:5],
        spent=rules.is_spent(row.opens, row.most_opens),
        link_alone=alone,
        direct=alone and row.most_opens is None,
    )


def behind(work: Work, door: Door) -> ShareFacts:
    """Give the share behind a door. Raises NotThere once it has gone."""
    rows = work.session.execute(
        select(*columns(), Link.agency_id.label("linked"))
        .outerjoin(Link, (Link.person_id == Share.person_id) & (Link.state == "active"))
        .where(
            *(Share.person_id == door.person_id, Share.id == door.share_id, Share.state == "live"),
            is_let_in(work),
        )
    ).all()
    if not rows:
        raise NotThere()
    return facts(work, list(rows))


def by_pass(work: Work, kind: str, fingerprint: bytes, writer: bytes = b"") -> Stay | None:
    """Find the share of a pass (`file` or `visit`) and say whether it may be read now; None without a pass.

    Pulled at each use, also whether a named organisation still has its right, and is still one to share with.
    `writer` is the fingerprint of whoever reads, whose own note comes along.
    """
    mine = (Note.person_id == Share.person_id) & (Note.share_id == Share.id) & (Note.fingerprint == writer)
    passed = (Pass.fingerprint == fingerprint, Pass.kind == kind, Share.person_id == Pass.person_id)
    rows = work.session.execute(
        select(*columns(), *_of_a_pass(work))
        .select_from(Pass)
        .join(Share, (Share.person_id == Pass.person_id) & (Share.id == Pass.share_id))
        .outerjoin(Link, (Link.person_id == Share.person_id) & (Link.state == "active"))
        .outerjoin(Note, mine)
        .where(*passed)
    ).all()
    if not rows:
        return None
    found, first = facts(work, list(rows)), rows[0]
    stands = found.provider == 0 or (bool(first.granted) and takes_shares(work, found.provider))
    may = bool(first.live and first.let_in and stands and found.state in ("live", "shut", "spent"))
    note = opened_note(work, found.person_id, first.note_id, first.words) if first.note_id else None
    return Stay(found, may, first.opening_id, note)


def _of_a_pass(work: Work) -> tuple:
    return (
        Link.agency_id.label("linked"),
        (Pass.expires_at > work.now).label("live"),
        is_let_in(work).label("let_in"),
        is_granted(work).label("granted"),
        Pass.opening_id,
        Note.id.label("note_id"),
        Note.words,
    )


def may_be_opened() -> ColumnElement[bool]:
    """Say in SQL that a share has not been opened as often as it may be."""
    return or_(Share.most_opens.is_(None), Share.opens < Share.most_opens)


def is_granted(work: Work) -> ColumnElement[bool]:
    """Say in SQL that the actor's organisation has the right to see a share that names it."""
    return exists().where(
        Grant.person_id == Share.person_id,
        Grant.about == Share.ref,
        Grant.agency_id == (work.actor.agency_id or 0),
        *open_grant(work),
    )


def open_grant(work: Work) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL of a grant that it is for a share, and holds now."""
    lasts = or_(Grant.until.is_(None), Grant.until > work.now)
    return (Grant.kind == "share", Grant.ended_at.is_(None), lasts)


def takes_shares(work: Work, agency_id: int) -> bool:
    """Say whether an organisation is one to share with at this moment, by the catalogue."""
    return any(one.id == agency_id and rules.takes_shares(one) for one in agencies.catalogue(work).agencies)


def is_let_in(work: Work) -> ColumnElement[bool]:
    """Say in SQL that a share may be read at this moment, whichever way in: every way asks this.

    Its person still has an account (a share ends with it) and has not paused what they share; and it has started,
    where it was made to wait. To whoever asks from outside, a share that may not be read is one that ended.
    """
    account = exists().where(Account.person_id == Share.person_id, Account.state == "active")
    started = or_(Share.starts_at.is_(None), Share.starts_at <= work.now)
    return account & started & ~is_paused()
