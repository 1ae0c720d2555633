"""Test results and reports, from Observations, DiagnosticReports and DocumentReferences."""

import base64
import binascii

from portal.fhir.codes import codes_of, component_words, joined, range_words, value_words, words
from portal.fhir.drafting import IN_ERROR, NAMELESS, annotations, body, first, paragraphs, point
from portal.fhir.found import Draft
from portal.fhir.node import Node, fit
from portal.fhir.references import Context
from portal.fhir.values import LONG, SHORT

_KINDS = {
    "laboratory": "lab",
    "vital-signs": "body",
    "survey": "questions",
    "social-history": "life",
    "imaging": "scan",
    "exam": "exam",
    "procedure": "exam",
}
_STATUS = {
    "final": "final",
    "amended": "changed",
    "corrected": "changed",
    "appended": "changed",
    "preliminary": "early",
    "partial": "early",
    "registered": "waiting",
    "cancelled": "cancelled",
}
_TEXT_LIMIT = 200_000


def test_result(node: Node, context: Context) -> Draft | None:
    """An Observation of any kind as a `test_result` record, its parts read as one line."""
    name = words(node.obj("code"))
    if node.code("status") == "entered-in-error" or name is None:
        context.notes.left_out("Observation", NAMELESS if name is None else IN_ERROR)
        return None
    taken = first(point(node, "effective"), node.when("issued"))
    facts = body(
        test=name,
        result=fit(_outcome(node, context), LONG, context.notes),
        compared=joined(node.objs("interpretation")),
        usual=_usual(node),
        kind=_kind(node),
        status=_STATUS.get(node.code("status"), "unknown"),
        taken_on=taken.on,
        about_when=taken.roughly,
        done_by=context.names_of(node.objs("performer"), node),
        note=paragraphs(node, annotations(node)),
    )
    return Draft("test_result", name, facts, taken.on or context.written_on)


test_result.__test__ = False  # type: ignore[attr-defined]  # not a test, whatever the name says


def _outcome(node: Node, context: Context) -> str | None:
    parts = [value_words(node), component_words(node)]
    for member in node.objs("hasMember"):
        parts.append(_line(context.follow(member, node)) or member.text("display"))
    told = "; ".join(p for p in parts if p)
    return told or words(node.obj("dataAbsentReason"))


def _line(observation: Node) -> str | None:
    """A result on one line, "Glucose: 84 mg/dL"."""
    name = words(observation.obj("code"))
    value = value_words(observation) or component_words(observation)
    return f"{name}: {value}" if name and value else name


def _usual(node: Node) -> str | None:
    texts = [r.text("text") or range_words(r) for r in node.objs("referenceRange")]
    return fit("; ".join(t for t in texts if t), SHORT, node.notes)


def _kind(node: Node) -> str:
    for category in node.objs("category"):
        for code in codes_of(category):
            if code in _KINDS:
                return _KINDS[code]
    return "other"


def diagnostic_report(node: Node, context: Context) -> Draft | None:
    """A DiagnosticReport as a `report` record, with its results in words."""
    name = words(node.obj("code")) or joined(node.objs("category"))
    if node.code("status") == "entered-in-error" or name is None:
        context.notes.left_out("DiagnosticReport", NAMELESS if name is None else IN_ERROR)
        return None
    made = first(point(node, "effective"), node.when("issued"))
    lines = [_line(context.follow(r, node)) or r.text("display") for r in node.objs("result")]
    text, files = _files(node.objs("presentedForm"))
    facts = body(
        report=name,
        kind=joined(node.objs("category")),
        status=_STATUS.get(node.code("status"), "unknown"),
        made_on=made.on,
        about_when=made.roughly,
        made_by=context.names_of(node.objs("performer"), node),
        summary=paragraphs(node, [node.text("conclusion", LONG), joined(node.objs("conclusionCode")), text]),
        results=paragraphs(node, lines),
        files=files,
    )
    return Draft("report", name, facts, made.on or context.written_on)


def document_reference(node: Node, context: Context) -> Draft | None:
    """A DocumentReference as a `report` record; plain text is copied, other files are named."""
    contents = [c.obj("attachment") for c in node.objs("content")]
    if _is_copy(node, context):
        context.notes.left_out("DocumentReference", "a copy to read of what the document itself says")
        return None
    text, files = _files(contents)
    about = fit(node.text("description", LONG), SHORT, context.notes)
    name = words(node.obj("type")) or about or files
    wrong = "entered-in-error" in (node.code("status"), node.code("docStatus"))
    if wrong or name is None:
        context.notes.left_out("DocumentReference", IN_ERROR if wrong else NAMELESS)
        return None
    made = first(node.when("date"), *(c.when("creation") for c in contents))
    facts = body(
        report=name,
        kind=joined(node.objs("category")),
        status={"preliminary": "early", "amended": "changed", "final": "final"}.get(
            node.code("docStatus"), "unknown"
        ),
        made_on=made.on,
        about_when=made.roughly,
        made_by=context.names_of(node.objs("author"), node),
        summary=paragraphs(node, [node.text("description", LONG), text]),
        files=files,
    )
    return Draft("report", name, facts, made.on or context.written_on)


def _is_copy(node: Node, context: Context) -> bool:
    """Whether it points back at the document that it came in, as the PDF file of a share does."""
    related = node.obj("context").objs("related")
    return any(context.follow(one, node).code("resourceType") == "Composition" for one in related)


def _files(attachments: list[Node]) -> tuple[str | None, str | None]:
    """The words of plain text files, and the names of the others, which are not copied."""
    texts, names = [], []
    for file in attachments:
        plain = _plain_text(file)
        if plain:
            texts.append(plain)
        elif file:
            names.append(file.text("title") or file.text("contentType") or "A file")
            file.notes.say(
                "1 attached file was left out: only its name is kept.",
                "{n} attached files were left out: only their names are kept.",
            )
    notes = attachments[0].notes if attachments else None
    if notes is None:
        return None, None
    return fit("\n".join(texts), LONG, notes), fit("; ".join(names), SHORT, notes)


def _plain_text(file: Node) -> str | None:
    raw = file.data.get("data")
    if not isinstance(raw, str) or not file.code("contentType").startswith("text/plain"):
        return None
    try:
        return base64.b64decode(raw[:_TEXT_LIMIT], validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        file.odd("data")
        return None
