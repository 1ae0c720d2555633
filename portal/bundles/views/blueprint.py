"""The blueprint that this room's screens hang on."""

from flask import Blueprint, Response

from portal.base.problems import Ended
from portal.web.page import bare_page

blueprint = Blueprint("bundles", __name__)


@blueprint.errorhandler(Ended)
def ended(_fault: Ended) -> Response:
    """Say to whoever was inside that a share has ended, and nothing of whose it was or why."""
    return bare_page("bundles/ended.html", 410)
