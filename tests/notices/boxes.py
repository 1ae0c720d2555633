"""Real servers for tests: a mail server, a gateway for text messages, and people whom they can reach."""

import contextlib
import http.server
import json
import socket
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from portal.identity import service as identity
from portal.notices import service
from tests.agencies import factory

ADDRESS = "/en/notices/contact/email"
SAFE = {"use": "yes", "address": "sina@mail.example", "requests": "neutral", "shares": "neutral"}
SAFE |= {"safety": "neutral", "safe_from": "", "safe_until": ""}


class Post:
    """What arrived at a mail server; `refuse` is what it answers instead of taking it."""

    def __init__(self):
        self.mails, self.refuse, self.refuse_address = [], "", ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.refuse_address:
            return self.refuse_address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuse:
            return self.refuse
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@contextlib.contextmanager
def mail_server():
    """A real SMTP server on loopback."""
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.port = server.port
    try:
        yield handler
    finally:
        server.stop()


class Gateway:
    """What arrived at a gateway for text messages; it takes each id once, as real ones do."""

    def __init__(self):
        self.calls, self.taken, self.answer = [], {}, 202


@contextlib.contextmanager
def text_gateway():
    """A real HTTP server on loopback."""
    gateway = Gateway()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            gateway.calls.append((self.path, dict(self.headers), body))
            status = gateway.answer
            if status == 202 and body["id"] in gateway.taken:
                status = 409
            elif status == 202:
                gateway.taken[body["id"]] = body
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{gateway.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def core_with(store, post=None, gateway=None, **more):
    """The store's core, with these servers set up; outside of a demonstration."""
    given = {"demo": False, "mail_from": "portal@example.govt.nz", **more}
    if post is not None:
        given |= {"smtp_host": "127.0.0.1", "smtp_port": post.port}
    if gateway is not None:
        given |= {
            "text_url": f"http://127.0.0.1:{gateway.port}/messages",
            "text_token": "a-token-of-the-gateway",
        }
    return replace(store.core, settings=replace(store.settings, **given))


def reader(store, language="en", email="mere@example.org", text=None, **choices):
    """A person with an account who can be reached; the unit of work of theirs."""
    sina = factory.person(store)
    person_id = sina.actor.person_id
    work = store.work(now=factory.NOW)
    work.do(
        lambda w: identity.add_account(
            w, f"p{person_id}", factory.PASSWORD, "Mere", person_id=person_id, language=language
        )
    )
    for channel, address in (("email", email), ("text", text)):
        if address:
            work.do(lambda w, c=channel, a=address: service.put_contact(w, person_id, c, a, **choices))
    return sina


def tell(store, sina, kind, agency_id=0, about=0, now=factory.NOW):
    """Tell somebody something; what they read afterwards is what is there then."""
    store.work(now=now).do(service.tell, sina.actor.person_id, kind, agency_id, about)
    sina.session.rollback()


def work_at(monkeypatch, core, now):
    """Let the worker do all that is due at a moment."""
    from portal import worker
    from portal.base import clock

    monkeypatch.setattr(clock, "utc_now", lambda: now)
    while worker.once(core):
        pass


def fill(client, path, answers):
    """Fill in the form of a page, and send it."""
    page = client.get(path).text
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    return client.post(path, data={**hidden, **answers})
