"""A receipt of a share: who may see what kinds of data of whom, for what, by which law, from when until when.

The fields follow ISO/IEC TS 27560:2023 (consent record information structure), written as JSON-LD in the words of
W3C's Data Privacy Vocabulary, profile `receipt-record`. No official validator exists: `docs/receipt.schema.json` is
our own description, and a test holds every receipt to it. It never holds a value that an agency holds.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from portal.agencies.rules import Words
from portal.language.rules import N_

NOTICE = "2026-11"
"""Version of what the steps of sharing and the privacy page say; to be raised whenever their sense changes."""
PROFILE = "https://w3id.org/dpv/schema/dpv-27560#receipt-record"
LAW = "Privacy Act 2020, information privacy principle 11(1)(c): the person authorises the disclosure"
DPV, DCT, SCHEMA = "https://w3id.org/dpv#", "http://purl.org/dc/terms/", "https://schema.org/"

GIVEN, PAUSED, RESUMED, WITHDRAWN, EXPIRED = "given", "paused", "resumed", "withdrawn", "expired"
EVENTS: dict[str, str] = {
    # L10n: Receipt of a share, what happened.
    GIVEN: N_("You shared it"),
    # L10n: Receipt of a share, what happened.
    PAUSED: N_("You paused it"),
    # L10n: Receipt of a share, what happened.
    RESUMED: N_("You let them open it again"),
    # L10n: Receipt of a share, what happened.
    WITHDRAWN: N_("You stopped it"),
    # L10n: Receipt of a share, what happened.
    EXPIRED: N_("Its time was over"),
}
# The vocabulary has no words for a pause.
TERMS = {
    GIVEN: "dpv:ConsentGiven",
    PAUSED: "own:ConsentPaused",
    RESUMED: "own:ConsentResumed",
    WITHDRAWN: "dpv:ConsentWithdrawn",
    EXPIRED: "dpv:ConsentExpired",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Kinds of data from one kind of record: its title, who holds it ("" for what the person tells), its labels."""

    title: Words
    held_by: str
    labels: list[Words] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says. `state` is that of rules.state_of; `events` are (a key of EVENTS, when), oldest first.

    Moments are aware UTC. `notice` is empty for shares of a time when it was not kept.
    """

    ref: str
    name: str
    recipient: str
    purpose: str
    kinds: list[Kind]
    starts_at: datetime
    ends_at: datetime
    state: str
    events: list[tuple[str, datetime]]
    notice: str
    notice_language: str
    issued_at: datetime


def events_of(
    made_at: datetime,
    expires_at: datetime,
    ended_at: datetime | None,
    pauses: list[tuple[datetime, datetime | None]],
    now: datetime,
) -> list[tuple[str, datetime]]:
    """Give what happened to a share until now, oldest first: made, paused and let go on, stopped or over."""
    end = min(ended_at or expires_at, expires_at)
    found = [(GIVEN, made_at)]
    for since, until in pauses:
        # A pause that began earlier held from the first moment on.
        found.append((PAUSED, max(since, made_at)))
        if until is not None and until <= end:
            found.append((RESUMED, until))
    if ended_at is not None and ended_at < expires_at:
        found.append((WITHDRAWN, ended_at))
    elif expires_at <= now:
        found.append((EXPIRED, expires_at))
    return sorted(found, key=lambda one: one[1])


def as_json(one: Receipt, service: str, base_url: str, lang: str) -> dict[str, Any]:
    """Write a receipt for programs. `service` names the portal, `lang` is the language of its page."""
    record = {
        "@type": "dpv:ConsentRecord",
        "dct:identifier": one.ref,
        "dpv:hasDataSubject": {"dpv:hasName": one.name},
        "dpv:hasRecipient": [{"dpv:hasName": one.recipient}],
        "dpv:hasPurpose": {"dct:description": one.purpose},
        "dpv:hasProcessing": "dpv:MakeAvailable",
        "dpv:hasPersonalData": [_kind(kind) for kind in one.kinds],
        "dpv:hasLegalBasis": {"@type": "dpv:Consent", "dct:description": LAW},
        "dpv:hasJurisdiction": "https://w3id.org/dpv/loc#NZ",
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:hasVersion": one.notice,
            "dct:language": one.notice_language,
            "schema:url": f"{base_url}/en/guide/privacy",
        },
        "schema:startDate": _moment(one.starts_at),
        "schema:endDate": _moment(one.ends_at),
        "own:state": one.state,
        "dpv:hasConsentStatus": [_event(*event) for event in one.events],
    }
    return {
        "@context": {"dpv": DPV, "dct": DCT, "schema": SCHEMA, "own": f"{base_url}/receipt#"},
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": PROFILE,
        "dct:issued": _moment(one.issued_at),
        "dct:language": lang,
        "dct:publisher": {"dpv:hasName": service, "schema:url": base_url},
        "dct:hasPart": record,
    }


def _kind(kind: Kind) -> dict[str, Any]:
    source = {"dpv:hasDataSource": {"dpv:hasName": kind.held_by}} if kind.held_by else {}
    return {
        "@type": "dpv:PersonalData",
        "dct:title": _words(kind.title),
        **(source or {"dpv:hasDataSource": "dpv:DataSubject"}),
        "dct:hasPart": [_words(label) for label in kind.labels],
    }


def _words(words: Words) -> dict[str, str]:
    return {"@value": words.text, "@language": words.lang}


def _event(key: str, at: datetime) -> dict[str, Any]:
    by = {} if key == EXPIRED else {"dpv:isIndicatedBy": "dpv:DataSubject"}
    return {"@type": TERMS[key], "dpv:isIndicatedAtTime": _moment(at), **by}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
