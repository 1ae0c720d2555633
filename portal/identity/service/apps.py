"""An app for codes, set up by who is signed in already: for the first time, or on a new phone."""

import base64

from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity.models import Account, SignInSession
from portal.identity.queries import place
from portal.identity.service.devices import factors_changed
from portal.identity.service.sessions import app_code
from portal.language.rules import N_


def own_app_secret(work: Work) -> str:
    """Give the secret (base32) that the actor's new app is to hold: the same all through one sign-in. NotThere."""
    session = work.session.get(SignInSession, work.actor.session)
    if session is None:
        raise NotThere()
    about = f"{session.account_id} {session.made_at.isoformat()}"
    return base64.b32encode(work.keys.digest("own-app", about)[:20]).decode()


def set_up_app(work: Work, code: str) -> None:
    """Take an app whose first code is right in place of the one before; other sessions end, and the person is told.

    Raises Invalid when the code is wrong: then nothing changed.
    """
    account = work.session.get(Account, work.actor.account_id)
    if account is None:
        raise NotThere()
    account.totp_secret = work.keys.seal(place("totp_secret", account.id), own_app_secret(work))
    account.totp_last_step = 0
    if not app_code(work, account, ids.fold_code(code)):
        # L10n: Beside the code field of the page that sets up an app.
        raise Invalid(
            N_("That code did not work. Wait until your app shows a new one, and write that."), "code"
        )
    factors_changed(work)
