"""A share to read as a tagged PDF: what its page shows, with what a reader of a copy has to know."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.agencies.rules import Words
from portal.base import pdf
from portal.base.pdf import Block, Run
from portal.bundles.queries import Preview, PreviewLine, PreviewRecord, Said, ShareFacts
from portal.language.rules import N_
from portal.records.service.downloads.readable import of_language
from portal.records.service.downloads.saying import Teller, text_of


@dataclass(frozen=True, repr=False)
class Drawing:
    """A share's file that is ready to be drawn: nothing more is read for it."""

    data: dict[str, Any]
    lang: str
    title: str

    @property
    def letters(self) -> int:
        """How long it is, in the letters of its data."""
        return len(json.dumps(self.data, ensure_ascii=False))

    def bytes(self) -> bytes:
        """Draw it. Raises pdf.CannotDraw (TooMuch among it), and Busy when too many are drawn at once."""
        return pdf.render("document", self.data, lang=self.lang, title=self.title)


def drawing(
    found: ShareFacts, seen: Preview, tag: str, now: datetime, quiet: Iterable[Words] = ()
) -> Drawing:
    """Prepare the file of a share, of which `seen` was read in the language `tag`; `now` is aware UTC. No read.

    `quiet` names what the person asked not to be asked again.
    """
    teller = Teller(tag)
    made = [*_not_again(teller, quiet), *blocks(teller, found, seen, now)]
    return Drawing({"blocks": made}, teller.lang, title(teller, found))


def _not_again(teller: Teller, titles: Iterable[Words]) -> list[Block]:
    # L10n: page of an opened share, heading above what the person asked not to be asked again
    head = teller.say("Do not ask them again about this")
    named = [["p", [teller.words(one)]] for one in titles]
    return [["h", 1, head], *named] if named else []


def title(teller: Teller, found: ShareFacts) -> str:
    """Give the title of a share's file, in plain text."""
    # L10n: page of an opened share, title; name is the person who shares
    return text_of(teller.say(N_("%(name)s shared this with you"), name=found.name))


def blocks(teller: Teller, found: ShareFacts, seen: Preview, now: datetime) -> list[Block]:
    """Give a share as blocks to draw: the person's words, then each record, as its page has it. `now` is aware UTC."""
    made = _head(teller, found, now)
    for part in seen.story:
        made.append(["h", 1, teller.words(part.heading)])
        # L10n: what a share shows, above words that the person wrote about themselves; day a date
        said = teller.say("In the person's own words, written %(day)s.", day=teller.day(part.on))
        made += [["p", [said]], ["said", teller.run(part.text, part.lang)]]
    for record in seen.records:
        made += _record(teller, record)
    # L10n: page of an opened share, heading
    made.append(["h", 1, teller.say("Before you use this")])
    # L10n: page of an opened share, what the reader may do with it
    use = "Use it only for what they agreed. Do not pass it on without asking them. Do not ask again for what is here."
    # L10n: page of an opened share, when a value looks wrong
    wrong = teller.say("If something looks wrong, tell them. They can ask for a fix.")
    return [*made, ["p", [teller.say(use)]], ["p", [wrong]]]


def _head(teller: Teller, found: ShareFacts, now: datetime) -> list[Block]:
    # L10n: page of an opened share; recipient and purpose are what the person wrote
    chose = teller.say(
        "The person chose these parts of what agencies hold about them. It is for %(recipient)s. "
        "What it is for: %(purpose)s",
        recipient=found.recipient,
        purpose=found.purpose,
    )
    # L10n: in the file of a share, above what it holds: other things may be so although they are not in it
    only = teller.say("It is only what they chose. What is not here may still be so.")
    # L10n: first line of a file that a person takes along; %(date)s is when it was made
    made = teller.say("This file was made on %(date)s.", date=teller.day(now))
    head: list[Block] = [["p", [made, _later(teller, found)]], *of_language(teller)]
    return [*head, ["h", 1, teller.say("What this is")], ["p", [chose]], ["p", [only]]]


def _later(teller: Teller, found: ShareFacts) -> Run:
    if not found.long_term:
        # L10n: page of an opened share; on is a date
        message = N_(
            "It is shown as it was on %(on)s. Some of it may have changed since. "
            "Where a mistake was fixed, you see what is right."
        )
        return teller.say(message, on=teller.day(found.made_at))
    # L10n: in the file of a share; %(until)s is the day on which the share ends
    message = N_("What is fixed later does not show here. Open the share again to see it, until %(until)s.")
    return teller.say(message, until=teller.day(found.expires_at))


def _record(teller: Teller, record: PreviewRecord) -> list[Block]:
    day = teller.day(record.copied_on)
    # L10n: what a share shows, above each record; agency is a name, day a date
    copy = teller.say("From %(agency)s. Their copy of %(day)s.", agency=record.agency_name, day=day)
    made: list[Block] = [["h", 1, teller.words(record.title)], ["p", [copy]]]
    rows: list[list] = []
    for line in record.lines:
        rows.append([teller.words(line.label), [teller.words(line.value)], *_under(teller, line)])
        if line.statements or line.notes:
            # Words that were attached to a value stand right below it (principle 7).
            made += [["facts", rows], *_beside(teller, [*line.statements, *line.notes])]
            rows = []
    for label in record.left_out:
        # L10n: what a share shows, in place of a value that is about somebody else too
        rows.append([teller.words(label), [teller.say("Left out: about another person")]])
    made += [["facts", rows]] if rows else []
    return made + _beside(teller, [*record.statements, *record.notes])


def _under(teller: Teller, line: PreviewLine) -> list[list[Run]]:
    said: list[list[Run]] = []
    if line.nature == "allegation":
        # L10n: what a share shows, under something that was said about the person
        said.append([teller.say("Someone said this. It may not have been checked.")])
    for question, answer in line.answers:
        # L10n: answer to "Who said it", "Was it checked" and so on, when the agency gave none
        given = answer.text or teller.translator.attr("They have not said")
        asked = teller.translator.attr(question)
        # L10n: beside what somebody said about the person: a question and its answer, such as "Was it checked: No"
        said.append([teller.say("%(question)s: %(answer)s", question=asked, answer=given)])
    if line.under_review:
        # L10n: what a share shows, under a value that the person asked to have fixed
        said.append([teller.say("They asked to fix this")])
    return said


def _beside(teller: Teller, said: list[Said]) -> list[Block]:
    # L10n: what a share shows, below words of the person
    whose = teller.say("In the person's own words, always shown with this")
    return [["said", teller.run(one.text, one.lang), whose] for one in said]
