"""Screens on which a person says how they may be reached, and what is safe."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.notices import rules, service
from portal.notices.channels import opened
from portal.notices.forms import FORMS, ButtonForm, ChannelForm, CodeForm
from portal.notices.views.blueprint import blueprint
from portal.web.core import actor, settings, work
from portal.web.fields import PortalForm
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import Lazy, lazy, say
from portal.web.tries import counted

CHANNEL = "any(email,text,phone,post):channel"


@blueprint.get("/notices/contact")
@requires(Permission.NOTICES_CONTACT)
def contact() -> Response:
    """Show the four channels, what may be sent by each, and what a message says."""
    known = service.contacts(work())
    return page(
        "notices/contact.html",
        channels=[
            (one, rules.masked(one.channel, one.address), _set_up(one.channel)) for one in known.values()
        ],
        on_screen_only=not any(one.used for one in known.values() if one.channel in rules.SENDING),
        masked=rules.masked,
        preview=_previews(known.values()),
    )


@blueprint.route(f"/notices/contact/<{CHANNEL}>", methods=["GET", "POST"])
@requires(Permission.NOTICES_CONTACT, fresh=True)
def channel(channel: str) -> Response:
    """Say whether a channel is safe, at what address, when, and what may be sent."""
    form = FORMS[channel]()
    if form.sent() and _counted(form, channel):
        done = form.carry_out(service.keep_contact, channel, _wanted(form))
        if done:
            where = "notices.code" if done.result == "code" else None
            return redirect(url_for(where, channel=channel) if where else url_for("notices.contact"), 303)
    known = service.contacts(work())[channel]
    if not form.is_submitted():
        form.process(data=_answers(known))
    return page("notices/channel.html", form=form, known=known, set_up=_set_up(channel))


@blueprint.route("/notices/contact/<any(email,text):channel>/code", methods=["GET", "POST"])
@requires(Permission.NOTICES_CONTACT, fresh=True)
def code(channel: str) -> Response:
    """Type the code that was sent to a new address: only then it is used."""
    form = CodeForm()
    if form.sent():
        done = form.carry_out(service.confirm_contact, channel, form.code.data or "", once=False)
        if done and done.result in ("done", "none"):
            return redirect(url_for("notices.contact"), 303)
        if done:
            form.refuse(_why_not(done.result))
    known = service.contacts(work())[channel]
    if not known.waiting:
        return redirect(url_for("notices.contact"), 303)
    return page(
        "notices/code.html",
        form=form,
        again=ButtonForm(),
        channel=channel,
        address=known.waiting,
        demo_code=service.demo_code(work(), channel) if _shows_codes() else None,
    )


@blueprint.post("/notices/contact/<any(email,text):channel>/code/again")
@requires(Permission.NOTICES_CONTACT, fresh=True)
def code_again(channel: str) -> Response:
    """Send another code to the new address."""
    form = ButtonForm()
    if form.sent() and _counted(form, channel):
        try:
            form.carry_out(service.ask_code, channel)
        except NotThere:
            return redirect(url_for("notices.contact"), 303)
    return redirect(url_for("notices.code", channel=channel), 303)


def _wanted(form: ChannelForm) -> rules.Wanted:
    given = {name: form[name].data for name in form._fields}
    return rules.Wanted(
        use=given["use"],
        address=given["address"] or "",
        note=given.get("note") or "",
        purposes={purpose: given[purpose] for purpose in rules.PURPOSES if given.get(purpose)},
        safe_from=_hour(given.get("safe_from")),
        safe_until=_hour(given.get("safe_until")),
    )


def _hour(chosen: str | None) -> int | None:
    return int(chosen) if chosen else None


def _answers(known: service.ContactFacts) -> dict[str, str]:
    """Give what a person chose before, as the answers of the form; neutral where nothing was chosen."""
    use = "unsafe" if known.unsafe else "yes" if known.address or known.waiting else ""
    hours = {"safe_from": known.safe_from, "safe_until": known.safe_until}
    return {
        "use": use,
        "address": known.waiting or known.address,
        "note": known.note,
        **{purpose: known.purposes.get(purpose, "neutral") for purpose in rules.PURPOSES},
        **{name: "" if hour is None else str(hour) for name, hour in hours.items()},
    }


def _why_not(result: str) -> Lazy:
    if result == "over":
        # L10n: Error beside the code that checks an address.
        return lazy("This code is over. Ask for a new one below.")
    # L10n: Error beside the code that checks an address.
    return lazy("That is not the code that we sent last. Look at the newest message and try again.")


def _counted(form: PortalForm, channel: str) -> bool:
    """Count what may send a code to somebody, and say whether it may be done."""
    if channel not in rules.SENDING or (isinstance(form, ChannelForm) and form.use.data != "yes"):
        return True
    return counted(form, "contact-code", str(actor().person_id))


def _set_up(channel: str) -> bool:
    return channel not in rules.SENDING or opened(settings(), channel) is not None


def _shows_codes() -> bool:
    """In a demonstration on this machine nothing is really sent: the page shows what would be."""
    return settings().demo and not settings().secure_cookies


def _previews(known) -> list:
    """Give the texts that may go out as things are chosen now: the neutral one first."""
    address = f"{settings().base_url}/"
    texts = [rules.NEUTRAL]
    for purpose in rules.PURPOSES:
        if any(one.used and one.purposes.get(purpose) == "allowed" for one in known):
            texts.append(rules.SAID[purpose])
    return [say(text, address=address) for text in texts]
