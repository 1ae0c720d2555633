"""One record in a readable file: each value with all that is read with it, as on the record's own page."""

from datetime import date

from portal.base.pdf import Block, Run
from portal.language.rules import N_
from portal.records import rules
from portal.records.queries import Line, RecordView, VersionFacts, WithheldFacts
from portal.records.service.downloads import about_value
from portal.records.service.downloads.saying import Teller

_CHANGED_BY = {
    # L10n: in the history of a record: the agency changed it after the person's request
    "correction": N_("Fixed, as you asked"),
    # L10n: in the history of a record: no person changed it, the agency's computer did
    "system": N_("Their system changed this by itself"),
    # L10n: in the history of a record: the person changed it here, or told the agency of the change
    "person": N_("Changed by you"),
}


def blocks(teller: Teller, view: RecordView, today: date) -> list[Block]:
    """Give a record as blocks; `today` is the day in New Zealand. Privacy Act 2020 principles 3, 6 and 7."""
    passed = view.days_passed(today)
    made: list[Block] = [["h", 2, teller.words(view.type.title_in(teller.tag))]]
    if view.recorded_on:
        # L10n: first line of a record's page; %(date)s is when the agency wrote it down
        made.append(["p", [teller.say("Written down %(date)s.", date=teller.day(view.recorded_on))]])
    for key in sorted(passed):
        made.append(["box", [["p", _passed(teller, view, key)]]])
    if view.answer_by:
        made.append(["box", _match(teller, view.answer_by, today)])
    made += about_value.blocks(teller, view, passed) + about_value.beside(teller, view, view)
    if view.unrecorded:
        made += _unrecorded(teller, view)
    made += _came_from(teller, view) + _shared_with(teller, view)
    if view.withheld:
        made.append(["box", _kept(teller, view)])
    if len(view.versions) > 1:
        made += _versions(teller, view)
    return made


def _passed(teller: Teller, view: RecordView, key: str) -> list[Run]:
    line = view.line(key)
    day = line.text(teller.translator) if line else ""
    return [
        # L10n: above a mark on a person or home; %(date)s is the day by which the agency had to look at it again
        teller.say("They said they would look at this again by %(date)s. That day has passed.", date=day),
        # L10n: after a sentence about a day that has passed; the buttons to ask are further down
        teller.say("You can ask them to do it now."),
    ]


def _match(teller: Teller, answer_by: date, today: date) -> list[Block]:
    day = teller.day(answer_by)
    if answer_by >= today:
        # L10n: beside a match between two agencies' lists; %(date)s is the last day to say that it is wrong
        until = teller.say("You have until %(date)s to say so. They may not act on it before.", date=day)
    else:
        # L10n: beside a match between two agencies' lists; %(date)s was the last day to say that it is wrong
        until = teller.say("The day to answer was %(date)s. You can still say that it is wrong.", date=day)
    # L10n: heading beside a match between two agencies' lists
    return [["h", 3, teller.say("Is this match wrong?")], ["p", [until]]]


def _unrecorded(teller: Teller, view: RecordView) -> list[Block]:
    # L10n: opens the list of things that an agency could have written down; n is how many
    many = teller.nattr(
        "%(n)s thing they have not written down",
        "%(n)s things they have not written down",
        len(view.unrecorded),
    )
    return [
        ["h", 3, many],
        ["list", [[teller.words(one.label_in(teller.tag))] for one in view.unrecorded]],
    ]


def _came_from(teller: Teller, view: RecordView) -> list[Block]:
    source = view.why.get("source") or {}
    froms = view.purpose.get("collected_from") or []
    # L10n: heading on a record's page
    made: list[Block] = [["h", 3, teller.say("Where it came from")]]
    source = source if isinstance(source, dict) else {}
    kind = [teller.say(rules.SOURCES[source["from"]])] if source.get("from") in rules.SOURCES else []
    if source.get("sentence"):
        day = [teller.day(view.source_on)] if view.source_on else []
        return [*made, ["p", [*day, *kind, teller.held(source["sentence"])]]]
    if kind:
        who = [teller.held(source["who"])] if source.get("who") else []
        return [*made, ["p", [*kind, *who]]]
    if froms:
        # L10n: before a list of places from which an agency gets this kind of information
        asks = teller.say("They did not say for this record. For records of this kind they ask:")
        points = [[*_kind_of_source(teller, one), teller.held(one["detail"])] for one in froms]
        return [*made, ["p", [asks]], ["list", points]]
    # L10n: on a record's page, when its source is not known
    return [*made, ["p", [teller.say("They have not told us where it came from. Ask them.")]]]


