"""For whom a session acts: the live right of a helper, read with the session in one statement."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import aliased

from portal.delegations.models import Grant, Helper
from portal.identity.actors import Actor, Helping
from portal.identity.models import Account, SignInSession

DECEASED = "deceased"
"""State of the account of a person who died."""
EXECUTOR = "executor"
"""Kind of a helper who acts for somebody who died, and for nobody else."""


def can_be_helped(account: Any, helper: Any) -> ColumnElement[bool]:
    """Say in SQL that a helper may act for an account: it is in use, or for an executor it is of one who died."""
    after = and_(account.state == DECEASED, helper.kind == EXECUTOR)
    return or_(and_(account.state == "active", helper.kind != EXECUTOR), after)


def with_help(session_row: Select, now: Any) -> Select:
    """Let the statement that reads a session read for whom it acts too; empty columns where that is over at `now`.

    It is over once the grant or the helper is ended, its time is up, or the account of the one helped is shut.
    """
    helped = aliased(Account)
    grant = and_(
        Grant.person_id == SignInSession.for_person_id,
        Grant.id == SignInSession.for_grant_id,
        Grant.kind == "helper",
        Grant.account_id == SignInSession.account_id,
        Grant.ended_at.is_(None),
        Grant.until > now,
    )
    live = and_(Helper.person_id == Grant.person_id, Helper.id == Grant.about, Helper.state == "live")
    return (
        session_row.add_columns(
            SignInSession.for_person_id,
            *(
                Helper.id.label("helper_id"),
                Helper.name.label("helper_called"),
                Helper.kind.label("helper_kind"),
            ),
            *(helped.id.label("helped_account"), helped.name.label("helped_name")),
            helped.ask_again.label("helped_ask_again"),
        )
        .outerjoin(Grant, grant)
        .outerjoin(Helper, live)
        .outerjoin(helped, and_(helped.person_id == Grant.person_id, can_be_helped(helped, Helper)))
    )


def for_someone(actor: Actor, row: Any) -> Actor:
    """Let an actor stand for the person they help, or for nobody where the right is over, whatever ended it."""
    actor = replace(actor, person_id=None, agency_id=None, role=None, helping=Helping())
    if row.helped_account is None or row.helper_id is None:
        return actor
    return replace(
        actor,
        person_id=row.for_person_id,
        helping=Helping(
            True, row.helper_id, row.helped_account, row.helped_name, row.helper_called, row.helper_kind
        ),
        # What the person wants behind a code stays behind one, whoever looks; the helper gives their own.
        ask_again=actor.ask_again or row.helped_ask_again,
    )
