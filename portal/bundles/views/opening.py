"""Open what somebody shared, with a code and a passcode, and read it for the rest of the visit."""

from typing import cast

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import Busy, TooMany
from portal.bundles import service
from portal.bundles.forms import OpenForm
from portal.bundles.rules.collection import NOTICE
from portal.bundles.service import Visit
from portal.bundles.views.blueprint import blueprint
from portal.identity import queries as identity
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.cookies import PortalSession
from portal.web.core import actor, core, hit, work
from portal.web.fields import sentence
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.negotiation import tag
from portal.web.page import keep_cookie, page
from portal.web.text import lazy

ALL_WRONG = ("open-share-wrong", "everybody")


@blueprint.route("/open", methods=["GET", "POST"])
@requires(Permission.BUNDLES_OPEN)
def open() -> Response:
    """Ask for code, passcode, name and reason. One answer for every failure, in the same time.

    An unknown code, a wrong passcode, and a share that ended or is shut get the same words and no number of
    tries: a number would tell which codes exist. A worker who is signed in opens under their own name.
    """
    form = OpenForm()
    worker = _worker()
    if request.method == "POST" and worker:
        form.name.data, form.name.raw_data = worker, [worker]
    if form.sent():
        ref = _try(form)
        if ref:
            keep_cookie()
            return redirect(url_for("bundles.opened", ref=ids.decode(ref)), 303)
    return page("bundles/open.html", form=form, worker=worker)


@blueprint.get("/open/<ref:ref>")
@requires(Permission.BUNDLES_OPEN)
@reads("opened")
def opened(ref: int) -> Response:
    """Show a share to the browser that opened it: 410 for it once this ended, 404 for everybody else."""
    inside = service.stay(work(), browser(), ref)
    share = inside.share
    return page(
        "bundles/opened.html",
        share=share,
        seen=service.preview(work(), share, tag()),
        quiet=service.quiet_titles(work(), share, tag()),
        told_back=inside.note,
        ref=ref,
    )


@blueprint.get("/open/<ref:ref>/notice")
@requires(Permission.BUNDLES_OPEN)
@reads("opened")
def notice(ref: int) -> Response:
    """The notice of principle 3A, ready to give to the person: in their language, with English beside."""
    share, parts = service.collection_notice(work(), browser(), ref)
    said = letter_facts(NOTICE, parts, share.language)
    return page("bundles/notice.html", share=share, ref=ref, **said)


def _try(form: OpenForm) -> str | None:
    code = ids.fold_code(form.code.data)
    try:
        if not actor().signed_in:
            # Wrong tries of all strangers count together; who is signed in is known, and counted by name.
            core().attempts.refuse_when_full(*ALL_WRONG)
        hit("open-share", f"address {request.remote_addr}")
        hit("open-share", code)
        tried = service.knock(work(), "code", code, form.passcode.data)
    except (TooMany, Busy) as fault:
        form.fail(sentence(fault), 429 if isinstance(fault, TooMany) else 503)
        return None
    visit = Visit("code", form.name.data, form.why.data)
    done = form.carry_out(service.open_by_code, tried, visit, browser(), once=False)
    if done and not done.result:
        _count_wrong()
        # L10n: Above the form that opens a share. The same words whatever was wrong, so that nobody can guess codes.
        form.fail(
            lazy("That did not work. Check the code and the passcode with the person who gave them to you.")
        )
    return done.result if done else None


def _count_wrong() -> None:
    try:
        core().attempts.hit(*ALL_WRONG)
    except TooMany:
        # This try was made; the next ones are refused.
        return


def browser() -> str:
    """Give the token of this browser's one cookie: a pass is bound to it."""
    return cast(PortalSession, session).token


def _worker() -> str | None:
    who = actor()
    if not who.signed_in or who.agency_id is None or who.account_id is None:
        return None
    return identity.account_name(work(), who.account_id)
