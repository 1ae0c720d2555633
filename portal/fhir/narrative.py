"""Readable XHTML for FHIR narratives; every text is escaped."""

import unicodedata
from collections.abc import Iterable
from html import escape

from portal.fhir.shared import DocumentWords, SharedLine, SharedRecord, SharedStatement

XHTML = "http://www.w3.org/1999/xhtml"


def plain(text: str) -> str:
    """Text without characters that XML or JSON readers refuse."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return "".join(kept)


def markup(text: str) -> str:
    """Text escaped for XHTML, line breaks kept."""
    return escape(plain(text), quote=True).replace("\n", "<br/>")


def div(inner: Iterable[str], lang: str) -> dict[str, str]:
    """A FHIR Narrative around finished markup."""
    tag = escape(lang, quote=True)
    body = "".join(inner) or "<p>-</p>"
    return {
        "status": "generated",
        "div": f'<div xmlns="{XHTML}" lang="{tag}" xml:lang="{tag}">{body}</div>',
    }


def paragraph(text: str) -> str:
    """One paragraph."""
    return f"<p>{markup(text)}</p>"


def statement_text(statement: SharedStatement, words: DocumentWords) -> str:
    """A statement of correction, or a note, as one sentence of its own."""
    return (words.note if statement.note else words.statement).format(
        day=statement.on.isoformat(), text=statement.text
    )


def record_markup(record: SharedRecord, words: DocumentWords) -> str:
    """A record with its lines, and beside each value what the person says about it."""
    head = words.held_by.format(agency=record.agency_name)
    if record.recorded_on:
        head = f"{head} {words.written_on.format(day=record.recorded_on.isoformat())}"
    elif record.copied_on:
        head = f"{head} {words.copied_on.format(day=record.copied_on.isoformat())}"
    lines = "".join(_line(line, words) for line in record.lines)
    said = "".join(said_markup(one, words) for one in record.statements)
    listed = f"<dl>{lines}</dl>" if lines else ""
    out = paragraph(words.left_out.format(labels=", ".join(record.left_out))) if record.left_out else ""
    return f"<h3>{markup(record.title)}</h3>{paragraph(head)}{listed}{out}{said}"


def _line(line: SharedLine, words: DocumentWords) -> str:
    tag = escape(line.lang, quote=True)
    below = "".join(paragraph(text) for text in line.below)
    review = paragraph(words.under_review) if line.under_review else ""
    said = "".join(said_markup(one, words) for one in line.said)
    why = paragraph(line.explain) if line.explain else ""
    value = f'<span lang="{tag}" xml:lang="{tag}">{markup(line.value_text)}</span>'
    return f"<dt>{markup(line.label)}</dt><dd>{value}{below}{review}{said}{why}</dd>"


def said_markup(statement: SharedStatement, words: DocumentWords) -> str:
    """A statement or note as a paragraph: our words in the document's language, theirs in their own."""
    tag = escape(statement.lang, quote=True)
    head, _, rest = (words.note if statement.note else words.statement).partition("{text}")
    text = f'<span lang="{tag}" xml:lang="{tag}">{markup(statement.text)}</span>'
    return f"<p><b>{markup(head.format(day=statement.on.isoformat()))}</b>{text}{markup(rest)}</p>"
