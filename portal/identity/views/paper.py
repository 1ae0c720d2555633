"""Screens of somebody who has nothing but paper: a letter code, a sheet with card and codes, signing in with them."""

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.problems import Ended, NotThere, Refused
from portal.identity import queries, service
from portal.identity.browsers import kind_of
from portal.identity.forms import ButtonForm
from portal.identity.forms.paper import (
    CardForm,
    LetterCodeForm,
    NewPasswordForm,
    OwnPaperForm,
    PrintedForm,
)
from portal.identity.permissions import Permission
from portal.identity.views.blueprint import blueprint, home
from portal.identity.views.tries import may_give_password, may_sign_in, right_password
from portal.web.core import actor, caller, settings, work
from portal.web.fields import PortalForm
from portal.web.guards import local_path, requires
from portal.web.page import page
from portal.web.qr import qr_of
from portal.web.text import lazy
from portal.web.tries import counted


@blueprint.route("/join/letter", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join_letter() -> Response:
    """Take the code of a letter, typed or from its QR code, and lead to the account that it is for."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    form = LetterCodeForm()
    if form.sent() and counted(form, "join", caller()):
        if _is_open(form.code.data):
            return redirect(url_for("identity.join_invited", code=form.code.data), 303)
        # L10n: Page that takes the code of a letter. The same words whatever was wrong with it.
        form.fail(lazy("That code did not work. Check it with your letter, or ask for a new letter."))
    return page("identity/join_letter.html", form=form)


@blueprint.route("/join/paper", methods=["GET", "POST"])
@requires(Permission.IDENTITY_JOIN)
def join_paper() -> Response:
    """Print card and codes, and confirm them by one of these; only then the account is there."""
    who = actor()
    if who.kind != "joining":
        return redirect(home(who) if who.signed_in else url_for("identity.join_letter"), 303)
    form, again = PrintedForm(), ButtonForm()
    if request.method == "POST" and "make" in request.form:
        done = again.carry_out(service.join_sheet, once=False) if again.sent() else None
        sheet = done.result if done else None
        return page("identity/join_paper.html", form=PrintedForm(formdata=None), **_sheet(sheet))
    if form.sent() and counted(form, "second-step", str(who.account_id)):
        done = form.carry_out(service.confirm_by_paper, form.code.data, once=False)
        if done and done.result:
            return _in(done.result)
        if done:
            # L10n: Page that confirms the printed codes of a new account.
            form.fail(lazy("That is not a code of your paper. Look again, or print new paper."))
    return page("identity/join_paper.html", form=form, **_sheet(None))


@blueprint.route("/sign-in/card", methods=["GET", "POST"])
@requires(Permission.IDENTITY_SIGN_IN)
def card() -> Response:
    """First step with a paper card: the same answer, for the same work, whatever is wrong."""
    if actor().signed_in:
        return redirect(home(actor()), 303)
    form = CardForm(next=local_path(request.args.get("next")))
    if form.sent() and may_sign_in(form, _counted_as(form)):
        checked = form.prepare(service.check_card, work(), form.card.data, form.password.data or "")
        device = kind_of(request.user_agent.string).text
        given = (form.card.data, checked.result, device) if checked else None
        done = form.carry_out(service.begin_by_card, *given, once=False) if given else None
        if done and done.result:
            right_password(_counted_as(form))
            session.renew(done.result)
            return redirect(url_for("identity.code", next=local_path(form.next.data)), 303)
        if done:
            # L10n: Above the form for signing in with a paper card. The same words whatever was wrong.
            form.fail(lazy("That card and password do not go together. Check both and try again."))
    return page("identity/card.html", form=form)


@blueprint.route("/account/paper", methods=["GET", "POST"])
@requires(Permission.IDENTITY_PAPER, fresh=True)
def paper() -> Response:
    """Print new paper for oneself, after the password: with a worker beside the person new codes only."""
    form = OwnPaperForm()
    if form.sent() and may_give_password(form, actor().account_id):
        tried = form.prepare(_own_password, form.password.data or "")
        done = form.carry_out(service.own_sheet, tried.result, once=False) if tried else None
        if done:
            return page("identity/paper_made.html", **_sheet(done.result))
    left, has_one = queries.recovery_codes_left(work()), service.has_card(work())
    return page("identity/paper.html", form=form, codes_left=left, has_one=has_one)


@blueprint.route("/sign-in/help/paper", methods=["GET", "POST"])
@requires(Permission.IDENTITY_OTHER_WAYS)
def help_paper() -> Response:
    """With the code of two workers: a new password and new paper; only then the old ways in end."""
    who = actor()
    if who.kind != "recovering":
        return redirect(home(who) if who.signed_in else url_for("identity.help_code"), 303)
    form = NewPasswordForm()
    if form.sent() and counted(form, "give-back", f"new {who.account_id}"):
        hashed = form.prepare(service.new_password, form.password.data or "", "")
        done = _back(form, hashed.result) if hashed else None
        if done:
            token, sheet = done.result
            session.renew(token)
            found = service.actor_of(work(), token)
            work().actor = found[0] if found else who
            return page("identity/paper_made.html", **_sheet(sheet))
    return page("identity/help_paper.html", form=form)


def _back(form: PortalForm, hashed):
    try:
        return form.carry_out(service.back_on_paper, hashed, once=False)
    except Ended:
        # L10n: Above the form that makes a new password and app, when the owner stopped it meanwhile.
        form.fail(lazy("This was stopped or has expired. Ask a worker for a new code."))
        return None


def _in(token: str) -> Response:
    session.renew(token)
    found = service.actor_of(work(), token)
    return redirect(home(found[0]) if found else url_for("identity.sign_in"), 303)


def _is_open(code: str) -> bool:
    try:
        queries.invited(work(), code)
    except (NotThere, Ended, Refused):
        return False
    return True


def _own_password(password: str) -> service.Checked:
    return service.check_own_password(work(), password)


def _counted_as(form: CardForm) -> str:
    """Under what tries upon a card are counted: a name that nobody can have, for it holds a line end."""
    return f"card\n{ids.fold_code(form.card.data)}"


def _sheet(sheet: service.Sheet | None) -> dict:
    address = settings().base_url + url_for("identity.card")
    made = sheet is not None and sheet.card
    return {"sheet": sheet, "address": address, "qr": qr_of(f"{address}#{sheet.card}") if made else None}
