"""Screens of one's own passkeys: the list, adding one, removing one."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.identity import queries, service
from portal.identity.forms import ButtonForm, NewPasskeyForm
from portal.identity.permissions import Permission
from portal.identity.service.unlocking import NEW, purpose_for
from portal.identity.views import by_passkey
from portal.identity.views.blueprint import blueprint
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy


@blueprint.route("/account/passkeys", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def passkeys() -> Response:
    """List the account's passkeys, and add one. Each adding and removing is told to the owner."""
    form, who = NewPasskeyForm(), actor()
    name = (form.name.data or by_passkey.device_name())[:40]
    if form.sent():
        if not form.credential.data:
            # L10n: Above the page of passkeys, when the form was sent without one.
            form.fail(lazy("Nothing was added yet. Tap the button and unlock your device."))
        elif by_passkey.taken(form, service.add_passkey, name, purpose_for(NEW, who.account_id)):
            return redirect(url_for("identity.passkeys"), 303)
    site = by_passkey.site()
    return page(
        "identity/passkeys.html",
        form=form,
        passkeys=service.passkeys_of(work()),
        options=by_passkey.offer_new(queries.account_name(work(), who.account_id)),
        elsewhere=f"{site.origin}{url_for('identity.passkeys')}" if site else None,
    )


@blueprint.route("/account/passkeys/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def passkey(ref: int) -> Response:
    """Show one of the account's passkeys, and remove it."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.remove_passkey, ref):
        return redirect(url_for("identity.passkeys"), 303)
    return page("identity/passkey.html", form=form, one=service.passkey_of(work(), ref))
