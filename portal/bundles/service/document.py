"""A share as a preview, as a FHIR document, and as the encrypted file that a SMART Health Link leads to."""

import base64
import json
from typing import Any

from portal.agencies.queries import catalogue
from portal.agencies.rules import Words
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.queries import Preview, PreviewLine, PreviewRecord, Said, ShareFacts
from portal.fhir.shared import DocumentFacts, SharedLine, SharedRecord, SharedStatement, SharedSubject
from portal.fhir.writing import document

CONTENT_TYPE = "application/fhir+json"
# The library stops at 64 KiB, because it fears strangers; here we write our own file, and a file with many
# records is larger. A whole life in records was measured at 4 MB before compression.
LARGEST_FILE = 32 * 1024 * 1024


def preview(work: Work, found: ShareFacts, tag: str = "en") -> Preview:
    """Give what a share or draft shows at this moment, in the language `tag`. Two reads."""
    frozen = found.state != "draft" and not found.long_term
    return queries.preview(work, found.person_id, found.lines, found.linked, tag, found.told, frozen)


def fhir_document(work: Work, found: ShareFacts, publisher: str) -> dict[str, Any]:
    """Give a share as a FHIR R4 document: the same lines and statements that the readable page shows."""
    shown = preview(work, found)
    secrets = queries.secrets_of(work, found)
    facts = DocumentFacts(
        title=publisher,
        made_at=found.made_at,
        # Random, and known to nobody who does not hold the share: ids follow from it.
        seed=secrets.get("key", str(found.ref)),
        publisher=publisher,
        recipient=found.recipient,
        ends_at=found.expires_at,
    )
    told = [SharedStatement(f"{one.heading.text}: {one.text}", one.lang, one.on) for one in shown.story]
    return document(SharedSubject(found.name), [_record(one) for one in shown.records], facts, told)


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
    # One statement fits beside a value of the document; older ones stand with the record, under the label.
    older = [_said(said, line.label.text) for line in one.lines for said in line.statements[:-1]]
    return SharedRecord(
        type_key=one.type_key,
        topic=one.topic,
        title=one.title.text,
        agency_name=one.agency_name,
        recorded_on=one.recorded_on,
        lines=tuple(_line(line) for line in one.lines),
        body_if_whole=one.body,
        statements=tuple([*(_said(said) for said in one.statements), *older, *_notes(one)]),
    )


def _notes(one: PreviewRecord) -> list[SharedStatement]:
    """Give the person's own notes: they stand with the record, each under what it is about."""
    beside = [_said(said, line.label.text) for line in one.lines for said in line.notes]
    return [*(_said(said) for said in one.notes), *beside]


def _line(line: PreviewLine) -> SharedLine:
    return SharedLine(
        label=line.label.text,
        value_text=line.value.text,
        lang=line.value.lang,
        statement=_said(line.statements[-1]) if line.statements else None,
        under_review=line.under_review,
    )


def _said(said: Said, about: str = "") -> SharedStatement:
    return SharedStatement(f"{about}: {said.text}" if about else said.text, said.lang, said.on)
