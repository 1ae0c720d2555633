"""One value in a readable file, with all that is read with it, as on the record's own page."""

from datetime import date

from portal.base.pdf import Block, Run
from portal.records import rules
from portal.records.queries import Line, NoteFacts, RecordView, StatementFacts
from portal.records.queries.views import Answer
from portal.records.service.downloads.saying import Teller


def blocks(teller: Teller, view: RecordView, passed: set[str]) -> list[Block]:
    """Give a record's values as blocks; `passed` are fields whose day to look again is over. Principle 7."""
    if not view.lines:
        # L10n: on a record in which the agency has written nothing
        return [["p", [teller.say("They have written nothing here.")]]]
    made: list[Block] = []
    rows: list[list] = []
    for line in view.lines:
        under = _under(teller, view, line, passed)
        label = teller.words(line.field.label_in(teller.tag))
        rows.append([label, _value(teller, line), *([one] for one in under)])
        if line.statements or line.note:
            # Words that were attached to a value stand right below it.
            made += [["facts", rows], *beside(teller, view, line)]
            rows = []
    return [*made, ["facts", rows]] if rows else made


def _value(teller: Teller, line: Line) -> list[Run]:
    if line.empty and line.withheld:
        # L10n: stands where a value is not shown to the person at all
        return [teller.say("Kept from you")]
    if line.empty:
        # L10n: stands where an agency has written nothing
        return [teller.say("They have not written this down")]
    if len(line.items) > 1:
        return [teller.held("\n".join(line.items))]
    return [teller.words(line.words(teller.translator))]


def _under(teller: Teller, view: RecordView, line: Line, passed: set[str]) -> list[Run]:
    said: list[Run] = []
    if not line.empty:
        said += _nature(teller, view, line)
    holder = view.holders.get(line.field.held_at or "")
    if holder:
        # L10n: under a value that is a copy; %(agency)s holds the original
        said.append(teller.say("A copy. It comes from %(agency)s.", agency=holder))
    if line.field.key in passed:
        # L10n: mark on a date by which an agency had to look at something again, and that is over
        said.append(teller.say("This day has passed"))
    if line.came_back_on:
        said += _came_back(teller, line.came_back_on)
    if line.review_ref is not None:
        # L10n: mark on a value or record that someone asked to fix
        said.append(teller.say("They are looking at this"))
    said += _own_change(teller, view, line)
    return said + (_kept_of_value(teller, line) if line.withheld else [])


def _nature(teller: Teller, view: RecordView, line: Line) -> list[Run]:
    said: list[Run] = []
    if line.field.nature in rules.MARKS:
        said.append(teller.say(rules.MARKS[line.field.nature][0]))
    if line.field.nature == "allegation":
        said += [_answer(teller, one) for one in view.answers(line)]
    if line.field.third_party or line.field.key in (view.why.get("third_party") or []):
        # L10n: under a value in which other people may be named
        said.append(teller.say("This may be about other people too."))
    return said


def _answer(teller: Teller, one: Answer) -> Run:
    if one.line:
        answer = one.line.text(teller.translator)
    elif isinstance(one.said, bool):
        # L10n: Value of a record: an agency noted yes, or no.
        answer = teller.translator.attr("Yes") if one.said else teller.translator.attr("No")
    else:
        # L10n: answer to "Who said it", "Was it checked" and so on, when the agency gave none
        answer = one.said or teller.translator.attr("They have not said")
    # L10n: beside what somebody said about the person: a question and its answer, such as "Was it checked: No"
    return teller.say(
        "%(question)s: %(answer)s", question=teller.translator.attr(one.question), answer=answer
    )


def _own_change(teller: Teller, view: RecordView, line: Line) -> list[Run]:
    if line.edited_on:
        # L10n: mark on a value that the person changed themselves on this site
        said = [teller.say("You changed this")]
        if line.edit_due_on:
            day = teller.day(line.edit_due_on)
            # L10n: under a value that the person changed themselves; %(agency)s is a name, %(date)s a day
            put = teller.say(
                "%(agency)s puts it into its own system by %(date)s.", agency=view.agency.name, date=day
            )
            said.append(put)
        return said
    if line.right_on:
        # L10n: under a value; %(date)s is the day on which the person said that it is right
        return [teller.say("You said this is right, %(date)s.", date=teller.day(line.right_on))]
    return []


def beside(teller: Teller, view: RecordView, one: Line | RecordView) -> list[Block]:
    """Give the person's own words beside a value, or beside the whole record: statements, then their note."""
    said = [_said(teller, each) for each in one.statements]
    return said + ([_note(teller, view, one.note)] if one.note else [])


def _note(teller: Teller, view: RecordView, note: NoteFacts) -> Block:
    day = teller.day(note.on)
    if note.shown:
        # L10n: under a note that the person wrote beside a value; %(date)s is a day, %(agency)s a name
        when = teller.say(
            "Your note, %(date)s. %(agency)s can read it, and those you share this with.",
            date=day,
            agency=view.agency.name,
        )
    else:
        # L10n: under a note that the person wrote beside a value; %(date)s is a day
        when = teller.say("Your note, %(date)s. Only you can read it.", date=day)
    return ["said", teller.own(note.text, note.lang), when]


def _came_back(teller: Teller, on: date) -> list[Run]:
    return [
        # L10n: mark on a value that was fixed, and of which the agency sent the old value again
        teller.say("The old value came again"),
        # L10n: under a value that was fixed; %(date)s is when the agency sent the old one again
        teller.say(
            "They sent the old value on %(date)s. Your fix stands here, and they have been told.",
            date=teller.day(on),
        ),
    ]


def _kept_of_value(teller: Teller, line: Line) -> list[Run]:
    lines = sum(one.lines for one in line.withheld)
    said: list[Run] = []
    if not line.empty:
        # L10n: mark on a value or record of which something is not shown to the person
        said.append(teller.say("Part kept from you"))
    if lines:
        # L10n: under a value; n lines of it are not shown to the person
        said.append(teller.nattr("They keep back %(n)s line.", "They keep back %(n)s lines.", lines))
    return said


def _said(teller: Teller, one: StatementFacts) -> Block:
    # L10n: under the person's own words beside a value; %(date)s is when they were added
    when = teller.say("Your words, %(date)s. Always shown with this.", date=teller.day(one.on))
    return ["said", teller.own(one.text, one.lang), when]
