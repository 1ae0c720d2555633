"""The receipt of a share: put together from the share, its pauses, and the catalogue. Principle 11(1)(c)."""

from portal.agencies.queries import catalogue
from portal.agencies.rules import TypeFacts, Words
from portal.base import ids
from portal.base.work import Work
from portal.bundles import queries
from portal.bundles.queries import ShareFacts
from portal.bundles.rules import receipts
from portal.bundles.rules.receipts import Kind, Receipt


def receipt(work: Work, ref: int, tag: str = "en") -> Receipt:
    """Give the receipt of one of the actor's own shares as it stands now, in the language `tag`. Two reads.

    It names kinds of data and never a value, and nothing of an agency that the actor's own pages do not name.
    Raises NotThere.
    """
    found = queries.share(work, ref)
    end = min(found.ended_at or found.expires_at, found.expires_at)
    pauses = [(one.since, one.until) for one in queries.pauses_in(work, found.made_at, end)]
    return Receipt(
        ref=ids.encode(found.ref),
        name=found.name,
        recipient=found.recipient,
        purpose=found.purpose,
        kinds=_kinds(work, found, tag),
        starts_at=found.starts_at or found.made_at,
        ends_at=end,
        state=found.state,
        events=receipts.events_of(found.made_at, found.expires_at, found.ended_at, pauses, work.now),
        notice=found.notice,
        notice_language=found.notice_language,
        issued_at=work.now,
    )


def _kinds(work: Work, found: ShareFacts, tag: str) -> list[Kind]:
    book = catalogue(work)
    # Not under the person's own heading: that is something they wrote.
    told = [Kind(queries.told(one | {"title": ""}, tag).heading, "") for one in found.told]
    held: dict[tuple[int, str], tuple[TypeFacts, list[str]]] = {}
    for one in found.shown_lines:
        kind = book.type(one["agency"], one["type"])
        if one["fields"] and kind is not None:
            # Several records of a kind are one kind of data.
            keys = held.setdefault((one["agency"], one["type"]), (kind, []))[1]
            keys.extend(key for key in one["fields"] if key not in keys)
    return [
        *told,
        *(
            Kind(kind.title_in(tag), book.agency(agency_id).name, _labels(kind, keys, tag))
            for (agency_id, _), (kind, keys) in held.items()
        ),
    ]


def _labels(kind: TypeFacts, keys: list[str], tag: str) -> list[Words]:
    return [kind.fields[key].label_in(tag) for key in keys if key in kind.fields]
