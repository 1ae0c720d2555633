"""The sections of a shared document: the three an IPS needs, further health ones, other topics."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.fhir.fields import TERMS
from portal.fhir.narrative import div, markup, paragraph, plain, record_markup, said_markup
from portal.fhir.shared import DocumentWords, SharedRecord, SharedStatement

Json = dict[str, Any]
LOINC = "http://loinc.org"
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


@dataclass(frozen=True)
class Kind:
    """A health section with its LOINC code and the record types that belong in it.

    With `only` (a field and its value) just those of a type: it is nearer than a section for all of them. `also`
    are further codes of the section.
    """

    code: str
    display: str
    title: str
    types: frozenset[str]
    required: bool = False
    only: tuple[str, str] | None = None
    also: tuple[Json, ...] = ()

    def takes(self, record: SharedRecord) -> bool:
        """Whether a record belongs here, were no other section nearer."""
        if record.topic != "health" or record.type_key not in self.types:
            return False
        return self.only is None or (record.body_if_whole or {}).get(self.only[0]) == self.only[1]


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
    Kind("8716-3", "Vital signs", "Body measurements", frozenset({"test_result"}), only=("kind", "body")),
    Kind(
        "11348-0",
        "History of past illness Narrative",
        "Health conditions of the past",
        frozenset({"condition"}),
        only=("status", "past"),
    ),
    Kind(
        "29762-2",
        "Social history Narrative",
        "Ways of living",
        frozenset({"test_result"}),
        only=("kind", "life"),
    ),
    Kind("47519-4", "History of Procedures Document", "Procedures and operations", frozenset({"procedure"})),
    Kind("18776-5", "Plan of care note", "Care plans", frozenset({"care_plan"})),
    Kind(
        "46240-8",
        "History of Hospitalizations+Outpatient visits Narrative",
        "Visits",
        frozenset({"encounter"}),
        # The code that the NZ Patient Summary has for them.
        also=({"system": f"{TERMS}/v3-ActClass", "code": "ENC", "display": "encounter"},),
    ),
)

Placed = tuple[SharedRecord, Json | None]
Url = Callable[[str], str]
"""Gives the full URL of an entry of the document by its name."""


def health_sections(placed: Sequence[Placed], words: DocumentWords, url: Url, *, chosen: bool) -> list[Json]:
    """The health sections; the three required ones always, with `emptyReason` where none is shared whole.

    "Withheld" is said rather than "none known": not choosing to share an allergy must not read as having none.
    It is said alike whether something is held or not, so that it tells nothing; the code itself says that it
    may be a matter of policy. Where nobody chose, "unavailable" is said: the agency sent none. What is shared
    in part has no resource, and stands under its topic.
    """
    sections = []
    for kind in HEALTH:
        mine = [one for one in placed if _kind_of(one[0]) is kind]
        whole = [one for one in mine if one[1]]
        if not whole and not kind.required:
            continue
        title = (words.sections or {}).get(kind.code, kind.title)
        code = loinc(kind.code, kind.display, *kind.also)
        section: Json = {"title": plain(title), "code": code}
        parts = list(dict.fromkeys(topic_title(record, words) for record, ref in mine if not ref))
        told = [words.part_only.format(title="; ".join(parts))] if parts else []
        if whole:
            section |= _content(whole, words, url, [*told, words.more])
        else:
            section |= _empty(words, told, "withheld" if chosen else "unavailable")
        sections.append(section)
    return sections


def _kind_of(record: SharedRecord) -> Kind | None:
    nearest = sorted(HEALTH, key=lambda kind: kind.only is None)
    return next((kind for kind in nearest if kind.takes(record)), None)


def topic_sections(placed: Sequence[Placed], words: DocumentWords, url: Url) -> list[Json]:
    """One section for each topic and agency, to read, for records that are no resource.

    Each names its agency as author, and has an id of its own, so that its Provenance can point at it.
    """
    groups: dict[str, list[Placed]] = {}
    for record, ref in placed:
        if ref is None:
            groups.setdefault(topic_title(record, words), []).append((record, ref))
    return [
        {"id": part_id(title), "title": title, "code": {"text": title}, **_content(mine, words, url)}
        for title, mine in groups.items()
    ]


def topic_title(record: SharedRecord, words: DocumentWords) -> str:
    """The title of the section in which a record stands that is no resource."""
    topic = (words.topics or {}).get(record.topic, record.topic.replace("-", " ").capitalize())
    return plain(f"{topic}: {record.agency_name}") or "-"


def part_id(title: str) -> str:
    """The id of a section, from its title; the same in each document."""
    return f"part-{hashlib.sha256(title.encode('utf-8', 'replace')).hexdigest()[:12]}"


def statement_section(records: Sequence[SharedRecord], words: DocumentWords, patient: Json) -> list[Json]:
    """All statements of correction once more in one place (Privacy Act 2020, principle 7)."""
    parts = []
    for record in records:
        for line in record.lines:
            about = words.statement_about.format(
                label=line.label, title=record.title, agency=record.agency_name, value=line.value_text
            )
            parts += [paragraph(about) + said_markup(one, words) for one in line.said if not one.note]
        about = f"{record.title}, {words.held_by.format(agency=record.agency_name)}"
        parts += [paragraph(about) + said_markup(one, words) for one in record.statements if not one.note]
    if not parts:
        return []
    title = plain(words.statements_title)
    return [{"title": title, "code": {"text": title}, "author": [patient], "text": div(parts, words.lang)}]


def story_section(story: Sequence[SharedStatement], words: DocumentWords, patient: Json) -> list[Json]:
    """The person's own words, under the code NZ Patient Summary uses for a patient's story."""
    if not story:
        return []
    parts = [f'<p lang="{markup(s.lang)}" xml:lang="{markup(s.lang)}">{markup(s.text)}</p>' for s in story]
    code = loinc("81338-6", "Patient Goals, preferences, and priorities for care experience")
    title, text = plain(words.story_title), div(parts, words.lang)
    return [{"title": title, "code": code, "author": [patient], "text": text}]


def _content(placed: Sequence[Placed], words: DocumentWords, url: Url, more: Iterable[str] = ()) -> Json:
    read = [*(record_markup(record, words) for record, _ in placed), *(paragraph(text) for text in more)]
    agencies = dict.fromkeys(record.agency_name for record, _ in placed)
    content: Json = {
        "author": [{"reference": url(f"agency/{name}")} for name in agencies],
        "text": div(read, words.lang),
    }
    entries = [ref for _, ref in placed if ref]
    if entries:
        content["entry"] = entries
    return content


def _empty(words: DocumentWords, told: Sequence[str], reason: str) -> Json:
    text = told[0] if told else words.nothing_chosen
    why = {"coding": [{"system": _EMPTY, "code": reason}], "text": plain(words.nothing_chosen)}
    return {"text": div([paragraph(text)], words.lang), "emptyReason": why}


def entry_section(title: str, code: Json, text: Iterable[str], entry: Json, words: DocumentWords) -> Json:
    """A section with one entry, such as what the person agreed to; `text` are paragraphs."""
    read = div([paragraph(one) for one in text], words.lang)
    return {"title": plain(title), "code": code, "text": read, "entry": [entry]}


def loinc(code: str, display: str, *also: Json) -> Json:
    """A concept of LOINC; `also` are codes of other systems for the same."""
    return {"coding": [{"system": LOINC, "code": code, "display": display}, *also]}
