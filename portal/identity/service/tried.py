"""Printed codes: each used once, and their owner told when few are left or when paper was tried that is over."""

from sqlalchemy import exists, func, select, update

from portal.base.db import rows_changed
from portal.base.work import Work
from portal.identity import rules
from portal.identity.models import Account, PaperCard, RecoveryCode, SignInSession
from portal.notices import service as notices


def use_printed(work: Work, account_id: int, typed: str) -> bool:
    """Use up a printed code of an account, and say whether it was right. One that was used before is noted.

    For a wrong one and for a used one the same is done: nobody learns that a code was right once.
    """
    mine = (
        RecoveryCode.account_id == account_id,
        RecoveryCode.fingerprint == work.keys.digest("recovery-code", typed),
    )
    unused = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None)).values(used_at=work.now)
    if not rows_changed(work.session, unused):
        used = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_not(None))
        work.session.execute(used.values(tried_at=work.now))
        return False
    _tell_when_few(work, account_id)
    return True


def try_ended_card(work: Work, key: bytes) -> None:
    """Note that a card was tried in whose place there is a newer one. For any other card nothing changes."""
    ended = update(PaperCard).where(PaperCard.fingerprint == key, PaperCard.ended_at.is_not(None))
    work.session.execute(ended.values(tried_at=work.now))


def tell_of_paper(work: Work, account_id: int) -> None:
    """Tell an account's person, now that they sign in, whether paper of theirs that is over was tried since.

    Also that somebody is signed in with their card somewhere else at this moment.
    """
    tried = 0
    for table in (PaperCard, RecoveryCode):
        noted = update(table).where(table.account_id == account_id, table.tried_at.is_not(None))
        tried += rows_changed(work.session, noted.values(tried_at=None))
    row = work.session.execute(
        select(Account.person_id, _is_elsewhere(work, account_id).label("twice")).where(
            Account.id == account_id
        )
    ).one()
    if row.person_id is None:
        return
    for kind, happened in (("paper_tried", tried), ("card_twice", row.twice)):
        if happened:
            notices.tell(work, row.person_id, kind)


def _is_elsewhere(work: Work, account_id: int):
    """A session of an account with a card that was in use within the time in which a borrowed device signs out."""
    return exists().where(
        SignInSession.account_id == account_id,
        SignInSession.stage == "full",
        SignInSession.seen_at > work.now - rules.IDLE_SHARED,
        PaperCard.account_id == SignInSession.account_id,
        PaperCard.ended_at.is_(None),
    )


def _tell_when_few(work: Work, account_id: int) -> None:
    left = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    row = work.session.execute(
        select(Account.person_id, left.scalar_subquery().label("left")).where(Account.id == account_id)
    ).one()
    if row.person_id is not None and row.left in rules.FEW_CODES:
        notices.tell(work, row.person_id, "codes_few")