def _kind_of_source(teller: Teller, one: dict) -> list[Run]:
    return [teller.say(rules.SOURCES[one["from"]])] if one.get("from") in rules.SOURCES else []


def _shared_with(teller: Teller, view: RecordView) -> list[Block]:
    # L10n: heading on a record's page
    heading: Block = ["h", 3, teller.say("Who they shared it with")]
    if not view.disclosures:
        # L10n: on a record's page, when an agency has reported no sharing
        return [heading, ["p", [teller.say("They have not told us of any time they shared this.")]]]
    points: list[list[Run]] = []
    for one in view.disclosures:
        day = [teller.day(one.on)] if one.on else []
        law = [teller.held(one.law)] if one.law else []
        points.append([*day, teller.held(f"{one.to}: {one.why}"), *law])
    return [heading, ["list", points]]


def _kept(teller: Teller, view: RecordView) -> list[Block]:
    # L10n: heading above what is not shown to the person, on a record's page
    made: list[Block] = [["h", 3, teller.say("Kept from you")]]
    for one in view.withheld:
        made.append(["p", _kept_title(teller, view, one)])
        if one.plain:
            made.append(["p", [teller.held(one.plain)]])
        if one.law:
            section = f"{one.law.section}."
            made.append(["p", [*teller.legal(one.law.plain), teller.held(section)]])
        if one.decided_by and one.decided_on:
            day = teller.day(one.decided_on)
            # L10n: who decided to keep something from the person; %(role)s is a job, %(date)s a date
            made.append(["p", [teller.say("Decided by: %(role)s, %(date)s.", role=one.decided_by, date=day)]])
    # L10n: what a person can do about something that is not shown to them
    ask = "You can ask them to look again. You can also complain to the Privacy Commissioner. Both are free."
    return [*made, ["p", teller.legal(ask)]]


def _kept_title(teller: Teller, view: RecordView, one: WithheldFacts) -> list[Run]:
    line = view.line(one.field)
    said = [teller.words(line.field.label_in(teller.tag))] if line else []
    if one.lines:
        # L10n: how much is not shown to the person; n lines
        said.append(teller.nattr("%(n)s line", "%(n)s lines", one.lines))
    elif not line and one.ground == "53-a":
        # L10n: heading above papers that an agency looked for and does not have
        said.append(teller.say("Papers they could not find"))
    elif not line:
        # L10n: heading above something that is not shown to the person
        said.append(teller.say("A part of this record"))
    return said


def _versions(teller: Teller, view: RecordView) -> list[Block]:
    older = len(view.versions) - 1
    # L10n: opens the history of a record; n is how many versions came before
    title = teller.nattr("What changed (%(n)s older version)", "What changed (%(n)s older versions)", older)
    made: list[Block] = [["h", 3, title]]
    for one in view.versions:
        made.append(["p", [teller.day(one.on), _who(teller, one)]])
        changes = [_change(teller, before, after) for before, after in one.changes]
        reason = [[teller.held(one.reason)]] if one.reason else []
        if changes or reason:
            made.append(["list", [*([change] for change in changes), *reason]])
    return made


def _who(teller: Teller, one: VersionFacts) -> Run:
    if one.no == 1:
        # L10n: in the history of a record
        return teller.say("First written down")
    said = _CHANGED_BY.get(one.changed_by)
    # L10n: in the history of a record: the agency's staff changed it
    return teller.say(said) if said else teller.say("Changed by the agency")


def _change(teller: Teller, before: Line, after: Line) -> Run:
    label = before.field.label_in(teller.tag).text
    old, new = before.text(teller.translator), after.text(teller.translator)
    if before.empty:
        # L10n: in the history of a record; %(label)s is what was added, %(new)s what was written
        return teller.say("%(label)s added: %(new)s", label=label, new=new)
    if after.empty:
        # L10n: in the history of a record; %(label)s is what was taken out, %(old)s what it said
        return teller.say("%(label)s taken out. It said: %(old)s", label=label, old=old)
    # L10n: in the history of a record; %(label)s is what changed, from %(old)s to %(new)s
    return teller.say("%(label)s: from %(old)s to %(new)s", label=label, old=old, new=new)
