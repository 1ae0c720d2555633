"""Files that people send: which addresses take them and how large, never written to a disk, and shown safely."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, Response, current_app, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.web.core import wants_write

# The rest of a form besides its file: answers, names and boundaries.
SPARE = 64 * 1024
# A body that is too large is read to its end all the same, up to here: a browser whose sending is cut off shows
# an error of its own, and the person never learns what to do.
MOST_READ_AWAY = 64 * 1024 * 1024
LEFT_OUT = "portal.left_out"
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})')


def takes_files(most: int) -> Callable[[Callable], Callable]:
    """Declare that a view takes a file of up to `most` bytes; all others take the portal's small bodies only."""

    def mark(view: Callable) -> Callable:
        view.takes_files = most + SPARE
        return view

    return mark


class UploadRequest(Request):
    """A request whose largest size is its view's, and whose files stay in memory: they are somebody's papers."""

    @property
    def max_content_length(self) -> int | None:
        """Give the most bytes that this request may have."""
        view = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "takes_files", None) or super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


def set_up(app: Flask) -> None:
    """Read requests so."""
    app.request_class = UploadRequest


def most_of(app: Flask, environ: dict) -> int:
    """Give how many bytes the address of a request may be sent as a form with a file; 0 where it takes none."""
    if not environ.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
        return 0
    try:
        endpoint, _ = app.url_map.bind("").match(environ.get("PATH_INFO", ""), "POST")
    except (HTTPException, RequestRedirect):
        return 0
    return getattr(app.view_functions[endpoint], "takes_files", 0)


def without_file(environ: dict, length: int) -> bytes:
    """Read a form that is too large to its end, and give what stood in it before the file, as a form."""
    head = environ["wsgi.input"].read(SPARE)
    left = min(length, MOST_READ_AWAY) - len(head)
    while left > 0:
        read = environ["wsgi.input"].read(min(left, SPARE))
        if not read:
            break
        left -= len(read)
    environ[LEFT_OUT] = True
    found = _BOUNDARY.search(environ.get("CONTENT_TYPE", ""))
    mark = b"--" + found[1].encode("latin-1") if found else b"--"
    before = max(head.rfind(b"\r\n" + mark), 0)
    return head[:before] + (b"\r\n" if before else b"") + mark + b"--\r\n"


def was_left_out() -> bool:
    """Say whether the file of this request was too large, and is not here."""
    return wants_write() and request.environ.get(LEFT_OUT, False)


def picture(body: bytes, name: str) -> Response:
    """Answer with a picture of ours, to be looked at: nothing in it can run, and no other site can show it."""
    answer = make_response(body)
    answer.mimetype = "image/jpeg"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # It is compressed within.
    answer.direct_passthrough = True
    return answer
