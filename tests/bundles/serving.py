"""The portal on a free port, as links name it, and the independent client that opens them there."""

import base64
import json
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread

from werkzeug.serving import make_server

from tests.parts import Node


@contextmanager
def serving(store):
    """Serve the portal over a store at the address that its links name, and give that address."""
    from portal.app import create_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    app = create_app(replace(store.settings, base_url=address))
    server = make_server("127.0.0.1", port, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        app.extensions["portal"].engine.dispose()


def opened(node: Node, *jobs: tuple[str, str, int | None]) -> list[dict]:
    """Open links, each with a passcode and how many characters to embed, with the npm client `kill-the-clipboard`."""
    module = (node.modules / "kill-the-clipboard" / "dist" / "index.esm.js").as_uri()
    script = str(node.modules.parent / "bundles" / "open_link.mjs")
    given = [{"link": link, "passcode": passcode, "most": most} for link, passcode, most in jobs]
    done = subprocess.run(
        [*node.command, script, module], input=json.dumps(given), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def payload(link: str) -> dict:
    """Read what a link says."""
    text = link.removeprefix("shlink:/")
    assert "=" not in text
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
