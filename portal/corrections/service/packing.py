"""Put together all that a complaint about a request needs: only its person reads it, and nothing sends it."""

from portal.base.clock import nz_date
from portal.base.work import Work
from portal.corrections import queries
from portal.corrections.queries import RequestView
from portal.corrections.rules import Wish
from portal.corrections.rules.letters import LETTERS
from portal.corrections.rules.pack import AskedFor, PackFacts, pack
from portal.corrections.service.values_in_words import in_words
from portal.law.letters import Paragraph


def pack_of(work: Work, ref: int) -> tuple[RequestView, list[tuple[str, list[Paragraph]]]]:
    """Give a request of the actor with its pack. Four reads, keys included. Raises NotThere."""
    ask = queries.show(work, ref, opened=tuple(LETTERS))
    return ask, pack(
        PackFacts(
            agency=ask.agency.name,
            reference=ask.reference,
            received_on=ask.received_on,
            due_on=ask.due_on,
            state="late" if ask.late else "open" if ask.open else "answered" if ask.decided_at else "ended",
            lang=ask.language,
            items=[_item(one) for one in ask.items],
            reason=ask.reason,
            extended_to_on=ask.extended_to_on,
            decided_on=nz_date(ask.decided_at) if ask.decided_at else None,
            skips=[(one.first_on, one.last_on, one.why_not) for one in ask.skips()],
            questions=[(one.asked, one.answer, one.lang) for one in ask.questions],
            letters=[(one.kind, nz_date(one.at), one.facts) for one in ask.letters],
        )
    )


def _item(one: queries.ItemView) -> AskedFor:
    # Words beside a value are the person's own, and no value of the record.
    wanted = str(one.wanted or "") if one.wish == Wish.WORDS else in_words(one.field, one.wanted)
    return AskedFor(
        label=one.field.label,
        wish=one.wish,
        held=in_words(one.field, one.held),
        wanted=wanted,
        decision=one.decision or "",
        ground=one.ground or "",
        reason=one.reason,
    )
