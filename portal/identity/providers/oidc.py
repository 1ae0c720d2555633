"""OpenID Connect: code flow with PKCE, state and nonce; the id token is checked by its issuer's published keys.

Only `sub` is needed: no e-mail address is asked for. OpenID Connect Core 3.1; RFC 7636; RFC 9207; ASVS 6.8, 10.5.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.base import ids
from portal.identity.providers.fetch import Remembered, fetch_json, is_safe
from portal.identity.providers.interface import Begun, NotSaid, ProviderFacts, Said

# Signatures with a published key only: never "none", never one made with the shared secret.
ALGORITHMS = ["ES256", "PS256", "RS256"]
LEEWAY = 60
# A key that is not known may be new: the keys are asked for again, at most this often.
NEW_KEYS_AFTER = 30
# Nobody is sent to a provider that did not answer lately: they would see the browser's own words.
LATELY = 60
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_documents = Remembered()


class OpenIdConnect:
    """One provider that speaks OpenID Connect."""

    def __init__(self, facts: ProviderFacts):
        self.facts = facts

    def begin(self, back: str, state: str) -> Begun:
        """Say where to send the browser. They are asked to sign in there anew, whoever was there last."""
        address = self.description(LATELY)["authorization_endpoint"]
        if self.facts.origins and origin(address) not in self.facts.origins:
            raise NotSaid("down", "its sign-in page moved: add the provider again")
        kept = {"nonce": ids.token(), "verifier": ids.token()}
        asked = prepare_grant_uri(
            address,
            self.facts.client_id,
            "code",
            back,
            "openid profile" if self.facts.agency_id is None else "openid",
            state,
            nonce=kept["nonce"],
            code_challenge=create_s256_code_challenge(kept["verifier"]),
            code_challenge_method="S256",
            # Phones are shared: whoever signed in there before us does not open this person's account.
            prompt="login",
            max_age="0",
        )
        return Begun(asked, kept)

    def finish(self, back: str, kept: dict[str, Any], answer: Mapping[str, str], now: datetime) -> Said:
        """Exchange the code, and check the id token that comes for it, at `now` (aware UTC)."""
        found = self.description()
        if answer.get("error"):
            raise NotSaid("no")
        told_by = answer.get("iss") or self.facts.issuer
        if not answer.get("code") or not compare_digest(told_by.encode(), self.facts.issuer.encode()):
            raise NotSaid("unsure", "no code, or another issuer")
        tokens = self._exchange(found["token_endpoint"], back, kept["verifier"], answer["code"])
        claims = self._checked(found["jwks_uri"], tokens, kept["nonce"], now)
        said = claims | self._more(found, claims, tokens)
        return Said(
            subject=claims["sub"],
            name=_line(said.get("name")),
            birth_date=_day(said.get("birthdate")),
            signed_in_at=_moment(claims.get("auth_time")),
        )

    def description(self, older_than: float = Remembered.KEEP) -> dict:
        """Give the provider's own description of itself (discovery), read again after seconds. Raises NotSaid."""
        found = _documents.get(get_well_known_url(self.facts.issuer, external=True), older_than=older_than)
        fine = all(isinstance(found.get(name), str) and is_safe(found[name]) for name in ENDPOINTS)
        if not fine or found.get("issuer") != self.facts.issuer:
            raise NotSaid("down", "its description is not that of this issuer")
        return found

    def _exchange(self, address: str, back: str, verifier: str, code: str) -> dict:
        body = prepare_token_request("authorization_code", "", back, code=code, code_verifier=verifier)
        pair = f"{quote(self.facts.client_id, safe='')}:{quote(self.facts.client_secret, safe='')}"
        basic = base64.b64encode(pair.encode()).decode()
        tokens = fetch_json(address, data=body.encode(), headers={"Authorization": f"Basic {basic}"})
        if not isinstance(tokens.get("id_token"), str):
            raise NotSaid("unsure", "no id token")
        return tokens

    def _checked(self, keys_at: str, tokens: dict, nonce: str, now: datetime) -> dict:
        try:
            token = self._opened(keys_at, tokens["id_token"])
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": self.facts.issuer},
                    "aud": {"essential": True, "value": self.facts.client_id},
                    "sub": {"essential": True},
                },
                params={
                    "nonce": nonce,
                    "client_id": self.facts.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as fault:
            # By its kind only: its words can hold what stood in the token.
            raise NotSaid("unsure", type(fault).__name__) from None
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise NotSaid("unsure", "no subject")
        return dict(claims)

    def _opened(self, keys_at: str, text: str) -> jwt.Token:
        try:
            return jwt.decode(text, self._keys(keys_at), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # The provider may have changed its keys since.
            return jwt.decode(text, self._keys(keys_at, NEW_KEYS_AFTER), algorithms=ALGORITHMS)

    def _keys(self, keys_at: str, older_than: float = Remembered.KEEP) -> KeySet:
        listed = _documents.get(keys_at, older_than=older_than).get("keys")
        if not isinstance(listed, list):
            raise NotSaid("down", "no keys")
        known = [key for key in listed if isinstance(key, dict) and key.get("kty") in ("RSA", "EC")]
        return KeySet.import_key_set({"keys": known})

    def _more(self, found: dict, claims: dict, tokens: dict) -> dict:
        """Ask for name and birth date where the id token does not say; without them one writes them oneself."""
        address, access = found.get("userinfo_endpoint"), tokens.get("access_token")
        if self.facts.agency_id is not None or "name" in claims or not address or not access:
            return {}
        try:
            said = fetch_json(address, headers={"Authorization": f"Bearer {access}"})
        except NotSaid:
            return {}
        return said if said.get("sub") == claims["sub"] else {}


def origin(address: str) -> str:
    """Give scheme, host and port of an address, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _line(text: Any) -> str:
    return " ".join(text.split())[:200] if isinstance(text, str) else ""


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and not text.startswith("0000") else None
    except (TypeError, ValueError, AttributeError):
        return None


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
