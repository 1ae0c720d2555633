"""Saved views: a worker gives the present filter of the worklist a name, and takes it away again."""

from typing import Any

from sqlalchemy import delete

from portal.agencies import tasks
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.casework import queries
from portal.casework.models import SavedView
from portal.casework.rules import MAX_NAME, MOST_VIEWS
from portal.identity.permissions import Permission, allowed
from portal.language.rules import N_

# L10n: staff worklist, error beside the name of a filter that is to be kept
NAME = N_("Write a name for this view.")
# L10n: staff worklist, error beside the name of a filter that is to be kept
LONG = N_("Use 60 characters or fewer.")
# L10n: staff worklist, error: somebody who does not lead the team wanted to keep filters for everybody
LEADS = N_("Only who leads the team can do this. Keep it for yourself.")
# L10n: staff worklist, error: no further filter can be kept
FULL = N_("You keep 12 views already. Take one away first.")


def keep_view(work: Work, name: str, asked: dict[str, Any], team: bool = False) -> str:
    """Keep a filter of the actor at their agency under a name, and give its id; the same name replaces the old one.

    `asked` is what stands in the address (`rules.Chosen.address`). With `team` everybody at the desk has it: for
    those who lead it. Raises Invalid.
    """
    agency_id, said = tasks.own_agency(work), (name or "").strip()
    if team and not _leads(work):
        raise Invalid(LEADS)
    if not said:
        raise Invalid(NAME, "name")
    if len(said) > MAX_NAME:
        raise Invalid(LONG, "name")
    owner = queries.TEAM if team else work.actor.account_id or 0
    views = [one for one in queries.desk(work).views if one.team == team]
    view_id = next((one.ref for one in views if one.name.casefold() == said.casefold()), 0)
    if not view_id and len(views) >= MOST_VIEWS:
        raise Invalid(FULL, "name")
    row = work.session.get(SavedView, (agency_id, owner, view_id)) if view_id else None
    if row is None:
        view_id = work.new_id()
        row = SavedView(agency_id=agency_id, account_id=owner, id=view_id)
        work.session.add(row)
    row.document = work.keys.seal_json(queries.view_place(agency_id, view_id), {"name": said, "asked": asked})
    return ids.encode(view_id)


def drop_view(work: Work, ref: int) -> None:
    """Take one of the actor's views away; one of the team's, for those who lead it. Raises NotThere."""
    agency_id = tasks.own_agency(work)
    row = work.session.get(SavedView, (agency_id, work.actor.account_id, ref))
    if row is None and _leads(work):
        row = work.session.get(SavedView, (agency_id, queries.TEAM, ref))
    if row is None:
        raise NotThere()
    work.session.delete(row)


def forget_views(work: Work) -> None:
    """Delete the views of those who left an agency; the worker process does this."""
    work.session.execute(
        delete(SavedView).where(queries.left_behind()).execution_options(synchronize_session=False)
    )


def _leads(work: Work) -> bool:
    return allowed(work.actor, Permission.CASEWORK_TEAM)
