"""The sections of a shared document: the three an IPS needs, further health ones, other topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.fhir.narrative import div, markup, paragraph, plain, record_markup, statement_text
from portal.fhir.shared import DocumentWords, SharedRecord, SharedStatement

Json = dict[str, Any]
LOINC = "http://loinc.org"
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


@dataclass(frozen=True)
class Kind:
    """A health section with its LOINC code and the record types that belong in it."""

    code: str
    display: str
    title: str
    types: frozenset[str]
    required: bool = False


HEALTH = (
    Kind(
        "48765-2",
        "Allergies and adverse reactions Document",
        "Allergies and bad reactions",
        frozenset({"allergy"}),
        required=True,
    ),
    Kind(
        "10160-0", "History of Medication use Narrative", "Medicines", frozenset({"medicine"}), required=True
    ),
    Kind("11450-4", "Problem list - Reported", "Health conditions", frozenset({"condition"}), required=True),
    Kind("11369-6", "History of Immunization Narrative", "Vaccines", frozenset({"immunisation"})),
    Kind(
        "30954-2",
        "Relevant diagnostic tests/laboratory data Narrative",
        "Test results and reports",
        frozenset({"test_result", "report"}),
    ),
    Kind("47519-4", "History of Procedures Document", "Procedures and operations", frozenset({"procedure"})),
    Kind("18776-5", "Plan of care note", "Care plans", frozenset({"care_plan"})),
    Kind(
        "46240-8",
        "History of Hospitalizations+Outpatient visits Narrative",
        "Visits",
        frozenset({"encounter"}),
    ),
)
_CODED = frozenset().union(*(kind.types for kind in HEALTH))

Placed = tuple[SharedRecord, Json | None]


def health_sections(placed: Sequence[Placed], words: DocumentWords) -> list[Json]:
    """The health sections; the three required ones always, with `emptyReason` where none is shared.

    "Unavailable" is said rather than "none known": not choosing to share an allergy must
    not read as having none.
    """
    sections = []
    for kind in HEALTH:
        mine = [(r, ref) for r, ref in placed if r.topic == "health" and r.type_key in kind.types]
        if not mine and not kind.required:
            continue
        title = (words.sections or {}).get(kind.code, kind.title)
        section: Json = {"title": plain(title), "code": _loinc(kind.code, kind.display)}
        section |= _content(mine, words)
        if not section.get("entry"):
            section |= _empty(words, part=bool(mine))
        sections.append(section)
    return sections


def topic_sections(placed: Sequence[Placed], words: DocumentWords) -> list[Json]:
    """One section for each topic, for records that no health section takes."""
    others = [(r, ref) for r, ref in placed if r.topic != "health" or r.type_key not in _CODED]
    sections = []
    for topic in dict.fromkeys(r.topic for r, _ in others):
        title = plain((words.topics or {}).get(topic, topic.replace("-", " ").capitalize())) or "-"
        mine = [(r, ref) for r, ref in others if r.topic == topic]
        sections.append({"title": title, "code": {"text": title}, **_content(mine, words)})
    return sections


def statement_section(records: Sequence[SharedRecord], words: DocumentWords) -> Json | None:
    """All statements of correction once more in one place (Privacy Act 2020, principle 7)."""
    parts = []
    for record in records:
        for line in record.lines:
            if line.statement:
                about = words.statement_about.format(
                    label=line.label, title=record.title, agency=record.agency_name, value=line.value_text
                )
                parts.append(_said(about, line.statement, words))
        for statement in record.statements:
            about = f"{record.title}, {words.held_by.format(agency=record.agency_name)}"
            parts.append(_said(about, statement, words))
    if not parts:
        return None
    title = plain(words.statements_title)
    return {"title": title, "code": {"text": title}, "text": div(parts, words.lang)}


def story_section(story: Sequence[SharedStatement], words: DocumentWords) -> Json | None:
    """The person's own words, under the code NZ Patient Summary uses for a patient's story."""
    if not story:
        return None
    parts = [f'<p lang="{markup(s.lang)}" xml:lang="{markup(s.lang)}">{markup(s.text)}</p>' for s in story]
    code = _loinc("81338-6", "Patient Goals, preferences, and priorities for care experience")
    return {"title": plain(words.story_title), "code": code, "text": div(parts, words.lang)}


def _said(about: str, statement: SharedStatement, words: DocumentWords) -> str:
    tag = markup(statement.lang)
    text = markup(statement_text(statement, words))
    return f'{paragraph(about)}<p lang="{tag}" xml:lang="{tag}">{text}</p>'


def _content(placed: Sequence[Placed], words: DocumentWords) -> Json:
    content: Json = {}
    if placed:
        content["text"] = div((record_markup(r, words) for r, _ in placed), words.lang)
    entries = [ref for _, ref in placed if ref]
    if entries:
        content["entry"] = entries
    return content


def _empty(words: DocumentWords, *, part: bool) -> Json:
    code, text = ("withheld", words.part_only) if part else ("unavailable", words.nothing_chosen)
    said: Json = {"emptyReason": {"coding": [{"system": _EMPTY, "code": code}], "text": plain(text)}}
    if not part:
        said["text"] = div([paragraph(text)], words.lang)
    return said


def _loinc(code: str, display: str) -> Json:
    return {"coding": [{"system": LOINC, "code": code, "display": display}]}
