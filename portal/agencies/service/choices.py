"""What a person says about a link: this is not me, hide it here, show it again.

Who holds the phone can say the first two, and quickly: somebody in danger has no time for a code. So the person is told
by their other ways, and can take both back with a second factor.
"""

from portal.agencies import queries
from portal.agencies.models import Link
from portal.agencies.service.linking import after_linking, hold, others_who_claim
from portal.base import ids
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.notices import service as notices


def disown(work: Work, agency_id: int) -> str:
    """Say "not me": nothing of the link is shown from now on, anywhere, and the agency's staff are asked to look.

    Nothing that the agency holds is deleted. The ledger keeps that it was said. Raises NotThere.
    Privacy Act 2020 principles 5 and 8 (security.md P03).
    """
    mine = _mine(work, agency_id)
    client_ref = queries.client_ref_of(work, mine.person_id, agency_id)
    mine.state = "disowned"
    hold(work, agency_id, "disowned", client_ref)
    notices.tell_apart(work, mine.person_id, "not_me_said", agency_id)
    return ids.encode(agency_id)


def hide(work: Work, agency_id: int) -> str:
    """Hide an agency from the actor's own screens: there it looks as if it were never linked (P10).

    What was shared before goes on for those who read it. Raises NotThere.
    """
    mine = _mine(work, agency_id)
    mine.hidden_at = work.now
    notices.tell_apart(work, mine.person_id, "agency_hidden", agency_id)
    return ids.encode(agency_id)


def show_again(work: Work, agency_id: int) -> str:
    """Show a hidden agency again, or take "not me" back (the view has asked for a second factor). Raises NotThere.

    The agency's staff still look at what was said; where somebody else claims the client, nothing is shown until then.
    """
    mine = work.session.get(Link, (work.actor.person_id, agency_id))
    if mine is not None and mine.state == "disowned":
        client_ref = queries.client_ref_of(work, mine.person_id, agency_id)
        mine.state = "frozen" if others_who_claim(work, agency_id, client_ref, mine.person_id) else "active"
        if mine.state == "active":
            after_linking(work, mine.person_id, agency_id)
        return ids.encode(agency_id)
    if mine is not None and mine.state == "ended" and mine.hidden_at is not None:
        # Staff ended it meanwhile: what is left was only the mark that it is hidden.
        work.session.delete(mine)
        return ids.encode(agency_id)
    _mine(work, agency_id, hidden=True).hidden_at = None
    return ids.encode(agency_id)


def _mine(work: Work, agency_id: int, hidden: bool = False) -> Link:
    found = work.session.get(Link, (work.actor.person_id, agency_id))
    if found is None or found.state not in queries.SHOWN or (found.hidden_at is not None) != hidden:
        raise NotThere()
    return found
