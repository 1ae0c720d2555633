"""A helper who may ask: what a request carries of them, and what the person learns of it at once."""

from portal.access_log import service as access_log
from portal.base.clock import nz_date
from portal.base.work import Work
from portal.delegations import queries
from portal.delegations.models import HelperRequest
from portal.delegations.service.assisting import helped_words, note_helped
from portal.delegations.service.helping import both_names
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.notices import service as notices

# By the kind of a request: the message to the person, at what one has looked, and why (a msgid).
_TOLD = {
    # L10n: on the page "Who has looked": why somebody who helps the person stands there.
    "correction": ("helper_fix", "request", N_("Made it for you, as your helper")),
    "access": ("helper_see", "access", N_("Made it for you, as your helper")),
}


def made_words(work: Work) -> dict[str, dict[str, str]]:
    """Give what a request carries of who made it with or for the person: {"helped": …}; else nothing.

    Of a worker beside them {name, organisation}; of a helper {name, called, since}: the account's own name, what the
    person calls them, and the day (New Zealand) since which they may ask.
    """
    helping, person_id = work.actor.helping, work.actor.person_id
    if helping is None or person_id is None or helping.asks_at is None or helping.sealed_called is None:
        return helped_words(work)
    name = identity.account_name(work, work.actor.account_id)
    called = work.keys.open(queries.name_place(helping.id, person_id), helping.sealed_called)
    return {"helped": {"name": name, "called": called, "since": nz_date(helping.asks_at).isoformat()}}


def note_made(work: Work, agency_id: int, ref: int, reference: str, kind: str, batch: int) -> None:
    """Note that a request was made with somebody's help: for a worker beside the person, or for a helper.

    What a helper made the person is told at once, and it stands among who has looked, under both names. `kind` is
    that of the task, `batch` the draft it came from. Privacy Act 2020 principle 5.
    """
    note_helped(work, agency_id, ref, reference)
    helping, person_id = work.actor.helping, work.actor.person_id
    if helping is None or person_id is None:
        return
    work.session.add(
        HelperRequest(
            person_id=person_id,
            helper_id=helping.id,
            ref=ref,
            batch=batch,
            agency_id=agency_id,
            reference=reference,
            kind=kind,
            made_at=work.now,
        )
    )
    notice, what, why = _TOLD[kind]
    details = {"who": both_names(work), "role": "helper", "why": why, "reference": reference}
    access_log.note(work, person_id, "helper", 0, what, details | {"about": str(ref), "records": []})
    notices.tell(work, person_id, notice, agency_id, ref)
