"""Reads of a person's story: the parts as they stand, and the older versions of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from portal.base.crypto import Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.story import rules
from portal.story.models import Version

MOST_VERSIONS = 20
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PartView:
    """One part as one version has it. `version` is 0 and `at` None where nothing was ever written.

    `title` is the person's own heading, empty where they wrote none; `lang` a tag of ours, or "other".
    """

    no: int
    version: int = 0
    title: str = ""
    text: str = ""
    lang: str = ""
    at: datetime | None = None

    @property
    def heading(self) -> str:
        """The msgid of the part's heading."""
        return rules.HEADINGS[self.no]

    @property
    def bcp47(self) -> str:
        """The value of a `lang` attribute for the person's words."""
        return rules.lang_of(self.lang)

    @property
    def empty(self) -> bool:
        """Say whether nothing stands here now."""
        return not (self.text or self.title)


def place(person_id: int, part: int, no: int) -> Place:
    """Give where the words of a version stand: they are the person's own."""
    return Place("story_version", f"body/{no}", part, person_id)


def parts(work: Work) -> list[PartView]:
    """Give all parts of the actor's story as they stand, the unwritten ones too. Two reads, keys included."""
    person_id, other = _own(work), aliased(Version)
    newest = (
        select(func.max(other.no))
        .where(other.person_id == person_id, other.part == Version.part)
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(Version.__table__).where(Version.person_id == person_id, Version.no == newest)
    )
    written = {row.part: _view(work, row) for row in rows}
    return [written.get(no, PartView(no)) for no in rules.HEADINGS]


def part(work: Work, no: int) -> PartView:
    """Give one part of the actor's story as it stands. Raises NotThere for a number that no part has."""
    if not rules.is_part(no):
        raise NotThere()
    rows = _versions(work, no, None, 1)
    return _view(work, rows[0]) if rows else PartView(no)


def versions(work: Work, no: int, before: int | None = None) -> tuple[list[PartView], int | None]:
    """Give versions of a part, newest first, and the number before which the next page starts (None: no more).

    Raises NotThere for a number that no part has.
    """
    if not rules.is_part(no):
        raise NotThere()
    rows = _versions(work, no, before, MOST_VERSIONS + 1)
    shown = [_view(work, row) for row in rows[:MOST_VERSIONS]]
    return shown, shown[-1].version if len(rows) > MOST_VERSIONS else None


def version(work: Work, no: int, number: int) -> PartView:
    """Give one version of a part. Raises NotThere."""
    if not rules.is_part(no) or not 0 < number <= _LARGEST:
        raise NotThere()
    row = work.session.execute(
        select(Version.__table__).where(
            Version.person_id == _own(work), Version.part == no, Version.no == number
        )
    ).first()
    if row is None:
        raise NotThere()
    return _view(work, row)


def _versions(work: Work, no: int, before: int | None, most: int) -> list[Row[Any]]:
    statement = select(Version.__table__).where(Version.person_id == _own(work), Version.part == no)
    if before is not None and 0 < before <= _LARGEST:
        statement = statement.where(Version.no < before)
    return list(work.session.execute(statement.order_by(Version.no.desc()).limit(most)))


def _own(work: Work) -> int:
    if work.actor.person_id is None:
        raise NotThere()
    return work.actor.person_id


def _view(work: Work, row: Row[Any]) -> PartView:
    body = work.keys.open_json(place(row.person_id, row.part, row.no), row.body)
    return PartView(row.part, row.no, body["title"], body["text"], body["lang"], row.at)
