"""An organisation's own people: who they are, invitations, and roles that two administrators change.

Nobody approves what they asked for, nor a change of their own role; the last administrator stays. Where nobody
else may approve, the portal's operator does, on the command line.
"""

from datetime import timedelta

from sqlalchemy import delete, exists, func, select

from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.identity.models import Invitation, Membership, RoleChange, SignInSession
from portal.identity.permissions import DESK_ROLES
from portal.identity.service.colleagues import ADMINISTRATOR, ROLES, own_agency, team
from portal.identity.service.joining import OPERATOR, invite
from portal.language.rules import N_

INVITED_FOR = timedelta(days=7)


def invite_colleague(work: Work, name: str, role: str, kind: str) -> str:
    """Ask that somebody may join the actor's organisation, and give the code for seven days: it is kept nowhere.

    It works once another administrator, or the portal's operator, has agreed. `kind` is the organisation's (agency,
    provider). An administrator is made by a change of role, which two decide.
    """
    if role not in ROLES[kind] or role == ADMINISTRATOR:
        # L10n: Error beside a question that has a list of answers.
        raise Invalid(N_("Choose one of the answers."), "role")
    assert work.actor.account_id is not None
    return invite(work, own_agency(work), role, name, INVITED_FOR, work.actor.account_id)


def agree(work: Work, ref: int) -> None:
    """Agree, as another administrator, that somebody may join: from now on their code works.

    Raises NotThere, Conflict where it is agreed already, Invalid for whoever asked for it.
    """
    row = _invitation(work, own_agency(work), ref)
    if row.asked_by == work.actor.account_id:
        raise Invalid(N_("Another administrator has to approve this."))
    row.approved_by = work.actor.account_id


def agree_as_operator(work: Work, agency_id: int, ref: int) -> None:
    """Agree to an invitation as the portal's operator. Raises NotThere and Conflict as above."""
    _invitation(work, agency_id, ref).approved_by = OPERATOR


def take_back(work: Work, ref: int) -> None:
    """Take an open invitation of the actor's organisation back: its code is worth nothing. Raises NotThere."""
    row = work.session.scalars(
        select(Invitation).where(
            Invitation.id == ref, Invitation.agency_id == own_agency(work), Invitation.used_at.is_(None)
        )
    ).first()
    if row is None:
        raise NotThere()
    work.session.delete(row)


def ask_change(work: Work, ref: int, role: str, kind: str) -> str:
    """Ask that a colleague gets another role, or leaves (empty); a second administrator decides. Gives the ref.

    Raises NotThere, and Invalid for a role that is no other one, while a change waits already, or for the last
    administrator.
    """
    agency_id, found = own_agency(work), team(work)
    one = found.colleague(ref)
    if role and (role not in ROLES[kind] or role == one.role):
        # L10n: Error beside the list of roles of a colleague.
        raise Invalid(N_("Choose another role than the present one."), "role")
    waiting = select(func.count()).where(
        RoleChange.agency_id == agency_id,
        RoleChange.account_id == one.account_id,
        RoleChange.state == "asked",
    )
    if work.session.scalar(waiting):
        # L10n: Above the form that changes a colleague's role.
        raise Invalid(N_("A change for this colleague waits already. Decide that one first."))
    if one.role == ADMINISTRATOR:
        _keep_one(found.administrators)
    change_id = work.new_id()
    work.session.add(
        RoleChange(
            agency_id=agency_id,
            id=change_id,
            account_id=one.account_id,
            role=role,
            state="asked",
            asked_by=work.actor.account_id,
            asked_at=work.now,
        )
    )
    return ids.encode(change_id)


def approve_change(work: Work, ref: int) -> None:
    """Carry out a change that another administrator asked for: sessions with the old role end at once.

    Raises NotThere, Conflict if it was decided, Invalid for whoever may not approve it.
    """
    row = _waiting(work, own_agency(work), ref)
    if work.actor.account_id in (row.asked_by, row.account_id):
        # L10n: Above the buttons that approve a change of role.
        raise Invalid(N_("Another administrator has to approve this."))
    _carry_out(work, row)


def approve_as_operator(work: Work, agency_id: int, ref: int) -> None:
    """Carry out a change as the portal's operator, where nobody else in the organisation may. Raises as above."""
    _carry_out(work, _waiting(work, agency_id, ref))


def refuse_change(work: Work, ref: int) -> None:
    """End a change without carrying it out: any administrator may, also the one who asked, but not whom it is about.

    Raises Invalid for the latter while another could decide: nobody vetoes what others decide about them.
    """
    row = _waiting(work, own_agency(work), ref)
    other = exists().where(
        Membership.agency_id == row.agency_id,
        Membership.account_id != row.account_id,
        Membership.role == ADMINISTRATOR,
        Membership.state == "active",
    )
    own = work.actor.account_id == row.account_id != row.asked_by
    if own and work.session.scalar(select(other)):
        raise Invalid(N_("Another administrator has to approve this."))
    row.state, row.decided_by, row.decided_at = "refused", work.actor.account_id, work.now


def _carry_out(work: Work, row: RoleChange) -> None:
    # The administrators' rows are locked: two changes at once cannot take the last two.
    administrators = work.session.scalars(
        select(Membership)
        .where(
            Membership.agency_id == row.agency_id,
            Membership.role == ADMINISTRATOR,
            Membership.state == "active",
        )
        .with_for_update()
    ).all()
    one = work.session.get(Membership, (row.account_id, row.agency_id))
    if one is None or one.state != "active":
        raise Conflict()
    if one in administrators:
        _keep_one(len(administrators))
    row.state, row.decided_by, row.decided_at = "done", work.actor.account_id, work.now
    if row.role:
        one.role = row.role
    else:
        one.state = "ended"
    work.session.execute(
        delete(SignInSession).where(
            SignInSession.account_id == row.account_id, SignInSession.agency_id == row.agency_id
        )
    )
    if row.role not in DESK_ROLES:
        about = {"agency_id": str(row.agency_id), "account_id": str(row.account_id)}
        work.later("agencies.give_back", about)


def _keep_one(administrators: int) -> None:
    if administrators < 2:
        # L10n: Above the form that changes a colleague's role, or approves it.
        raise Invalid(N_("This is the last administrator. Make another one first."))


def _invitation(work: Work, agency_id: int, ref: int) -> Invitation:
    row = work.session.scalars(
        select(Invitation)
        .where(
            Invitation.id == ref,
            Invitation.agency_id == agency_id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > work.now,
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotThere()
    if row.approved_by is not None:
        raise Conflict()
    return row


def _waiting(work: Work, agency_id: int, ref: int) -> RoleChange:
    row = work.session.get(RoleChange, (agency_id, ref))
    if row is None:
        raise NotThere()
    if row.state != "asked":
        raise Conflict()
    return row
