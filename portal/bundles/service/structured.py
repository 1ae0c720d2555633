"""A share as small plain JSON, for those who have no FHIR (docs/share.schema.json)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from portal.agencies.rules import Words
from portal.bundles.queries import Preview, PreviewLine, PreviewRecord, Said, ShareFacts
from portal.language import service as language
from portal.records.rules import ANSWERS

Json = dict[str, Any]
FORMAT = "portal-share"
EDITION = 1
AUTHORISED = "Privacy Act 2020, section 22, information privacy principle 11(1)(c)"


def plain(found: ShareFacts, seen: Preview, tag: str, now: datetime, quiet: Iterable[Words] = ()) -> Json:
    """Give a share as JSON data, of which `seen` was read in the language `tag`; `now` is aware UTC. No read.

    `quiet` names what the person asked not to be asked again. Times are UTC, days are New Zealand's. No id of the
    person, of a record or of a client is in it (principle 13).
    """
    return {
        "format": FORMAT,
        "edition": EDITION,
        "made_at": now.isoformat(timespec="seconds"),
        "language": language.translator(tag).language.bcp47,
        "shared_by": found.name,
        "shared_with": found.recipient,
        "what_for": found.purpose,
        "until": found.expires_at.isoformat(timespec="seconds"),
        "authorised_by": AUTHORISED,
        "only_what_was_chosen": True,
        "do_not_ask_again": [_words(one) for one in quiet],
        "story": [
            {"heading": _words(one.heading), "text": one.text, "lang": one.lang, "on": _day(one.on)}
            for one in seen.story
        ],
        "records": [_record(one) for one in seen.records],
    }


def _record(one: PreviewRecord) -> Json:
    return {
        "type": one.type_key,
        "title": _words(one.title),
        "topic": one.topic,
        "held_by": one.agency_name,
        "written_down_on": _day(one.recorded_on),
        "copied_on": _day(one.copied_on),
        "values": [_value(line) for line in one.lines],
        "left_out": [_words(label) for label in one.left_out],
        "statements": _said(one.statements),
        "notes": _said(one.notes),
    }


def _value(line: PreviewLine) -> Json:
    return {
        "field": line.key,
        "label": _words(line.label),
        "text": _words(line.value),
        "value": line.raw,
        "nature": line.nature,
        "being_looked_at": line.under_review,
        "claim": _claim(line) if line.nature == "allegation" else None,
        "statements": _said(line.statements),
        "notes": _said(line.notes),
    }


def _claim(line: PreviewLine) -> Json:
    """Give what is always told of something that was said about the person: each answer, None where none was given."""
    found = zip(ANSWERS, line.answers, strict=True)
    return {asked.key: _words(answer) if answer.text else None for asked, (_question, answer) in found}


def _said(said: list[Said]) -> list[Json]:
    return [{"text": one.text, "lang": one.lang, "on": _day(one.on)} for one in said]


def _words(words: Words) -> Json:
    return {"text": words.text, "lang": words.lang}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
