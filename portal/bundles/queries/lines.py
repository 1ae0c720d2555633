"""With whom each line of a record was shared, when, and whether they opened it: for the record's own person alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.agencies.rules import TypeFacts, Words
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.bundles.models import Opening, Share
from portal.bundles.queries.shares import ShareFacts, columns, facts, own
from portal.records import queries as records

MOST = 200


@dataclass(frozen=True, slots=True)
class SharedWith:
    """A share that holds a line; `opened_at` is its last opening (aware UTC), None where nobody opened it."""

    share: ShareFacts
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordShared:
    """Of a record each line that was ever shared, in its order, with its shares, the newest first.

    Lines that went in the very same shares stand together.
    """

    type: TypeFacts
    agency_name: str
    lines: list[tuple[list[Words], list[SharedWith]]]


def shared_lines(work: Work, ref: int, tag: str = "en") -> RecordShared:
    """Give with whom the lines of one of the actor's own records were shared. Three reads.

    Of the newest 200 shares. Raises NotThere for a record that the actor's own pages do not show.
    """
    views = records.for_refs(work, [ref])
    if not views:
        raise NotThere()
    view = views[0]
    holding = [(one, keys) for one in _shares(work) if (keys := _keys(one.share, view.id))]
    by_key: dict[str, list[SharedWith]] = {}
    for one, keys in holding:
        for key in keys:
            by_key.setdefault(key, []).append(one)
    together: dict[tuple[int, ...], tuple[list[Words], list[SharedWith]]] = {}
    for key, line in view.type.fields.items():
        if key in by_key:
            refs = tuple(one.share.ref for one in by_key[key])
            together.setdefault(refs, ([], by_key[key]))[0].append(line.label_in(tag))
    return RecordShared(view.type, view.agency.name, list(together.values()))


def _shares(work: Work) -> list[SharedWith]:
    last = (
        select(func.max(Opening.at))
        .where(Opening.person_id == Share.person_id, Opening.share_id == Share.id)
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(*columns(), last.label("opened_at"))
        .where(Share.person_id == own(work), Share.state != "draft")
        .order_by(Share.id.desc())
        .limit(MOST)
    )
    return [SharedWith(facts(work, [row]), row.opened_at) for row in rows]


def _keys(found: ShareFacts, record_id: int) -> list[str]:
    return [key for one in found.lines if one["record"] == record_id for key in one["fields"]]
