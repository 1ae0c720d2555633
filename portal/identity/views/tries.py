"""How often somebody may try to sign in: guessers wait longer and longer, and cannot lock the owner out.

Everything is counted before a password is compared. A pair of name and address from which somebody signed in
before is "known" for a month: it is not counted among strangers, so a flood of them does not keep it out.
"""

from portal.base import ids
from portal.base.attempts import Attempts
from portal.identity import rules, service
from portal.identity.views.blueprint import wrong_code
from portal.web.core import attempt_key, caller, core, work
from portal.web.fields import PortalForm
from portal.web.text import lazy
from portal.web.tries import counted_by

KNOWN_SECONDS = 30 * 24 * 3600
DAY = 24 * 3600
# After so many wrong codes the owner is told, once in a day.
TELL_AFTER = 10
STRANGE, KNOWN = "second-step-strange", "second-step-known"


def may_sign_in(form: PortalForm, username: str) -> bool:
    """Count a try upon a name from an address, and say whether its password is compared; if not, the form says why."""
    name = rules.fold_name(username)
    pair, counts = f"name {name} {caller()}", core().attempts
    return counted_by(form, lambda: _sign_in(counts, name, pair))


def may_give_code(form: PortalForm, account_id: int | None, code: str) -> bool:
    """Count a code that is tried upon an account from an address, and say whether it is compared.

    Numbers can be guessed from many addresses at once, so those from strange ones have a limit together, and those
    from where the owner signs in one for a day. Letters are a recovery code of 80 bits: with one of these, or with a
    passkey, the owner comes in from anywhere at any time.
    """
    pair, counts = f"account {account_id} {caller()}", core().attempts
    known, numbers = counts.seen(attempt_key("known", pair)), ids.fold_code(code).isdigit()

    def _count() -> None:
        if numbers and not known:
            counts.hit(STRANGE, attempt_key(STRANGE, str(account_id)))
        core().delays.hit("second-step", attempt_key("second-step", pair))

    if not counted_by(form, _count):
        return False
    if numbers and known and not counts.within(KNOWN, attempt_key(KNOWN, str(account_id))):
        # L10n: Above a form that asks for a code, after very many wrong ones in a day.
        return form.fail(
            lazy("Too many wrong codes today. Use a passkey or a recovery code, or wait a day."), 429
        )
    return True


def wrong_code_given(form: PortalForm, account_id: int | None) -> None:
    """Say on the form that a code was wrong, and tell the account's owner, once in a day, when there were many."""
    form.fail(wrong_code())
    counts, note = core().attempts, attempt_key("wrong-codes-told", str(account_id))
    many = any(
        counts.count(kind, attempt_key(kind, str(account_id))) >= TELL_AFTER for kind in (STRANGE, KNOWN)
    )
    if many and not counts.seen(note):
        counts.note(note, DAY)
        work().do(service.tell_wrong_codes, account_id)


def may_give_password(form: PortalForm, account_id: int | None) -> bool:
    """Count a try of the present password of somebody who is signed in."""
    key = attempt_key("own-password", str(account_id))
    return counted_by(form, lambda: core().delays.hit("own-password", key))


def right_password(username: str) -> None:
    """Forget the tries upon a name from this address: the password was right."""
    pair = f"name {rules.fold_name(username)} {caller()}"
    for kind in ("sign-in", "sign-in-strange"):
        core().delays.forget(kind, attempt_key("sign-in", pair))
    core().attempts.note(attempt_key("known", pair), KNOWN_SECONDS)


def right_code(account_id: int | None, code: str = "") -> None:
    """Forget the codes tried upon an account from this address, and know it from now on.

    Of the day's numbers only this one is taken off: a guesser in the same house gets no more by the owner's.
    """
    pair = f"account {account_id} {caller()}"
    if ids.fold_code(code).isdigit() and core().attempts.seen(attempt_key("known", pair)):
        core().attempts.give_back(KNOWN, attempt_key(KNOWN, str(account_id)))
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
