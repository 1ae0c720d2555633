"""A person's own shares: the list, one share with its card, and stopping it."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.bundles import queries, service
from portal.bundles.forms import ButtonForm
from portal.bundles.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import settings, work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.qr import qr_of


@blueprint.get("/bundles")
@requires(Permission.BUNDLES_SHARE)
def index() -> Response:
    """Show what is shared now, and what was."""
    shares, last = service.shares_of(work(), ids.decode(request.args.get("after", "")))
    return page(
        "bundles/index.html",
        live=[one for one in shares if one.state == "live"],
        past=[one for one in shares if one.state != "live"],
        next=url_for("bundles.index", after=ids.encode(last)) if last else None,
    )


@blueprint.get("/bundles/<ref:ref>")
@requires(Permission.BUNDLES_SHARE)
def show(ref: int) -> Response:
    """Show one share: its card, until when, who opened it, what is in it, and how to stop."""
    shown = service.show_share(work(), ref)
    return page(
        "bundles/show.html",
        share=shown.facts,
        opened=shown.opened,
        titles=service.titles(work(), shown.facts, tag()),
        lines_chosen=shown.facts.count,
        **_card(shown, ref),
    )


@blueprint.get("/bundles/<ref:ref>/card")
@requires(Permission.BUNDLES_SHARE)
def card(ref: int) -> Response:
    """Show the card alone, to print: no name of anybody, no passcode."""
    shown = service.show_share(work(), ref)
    if not shown.code:
        return redirect(url_for("bundles.show", ref=ref), 303)
    return page("bundles/card.html", share=shown.facts, **_card(shown, ref))


@blueprint.get("/bundles/<ref:ref>/link")
@requires(Permission.BUNDLES_SHARE)
def link(ref: int) -> Response:
    """Show the SMART Health Link as text, for other software."""
    share = queries.share(work(), ref)
    if share.state != "live":
        return redirect(url_for("bundles.show", ref=ref), 303)
    address = settings().base_url
    direct = service.link_from(work(), share, address, direct=True) if service.has_direct_link(share) else ""
    return page(
        "bundles/link.html",
        share=share,
        link_text=service.link_from(work(), share, address),
        direct_text=direct,
    )


@blueprint.route("/bundles/<ref:ref>/stop", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def stop(ref: int) -> Response:
    """Ask once more, then stop sharing at once."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.stop, ref):
        return redirect(url_for("bundles.show", ref=ref), 303)
    return page("bundles/stop.html", form=form, share=queries.share(work(), ref), ref=ref)


def _card(shown: service.Shown, ref: int) -> dict:
    if shown.facts.state != "live" or not (shown.code or shown.facts.link_alone):
        return {"qr": None, "code": ""}
    text = service.link_from(work(), shown.facts, settings().base_url)
    address = f"{settings().base_url.split('//', 1)[1]}{url_for('bundles.open')}"
    return {"qr": qr_of(text), "code": shown.code, "address": address}
