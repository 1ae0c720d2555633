"""Asking another party's server: over TLS, for seconds, for few bytes, never where it sends us on to."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from portal.identity.providers.interface import NotSaid

SECONDS = 5
MOST_BYTES = 256 * 1024
# However many people wait for a provider that is slow: the other pages keep their threads.
_slots = threading.BoundedSemaphore(2)
LOOPBACK = ("127.0.0.1", "localhost")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_request: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def is_safe(url: str) -> bool:
    """Say whether an address may be asked: https, or plain http on this machine."""
    try:
        parts = urlsplit(url)
        return (
            bool(parts.hostname)
            and parts.username is None
            and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
        )
    except ValueError:
        return False


def fetch_json(url: str, *, data: bytes | None = None, headers: dict[str, str] | None = None) -> dict:
    """Ask for a JSON object; with `data` it is sent as a form. Raises NotSaid: "down", or "unsure" when refused."""
    if not is_safe(url):
        raise NotSaid("down", "an address that is not https")
    if not _slots.acquire(timeout=SECONDS):
        raise NotSaid("down", "too many wait for it")
    try:
        text = _read(urllib.request.Request(url, data, {"Accept": "application/json", **(headers or {})}))  # noqa: S310  (is_safe)
        found = json.loads(text)
    except urllib.error.HTTPError as fault:
        fault.close()
        raise NotSaid("unsure" if 400 <= fault.code < 500 else "down", f"status {fault.code}") from fault
    except (OSError, http.client.HTTPException) as fault:
        raise NotSaid("down", type(fault).__name__) from fault
    except (ValueError, RecursionError) as fault:
        raise NotSaid("down", "no JSON") from fault
    finally:
        _slots.release()
    if not isinstance(found, dict):
        raise NotSaid("down", "no JSON object")
    return found


def _read(request: urllib.request.Request) -> bytes:
    until, text = time.monotonic() + SECONDS, b""
    with _opener.open(request, timeout=SECONDS) as answer:
        while chunk := answer.read1(16 * 1024):
            text += chunk
            if len(text) > MOST_BYTES or time.monotonic() > until:
                raise NotSaid("down", "too long")
    return text


class Remembered:
    """Documents that change rarely, kept by this process for an hour; that one is not to be had, for ten seconds."""

    KEEP, KEEP_FAULT, MOST = 3600, 10, 200

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, dict | NotSaid]] = {}

    def get(self, url: str, *, older_than: float = KEEP) -> dict:
        """Give the document at an address, asked for again if it is older than so many seconds. Raises NotSaid."""
        now = time.monotonic()
        with self._lock:
            read_at, found = self._kept.get(url, (0.0, None))
        if isinstance(found, NotSaid) and now - read_at < self.KEEP_FAULT:
            raise NotSaid(found.why, found.detail)
        if isinstance(found, dict) and now - read_at < older_than:
            return found
        try:
            found = fetch_json(url)
        except NotSaid as fault:
            self._keep(url, now, fault)
            raise
        self._keep(url, now, found)
        return found

    def _keep(self, url: str, now: float, found: "dict | NotSaid") -> None:
        with self._lock:
            if len(self._kept) >= self.MOST:
                self._kept.clear()
            self._kept[url] = now, found
