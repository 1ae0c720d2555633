"""The letters of a request, as the facts that they were written from."""

from sqlalchemy import select

from portal.base.work import Work
from portal.corrections.models import Letter
from portal.corrections.queries.places import letter_place
from portal.law.letters import KeptLetter


def letters_of(work: Work, person_id: int, request_id: int) -> list[KeptLetter]:
    """Give the letters of a request, the oldest first; the caller has found the request as its reader may."""
    rows = work.session.execute(
        select(Letter.__table__)
        .where(Letter.person_id == person_id, Letter.request_id == request_id)
        .order_by(Letter.no)
    )
    return [
        KeptLetter(
            no=row.no,
            kind=row.kind,
            at=row.at,
            language=row.language,
            facts=work.keys.open_json(letter_place(person_id, request_id, row.no, row.agency_id), row.facts),
        )
        for row in rows
    ]
