"""Never more requests at once than the process can bear; signing in, leaving and health keep places of their own.

Each request needs a place before the portal does anything for it. Who finds none waits a little, if not too many
wait already, and else gets 503 with Retry-After at once: a page that was made ready before (security.md T30).
A body is read before a place is taken, so that whoever sends slowly holds up other senders at most. Sending a file
has few places of its own, since it takes a phone minutes, and the portal seconds to look at.
"""

import io
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from portal.language import service as language
from portal.web import headers, uploads
from portal.web.page import bare_page

RETRY_AFTER = 5
# Each may hold two database connections (its own, and a counter's): the pool of base/db.py has as many.
PLACES = {"ordinary": 8, "entering": 2, "leaving": 2, "sending": 2}
# Who may wait for a place, and for how long in seconds.
MAY_WAIT = {"ordinary": 16, "entering": 4, "leaving": 4, "sending": 4}
PATIENCE = {"ordinary": 1.0, "entering": 1.0, "leaving": 1.0, "sending": 15.0}
# Bodies that are being received at once, and how many of these one address may hold.
RECEIVING = {"ordinary": 16, "entering": 8, "leaving": 4, "sending": 6}
FROM_ONE_ADDRESS = 4
# Threads of the server: every place and every waiter has one, and some are left to refuse the rest.
THREADS = sum(PLACES.values()) + sum(MAY_WAIT.values()) + sum(RECEIVING.values()) + 8
LARGEST_BODY = 512 * 1024
_LEAVING = re.compile(r"/[a-z]{2,3}/leave/?$|/health/")
_ENTERING = re.compile(r"/[a-z]{2,3}/(sign-in|join)(/|$)")

Start = Callable[..., Any]


def lane(path: str) -> str:
    """Say with whom a request shares its places: `leaving`, `entering` or `ordinary`."""
    if _LEAVING.match(path):
        return "leaving"
    return "entering" if _ENTERING.match(path) else "ordinary"


class Gate:
    """The places of one lane, and its bounded queue."""

    def __init__(self, places: int, may_wait: int, patience: float):
        self._free = threading.Semaphore(places)
        self._queue = threading.Semaphore(may_wait)
        self._patience = patience

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Give whether there is a place, and hold it for the block."""
        taken = self._free.acquire(blocking=False) or self._wait()
        try:
            yield taken
        finally:
            if taken:
                self._free.release()

    def _wait(self) -> bool:
        if not self._queue.acquire(blocking=False):
            return False
        try:
            return self._free.acquire(timeout=self._patience)
        finally:
            self._queue.release()


class Overload:
    """WSGI middleware around the whole portal."""

    def __init__(self, app: Flask, inner: Callable[[dict, Start], Iterable[bytes]]):
        self._app, self.inner = app, inner
        self._gates = {name: Gate(PLACES[name], MAY_WAIT[name], PATIENCE[name]) for name in PLACES}
        self._receiving = {name: threading.Semaphore(most) for name, most in RECEIVING.items()}
        self._addresses: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._pages: dict[str, tuple[list[tuple[str, str]], bytes]] = {}

    def __call__(self, environ: dict, start: Start) -> Iterable[bytes]:
        """Serve a request, or refuse it quickly."""
        most = uploads.most_of(self._app, environ)
        name = "sending" if most else lane(environ.get("PATH_INFO", ""))
        if not self._receive(environ, name, most or LARGEST_BODY):
            return self._refuse(environ, start)
        with self._gates[name].place() as taken:
            if not taken:
                return self._refuse(environ, start)
            answer = self.inner(environ, start)
            try:
                # Read inside the place: the answer is complete when the next one is let in.
                return [b"".join(answer)]
            finally:
                close = getattr(answer, "close", None)
                if close:
                    close()

    def _receive(self, environ: dict, name: str, most: int) -> bool:
        """Read the body into memory, up to a little more than its address takes; False where too many send."""
        length = environ.get("CONTENT_LENGTH") or ""
        chunked = "HTTP_TRANSFER_ENCODING" in environ
        if length in ("", "0") and not chunked:
            return True
        size = most + 1 if chunked or not length.isdigit() else int(length)
        if size > most and not chunked and name != "sending":
            # Refused by its length alone, unread.
            return True
        address = environ.get("REMOTE_ADDR", "")
        if not self._enter(name, address):
            return False
        try:
            too_large = name == "sending" and size > most and not chunked
            body = uploads.without_file(environ, size) if too_large else environ["wsgi.input"].read(size)
        finally:
            self._exit(name, address)
        environ["wsgi.input"] = io.BytesIO(body)
        if chunked or too_large:
            environ["CONTENT_LENGTH"] = str(len(body))
        return True

    def _enter(self, name: str, address: str) -> bool:
        with self._lock:
            if self._addresses[name, address] >= FROM_ONE_ADDRESS:
                return False
            if not self._receiving[name].acquire(blocking=False):
                return False
            self._addresses[name, address] += 1
            return True

    def _exit(self, name: str, address: str) -> None:
        with self._lock:
            self._addresses[name, address] -= 1
            if not self._addresses[name, address]:
                del self._addresses[name, address]
        self._receiving[name].release()

    def _refuse(self, environ: dict, start: Start) -> Iterable[bytes]:
        head, body = self._page(environ.get("PATH_INFO", "").split("/", 2)[1:2])
        start("503 Service Unavailable", [*head, ("Retry-After", str(RETRY_AFTER))])
        return [body]

    def _page(self, first: list[str]) -> tuple[list[tuple[str, str]], bytes]:
        """Give the page for a language, made once: under load nothing more is worked out."""
        tag = first[0] if first and language.known(first[0]) else "en"
        if tag not in self._pages:
            with self._app.test_request_context(
                f"/{tag}/", base_url=self._app.extensions["portal"].settings.base_url
            ):
                response = headers.harden(bare_page("web/503.html", 503))
                self._pages[tag] = (list(response.headers.items()), response.get_data())
        return self._pages[tag]


def set_up(app: Flask) -> None:
    """Put the places around the application; call it before what tells the visitor's address (ProxyFix)."""
    app.wsgi_app = Overload(app, app.wsgi_app)  # type: ignore[assignment]
