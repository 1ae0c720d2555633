"""The library of plain reasons: what an agency keeps ready for a ground of the law, in each language it has.

They are the agency's own text about no one, part of its catalogue. Staff choose one while they decide; the person
reads it in English and, where the library has it, in their own language.
"""

from portal.agencies import queries
from portal.agencies.entries import stamp
from portal.agencies.models import PlainReason
from portal.agencies.rules import MAX_READY, MOST_READY
from portal.base import ids
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import ENGLISH, LANGUAGES, N_
from portal.law import grounds

# L10n: staff page of reasons that an agency keeps ready, error beside the list of grounds.
GROUND = N_("Choose a reason in law from the list.")
# L10n: staff page of reasons that an agency keeps ready, error beside an empty text field.
ENGLISH_FIRST = N_("Write it in English. It stands beside every other language.")
# L10n: staff page of reasons that an agency keeps ready, error beside a text field.
TOO_LONG = N_("Use 1,000 characters or fewer.")
# L10n: staff page of reasons that an agency keeps ready, error: the same words stand there already.
TWICE = N_("You have this reason already.")
# L10n: staff page of reasons that an agency keeps ready, error: an agency can keep 60.
FULL = N_("You keep 60 reasons already. Take one away first.")


def keep_reason(
    work: Work, ground: str, words: dict[str, str], reason_id: int | None = None, version: int = 0
) -> str:
    """Keep a plain reason for a ground ready, a new one or in place of `reason_id`, and give its id for an address.

    words: a language's URL word to the text; English is needed, empty ones are left out. `version` is that of the
    reason as it was seen. Raises Invalid (its field is ground or a language's word), Conflict, NotThere.
    """
    agency_id = _agency(work)
    if grounds.decline_ground(ground) is None:
        raise Invalid(GROUND, "ground")
    said = {tag: text.strip() for tag, text in words.items() if tag in LANGUAGES and text.strip()}
    if ENGLISH not in said:
        raise Invalid(ENGLISH_FIRST, ENGLISH)
    for tag, text in said.items():
        if len(text) > MAX_READY:
            raise Invalid(TOO_LONG, tag)
    kept = queries.catalogue(work).agency(agency_id).reasons
    if any(one.ground == ground and one.english == said[ENGLISH] and one.id != reason_id for one in kept):
        raise Invalid(TWICE, ENGLISH)
    if reason_id is None:
        if len(kept) >= MOST_READY:
            raise Invalid(FULL)
        reason_id = work.new_id()
        work.session.add(PlainReason(agency_id=agency_id, id=reason_id, ground=ground, words=said))
    else:
        row = _find(work, agency_id, reason_id)
        if row.version != version:
            raise Conflict()
        row.ground, row.words = ground, said
    work.session.flush()
    stamp(work)
    return ids.encode(reason_id)


def drop_reason(work: Work, reason_id: int) -> None:
    """Take a reason out of the library; letters that were written with it stay as they are. Raises NotThere."""
    work.session.delete(_find(work, _agency(work), reason_id))
    work.session.flush()
    stamp(work)


def _find(work: Work, agency_id: int, reason_id: int) -> PlainReason:
    row = work.session.get(PlainReason, (agency_id, reason_id))
    if row is None:
        raise NotThere()
    return row


def _agency(work: Work) -> int:
    if work.actor.agency_id is None:
        raise NotThere()
    return work.actor.agency_id
