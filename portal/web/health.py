"""Whether the process lives, and whether it can serve: yes or no, no detail."""

import threading
import time

from flask import Blueprint, Response, current_app
from sqlalchemy import Engine

from portal.base import db
from portal.base.attempts import counting
from portal.web.core import core
from portal.web.guards import machine, public

blueprint = Blueprint("health", __name__)
SECONDS = 2.0


class Probe:
    """What was found last; asked again after two seconds, by one thread: whoever asks often costs nothing."""

    def __init__(self) -> None:
        self.fine, self.at = False, -SECONDS
        self._lock = threading.Lock()

    def ready(self, engine: Engine) -> bool:
        """Say whether the database took a write not long ago and is at the newest migration."""
        if time.monotonic() - self.at >= SECONDS and self._lock.acquire(blocking=self.at < 0):
            try:
                self.fine = _ask(engine)
                self.at = time.monotonic()
            finally:
                self._lock.release()
        return self.fine


def _ask(engine: Engine) -> bool:
    from portal.base import migrations

    statement = counting(engine.dialect.name, "health", 1, int(time.time()), 60)
    try:
        return db.takes_writes(engine, statement) and migrations.at_head(engine)
    except Exception:  # whatever the fault, the answer is "not ready"
        return False


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
    probe: Probe = current_app.extensions.setdefault("health", Probe())
    fine = probe.ready(core().engine)
    return Response("ok\n" if fine else "not ready\n", 200 if fine else 503, mimetype="text/plain")
