"""The portal as it is served, but that readers of "/en/guide" stay until a file is there: so it can be filled up.

Started as `python -m tests.threats.crowded PORT`; the settings come from the environment.
"""

import os
import sys
import time
from pathlib import Path


def served():
    """Build the portal with its slow page."""
    from portal.app import create_app
    from portal.config import from_environment

    app = create_app(from_environment(demo=True))
    inner, gate = app.wsgi_app.inner, Path(os.environ["CROWDED_GATE"])

    def slow(environ, start):
        while environ["PATH_INFO"] == "/en/guide" and not gate.exists():
            time.sleep(0.02)
        return inner(environ, start)

    app.wsgi_app.inner = slow
    return app


if __name__ == "__main__":
    from portal import serving

    serving.listen("127.0.0.1", int(sys.argv[1]), 1, Path(__file__))
else:
    application = served()
