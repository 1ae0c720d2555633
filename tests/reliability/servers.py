"""A few server processes and a worker behind one socket, one of which dies by SIGKILL for each line that is read.

Started as `python -m tests.reliability.servers FD TOKEN DRAFT`: the parent sends one draft of a signed-in person
itself, so that children are born with every statement and template ready (a cold process needs longer than most of
these live). It forks children that serve the listening socket FD, kills one at random for each line on its standard
input, and forks another in its place. When the input ends it ends them all and prints how many died.
"""

import json
import os
import random
import re
import signal
import sys
import threading
import time

WEB_PROCESSES = 3


def main(listener_fd: int, token: str, draft: str) -> None:
    """Let a child die and come back for each line, until the lines end."""
    from portal import worker
    from portal.app import create_app
    from portal.config import from_environment
    from portal.web.core import Core

    app = create_app(from_environment(demo=True))
    core: Core = app.extensions["portal"]
    rehearse(app, core.settings.base_url, token, draft)
    # Children inherit what is loaded; a connection must not be shared, so each opens its own.
    core.engine.dispose()
    roles = ["web"] * WEB_PROCESSES + ["worker"]
    work = {
        "web": lambda: serve(app, listener_fd),
        "worker": lambda: worker.run(core, threading.Event()),
    }
    children = {born(work[role]): role for role in roles}
    died = 0
    for _ in sys.stdin:
        victim = random.choice(list(children))
        end(victim)
        died += 1
        role = children.pop(victim)
        children[born(work[role])] = role
    for child in children:
        end(child)
    print(json.dumps({"died": died}))


def rehearse(app, url: str, token: str, draft: str) -> None:
    """Send one draft, as a browser would."""
    browser = app.test_client()
    browser.set_cookie("portal", token, domain="127.0.0.1")
    page = browser.get("/en/account", base_url=url).get_data(as_text=True)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)
    form = {"csrf_token": csrf[1] if csrf else "", "nonce": draft}
    answer = browser.post(f"/en/corrections/draft/{draft}/check", data=form, base_url=url)
    assert answer.status_code == 303, answer.status


def born(does) -> int:
    """Fork a child that does one thing for ever."""
    child = os.fork()
    if child:
        return child
    threading.Thread(target=outlive_nobody, args=(os.getppid(),), daemon=True).start()
    try:
        does()
    finally:
        os._exit(1)


def end(child: int) -> None:
    """Kill a child, as an operating system without memory does."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def outlive_nobody(parent: int) -> None:
    """End with the parent, however that ends."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def serve(app, listener_fd: int) -> None:
    """Serve on the shared socket."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        """Says nothing about each request."""

        def log(self, *_) -> None:
            pass

    make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, fd=listener_fd).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:4])
