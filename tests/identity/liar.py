"""A provider that can say anything: a small server whose every answer the test chooses."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT, SECRET, NONCE = "portal", "a long secret of thirty-two bytes or more", "the nonce"
OURS = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, auto_kid=False)
OTHERS = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, auto_kid=False)
CURVE = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"}, auto_kid=False)


@dataclass
class Liar:
    """What it answers by path: JSON, or (status, headers, bytes); and what it was asked."""

    issuer: str
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict, bytes]] = field(default_factory=list)

    def tells(self, id_token: Any, **more: Any) -> None:
        """Let the next exchange of a code give this id token."""
        self.answers["/token"] = {"access_token": "an access token", "id_token": id_token, **more}

    def claims(self, now: int | None = None, **more: Any) -> dict[str, Any]:
        """Right claims, but for what is given otherwise; None leaves one out."""
        now = now or int(time.time())
        given = {"iss": self.issuer, "sub": "somebody", "aud": CLIENT, "iat": now, "exp": now + 60}
        given |= {"nonce": NONCE, "auth_time": now} | more
        return {name: value for name, value in given.items() if value is not None}


def signed(claims: dict[str, Any], key: Any = OURS, alg: str = "RS256", **header: Any) -> str:
    """Sign claims."""
    return jwt.encode({"alg": alg, "kid": key.kid, **header}, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any]) -> str:
    """Write claims with the algorithm "none"."""
    return ".".join((_part({"alg": "none"}), _part(claims), ""))


def signed_with_public_key(claims: dict[str, Any]) -> str:
    """Sign claims with the published key as if it were a shared secret."""
    said = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
    made = hmac.digest(OURS.as_pem(private=False), said.encode(), "sha256")
    return f"{said}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


def signed_with_secret(claims: dict[str, Any]) -> str:
    """Sign claims with the secret that portal and provider share."""
    return signed(claims, OctKey.import_key(SECRET), "HS256", kid="one")


def changed(token: str, **more: Any) -> str:
    """Change what a signed token says, and leave the signature."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | more
    return ".".join((head, _part(claims), signature))


def half_hash(text: str) -> str:
    """Give the at_hash of an access token."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).decode().rstrip("=")


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers as the liar was told."""

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.liar.asked.append((self.path, dict(self.headers), body))
        answer = self.server.liar.answers.get(self.path, (404, {}, b"{}"))
        if not isinstance(answer, tuple):
            answer = (200, {"Content-Type": "application/json"}, json.dumps(answer).encode())
        status, headers, text = answer
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(text))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(text)
        except OSError:
            # Whoever asked had enough.
            self.close_connection = True

    do_POST = do_GET

    def log_message(self, *_):
        pass


@contextmanager
def lying():
    """Run the server."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    liar = server.liar = Liar(f"http://127.0.0.1:{server.server_port}")
    liar.answers["/.well-known/openid-configuration"] = {
        "issuer": liar.issuer,
        "authorization_endpoint": f"{liar.issuer}/auth",
        "token_endpoint": f"{liar.issuer}/token",
        "jwks_uri": f"{liar.issuer}/keys",
        "userinfo_endpoint": f"{liar.issuer}/me",
    }
    liar.answers["/keys"] = {"keys": [OURS.as_dict(private=False), CURVE.as_dict(private=False)]}
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
