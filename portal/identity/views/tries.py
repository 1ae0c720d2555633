"""How often somebody may try to sign in: guessers wait longer and longer, and cannot lock the owner out.

Everything is counted before a password is compared. A pair of name and address from which somebody signed in
before is "known" for a month: it is not counted among strangers, so a flood of them does not keep it out.
"""

from portal.base import ids
from portal.base.attempts import Attempts
from portal.base.problems import Busy, StorageFull, TooMany
from portal.identity import rules
from portal.web.core import attempt_key, caller, core
from portal.web.fields import STATUS, PortalForm, sentence

KNOWN_SECONDS = 30 * 24 * 3600


def may_sign_in(form: PortalForm, username: str) -> bool:
    """Count a try upon a name from an address, and say whether its password is compared; if not, the form says why."""
    name = rules.fold_name(username)
    pair, counts = f"name {name} {caller()}", core().attempts
    return _counted(form, lambda: _sign_in(counts, name, pair))


def may_give_code(form: PortalForm, account_id: int | None, code: str) -> bool:
    """Count a code that is tried upon an account from an address, and say whether it is compared.

    Numbers can be guessed from many addresses at once, so those from strange ones have a limit together. Letters are
    a recovery code of 80 bits: with one of these the owner comes in from anywhere.
    """
    pair, counts = f"account {account_id} {caller()}", core().attempts

    def _count() -> None:
        if not counts.seen(attempt_key("known", pair)) and ids.fold_code(code).isdigit():
            counts.hit("second-step-strange", attempt_key("second-step-strange", str(account_id)))
        core().delays.hit("second-step", attempt_key("second-step", pair))

    return _counted(form, _count)


def may_give_password(form: PortalForm, account_id: int | None) -> bool:
    """Count a try of the present password of somebody who is signed in."""
    key = attempt_key("own-password", str(account_id))
    return _counted(form, lambda: core().delays.hit("own-password", key))


def right_password(username: str) -> None:
    """Forget the tries upon a name from this address: the password was right."""
    pair = f"name {rules.fold_name(username)} {caller()}"
    for kind in ("sign-in", "sign-in-strange"):
        core().delays.forget(kind, attempt_key("sign-in", pair))
    core().attempts.note(attempt_key("known", pair), KNOWN_SECONDS)


def right_code(account_id: int | None) -> None:
    """Forget the codes tried upon an account from this address, and know it from now on."""
    pair = f"account {account_id} {caller()}"
    core().delays.forget("second-step", attempt_key("second-step", pair))
    core().attempts.note(attempt_key("known", pair), KNOWN_SECONDS)


def _sign_in(counts: Attempts, name: str, pair: str) -> None:
    key, of_name = attempt_key("sign-in", pair), attempt_key("sign-in-name", name)
    if counts.seen(attempt_key("known", pair)):
        core().delays.hit("sign-in", key)
        return
    # A try that has to wait counts nowhere else: one guesser does not use up what a whole household has.
    core().delays.hit("sign-in-strange" if counts.full("sign-in-name", of_name) else "sign-in", key)
    # The address first: one that is refused must not use up what all strangers have together.
    counts.hit("sign-in-address", attempt_key("sign-in-address", caller()))
    counts.hit("sign-in-strangers", attempt_key("sign-in-strangers", ""))
    counts.within("sign-in-name", of_name)


def _counted(form: PortalForm, count) -> bool:
    try:
        count()
    except (TooMany, StorageFull, Busy) as fault:
        return form.fail(sentence(fault), STATUS[type(fault)])
    return True
