"""A share as a preview, as PDF, JSON and FHIR, and as the encrypted file that a SMART Health Link leads to."""

import base64
import json
from typing import Any

from portal.agencies.queries import catalogue
from portal.agencies.rules import Words
from portal.base.pdf import CannotDraw
from portal.base.problems import Busy
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.queries import Preview, PreviewLine, PreviewRecord, Said, ShareFacts, quiet_titles
from portal.bundles.service import readable, structured
from portal.fhir.shared import DocumentFacts, SharedLine, SharedRecord, SharedStatement, SharedSubject
from portal.fhir.writing import document
from portal.language import service as language
from portal.language.rules import ENGLISH
from portal.records.service.downloads.saying import Teller

CONTENT_TYPE = "application/fhir+json"
# The library stops at 64 KiB, because it fears strangers; here we write our own file, and a file with many
# records is larger. A whole life in records was measured at 4 MB before compression.
LARGEST_FILE = 32 * 1024 * 1024
# Of the PDF file within: about 200 records. Measured: 0.4 s and 86 MB while it is drawn, and 1.4 MB in the document.
MOST_LETTERS = 100_000


def preview(work: Work, found: ShareFacts, tag: str = "en") -> Preview:
    """Give what a share or draft shows at this moment, in the language `tag`. Two reads."""
    frozen = found.state != "draft" and not found.long_term
    return queries.preview(work, found.person_id, found.lines, found.linked, tag, found.told, frozen)


def pdf_document(work: Work, found: ShareFacts, tag: str = ENGLISH) -> bytes:
    """Give a share as a tagged PDF file in the language `tag`, as it is at this moment. Two reads.

    Nothing of the store is held while it is drawn, so never within `work.do`. Raises pdf.CannotDraw (TooMuch among
    it), and Busy when too many are drawn at once. Principle 11(1)(c): the person authorises it.
    """
    made = readable.drawing(found, preview(work, found, tag), tag, work.now, quiet_titles(work, found, tag))
    work.rest()
    return made.bytes()


def plain_document(work: Work, found: ShareFacts, tag: str = ENGLISH) -> dict[str, Any]:
    """Give a share as small plain JSON data in the language `tag` (docs/share.schema.json). Two reads."""
    return structured.plain(found, preview(work, found, tag), tag, work.now, quiet_titles(work, found, tag))


def fhir_document(work: Work, found: ShareFacts, publisher: str) -> dict[str, Any]:
    """Give a share as a FHIR R4 document: the same lines and statements that the readable page shows.

    The same as a PDF file is in it (docs/sharing.md says when it is not). Its fixed words are English, since no
    one knows who opens it; what people wrote keeps its language. Nothing of the store is held while the file is
    drawn, so never within `work.do`.
    """
    shown = preview(work, found)
    secrets = queries.secrets_of(work, found)
    facts = DocumentFacts(
        title=readable.title(Teller(ENGLISH), found),
        made_at=work.now,
        # Random, and known to nobody who does not hold the share: ids follow from it.
        seed=secrets.get("key", str(found.ref)),
        publisher=publisher,
        recipient=found.recipient,
        ends_at=found.expires_at,
        purpose=found.purpose,
        agreed_at=found.made_at,
    )
    told = [SharedStatement(f"{one.heading.text}: {one.text}", one.lang, one.on) for one in shown.story]
    copy = _copy(work, readable.drawing(found, shown, ENGLISH, work.now, quiet_titles(work, found)))
    shared = [_record(one) for one in shown.records]
    return document(SharedSubject(found.name), shared, facts, told, copy=copy)


def _copy(work: Work, drawing: readable.Drawing) -> bytes | None:
    """Draw the PDF file that stands in the document; None where it would be too large, or cannot be made now."""
    if drawing.letters > MOST_LETTERS:
        return None
    work.rest()
    try:
        return drawing.bytes()
    except (CannotDraw, Busy):
        # All of it stands in the document without the file, too.
        return None


def sealed_document(work: Work, found: ShareFacts, publisher: str) -> str:
    """Give a share's document as a compact JWE under the share's own key, with a fresh IV each time.

    Links specification 1.0.0: alg `dir`, enc `A256GCM`, cty of the file, zip `DEF` up to a size.
    """
    # Slow to import, and needed only here.
    from joserfc import jwe
    from joserfc.jwk import OctKey

    class Registry(jwe.JWERegistry):
        """The library's rules, with one limit raised on purpose."""

        max_ciphertext_length = LARGEST_FILE

    key = OctKey.import_key(_bytes(queries.secrets_of(work, found)["key"]))
    text = json.dumps(fhir_document(work, found, publisher), ensure_ascii=False, separators=(",", ":"))
    body = text.encode()
    header = {"alg": "dir", "enc": "A256GCM", "cty": CONTENT_TYPE}
    if rules.is_packed(len(body)):
        header["zip"] = "DEF"
    registry = Registry(algorithms=["dir", "A256GCM", "DEF"])
    return jwe.encrypt_compact(header, body, key, registry=registry)


def titles(work: Work, found: ShareFacts, tag: str = "en") -> list[Words]:
    """Name the parts of a story and the kinds of records in a share, each once, from the catalogue alone. No read.

    Left out are those whose link is not live or, on the person's own screens, hidden.
    """
    book = catalogue(work)
    kinds = (book.type(one["agency"], one["type"]) for one in found.shown_lines if one["fields"])
    story = [queries.told(one, tag).heading for one in found.told]
    return list(dict.fromkeys([*story, *(kind.title_in(tag) for kind in kinds if kind)]))


def held_titles(work: Work, found: ShareFacts) -> list[tuple[str, int]]:
    """Name in English the kinds of records in a share with the agency that holds each: for the log. No read."""
    book = catalogue(work)
    kinds = (book.type(one["agency"], one["type"]) for one in found.shown_lines if one["fields"])
    held = dict.fromkeys((kind.title, kind.agency_id) for kind in kinds if kind)
    # What the person told themselves is no agency's.
    return [*([("My story", 0)] if found.told else []), *held]


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _record(one: PreviewRecord) -> SharedRecord:
    return SharedRecord(
        type_key=one.type_key,
        topic=one.topic,
        title=one.title.text,
        agency_name=one.agency_name,
        recorded_on=one.recorded_on,
        lines=tuple(_line(line) for line in one.lines),
        body_if_whole=one.body,
        statements=_said(one.statements, one.notes),
        codes=one.codes,
        copied_on=one.copied_on,
        left_out=tuple(label.text for label in one.left_out),
    )


def _line(line: PreviewLine) -> SharedLine:
    return SharedLine(
        label=line.label.text,
        value_text=line.value.text,
        lang=line.value.lang,
        said=_said(line.statements, line.notes),
        under_review=line.under_review,
        below=_below(line),
    )


def _below(line: PreviewLine) -> tuple[str, ...]:
    """Give what always stands under something that was said about the person: that, and the four answers."""
    if line.nature != "allegation":
        return ()
    words = language.translator(ENGLISH)
    answers = [
        words.attr(
            "%(question)s: %(answer)s",
            question=words.attr(question),
            answer=answer.text or words.attr("They have not said"),
        )
        for question, answer in line.answers
    ]
    return (words.attr("Someone said this. It may not have been checked."), *answers)


def _said(statements: list[Said], notes: list[Said]) -> tuple[SharedStatement, ...]:
    said = [SharedStatement(one.text, one.lang, one.on) for one in statements]
    return (*said, *(SharedStatement(one.text, one.lang, one.on, note=True) for one in notes))
