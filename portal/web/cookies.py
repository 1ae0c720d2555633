"""One cookie: a random token. What belongs to it lives on the server; the form token is derived from it."""

import hashlib
import hmac

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from portal.base import ids


class PortalSession(dict, SessionMixin):
    """The cookie's token, and the form token that Flask-WTF looks for. Holds nothing else."""

    def __init__(self, token: str | None, secret: str):
        self.token = token or ids.token()
        self.kept = token is not None
        self._secret = secret
        super().__init__(csrf_token=self._csrf())
        # Flask's own default is True, which would set the cookie on every page.
        self.modified = False

    def renew(self, token: str) -> None:
        """Carry another token from now on (sign-in and step-up give new ones)."""
        self.token, self.kept = token, False
        self["csrf_token"] = self._csrf()
        self.modified = True

    def drop(self) -> None:
        """Take the cookie away."""
        self.token = ""
        self.modified = True

    def __contains__(self, key: object) -> bool:
        """Note that a form needs the token, so that the cookie is set."""
        self.modified = self.modified or not self.kept
        return super().__contains__(key)

    def _csrf(self) -> str:
        return hmac.new(self._secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()


class PortalSessions(SessionInterface):
    """Reads and sets the one cookie: HttpOnly, SameSite=Lax, ends with the browser."""

    def __init__(self, secure: bool):
        self.secure = secure
        self.name = "__Host-portal" if secure else "portal"

    def open_session(self, app: Flask, request: Request) -> PortalSession:
        """Read the cookie."""
        token = request.cookies.get(self.name)
        if token is not None and not (len(token) == 43 and token.isascii()):
            token = None
        return PortalSession(token, str(app.secret_key))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where a form was shown or a sign-in happened; drop it at sign-out."""
        assert isinstance(session, PortalSession)
        if not session.modified:
            return
        if not session.token:
            response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="Lax")
            return
        response.set_cookie(
            self.name, session.token, path="/", secure=self.secure, httponly=True, samesite="Lax"
        )
