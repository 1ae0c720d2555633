"""Slips: a short code on paper with which anybody who holds it asks where a request is, and learns nothing else.

The code is made from the request by a key of the portal's, so that it can be printed again and stands nowhere.
"""

from sqlalchemy import select

from portal.agencies.models import Slip
from portal.base import ids
from portal.base.work import Work

LETTERS = 12


def make(work: Work, person_id: int, agency_id: int, ref: int) -> None:
    """Let a request of a person at an agency be asked after by its code. Doing it again changes nothing."""
    key = _key(work, _code(work, agency_id, ref))
    if work.session.get(Slip, key) is None:
        work.session.add(Slip(fingerprint=key, person_id=person_id, agency_id=agency_id, ref=ref))


def codes_of(work: Work, requests: list[tuple[int, int]]) -> dict[int, str]:
    """Give by ref the codes, in fours, of those requests (agency, ref) that may be asked after. One read."""
    codes = {
        _key(work, code): (ref, code) for ref, code in ((ref, _code(work, at, ref)) for at, ref in requests)
    }
    found = work.session.scalars(select(Slip.fingerprint).where(Slip.fingerprint.in_(codes)))
    return {codes[key][0]: ids.in_fours(codes[key][1]) for key in found}


def behind(work: Work, code: str) -> tuple[int, int]:
    """Give the person and the ref of the request that a code asks after; (0, 0), which nobody has, for any other."""
    row = work.session.execute(
        select(Slip.person_id, Slip.ref).where(Slip.fingerprint == _key(work, ids.fold_code(code)))
    ).first()
    return (row.person_id, row.ref) if row else (0, 0)


def _code(work: Work, agency_id: int, ref: int) -> str:
    secret = work.keys.digest("slip", f"{agency_id} {ref}")
    return "".join(ids.CODE_ALPHABET[byte & 31] for byte in secret[:LETTERS])


def _key(work: Work, code: str) -> bytes:
    return work.keys.digest("slip-code", code)
