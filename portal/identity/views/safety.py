"""The screen of what keeps somebody safe who shares a phone or computer."""

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.identity import queries, service
from portal.identity.forms import ButtonForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint
from portal.language.rules import N_
from portal.web.core import actor, settings, work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say

SWITCHES = {
    "discreet-on": ("discreet", True),
    "discreet-off": ("discreet", False),
    "again-on": ("ask_again", True),
    "again-off": ("ask_again", False),
}
# Other pages that keep somebody safe: endpoint, and its name here (a msgid).
PLACES = (
    # L10n: Page of what keeps the person safe, a link: which phone, e-mail or address may be used, and when.
    ("notices.contact", N_("How we may reach you")),
    # L10n: Page of what keeps the person safe, a link: agencies that the person took off their screen.
    ("agencies.hidden", N_("Hidden agencies")),
    # L10n: Page of what keeps the person safe, a link: the list of phones and computers.
    ("identity.devices", N_("Where you are signed in")),
    # L10n: Page of what keeps the person safe, a link to the page about staying safe.
    ("guide.safe", N_("What stays on this phone, and whom to ring")),
)


@blueprint.route("/account/safety", methods=["GET", "POST"])
@requires(Permission.IDENTITY_SAFETY)
def safety() -> Response:
    """Turn protections on with one tap, and off with a code; lead to the other pages that keep somebody safe."""
    form = ButtonForm()
    chosen = SWITCHES.get(clean_line(request.form.get("switch", "")))
    if form.sent():
        if chosen is None:
            raise NotThere()
        name, on = chosen
        if not on and not actor().fresh(work().now):
            return redirect(url_for("identity.step_up", next=url_for("identity.safety")), 303)
        if form.carry_out(service.switch, name, on, once=False):
            return redirect(url_for("identity.safety"), 303)
    return page(
        "identity/safety.html",
        form=form,
        who_asks=actor(),
        fresh=actor().fresh(work().now),
        shared=queries.shared_device(work()),
        quiet_name=settings().discreet_name,
        places=[(url_for(to), say(name)) for to, name in PLACES if to in current_app.view_functions],
    )
