"""The file for programs: what one agency holds as JSON (docs/downloads.md), with all that is read with each value."""

from datetime import date, datetime
from typing import Any

from portal.agencies.rules import AgencyFacts, Words
from portal.agencies.values import masked
from portal.language import service as language
from portal.language.rules import LANGUAGES
from portal.language.translation import Translator
from portal.records import rules
from portal.records.queries import Line, NoteFacts, RecordView, StatementFacts, VersionFacts, WithheldFacts

Json = dict[str, Any]
FORMAT = "portal-download"
EDITION = 1


def document(tag: str, agency: AgencyFacts, views: list[RecordView], now: datetime) -> Json:
    """Give the whole file as JSON data; `tag` is the person's language, `now` aware UTC. Principle 6."""
    words = language.translator(tag)
    used = {view.type.purpose for view in views}
    return {
        "format": FORMAT,
        "edition": EDITION,
        "made_at": now.isoformat(timespec="seconds"),
        "language": words.language.bcp47,
        "agency": {"name": agency.name, "topic": agency.topic, "reached": agency.unreachable_since is None},
        "purposes": {key: one for key, one in agency.purposes.items() if key in used},
        "records": [_record(view, words) for view in views],
    }


def _record(view: RecordView, words: Translator) -> Json:
    return {
        "type": view.type.key,
        "title": _words(view.type.title_in(words.tag)),
        "purpose": view.type.purpose,
        "written_down_on": _day(view.recorded_on),
        "changed_at": view.changed_at.isoformat(timespec="seconds"),
        "version": view.version_no,
        "values": [_value(view, line, words) for line in view.lines],
        "statements": [_statement(one) for one in view.statements],
        "note": _note(view.note),
        "not_written_down": [one.key for one in view.unrecorded],
        "came_from": view.why.get("source") or None,
        "kept_from_you": [_withheld(one) for one in view.withheld],
        "shared_with": [
            {"on": _day(one.on), "to": one.to, "why": one.why, "law": one.law} for one in view.disclosures
        ],
        "versions": [_version(one, words) for one in view.versions],
    }


def _value(view: RecordView, line: Line, words: Translator) -> Json:
    return {
        **_held(line, words),
        "label": _words(line.field.label_in(words.tag)),
        "nature": line.field.nature,
        "about_others": line.field.third_party or line.field.key in (view.why.get("third_party") or []),
        "claim": _claim(view, line, words) if line.field.nature == "allegation" else None,
        "copied_from": view.holders.get(line.field.held_at or ""),
        "being_looked_at": line.review_ref is not None,
        "old_value_came_again_on": _day(line.came_back_on),
        "kept_from_you": [_withheld(one) for one in line.withheld],
        "statements": [_statement(one) for one in line.statements],
        "note": _note(line.note),
        "you_said_right_on": _day(line.right_on),
        "you_changed_it_on": _day(line.edited_on),
    }


def _claim(view: RecordView, line: Line, words: Translator) -> Json:
    """Give what is always told of something that was said: each answer, or None where the agency gave none."""
    found = zip(rules.ANSWERS, view.answers(line), strict=True)
    return {asked.key: one.line.text(words) if one.line else one.said for asked, one in found}


def _note(one: NoteFacts | None) -> Json | None:
    if one is None:
        return None
    known = LANGUAGES.get(one.lang)
    lang = known.bcp47 if known else one.lang
    return {"text": one.text, "lang": lang, "on": _day(one.on), "agency_reads_it": one.shown}


def _held(line: Line, words: Translator) -> Json:
    raw = None if line.empty else line.value
    if raw is not None and line.field.masked:
        # A client number is never whole outside its agency, here no more than on a page.
        raw = masked(str(raw))
    return {"field": line.field.key, "value": raw, "text": _words(line.words(words))}


def _words(words: Words) -> Json:
    return {"text": words.text, "lang": words.lang}


def _statement(one: StatementFacts) -> Json:
    known = LANGUAGES.get(one.lang)
    return {"text": one.text, "lang": known.bcp47 if known else one.lang, "on": _day(one.on)}


def _withheld(one: WithheldFacts) -> Json:
    return {
        "lines": one.lines or None,
        "ground": one.ground,
        "section": one.law.section if one.law else None,
        "in_plain_words": one.plain,
        "decided_by": one.decided_by,
        "decided_on": _day(one.decided_on),
    }


def _version(one: VersionFacts, words: Translator) -> Json:
    return {
        "version": one.no,
        "on": _day(one.on),
        "changed_by": one.changed_by,
        "reason": one.reason,
        "changes": [
            {"field": old.field.key, "from": _bare(old, words), "to": _bare(new, words)}
            for old, new in one.changes
        ],
    }


def _bare(line: Line, words: Translator) -> Any:
    return _held(line, words)["value"]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
