"""What a browser sends after it asked a passkey: read before the transaction, held against its challenge once."""

import json
from dataclasses import dataclass
from typing import Any

from portal.base.work import Work
from portal.identity.service import challenges, flows

LONGEST = 20_000


@dataclass(frozen=True, repr=False)
class Answer:
    """An answer that can be read at all; `bound` is the fingerprint of the token in the cookie that came along."""

    said: dict[str, Any]
    id: str
    challenge: bytes
    handle: bytes | None
    bound: bytes


@dataclass(frozen=True, repr=False)
class Made:
    """A new passkey: credential id, public key (COSE), sign count."""

    id: bytes
    key: bytes
    count: int


def read(text: str, bound: bytes) -> Answer | None:
    """Read an answer as the page's script wrote it (JSON); None for anything else."""
    # The library takes a quarter of a second to load: never for a page that only asks.
    from webauthn.helpers import base64url_to_bytes, parse_client_data_json

    if len(text) > LONGEST:
        return None
    try:
        said = json.loads(text)
        response = said["response"]
        client = parse_client_data_json(base64url_to_bytes(response["clientDataJSON"]))
        if client.cross_origin:
            # Asked for inside a frame of another site.
            return None
        handle = response.get("userHandle")
        owner = base64url_to_bytes(handle) if handle else None
        return Answer(said, str(said["id"]), client.challenge, owner, bound)
    except Exception:
        # Anybody can send anything: the libraries behind it raise whatever they like.
        return None


def is_new(work: Work, key: str, answer: Answer, purpose: str) -> bool:
    """Say whether the challenge was made here, for this browser and purpose, and was not answered before."""
    if not challenges.is_ours(key, answer.challenge, answer.bound, purpose, work.now):
        return False
    return flows.use_once(work, "passkey-in", answer.challenge.hex(), answer.bound)


def made_by(answer: Answer, host: str, origin: str, kinds: tuple[int, ...]) -> Made | None:
    """Check the making of a passkey (origin, host, presence, verification of its owner); None if anything is wrong."""
    from webauthn import verify_registration_response
    from webauthn.helpers.cose import COSEAlgorithmIdentifier

    try:
        found = verify_registration_response(
            credential=answer.said,
            expected_challenge=answer.challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(kind) for kind in kinds],
        )
    except Exception:
        return None
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def signed_by(answer: Answer, host: str, origin: str, key: bytes) -> int | None:
    """Check a passkey's signature under its public key, and give its sign count; None if anything is wrong."""
    from webauthn import verify_authentication_response

    try:
        found = verify_authentication_response(
            credential=answer.said,
            expected_challenge=answer.challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=key,
            # The count is compared where it is kept, once the signature is known to be right.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception:
        return None
    return found.new_sign_count
