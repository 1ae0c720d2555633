"""Stop a share without signing in: with the code of the person's part of the card, and the passcode in their mind.

Stopping shows nothing and opens nothing, so that two things which can be carried on paper and said aloud are enough.
"""

from sqlalchemy import select

from portal.base import ids
from portal.base.work import Work
from portal.bundles import rules
from portal.bundles.models import Address, Share
from portal.bundles.service.choosing import row_of
from portal.bundles.service.sharing import end_row
from portal.identity import passwords
from portal.notices import service as notices


def knock_to_stop(work: Work, code: str, passcode: str) -> tuple[int, int] | None:
    """Find the live share (person, id) of a code for stopping, and compare its passcode; None whatever is wrong.

    Before the write transaction, because comparing is slow on purpose; the same is done for a code that is not there.
    A paused share and one that is shut can be stopped too.
    """
    row = work.session.execute(
        select(Share.person_id, Share.id, Share.passcode_hash).where(
            Address.fingerprint == work.keys.digest("share-stop", ids.fold_code(code)),
            Address.kind == "stop",
            Share.person_id == Address.person_id,
            Share.id == Address.share_id,
            Share.state == "live",
        )
    ).first()
    right = passwords.matches(row.passcode_hash if row else None, rules.plain_passcode(passcode))
    return (row.person_id, row.id) if row and right else None


def stop_by_paper(work: Work, found: tuple[int, int] | None) -> bool:
    """Stop the share that was found, and tell its person; say whether there was one. Nobody's name is kept."""
    row = row_of(work, *found) if found else None
    if row is None or row.state != "live":
        return False
    end_row(work, row)
    notices.tell(work, row.person_id, "share_stopped", about=row.ref)
    return True
