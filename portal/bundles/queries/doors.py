"""The ways into a share from outside: a code or link that leads to it, and a pass that lets a visitor stay."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select

from portal.agencies.models import Link
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.models import Address, Pass, Share
from portal.bundles.queries.shares import ShareFacts, columns, facts
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


def by_address(work: Work, kind: str, text: str) -> Door | None:
    """Find the live share of a link's token (`link`) or a typed code (`code`); None for anything else.

    Pulled at each use: the share, its time, its tries and the person's account must all be live.
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
            account_is_live(),
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
        .where(Share.person_id == door.person_id, Share.id == door.share_id, Share.state == "live")
    ).all()
    if not rows:
        raise NotThere()
    return facts(work, list(rows))


def by_pass(work: Work, kind: str, fingerprint: bytes) -> tuple[ShareFacts, bool] | None:
    """Find the share of a pass (`file` or `visit`) and say whether it may be read now; None without a pass."""
    live = (Pass.expires_at > work.now).label("live")
    rows = work.session.execute(
        select(*columns(), Link.agency_id.label("linked"), live, account_is_live().label("account"))
        .select_from(Pass)
        .join(Share, (Share.person_id == Pass.person_id) & (Share.id == Pass.share_id))
        .outerjoin(Link, (Link.person_id == Share.person_id) & (Link.state == "active"))
        .where(Pass.fingerprint == fingerprint, Pass.kind == kind, Share.person_id == Pass.person_id)
    ).all()
    if not rows:
        return None
    found = facts(work, list(rows))
    return found, bool(rows[0].live and rows[0].account and found.state in ("live", "shut", "spent"))


def may_be_opened() -> ColumnElement[bool]:
    """Say in SQL that a share has not been opened as often as it may be."""
    return or_(Share.most_opens.is_(None), Share.opens < Share.most_opens)


def account_is_live() -> ColumnElement[bool]:
    """Say in SQL that the share's person still has an account: a share ends with it."""
    return exists().where(Account.person_id == Share.person_id, Account.state == "active")
