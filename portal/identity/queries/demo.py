"""What a demonstration shows in place of an app: never read elsewhere."""

from sqlalchemy import select

from portal.base.work import Work
from portal.identity.models import Account, SignInSession
from portal.identity.queries import place


def demo_code_secret(work: Work, session: bytes) -> str | None:
    """Give the authenticator secret behind a half session. Demo mode on loopback only: it shows the code."""
    row = work.session.execute(
        select(Account.id, Account.totp_secret)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(SignInSession.fingerprint == session)
    ).first()
    if row is None or row.totp_secret is None:
        return None
    return work.keys.open(place("totp_secret", row.id), row.totp_secret)
