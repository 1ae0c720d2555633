"""A person's own shares: the list, one share with its card, and stopping it."""

import json

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.bundles import queries, service
from portal.bundles.forms import ButtonForm
from portal.bundles.rules import receipts
from portal.bundles.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import settings, work
from portal.web.guards import requires
from portal.web.negotiation import tag, translator
from portal.web.page import page
from portal.web.qr import qr_of

# Of these nobody has ended anything: what they share now, or will, or would if they had not paused it.
GOING = ("live", "paused", "waits")


@blueprint.get("/bundles")
@requires(Permission.BUNDLES_SHARE)
def index() -> Response:
    """Say whether anything is shared now, with whom, which lines and until when; and what was."""
    shares, last = service.shares_of(work(), ids.decode(request.args.get("after", "")))
    return page(
        "bundles/index.html",
        now=queries.now_shared(work()),
        going=[(one, service.titles(work(), one, tag())) for one in shares if one.state in GOING],
        past=[one for one in shares if one.state not in GOING],
        next=url_for("bundles.index", after=ids.encode(last)) if last else None,
    )


@blueprint.post("/bundles/pause")
@requires(Permission.BUNDLES_SHARE)
def pause() -> Response:
    """Pause everything with one press: it can only protect, so nothing is asked first."""
    form = ButtonForm()
    if form.sent():
        work().do(service.pause)
    return redirect(url_for("bundles.index"), 303)


@blueprint.route("/bundles/resume", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE, fresh=True)
def resume() -> Response:
    """Ask once more, with a code, before what is paused can be opened again."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.resume):
        return redirect(url_for("bundles.index"), 303)
    now = queries.now_shared(work())
    if now.paused_since is None:
        return redirect(url_for("bundles.index"), 303)
    return page("bundles/resume.html", form=form, now=now)


@blueprint.get("/bundles/lines/<ref:ref>")
@requires(Permission.BUNDLES_SHARE)
def of_record(ref: int) -> Response:
    """Show with whom each line of one record was shared, when, and whether they opened it."""
    return page(
        "bundles/of_record.html",
        found=queries.shared_lines(work(), ref, tag()),
        ref=ref,
        code=ids.encode(ref),
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
        changed=queries.changed_in(work(), shown.facts, tag()),
        titles=service.titles(work(), shown.facts, tag()),
        lines_chosen=shown.facts.count,
        stop_code=shown.stop_code,
        **card_facts(shown, ref),
    )


@blueprint.post("/bundles/<ref:ref>/told")
@requires(Permission.BUNDLES_SHARE)
def told(ref: int) -> Response:
    """Note with one press that the person told those who read it what changed since."""
    form = ButtonForm()
    if form.sent():
        work().do(service.told_them, ref)
    return redirect(url_for("bundles.show", ref=ref), 303)


@blueprint.post("/bundles/<ref:ref>/again")
@requires(Permission.BUNDLES_SHARE)
def again(ref: int) -> Response:
    """Begin a new share of just what changed, for who read it; the person sees it before anybody else does."""
    form = ButtonForm()
    done = form.carry_out(service.share_changed, ref, once=False) if form.sent() else None
    if done is None:
        return redirect(url_for("bundles.show", ref=ref), 303)
    return redirect(url_for("bundles.preview", ref=ids.decode(done.result)), 303)


@blueprint.get("/bundles/<ref:ref>/card")
@requires(Permission.BUNDLES_SHARE)
def card(ref: int) -> Response:
    """Show the card alone, to print on A6 or in large letters: no name of anybody, no passcode."""
    shown = service.show_share(work(), ref)
    if not shown.code or shown.facts.state != "live":
        return redirect(url_for("bundles.show", ref=ref), 303)
    large = request.args.get("size") == "large"
    return page("bundles/card.html", share=shown.facts, large=large, **card_facts(shown, ref))


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


@blueprint.get("/bundles/<ref:ref>/receipt")
@requires(Permission.BUNDLES_SHARE)
def receipt(ref: int) -> Response:
    """Show the receipt of a share: what was agreed, what happened to it since, and by which law."""
    found = service.receipt(work(), ref, tag())
    return page("bundles/receipt.html", receipt=found, ref=ref, events=receipts.EVENTS, law=receipts.LAW)


@blueprint.get("/bundles/<ref:ref>/receipt/file")
@requires(Permission.BUNDLES_SHARE)
def receipt_file(ref: int) -> Response:
    """Give the receipt as a file for programs (docs/receipt.schema.json). Its name says neither whose nor of what."""
    found = service.receipt(work(), ref, tag())
    said = receipts.as_json(found, settings().service_name, settings().base_url, translator().language.bcp47)
    answer = Response(json.dumps(said, ensure_ascii=False, indent=1), content_type="application/ld+json")
    answer.headers["Content-Disposition"] = "attachment; filename=receipt.json"
    return answer


@blueprint.route("/bundles/<ref:ref>/stop", methods=["GET", "POST"])
@requires(Permission.BUNDLES_SHARE)
def stop(ref: int) -> Response:
    """Ask once more, then stop sharing at once."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.stop, ref):
        return redirect(url_for("bundles.show", ref=ref), 303)
    return page("bundles/stop.html", form=form, share=queries.share(work(), ref), ref=ref)


def card_facts(shown: service.Shown, ref: int) -> dict:
    """Give what the card of a share shows: QR code, address and code; nothing unless it can be opened."""
    if shown.facts.state != "live" or not (shown.code or shown.facts.link_alone):
        return {"qr": None, "code": ""}
    text = service.link_from(work(), shown.facts, settings().base_url)
    address = f"{settings().base_url.split('//', 1)[1]}{url_for('bundles.open')}"
    return {"qr": qr_of(text), "code": shown.code, "address": address}
