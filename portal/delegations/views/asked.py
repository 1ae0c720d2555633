"""The screen of a helper who may ask: what they asked for, for the person, and what they have begun."""

from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base.clock import nz_date
from portal.delegations import queries
from portal.delegations.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page


@blueprint.get("/delegations/asked")
@requires(Permission.DELEGATIONS_ASKED)
def asked() -> Response:
    """List what the helper asked for: whom, and by when they must answer. What came of it is the person's."""
    return page(
        "delegations/asked.html",
        asks=queries.made_by_helper(work()),
        drafts=queries.begun_by_helper(work()),
        names={one.id: one.name for one in agencies.catalogue(work()).agencies},
        today=nz_date(work().now),
    )
