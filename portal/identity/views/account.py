"""Screens of the account: its name, how it signs in, its organisations, its recovery codes."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.problems import NotThere
from portal.identity import queries, service
from portal.identity.forms import ButtonForm, HatForm
from portal.identity.permissions import Permission, allowed
from portal.identity.views.blueprint import blueprint
from portal.language.rules import N_
from portal.web.core import actor, work
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import say

# The account page is a list of places: endpoint, its name there (a msgid), and who sees the line.
PLACES: list[tuple[str, str, Permission]] = [
    # L10n: Account page, link to the page of what keeps the person safe who shares a phone.
    ("identity.safety", N_("Keep this private"), Permission.IDENTITY_SAFETY),
    # L10n: Account page, link to the page of passkeys (screen locks and security keys that sign one in).
    ("identity.passkeys", N_("Passkeys"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the page with other services that can sign one in, such as the government's.
    ("identity.providers", N_("Sign in with another service"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the page on which a person says how they may be reached.
    ("notices.contact", N_("How we may reach you"), Permission.NOTICES_CONTACT),
    # L10n: Account page, link to the list of those who may see some of the person's information, to help them.
    ("delegations.index", N_("People who help me"), Permission.DELEGATIONS_GIVE),
    # L10n: Account page, link to the list of those who may act for the reader, such as a parent or an attorney.
    ("delegations.acting", N_("Who may act for me"), Permission.DELEGATIONS_GIVE),
    # L10n: Account page, link to the page on which one begins to help somebody else, with their code.
    ("delegations.help", N_("Help someone"), Permission.DELEGATIONS_HELP),
    # L10n: Account page, link to the page on which a person makes files of what agencies hold, to take along.
    ("records.download", N_("Download"), Permission.RECORDS_ALONE),
    # L10n: Account page, link to the page that changes the password.
    ("identity.password", N_("Password"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the page that sets up an app for codes.
    ("identity.app", N_("An app for sign-in codes"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the page that makes new recovery codes.
    ("identity.codes", N_("Recovery codes"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the list of phones and computers on which one is signed in.
    ("identity.devices", N_("Where you are signed in"), Permission.IDENTITY_ACCOUNT),
    # L10n: Account page, link to the page that prints a card and codes for signing in without a phone.
    ("identity.paper", N_("A card and codes on paper"), Permission.IDENTITY_PAPER),
    # L10n: Account page of a provider's worker, link: a letter with which somebody without a phone makes an account.
    ("identity.letter", N_("Start someone on paper"), Permission.IDENTITY_LETTER),
    # L10n: Account page of a provider's worker, link: people who cannot sign in, for whom workers ask a new way in.
    ("identity.give_back", N_("Help someone to sign in again"), Permission.IDENTITY_GIVE_BACK),
    # L10n: Account page, link to the page on which a person lets a worker help them on one device.
    ("delegations.let", N_("Let someone help me here"), Permission.DELEGATIONS_LET),
    # L10n: Account page, link to the page with a code to show at an agency's counter.
    ("agencies.counter", N_("Show an agency who you are"), Permission.AGENCIES_LINK),
    # L10n: Account page, link to the page that stops any further agency from being linked.
    ("agencies.lock", N_("Lock linking"), Permission.AGENCIES_LINK),
    # L10n: Account page, link to the page with agencies that the person hid.
    ("agencies.hidden", N_("Hidden agencies"), Permission.AGENCIES_LINK),
]


@blueprint.get("/account")
@requires(Permission.IDENTITY_ACCOUNT)
def account() -> Response:
    """Show the account's name, how it signs in, and the organisations it may act for."""
    hats = queries.hats(work())
    known = agencies.catalogue(work()) if hats else None
    codes_left, seen = service.codes_and_seen(work())
    return page(
        "identity/account.html",
        name=queries.account_name(work(), actor().account_id),
        codes_left=codes_left,
        hats=[(hat, known.agency(hat.agency_id).name, ids.encode(hat.agency_id)) for hat in hats],
        hat_form=HatForm(),
        worn=actor().agency_id,
        has_person=actor().person_id is not None,
        seen=_seen(seen) if actor().agency_id is None else None,
        places=[(url_for(to), say(name)) for to, name in _places()],
    )


def _seen(found: service.SeenBy | None) -> tuple[str, str] | None:
    # By whom the account's owner was seen before it was made: the worker and the organisation, or nobody.
    return (found.worker, agencies.catalogue(work()).agency(found.agency_id).name) if found else None


def _places() -> list[tuple[str, str]]:
    # No line for a page that has nothing on it.
    none = set() if service.all_providers(work()) else {"identity.providers"}
    return [(to, name) for to, name, needed in PLACES if to not in none and allowed(actor(), needed)]


@blueprint.post("/account/hat")
@requires(Permission.IDENTITY_ACCOUNT)
def hat() -> Response:
    """Act for another organisation, or as oneself."""
    form = HatForm()
    if form.sent():
        chosen = None if form.agency.data == "me" else ids.decode(form.agency.data or "")
        if chosen is None and form.agency.data != "me":
            raise NotThere()
        form.carry_out(service.wear, chosen, once=False)
    return redirect(url_for("identity.account"), 303)


@blueprint.route("/account/codes", methods=["GET", "POST"])
@requires(Permission.IDENTITY_ACCOUNT, fresh=True)
def codes() -> Response:
    """Make new recovery codes, and show them this once."""
    form = ButtonForm()
    if form.sent():
        done = form.carry_out(service.change_recovery_codes, once=False)
        if done:
            return page("identity/codes_made.html", codes=done.result)
    return page("identity/codes.html", form=form, codes_left=queries.recovery_codes_left(work()))
