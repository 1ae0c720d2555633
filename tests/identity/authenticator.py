"""A security key in software: makes passkeys and signs with them as browsers and phones do."""

import base64
import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from html import unescape

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def asked(page: str) -> dict:
    """What a page asks of a passkey."""
    found = re.search(r'data-passkey="([^"]*)"', page)
    assert found, "the page asks no passkey"
    return json.loads(unescape(found[1]))


@dataclass
class Authenticator:
    """One passkey. `count` goes up by one with each use when it `counts`; most real ones stay at zero."""

    origin: str = ORIGIN
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    cross_origin: bool = False
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def make(self, options: dict) -> str:
        """Answer `navigator.credentials.create`."""
        self.handle = decode(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        x, y = (n.to_bytes(32, "big") for n in (numbers.x, numbers.y))
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = {"clientDataJSON": self._client("webauthn.create", options), "attestationObject": attestation}
        return self._answer(said)

    def sign(self, options: dict, **changes) -> str:
        """Answer `navigator.credentials.get`; `changes` replace parts of the answer."""
        self.count += self.counts
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({**said, "userHandle": self.handle, **changes})

    def _data(self, more: int = 0) -> bytes:
        flags = (self.flags | more).to_bytes(1, "big")
        return hashlib.sha256(self.host.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said | {"crossOrigin": self.cross_origin}).encode()

    def _answer(self, said: dict) -> str:
        response = {name: encode(value) for name, value in said.items() if value}
        return json.dumps(
            {"id": encode(self.id), "rawId": encode(self.id), "type": "public-key", "response": response}
        )
