"""Verbs of a person's story: write, bring an older version back, take it all away."""

from sqlalchemy import select

from portal.base.problems import Conflict, Invalid
from portal.base.work import Work
from portal.language.rules import N_
from portal.story import queries, rules
from portal.story.models import Version

# L10n: My story, error beside the box; %(much)s is a number of characters. Everything that was typed is kept.
TOO_LONG = N_("This is %(much)s characters too long. Take some out, or put it under another heading.")


def keep(work: Work, no: int, seen: int, title: str, text: str, lang: str) -> None:
    """Keep what the actor wrote in a part, as a new version; the same words again change nothing.

    `seen` is the version that the page showed, `lang` the language of the words (a tag of ours, or "other"),
    `title` the person's own heading of the part that has one. Nothing is needed, and empty is fine. Raises
    NotThere, Invalid for what is too long, and Conflict when another page kept something meanwhile.
    """
    text, title = text.strip(), title.strip() if no == rules.OWN else ""
    now = queries.part(work, no)
    much = rules.too_much(text)
    if much:
        raise Invalid(TOO_LONG, "text", much=much)
    wanted = (title, text, rules.known_language(lang, work.actor.language))
    if wanted == (now.title, now.text, now.lang) or (now.version == 0 and not (title or text)):
        return
    if seen != now.version:
        raise Conflict()
    _put(work, no, now.version + 1, *wanted)


def bring_back(work: Work, no: int, number: int) -> None:
    """Let an older version of a part stand again, as its newest one; nothing in between is lost. Raises NotThere."""
    old, now = queries.version(work, no, number), queries.part(work, no)
    if (old.title, old.text, old.lang) != (now.title, now.text, now.lang):
        _put(work, no, now.version + 1, old.title, old.text, old.lang)


def forget(work: Work, no: int) -> None:
    """Delete a part with all its versions; what was shared before stays with those shares. Raises NotThere.

    The ledger keeps that something was deleted, and no word of it. Privacy Act 2020 principle 9.
    """
    now = queries.part(work, no)
    mine = select(Version).where(Version.person_id == work.actor.person_id, Version.part == now.no)
    for row in work.session.scalars(mine):
        work.session.delete(row)


def _put(work: Work, no: int, number: int, title: str, text: str, lang: str) -> None:
    person_id = work.actor.person_id
    body = {"title": title, "lang": lang, "text": text}
    sealed = work.keys.seal_json(queries.place(person_id, no, number), body)
    work.session.add(Version(person_id=person_id, part=no, no=number, body=sealed, at=work.now))
