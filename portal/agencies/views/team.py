"""Screens of an organisation's administrators: its people, invitations, and changes of role that two decide."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries
from portal.agencies.forms import AnswerForm, InviteForm, RoleForm
from portal.agencies.rules import AgencyFacts
from portal.agencies.views.blueprint import blueprint
from portal.base import ids
from portal.identity import service as identity
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.web.core import actor, settings, work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page
from portal.web.text import Lazy, lazy

ROLES: dict[str, str] = {
    # L10n: Name of a role: answers requests of people.
    "caseworker": N_("Caseworker"),
    # L10n: Name of a role: looks after privacy at an agency, and answers requests.
    "privacy-officer": N_("Privacy officer"),
    # L10n: Name of a role: looks after data at an agency, and decides nothing about people.
    "steward": N_("Data steward"),
    # L10n: Name of a role: works with people at a provider.
    "frontline": N_("Frontline worker"),
    # L10n: Name of a role: looks after the organisation's people and their roles here.
    "administrator": N_("Administrator"),
    # L10n: In place of a role: the colleague is to leave the organisation.
    "": N_("No role: they leave"),
}


@blueprint.get("/agencies/team")
@requires(Permission.IDENTITY_TEAM)
def team() -> Response:
    """List the organisation's people, changes that wait, and open invitations."""
    return page("agencies/team.html", team=identity.team(work()), agency=_agency(), role_name=_role_name)


@blueprint.route("/agencies/team/invite", methods=["GET", "POST"])
@requires(Permission.IDENTITY_TEAM, fresh=True)
def team_invite() -> Response:
    """Ask that a colleague may join, and show the address at which they make an account, this once."""
    agency = _agency()
    form = InviteForm().offer(_roles(agency, without=identity.ADMINISTRATOR))
    if form.sent():
        given = (form.full_name.data, form.role.data, agency.kind)
        done = form.carry_out(identity.invite_colleague, *given, once=False)
        if done:
            address = f"{settings().base_url}{url_for('identity.join_invited', code=done.result, l=tag())}"
            return page(
                "agencies/team_invited.html",
                name=form.full_name.data,
                address=address,
                agency=agency,
                others=identity.team(work()).administrators > 1,
            )
    return page("agencies/team_invite.html", form=form, agency=agency)


@blueprint.route("/agencies/team/invitation/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_TEAM, fresh=True)
def team_invitation(ref: int) -> Response:
    """Show an open invitation; a second administrator approves it, any takes it back."""
    found, form = identity.team(work()), AnswerForm()
    one = found.invitation(ref)
    verbs = {"approve": identity.agree, "refuse": identity.take_back}
    if form.sent() and form.answer.data in verbs:
        if form.carry_out(verbs[form.answer.data], ref, once=False):
            return redirect(url_for("agencies.team"), 303)
    return page(
        "agencies/team_invitation.html",
        form=form,
        one=one,
        others=found.others_may_agree(one),
        role_name=_role_name,
    )


@blueprint.route("/agencies/team/colleague/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_TEAM, fresh=True)
def team_colleague(ref: int) -> Response:
    """Ask that a colleague gets another role, or leaves: a second administrator decides."""
    agency, found = _agency(), identity.team(work())
    one = found.colleague(ref)
    form = RoleForm().offer(_roles(agency, without=one.role) | {"leave": ROLES[""]})
    if form.sent():
        role = "" if form.role.data == "leave" else form.role.data
        done = form.carry_out(identity.ask_change, ref, role, agency.kind)
        if done:
            return redirect(url_for("agencies.team_change", ref=ids.own(done.result)), 303)
    return page("agencies/team_colleague.html", form=form, one=one, team=found, role_name=_role_name)


@blueprint.route("/agencies/team/change/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.IDENTITY_TEAM, fresh=True)
def team_change(ref: int) -> Response:
    """Show a change that waits; a second administrator approves it, any refuses it."""
    found, form = identity.team(work()), AnswerForm()
    one = found.change(ref)
    verbs = {"approve": identity.approve_change, "refuse": identity.refuse_change}
    if form.sent() and form.answer.data in verbs:
        if form.carry_out(verbs[form.answer.data], ref, once=False):
            return redirect(url_for("agencies.team"), 303)
    return page(
        "agencies/team_change.html",
        form=form,
        one=one,
        others=found.others_may_approve(one),
        role_name=_role_name,
    )


def _agency() -> AgencyFacts:
    return queries.catalogue(work()).agency(actor().agency_id or 0)


def _roles(agency: AgencyFacts, *, without: str) -> dict[str, str]:
    return {role: ROLES[role] for role in identity.ROLES[agency.kind] if role != without}


def _role_name(role: str) -> Lazy:
    return lazy(ROLES.get(role, ROLES[""]))
