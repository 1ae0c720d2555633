"""The readable file of what one agency holds: its records by type, and for each type why, by what law, how long."""

from datetime import datetime
from typing import Any

from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.base import clock
from portal.base.pdf import Block, Run
from portal.language.rules import ENGLISH, N_
from portal.records import rules
from portal.records.queries import RecordView
from portal.records.service.downloads import about_record
from portal.records.service.downloads.saying import Teller, text_of


def title(teller: Teller, agency: AgencyFacts, part: int | None = None, parts: int | None = None) -> str:
    """Give the file's title, in plain text; `part` of `parts` where it is one of several."""
    if part and parts:
        # L10n: title of a file that a person takes along, one of several; %(agency)s is a name, the others numbers
        message = N_("What %(agency)s holds about you, part %(part)s of %(parts)s")
        return text_of(teller.say(message, agency=agency.name, part=part, parts=parts))
    # L10n: title of a file that a person takes along; %(agency)s is a name
    return text_of(teller.say("What %(agency)s holds about you", agency=agency.name))


def blocks(teller: Teller, agency: AgencyFacts, views: list[RecordView], now: datetime) -> list[Block]:
    """Give the whole file as blocks; `now` is aware UTC. Privacy Act 2020 principles 3, 6, 9 and 11."""
    kinds = [kind for kind in agency.types.values() if any(view.type is kind for view in views)]
    made = _head(teller, agency, len(views), now)
    for kind in (one for one in kinds if not rules.warns(one.sensitivity)):
        made += _of_type(teller, kind, views, now)
    hard = [one for one in kinds if rules.warns(one.sensitivity)]
    if hard:
        # L10n: heading above records about painful things
        made.append(["h", 1, teller.say("These may be hard to read")])
        # L10n: above a record about painful things
        calm = teller.say("Some of this may be hard to read. You can stop at any time and come back.")
        # L10n: under "Read this with someone"
        alone = teller.say("You do not have to read this alone. Ask someone you trust, or ring us.")
        made.append(["box", [["p", [calm]], ["p", [alone]]]])
    for kind in hard:
        made += _of_type(teller, kind, views, now)
    return made


def _head(teller: Teller, agency: AgencyFacts, count: int, now: datetime) -> list[Block]:
    # L10n: first line of a file that a person takes along; %(date)s is when it was made
    made = teller.say("This file was made on %(date)s.", date=teller.day(now))
    # L10n: first lines of a file that a person takes along; n records are in it
    many = teller.nattr("%(n)s record is in it.", "%(n)s records are in it.", count)
    # L10n: first lines of a file that a person takes along: it may not be everything
    more = teller.say("It has what they sent to this site. They may hold more. You can ask them for it.")
    # L10n: first lines of a file that a person takes along
    keep = teller.say("Keep it where only you can open it.")
    # L10n: first line of a record's page; %(agency)s is a name
    held_by = teller.say("Held by %(agency)s.", agency=agency.name)
    said: list[Block] = [["p", [held_by, made, many]], ["p", [more, keep]], *of_language(teller)]
    if agency.unreachable_since is not None:
        since = teller.day(agency.unreachable_since)
        # L10n: in a file that a person takes along, when the agency's system does not answer
        away = teller.say("They have not answered since %(date)s.", date=since)
        said.append(["box", [["p", [away]]]])
    return said


def of_language(teller: Teller) -> list[Block]:
    """Say that the file's language is a draft, or only partly there; nothing of English."""
    lang = teller.translator.language
    if teller.tag == ENGLISH:
        return []
    if lang.complete:
        # L10n: on every page in a language that nobody has checked
        words = teller.say("This translation is a draft. A fluent speaker has not checked it yet.")
    else:
        some = "Only some words on this page are in %(language)s. The rest is in English."
        words = teller.say(some, language=lang.endonym)
    return [["box", [["p", [words]]]]]


def _of_type(teller: Teller, kind: TypeFacts, views: list[RecordView], now: datetime) -> list[Block]:
    mine = [view for view in views if view.type is kind]
    made: list[Block] = [["h", 1, teller.words(kind.title_in(teller.tag))]]
    for view in mine:
        made += about_record.blocks(teller, view, clock.nz_date(now))
    purpose = mine[0].purpose
    return made + _meaning(teller, mine) + _held_for(teller, purpose) + _recipients(teller, purpose, kind)


def _meaning(teller: Teller, mine: list[RecordView]) -> list[Block]:
    shown = {line.field.key: line.field for view in mine for line in view.lines if line.field.explain}
    if not shown:
        return []
    here = {line.field.nature for view in mine for line in view.lines if not line.empty}
    marks: list[Block] = []
    if here & set(rules.MARKS):
        # L10n: above the list of what the marks beside values mean
        marks.append(["p", [teller.say("Facts have no mark. The others are:")]])
        points = [
            [teller.say(rules.MARKS[one][0]), teller.say(rules.NATURES[one])]
            for one in rules.MARKS
            if one in here
        ]
        marks.append(["list", points])
    rows = [
        [teller.words(one.label_in(teller.tag)), [teller.words(one.explain_in(teller.tag))]]
        for one in shown.values()
    ]
    # L10n: opens the list of labels with what each means
    return [["h", 2, teller.say("What these words mean")], *marks, ["facts", rows]]


def _held_for(teller: Teller, purpose: dict[str, Any]) -> list[Block]:
    # L10n: heading on a record's page
    made: list[Block] = [["h", 2, teller.say("Why they hold it")]]
    if not purpose:
        # L10n: on a record's page, when its purpose is not known
        return [*made, ["p", [teller.say("They have not told us why. Ask them.")]]]
    why = purpose["why"]
    made.append(["p", [teller.held(why[part]) for part in ("outcome", "method", "context") if why.get(part)]])
    choice: list[Run] = []
    if purpose.get("choice") in rules.CHOICES:
        choice.append(teller.say(rules.CHOICES[purpose["choice"]]))
    if purpose.get("choice_reason"):
        choice.append(teller.held(purpose["choice_reason"]))
    if choice:
        # L10n: heading on a record's page: whether the person had to give this to the agency
        made += [["h", 2, teller.say("Did you have to give it?")], ["p", choice]]
    return made + _laws(teller, purpose.get("law") or [])


def _laws(teller: Teller, laws: list[dict[str, Any]]) -> list[Block]:
    if not laws:
        return []
    rows = []
    for law in laws:
        row = [teller.held(f"{law['act']}, {law['section']}"), [teller.held(law["plain"])]]
        if not law.get("checked"):
            # L10n: after a law that our sources do not confirm
            row.append([teller.say("We have not checked this one yet.")])
        rows.append(row)
    # L10n: opens the list of laws behind a record
    return [["h", 2, teller.say("The law, in plain words")], ["facts", rows]]


def _recipients(teller: Teller, purpose: dict[str, Any], kind: TypeFacts) -> list[Block]:
    made: list[Block] = []
    rows = [
        [
            teller.held(one["who"]),
            [teller.held(one["why"])],
            *([[teller.held(one["law"])]] if one.get("law") else []),
        ]
        for one in purpose.get("recipients") or []
    ]
    if rows:
        # L10n: opens the list of those with whom records of this kind may be shared
        made += [["h", 2, teller.say("Who else may get records like this")], ["facts", rows]]
    # L10n: heading on a record's page
    made.append(["h", 2, teller.say("How long they keep it")])
    kept = purpose.get("retention") or {}
    if kept.get("found"):
        return [*made, ["p", [teller.held(kept["plain"])]]]
    # L10n: on a record's page, when no time limit was found
    return [*made, ["p", [teller.say("They have not published how long. Ask them.")]]]
