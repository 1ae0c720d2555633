"""What is kept between two steps of a sign-in by passkey or by another provider: bound to one browser, used once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.db import rows_changed
from portal.base.work import Work
from portal.identity.models import Flow

WITHIN = timedelta(minutes=10)


def keep_flow(
    work: Work, kind: str, secret: str, bound: bytes, document: dict[str, Any], account_id: int = 0
) -> None:
    """Keep what the next step needs, under a challenge or state of at least 128 random bits.

    `kind` is passkey-new, passkey-in or provider; `bound` the fingerprint of the cookie's token.
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
    if row.bound != bound or row.account_id != account_id or work.now - row.made_at > WITHIN:
        return None
    return work.keys.open_json(_place(key), row.document)


def forget_flows(work: Work) -> int:
    """Delete what nobody came back for, and give how many (the worker calls this)."""
    return rows_changed(work.session, delete(Flow).where(Flow.made_at < work.now - WITHIN))


def _key(work: Work, kind: str, secret: str) -> bytes:
    return work.keys.digest(f"flow-{kind}", secret)


def _place(key: bytes) -> Place:
    # The row's own number, out of its key, so that moved rows do not open.
    return Place("identity_flow", "document", int.from_bytes(key[:7], "big"), SYSTEM_OWNER)
