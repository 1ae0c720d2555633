"""The file for health software: what a health agency holds as a FHIR R4 document."""

from datetime import datetime
from typing import Any

from portal.agencies.rules import AgencyFacts
from portal.fhir.shared import (
    DocumentFacts,
    DocumentWords,
    SharedLine,
    SharedRecord,
    SharedStatement,
    SharedSubject,
)
from portal.fhir.writing import document as fhir_document
from portal.language import service as language
from portal.language.rules import LANGUAGES
from portal.language.translation import Translator
from portal.records.queries import Line, RecordView, StatementFacts

TOPIC = "health"
_WORDS = DocumentWords(
    summary="Patient summary, as the person took it along",
    nothing_chosen="Not in this file. This does not mean there is nothing.",
    more="They may hold more.",
    part_only="Some of it is in part only. It stands under: {title}.",
)


def fits(agency: AgencyFacts) -> bool:
    """Say whether what an agency holds fits this kind of file: it holds health information."""
    return agency.topic == TOPIC


def document(
    name: str, tag: str, agency: AgencyFacts, views: list[RecordView], now: datetime, seed: str
) -> dict[str, Any]:
    """Give the file as FHIR data. `name` is the person's own, `seed` something random, `now` aware UTC.

    What does not fit is left to the other kinds of file: withheld parts, who got it, why, and older versions.
    """
    words = language.translator(tag)
    facts = DocumentFacts(title=agency.name, made_at=now, seed=seed, publisher=agency.name, chosen=False)
    records = [_record(view, words) for view in views]
    return fhir_document(SharedSubject(name), records, facts, words=_WORDS)


def _record(view: RecordView, words: Translator) -> SharedRecord:
    full = [line for line in view.lines if not line.empty]
    whole = not view.withheld and not any(line.field.masked for line in full)
    return SharedRecord(
        type_key=view.type.key,
        topic=view.agency.topic,
        title=view.type.title_in(words.tag).text,
        agency_name=view.agency.name,
        recorded_on=view.recorded_on,
        lines=tuple(_line(line, words) for line in full),
        body_if_whole=view.body if whole else None,
        codes=view.why.get("codes") if whole else None,
        statements=tuple(_said(one) for one in view.statements),
    )


def _line(line: Line, words: Translator) -> SharedLine:
    value = line.words(words)
    return SharedLine(
        label=line.field.label_in(words.tag).text,
        value_text=value.text,
        lang=value.lang,
        said=tuple(_said(one) for one in line.statements),
        under_review=line.review_ref is not None,
    )


def _said(one: StatementFacts) -> SharedStatement:
    known = LANGUAGES.get(one.lang)
    return SharedStatement(one.text, known.bcp47 if known else one.lang, one.on)
