"""Whether the process lives, and whether it can serve: yes or no, no detail."""

from flask import Blueprint, Response
from sqlalchemy import text

from portal.web.core import core, work
from portal.web.guards import machine, public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@machine
@public
def live() -> Response:
    """Answer as long as the process runs."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/health/ready")
@machine
@public
def ready() -> Response:
    """Answer 200 when the database takes writes and is at the newest migration, else 503."""
    from portal.base import migrations

    try:
        work().do(lambda w: w.session.execute(text("update agencies_stamp set version = version")))
        fine = migrations.at_head(core().engine)
    except Exception:  # whatever the fault, the answer is "not ready"
        fine = False
    return Response("ok\n" if fine else "not ready\n", 200 if fine else 503, mimetype="text/plain")
