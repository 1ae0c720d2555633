"""After sharing: what was fixed, or got a statement, once somebody had read it is told to its person (principle 7(5)).

To tell those who read it is the person's own act, or nobody's: an ended share is not opened again for it.
"""

from collections.abc import Collection

from portal.base import ids
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.bundles import queries
from portal.bundles.models import Changed
from portal.bundles.queries.received import who_received
from portal.bundles.queries.shares import own
from portal.bundles.service.choosing import completed_lines, new_draft
from portal.bundles.service.opening import settle
from portal.language.rules import N_
from portal.notices import service as notices


def note_changed(
    work: Work, person_id: int, agency_id: int, record_id: int, fields: Collection[str], kind: str
) -> None:
    """Note and tell the person, of each of their shares that was opened, that lines changed: `fixed` or `stated`.

    For verbs of the staff who decide upon the person's own request: none of it is shown to them.
    """
    for one in who_received(work, person_id, record_id, fields):
        for field in one.fields:
            work.session.add(
                Changed(
                    person_id=person_id,
                    id=work.new_id(),
                    share_id=one.id,
                    agency_id=agency_id,
                    record_id=record_id,
                    field=field,
                    kind=kind,
                    at=work.now,
                )
            )
        notices.tell(work, person_id, "share_changed", agency_id, about=one.ref)


def told_them(work: Work, ref: int) -> str:
    """Note that the actor told those who read a share what changed in it since. Raises NotThere."""
    found = queries.share(work, ref)
    settle(work, own(work), found.id)
    return ids.encode(ref)


def share_changed(work: Work, ref: int) -> str:
    """Begin a new share of just the lines that changed, for the same recipient and purpose, and give the draft's ref.

    Raises NotThere, and Invalid when nothing of it is left. The person sees and checks it like any other.
    """
    found = queries.share(work, ref)
    wanted: dict[int, list[str]] = {}
    for line in queries.changed_in(work, found):
        wanted.setdefault(line.record_id, []).append(line.field)
    if not wanted:
        # L10n: Error on the page of one share, when what changed in it is not there any more.
        raise Invalid(N_("There is nothing left to tell them."))
    chosen = [{"record": record, "fields": fields} for record, fields in wanted.items()]
    lines = completed_lines(work, own(work), chosen)
    return new_draft(work, lines, [], found.purpose, recipient=found.recipient)
