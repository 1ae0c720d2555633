"""What was sent from a page whose session was over waits, sealed, for the same account to sign in again."""

from sqlalchemy import delete, select

from portal.base.crypto import Place
from portal.base.db import rows_changed
from portal.base.work import Work
from portal.identity import rules
from portal.identity.models import Account, KeptForm, SignInSession

Answers = list[tuple[str, str]]
MOST_LETTERS = 100_000
MOST_PAGES = 10


def ended_account(work: Work, token: str) -> int | None:
    """Give the account of a session that is over by itself; None if somebody ended it, or the account is shut.

    Whoever signs out, leaves, or ends a device from elsewhere leaves nothing behind.
    """
    return work.session.scalar(
        select(Account.id)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(
            SignInSession.fingerprint == rules.fingerprint(token),
            SignInSession.stage == "full",
            Account.state == "active",
        )
    )


def keep_answers(work: Work, account_id: int, path: str, answers: Answers) -> bool:
    """Keep what an account sent to a page, in place of what it sent there before; say whether it was kept.

    `path` is the page's own, without language. More letters than a person types are not kept.
    """
    if not answers or sum(len(name) + len(value) for name, value in answers) > MOST_LETTERS:
        return False
    key = _key(work, path)
    _forget(work, account_id, key)
    others = work.session.scalars(
        select(KeptForm.fingerprint)
        .where(KeptForm.account_id == account_id)
        .order_by(KeptForm.made_at.desc())
        .offset(MOST_PAGES - 1)
    ).all()
    for old in others:
        _forget(work, account_id, old)
    sealed = work.keys.seal_json(_place(account_id, key), answers)
    work.session.add(KeptForm(account_id=account_id, fingerprint=key, answers=sealed, made_at=work.now))
    return True


def kept_answers(work: Work, path: str) -> Answers | None:
    """Give what the actor's account once sent to a page in vain; None if nothing waits, or too long."""
    account_id, key = work.actor.account_id, _key(work, path)
    row = work.session.execute(
        select(KeptForm.answers, KeptForm.made_at).where(
            KeptForm.account_id == account_id, KeptForm.fingerprint == key
        )
    ).first()
    if row is None or account_id is None or work.now - row.made_at > rules.KEEP_ANSWERS:
        return None
    return [(name, value) for name, value in work.keys.open_json(_place(account_id, key), row.answers)]


def forget_answers(work: Work, path: str) -> None:
    """Delete what waited for a page: it was sent again."""
    _forget(work, work.actor.account_id or 0, _key(work, path))


def forget_old_answers(work: Work) -> int:
    """Delete what nobody came back for, and give how many (the worker calls this)."""
    over = KeptForm.made_at < work.now - rules.KEEP_ANSWERS
    return rows_changed(work.session, delete(KeptForm).where(over))


def _forget(work: Work, account_id: int, key: bytes) -> None:
    work.session.execute(
        delete(KeptForm).where(KeptForm.account_id == account_id, KeptForm.fingerprint == key)
    )


def _key(work: Work, path: str) -> bytes:
    return work.keys.digest("kept-form", path)


def _place(account_id: int, key: bytes) -> Place:
    # The row's own number, out of its key, so that moved rows do not open.
    return Place("identity_kept_form", "answers", int.from_bytes(key[:7], "big"), account_id)
