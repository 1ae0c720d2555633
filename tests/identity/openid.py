"""Starts the real OpenID provider of npm, and registers it with a portal."""

import json
import re
import socket
import subprocess
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from portal.identity import service
from portal.identity.providers import ProviderFacts
from portal.identity.providers.registering import checked

CLIENT, SECRET = "portal tests", "a secret: of 100% + some/thing"
PEOPLE = {
    "mere": {"name": "Mere Ōkura", "birthdate": "1988-02-29"},
    "priya": {},
}


@dataclass
class OpenId:
    """A provider that runs; `stop()` takes it down."""

    issuer: str
    process: subprocess.Popen

    def facts(self, **more) -> ProviderFacts:
        """What an operator registers, before it is checked."""
        given = {"key": "government", "label": "Government sign-in", "verified": True, "both_steps": True}
        return ProviderFacts(issuer=self.issuer, client_id=CLIENT, client_secret=SECRET, **(given | more))

    def register(self, core, **more) -> ProviderFacts:
        """Register it with a portal, as `portal provider add` does."""
        facts, work = checked(self.facts(**more)), core.work()
        try:
            work.do(service.put_provider, facts)
        finally:
            work.session.close()
        return facts

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def running(node, back: str):
    """Run the provider for a portal that is reached at the address `back`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {"port": port, "client": CLIENT, "secret": SECRET, "back": back, "people": PEOPLE}
    script = Path(__file__).with_name("openid.mjs")
    process = subprocess.Popen(
        [*node.command, str(script), json.dumps(given)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("ready"):
                break
        else:
            raise AssertionError(f"the provider did not start: {said}")
        yield OpenId(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


class _StopAtPortal(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, answer, code, message, headers, address):
        if "/sign-in/back" in address:
            raise Returned(address)
        return super().redirect_request(request, answer, code, message, headers, address)


class Returned(Exception):
    """The provider sends the browser back to this address of the portal."""


def sign_in_there(address: str, login: str = "mere", *, cancel: bool = False) -> str:
    """Sign in at the provider's own pages, as a browser without script does; give the address it sends back to."""
    cookies = urllib.request.HTTPCookieProcessor(CookieJar())
    opener = urllib.request.build_opener(cookies, _StopAtPortal)
    try:
        page = opener.open(address).read().decode()
        if cancel:
            opener.open(re.search(r'href="([^"]+/abort)"', page)[1])
        while True:
            action = re.search(r'action="([^"]+)"', page)[1]
            prompt = re.search(r'name="prompt" value="(\w+)"', page)[1]
            answers = {"prompt": prompt, "login": login, "password": "anything"}
            page = opener.open(action, urlencode(answers).encode()).read().decode()
    except Returned as back:
        return back.args[0]
