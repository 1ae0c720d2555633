"""The screen on which one sets up an app for codes after joining: a first one, or one on a new phone."""

import pyotp
from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.identity import queries, service
from portal.identity.forms import AppForm
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint, demo_code
from portal.web.core import actor, settings, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.tries import counted


@blueprint.route("/account/app", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def app() -> Response:
    """Show the key of a new app, and take it once its first code was right."""
    form, who = AppForm(), actor()
    if form.sent() and counted(form, "second-step", f"app {who.account_id}"):
        if form.carry_out(service.set_up_app, form.code.data, once=False):
            return redirect(url_for("identity.account"), 303)
    secret, name = service.own_app_secret(work()), queries.account_name(work(), who.account_id)
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=settings().service_name)
    has_password, has_app = queries.has_factors(work())
    return page(
        "identity/app.html",
        form=form,
        qr=qr_of(address, "l"),
        address=address,
        key=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        demo_code=demo_code(who, secret),
        has_password=has_password,
        has_app=has_app,
    )
