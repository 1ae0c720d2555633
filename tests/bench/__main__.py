"""`make bench`: prints the ratio targets that can be measured in one run; fails nothing.

Every time is a ratio of two things run in turn in this process, the median of several rounds, so that a slow or
busy machine does not change it much. Counts (bytes, statements) are exact.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

import pyotp
from flask import Flask
from sqlalchemy import event

from portal.app import create_app
from portal.config import from_environment
from portal.demo import loader
from tests.bench import share_file

ROUNDS = 9
PER_ROUND = 5
PAGES = ("/records", "/corrections", "/bundles", "/access-log", "/notices", "/account")


def main() -> None:
    """Prepare a demonstration in a temporary folder, measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(demo=True, environ={"PORTAL_INSTANCE": folder})
        facts = loader.prepare(settings)
        app = create_app(settings)
        client = sign_in(app, facts["accounts"]["sina"])
        measured = chain(
            pages(app, client), languages(client), ratios(client), starts(), share_file.rows(ratio)
        )
        for name, value, target in measured:
            sys.stdout.write(f"{name:<58} {value:>12}   {target}\n")
            sys.stdout.flush()
        app.extensions["portal"].engine.dispose()


def sign_in(app, account):
    """Give a client that is signed in with both steps."""
    client = app.test_client()
    given = {"username": account["username"], "password": account["password"]}
    client.post("/en/sign-in", data={**tokens(client.get("/en/sign-in").text), **given})
    code = pyotp.TOTP(account["totp_secret"]).now()
    client.post("/en/sign-in/code", data={**tokens(client.get("/en/sign-in/code").text), "code": code})
    return client


def tokens(page):
    """Give the hidden inputs of a form."""
    return dict(re.findall(r'name="(csrf_token|nonce)" value="([^"]+)"', page))


def ask(client, path):
    """Fetch a page as a browser does; raises if it is not there."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return answer


def pages(app, client):
    """Give compressed bytes and statements of each page."""
    seen = []

    @event.listens_for(app.extensions["portal"].engine, "before_cursor_execute")
    def _see(_connection, _cursor, statement, *_rest):
        seen.append(statement.split(None, 1)[0].lower())

    record = re.search(r'href="(/en/records/(?!agency)[a-z2-7]{13})"', client.get("/en/records").text)
    paths = [f"/en{path}" for path in PAGES] + ([record.group(1)] if record else [])
    for path in paths:
        ask(client, path)
        seen.clear()
        size = len(ask(client, path).data)
        name = "a record" if path == paths[-1] and record else path
        yield f"{name}: compressed bytes, one request", size, "<= 8192 (14336 for long pages)"
        yield f"{name}: reads, the session's among them", seen.count("select"), "<= 5"


def languages(client):
    """Give what a language costs over English, page for page."""
    for tag in ("mi", "sm", "tvl"):
        found = ratio(lambda tag=tag: ask(client, f"/{tag}/records"), lambda: ask(client, "/en/records"))
        yield f"page in {tag} over the same in English", f"{found:.2f}", "<= 1.05 for equal bytes"


def ratios(client):
    """Give the records page over bare Flask that returns the same bytes."""
    body = ask(client, "/en/records").data
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: body)
    other = bare.test_client()
    found = ratio(lambda: ask(client, "/en/records"), lambda: other.get("/"))
    yield "records page over bare Flask with the same bytes", f"{found:.1f}", "<= 17.9 for now, 10 later"


def starts():
    """Give start-up times over those of what cannot be done without."""
    root = Path(__file__).resolve().parents[2]
    make = "from portal.app import create_app"
    flask, bare = "import flask", "pass"
    yield "import of the application over import of Flask", f"{run(root, make, flask):.1f}", "<= 2.6"
    helped = "import sys; sys.argv = ['portal', '--help']; import runpy; runpy.run_module('portal')"
    yield "portal --help over a bare interpreter", f"{run(root, helped, bare):.1f}", "<= 5"


def run(root, one, other):
    """Give the ratio of two Python programs, each started anew."""

    def start(code):
        subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)

    return ratio(lambda: start(one), lambda: start(other), rounds=5, times=1)


def ratio(one, other, rounds=ROUNDS, times=PER_ROUND):
    """Give the median over rounds of the time of `one` to that of `other`, run in turn."""
    one(), other()
    return statistics.median(clocked(one, times) / clocked(other, times) for _ in range(rounds))


def clocked(act, times):
    """Give the seconds that `times` acts take."""
    begun = time.perf_counter()
    for _ in range(times):
        act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
