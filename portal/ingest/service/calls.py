"""Answers to an agency's system: the same Idempotency-Key gets the same answer again; and receipts."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.agencies import service as agencies
from portal.base.clock import nz_date
from portal.base.problems import Problem
from portal.base.work import Work
from portal.ingest.models import IdempotentCall, Receipt
from portal.ingest.service.incoming import Incoming, Outcome, Who
from portal.ingest.service.taking import take


class KeyReused(Problem):
    """The same Idempotency-Key came with another request."""


@dataclass(frozen=True, slots=True)
class Call:
    """One write by an agency's system: its Idempotency-Key, and its path and body as they came."""

    key: str
    path: str
    body: bytes


def take_once(
    work: Work, call: Call, client_ref: str, one: Incoming, who: Who | None
) -> tuple[int, dict[str, Any]]:
    """Take one record from the actor's agency, and give (status, answer); the same call again does nothing.

    Raises KeyReused. What two calls at once with one key do is done once: the second waits, and gets the answer.
    """
    agency_id = work.actor.agency_id

    def answer() -> tuple[int, dict[str, Any]]:
        outcome = take(work, agency_id, client_ref, [one], who)
        note_receipt(work, agency_id, "api", outcome)
        return _status(outcome), {"result": _result(outcome), "warnings": outcome.warnings}

    return _once(work, agency_id, call, answer)


def flag_once(work: Work, call: Call, client_ref: str, flagged: bool) -> tuple[int, dict[str, Any]]:
    """Say that no letter may go to a client of the actor's agency, or that one may again, and give (status, answer).

    It is the same for every number: nothing says whether there is such a client, or who is linked to it. Raises
    KeyReused. A letter could reach whoever the client is not safe from (security.md T07).
    """
    agency_id = work.actor.agency_id

    def answer() -> tuple[int, dict[str, Any]]:
        agencies.set_no_letter(work, agency_id, client_ref, flagged)
        return 200, {"no_letter": flagged}

    return _once(work, agency_id, call, answer)


def note_receipt(work: Work, agency_id: int, source: str, outcome: Outcome, **more: int) -> None:
    """Keep what became of one file or call: counts and sentences, never values."""
    counts = {"records": outcome.records, "unchanged": outcome.unchanged, "rejected": outcome.rejected}
    work.session.add(
        Receipt(
            agency_id=agency_id,
            id=work.new_id(),
            on=nz_date(work.now),
            outcome={
                "source": source,
                **counts,
                "waiting": outcome.waiting,
                **more,
                "warnings": outcome.warnings[:100],
            },
        )
    )


def _once(
    work: Work, agency_id: int, call: Call, answer: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    key = work.keys.digest("idempotency-key", f"{agency_id}\x1f{call.key}")
    seen = hashlib.sha256(call.path.encode() + b"\x1f" + call.body).hexdigest()
    asked = work.keys.digest("idempotency-call", seen)
    known = work.session.get(IdempotentCall, (agency_id, key))
    if known is not None:
        if known.request_hash != asked:
            raise KeyReused()
        return known.status, known.answer
    status, said = answer()
    work.session.add(
        IdempotentCall(
            agency_id=agency_id, fingerprint=key, request_hash=asked, status=status, answer=said, at=work.now
        )
    )
    return status, said


def _result(outcome: Outcome) -> str:
    return next(iter(outcome.kinds), "unchanged")


def _status(outcome: Outcome) -> int:
    return {"new": 201, "waiting": 202, "held": 409}.get(_result(outcome), 200)
