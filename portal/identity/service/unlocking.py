"""Getting in with a passkey: at sign-in without a name, as the second step, when asked again, and when joining."""

import hmac

from sqlalchemy import update

from portal.base.db import rows_changed
from portal.base.work import Work
from portal.identity import queries
from portal.identity.models import Account, Passkey, SignInSession
from portal.identity.service.answers import Answer, is_new, signed_by
from portal.identity.service.joining import Joined, finish_join
from portal.identity.service.passkeys import Site, handle, keep_passkey, public_key
from portal.identity.service.sessions import complete, open_session, renewed
from portal.notices import service as notices

# What a challenge is for; the second and third are followed by the account's id.
SIGN_IN, SECOND, NEW = "in", "second", "new"


def purpose_for(what: str, account_id: int | None) -> str:
    """Name what a challenge is for, so that one made for another account or act is worth nothing here."""
    return f"{what} {account_id or 0}"


def sign_in_with_passkey(
    work: Work, site: Site, answer: Answer, shared_device: bool = False, device: str | None = None
) -> str | None:
    """Take a passkey for both steps, and give the token of a full session; None if anything is wrong.

    No name is asked for: the device says which account by its own handle. An unknown passkey, a wrong signature
    and a shut account are told alike; credential ids are too long to guess, so the work need not be alike.
    """
    if not is_new(work, site.key, answer, purpose_for(SIGN_IN, None)):
        return None
    row = _known(work, answer)
    if row is None or not hmac.compare_digest(answer.handle or b"", handle(work, row.account_id)):
        return None
    if not _right(work, site, answer, row):
        return None
    hat = queries.first_hat(work, row.account_id)
    given = {"factor_at": work.now, "agency_id": hat, "shared_device": shared_device}
    return open_session(work, row.account_id, "full", device=device, **given)


def finish_with_passkey(work: Work, site: Site, answer: Answer, session: bytes) -> str | None:
    """Take a passkey of the account as the second step, and give the token of a new full session; None if wrong."""
    waiting = work.session.get(SignInSession, session)
    if waiting is None or waiting.stage != "password" or not _second(work, site, answer, waiting.account_id):
        return None
    return complete(work, waiting)


def step_up_with_passkey(work: Work, site: Site, answer: Answer) -> str | None:
    """Take a passkey of the actor's account again, and give the token of its renewed session; None if wrong."""
    present = work.session.get(SignInSession, work.actor.session)
    if present is None or present.stage != "full" or not _second(work, site, answer, present.account_id):
        return None
    return renewed(work, present)


def join_with_passkey(work: Work, site: Site, answer: Answer, name: str) -> Joined | None:
    """Finish the account that the actor is making with a passkey in place of an app; None if anything is wrong."""
    account = work.session.get(Account, work.actor.account_id)
    if account is None or account.state != "new":
        return None
    if not keep_passkey(work, account.id, name, site, answer, purpose_for(NEW, account.id)):
        return None
    # The key that was shown beside it was never set up: it must not open anything.
    account.totp_secret = None
    return finish_join(work, account)


def _second(work: Work, site: Site, answer: Answer, account_id: int) -> bool:
    if not is_new(work, site.key, answer, purpose_for(SECOND, account_id)):
        return False
    row = _known(work, answer)
    return row is not None and row.account_id == account_id and _right(work, site, answer, row)


def _known(work: Work, answer: Answer) -> Passkey | None:
    return work.session.get(Passkey, work.keys.digest("passkey", answer.id))


def _right(work: Work, site: Site, answer: Answer, row: Passkey) -> bool:
    """Say whether an active account's passkey signed; its count moves on, and only forward."""
    account = work.session.get(Account, row.account_id)
    if account is None or account.state != "active":
        return False
    count = signed_by(answer, site.host, site.origin, public_key(work, row))
    if count is None:
        return False
    # Zero for ever: most passkeys live on several devices, and do not count.
    forward = Passkey.sign_count < count if count else Passkey.sign_count == 0
    used = (
        update(Passkey)
        .where(Passkey.fingerprint == row.fingerprint, forward)
        .values(sign_count=count, used_at=work.now)
    )
    if rows_changed(work.session, used) == 1:
        return True
    # Somebody else has used a copy of the key: it is right, but it lags behind or another one ran ahead.
    if account.person_id is not None:
        notices.tell(work, account.person_id, "passkey_copied")
    return False


__all__ = [
    "NEW",
    "SECOND",
    "SIGN_IN",
    "finish_with_passkey",
    "join_with_passkey",
    "purpose_for",
    "sign_in_with_passkey",
    "step_up_with_passkey",
]
