"""A page that timed out: what was sent from it is kept on the server, and shown again after signing in."""

import re
from urllib.parse import urlencode, urlsplit

from flask import request, session
from werkzeug.datastructures import ImmutableMultiDict

from portal.identity import service as identity
from portal.web.core import actor, wants_write, work

# In the address that somebody comes back to, and in nothing else: only then is it looked whether something waits.
MARK = "kept"
# Names of fields whose answers are never kept (a test holds every password field and code to it).
SECRET = re.compile("pass|code|pin|secret|key|token|credential")
# The form's own, and buttons that are no answers.
NOT_ANSWERS = frozenset({"csrf_token", "nonce", "next", "later", "preview", "switch_language"})


def way_back() -> str | None:
    """Give the path to come back to after signing in, and keep on the way there what was being sent.

    None where there is none: a button was pressed that has no page of its own, on a page that did not say which.
    """
    path = request.full_path.rstrip("?")
    if not wants_write():
        return path
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        asked_from = urlsplit(request.referrer or "")
        return asked_from.path if asked_from.netloc == request.host else None
    account_id = _owner()
    if account_id is None or not work().do(identity.keep_answers, account_id, _page(), _answers()):
        return path
    return f"{path}{'&' if '?' in path else '?'}{MARK}=yes" if MARK not in request.args else path


def show_again() -> None:
    """Show what was kept as if it had been sent just now with a token that is too old.

    So every page shows it as it shows any answers that could not be used, and none can do anything with it.
    """
    if request.method != "GET" or MARK not in request.args or not actor().signed_in:
        return
    if request.url_rule is None or "POST" not in (request.url_rule.methods or ()):
        return
    answers = identity.kept_answers(work(), _page())
    if answers is None:
        return
    work().stale = work().kept = True
    request.method = "POST"
    request.form = ImmutableMultiDict(answers)
    request.files = ImmutableMultiDict()


def sent_again() -> None:
    """Let what was kept for this page be forgotten with what is now sent from it."""
    if MARK in request.args:
        work().also(identity.forget_answers, _page())


def _owner() -> int | None:
    if actor().signed_in:
        return actor().account_id
    if work().stale or not session.kept:
        # Without the form's token it may come from elsewhere.
        return None
    return identity.ended_account(work(), session.token)


def _answers() -> list[tuple[str, str]]:
    if request.blueprint == "identity":
        # Names, passwords, codes and factors: whoever comes back writes them again.
        return []
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_ANSWERS and not SECRET.search(name)
    ]


def _page() -> str:
    """Give the page's own path and query: the same in all languages."""
    rest = [pair for pair in request.args.items(multi=True) if pair[0] not in (MARK, "l")]
    return f"{request.path.split('/', 2)[-1]}?{urlencode(rest)}"
