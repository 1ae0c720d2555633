"""What screens need to ask a passkey: the options that stand on the page, and what came back in a form."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import redirect, request, session
from werkzeug.wrappers import Response

from portal.identity import service
from portal.identity.browsers import kind_of
from portal.identity.forms import PasskeyForm, SignInForm
from portal.identity.rules import fingerprint
from portal.identity.service import answers, challenges, passkeys
from portal.identity.service.passkeys import Site
from portal.identity.service.unlocking import NEW, SECOND, SIGN_IN, purpose_for
from portal.identity.views.blueprint import home
from portal.identity.views.tries import may_give_code, right_code
from portal.web.core import actor, caller, settings, work
from portal.web.guards import local_path
from portal.web.text import lazy
from portal.web.tries import counted


def site() -> Site | None:
    """Give the site that passkeys belong to; None where its address is a number."""
    return passkeys.site_of(settings().base_url, settings().secret_key)


def here() -> Site | None:
    """Give the site if the browser is at its own name: elsewhere it would refuse to ask."""
    found = site()
    return found if found and urlsplit(f"//{request.host}").hostname == found.host else None


def offer_sign_in() -> str | None:
    """Give the options for signing in without a name, as JSON; None where passkeys are not offered."""
    found = here()
    return _options(passkeys.options_to_sign, found, _challenge(found, SIGN_IN, None), []) if found else None


def offer_second() -> str | None:
    """Give the options for a second step with one of the account's own passkeys; None without one."""
    found, mine = here(), actor().account_id
    known = passkeys.ids_of(work(), mine) if found else []
    if not found or not known:
        return None
    return _options(passkeys.options_to_sign, found, _challenge(found, SECOND, mine), known)


def offer_new(name: str) -> str | None:
    """Give the options for making a passkey, which the device keeps under `name`; None where there are none."""
    found = here()
    if not found:
        return None
    # A phone lists its passkeys to whoever unlocks it.
    title = settings().discreet_name if actor().discreet else settings().service_name
    made = passkeys.options_to_make(work(), found, _challenge(found, NEW, actor().account_id), title, name)
    return json.dumps(made, separators=(",", ":"))


def sign_in(form: SignInForm) -> Response | None:
    """Let somebody in by a passkey alone; None when the form says why not."""
    if not form.sent() or not counted(form, "sign-in-address", caller()):
        return None
    device = kind_of(request.user_agent.string).text
    token = taken(form, service.sign_in_with_passkey, bool(form.shared_device.data), device)
    return _go_on(form, token) if token else None


def second_step(form: PasskeyForm) -> Response | None:
    """Finish a sign-in by a passkey in place of a code; None when the form says why not."""
    who = actor()
    if not form.sent() or not may_give_code(form, who.account_id, ""):
        return None
    token = taken(form, service.finish_with_passkey, who.session)
    return _known_again(form, token) if token else None


def step_up(form: PasskeyForm) -> Response | None:
    """Take a passkey where a code is asked for again; None when the form says why not."""
    if not form.sent() or not may_give_code(form, actor().account_id, ""):
        return None
    token = taken(form, service.step_up_with_passkey)
    return _known_again(form, token) if token else None


def device_name() -> str:
    """Give a name for a passkey whose owner chose none: the kind of browser it was made with."""
    kind = kind_of(request.user_agent.string)
    return ", ".join(filter(None, (kind.browser, kind.system)))


def taken(form: PasskeyForm, verb: Callable, *more: Any) -> Any:
    """Give what `verb(work, site, answer, *more)` makes of the answer in a form; None when the form says why not."""
    found = site()
    given = answers.read(form.credential.data or "", fingerprint(session.token))
    if found is not None and given is not None:
        done = form.carry_out(verb, found, given, *more, once=False)
        if done is None or done.result:
            return done.result if done else None
    # L10n: Above a form: a passkey (screen lock or security key) did not work. The same words whatever is wrong.
    form.fail(lazy("That passkey did not work. Try again, or choose another way."))
    return None


def _options(make: Callable, found: Site, challenge: bytes, known: list[str]) -> str:
    return json.dumps(make(found, challenge, known), separators=(",", ":"))


def _challenge(found: Site, what: str, account_id: int | None) -> bytes:
    purpose = purpose_for(what, account_id)
    return challenges.fresh(found.key, fingerprint(session.token), purpose, work().now)


def _known_again(form: PasskeyForm, token: str) -> Response:
    right_code(actor().account_id)
    return _go_on(form, token)


def _go_on(form: PasskeyForm, token: str) -> Response:
    session.renew(token)
    found = service.actor_of(work(), token)
    who = found[0] if found else actor()
    return redirect(local_path(form.next.data) or home(who), 303)
