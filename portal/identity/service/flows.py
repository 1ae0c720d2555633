"""What is kept between two steps of a sign-in by passkey or by another provider: bound to one browser, used once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_

from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.db import rows_changed
from portal.base.work import Work
from portal.identity.models import Flow

WITHIN = timedelta(minutes=10)
# Somebody new writes down who they are, which takes longer.
LONGER = {"provider-new": timedelta(hours=1)}


def keep_flow(
    work: Work, kind: str, secret: str, bound: bytes, document: dict[str, Any], account_id: int = 0
) -> None:
    """Keep what the next step needs, under a challenge or state of at least 128 random bits.

    `kind` is passkey-new, passkey-in, provider or provider-new; `bound` the fingerprint of the cookie's token.
    """
    key = _key(work, kind, secret)
    sealed = work.keys.seal_json(_place(key), document)
    work.session.add(
        Flow(
            fingerprint=key, kind=kind, bound=bound, account_id=account_id, document=sealed, made_at=work.now
        )
    )


def take_flow(work: Work, kind: str, secret: str, bound: bytes, account_id: int = 0) -> dict[str, Any] | None:
    """Give what was kept, once; None if there is none, it is too old, or another browser or account began it."""
    key = _key(work, kind, secret)
    row = work.session.get(Flow, key)
    if row is None or rows_changed(work.session, delete(Flow).where(Flow.fingerprint == key)) != 1:
        return None
    return _opened(work, row, bound, account_id)


def see_flow(work: Work, kind: str, secret: str, bound: bytes) -> dict[str, Any] | None:
    """Give what was kept without using it up, for a page that asks for more; None as `take_flow` does."""
    row = work.session.get(Flow, _key(work, kind, secret))
    return _opened(work, row, bound, 0) if row is not None else None


def use_once(work: Work, kind: str, secret: str, bound: bytes) -> bool:
    """Note that a secret that proves itself was used, and say whether that was the first time.

    The note lasts as long as such a secret may. Of two sent at once the database keeps one.
    """
    if work.session.get(Flow, _key(work, kind, secret)) is not None:
        return False
    keep_flow(work, kind, secret, bound, {})
    return True


def forget_flows(work: Work) -> int:
    """Delete what nobody came back for, and give how many (the worker calls this)."""
    over = [
        and_(Flow.kind.not_in(LONGER), Flow.made_at < work.now - WITHIN),
        *(and_(Flow.kind == kind, Flow.made_at < work.now - within) for kind, within in LONGER.items()),
    ]
    return rows_changed(work.session, delete(Flow).where(or_(*over)))


def _opened(work: Work, row: Flow, bound: bytes, account_id: int) -> dict[str, Any] | None:
    late = work.now - row.made_at > LONGER.get(row.kind, WITHIN)
    if row.bound != bound or row.account_id != account_id or late:
        return None
    return work.keys.open_json(_place(row.fingerprint), row.document)


def _key(work: Work, kind: str, secret: str) -> bytes:
    return work.keys.digest(f"flow-{kind}", secret)


def _place(key: bytes) -> Place:
    # The row's own number, out of its key, so that moved rows do not open.
    return Place("identity_flow", "document", int.from_bytes(key[:7], "big"), SYSTEM_OWNER)
