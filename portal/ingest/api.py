"""The agency API: an agency's own system sends one record at a time, and takes its own copy home.

Described in openapi.json beside this file.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request
from jsonschema import Draft202012Validator, FormatChecker

from portal.agencies import service as agencies
from portal.base.problems import Invalid, NotThere
from portal.corrections import service as corrections
from portal.identity.permissions import Permission
from portal.ingest import service
from portal.ingest.service import Call, Fault, Incoming, Who
from portal.web.core import actor, hit, work
from portal.web.errors import problem_details
from portal.web.guards import machine, public, requires

blueprint = Blueprint("ingest_api", __name__)
DESCRIPTION = Path(__file__).with_name("openapi.json")
MOST_BYTES = 256 * 1024
LONGEST = 200
NEEDS_KEY = "Send an Idempotency-Key header: up to 200 letters, digits or signs, fresh for each new call."
NO_JSON = "The body has to be one JSON object in UTF-8."
UNFIT = "The record does not fit. Each entry of errors names a place."
REUSED = "This Idempotency-Key came with another call before. Use a fresh one."
HELD = "The record is held back. Staff of your agency were asked to look."


@blueprint.after_request
def say_how_to_ask(response: Response) -> Response:
    """Name the kind of key where one is missing (RFC 9110), and let nothing be stored on the way."""
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@blueprint.put("/api/v1/clients/<string:ref>/records/<string:type>/<path:id>")
@requires(Permission.INGEST_SEND)
@machine
def put_record(ref: str, type: str, id: str) -> Response:
    """Take one record of a client of the key's agency."""
    agency_id = actor().agency_id or 0
    hit("api", str(agency_id))
    if not all(_is_name(part) for part in (ref, type, id)):
        raise NotThere()
    call = _call()
    if isinstance(call, Response):
        return call
    kind = agencies.catalogue(work()).type(agency_id, type)
    if kind is None:
        return problem_details(404, "Your agency has no such record type. Add it with a purpose first.")
    try:
        sent = service.read_json(call.body)
    except service.Unreadable:
        return problem_details(400, NO_JSON)
    wrong = _wrong(sent)
    if not wrong:
        wrong = [Fault(f"/body{one.pointer}", one.words) for one in service.faults(kind, sent["body"])]
    if wrong:
        return problem_details(422, UNFIT, errors=_told(wrong))
    try:
        status, answer = work().do(service.take_once, call, ref, _incoming(type, id, sent), _who(sent))
    except service.KeyReused:
        return problem_details(422, REUSED)
    if status == 409:
        return problem_details(409, HELD)
    response = jsonify(answer)
    response.status_code = status
    return response


@blueprint.put("/api/v1/clients/<string:ref>/no-letter")
@requires(Permission.INGEST_SEND)
@machine
def put_no_letter(ref: str) -> Response:
    """Say that no letter may go to a client of the key's agency, or that one may again; alike for every number."""
    hit("api", str(actor().agency_id or 0))
    if not _is_name(ref):
        raise NotThere()
    call = _call()
    if isinstance(call, Response):
        return call
    try:
        sent = service.read_json(call.body)
    except service.Unreadable:
        return problem_details(400, NO_JSON)
    wrong = _wrong(sent, "NoLetter")
    if wrong:
        return problem_details(422, UNFIT, errors=_told(wrong))
    try:
        status, answer = work().do(service.flag_once, call, ref, sent["no_letter"])
    except service.KeyReused:
        return problem_details(422, REUSED)
    response = jsonify(answer)
    response.status_code = status
    return response


@blueprint.get("/api/v1/corrections")
@requires(Permission.CORRECTIONS_COPY)
@machine
def get_corrections() -> Response:
    """Give what belongs beside the data of the key's agency, oldest first: statements, and what was put right."""
    hit("api-read", str(actor().agency_id or 0))
    after = request.args.get("after", "")
    try:
        found = corrections.copy_home(work(), after)
    except Invalid as fault:
        return problem_details(400, fault.message)
    rows = [corrections.as_document(one) for one in found.rows]
    # Each person's look is kept before anything is given out.
    work().finish()
    return jsonify({"corrections": rows, "after": found.end or after, "more": found.more})


@blueprint.get("/api/v1/openapi.json")
@public
@machine
def describe() -> Response:
    """Give the description of this API (OpenAPI 3.1)."""
    return jsonify(_description())


def _call() -> Call | Response:
    """Read the call, or give the answer that says what it lacks; a body too large is refused by the server."""
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST or not all("!" <= letter <= "~" for letter in key):
        return problem_details(400, NEEDS_KEY)
    if request.mimetype != "application/json":
        return problem_details(415, NO_JSON)
    request.max_content_length = MOST_BYTES
    return Call(key, request.path, request.get_data())


def _wrong(sent: Any, schema: str = "Record") -> list[Fault]:
    strange = service.unwritable(sent)
    return [strange] if strange else service.found_by(_envelope(schema), sent)


def _told(wrong: list[Fault]) -> list[dict[str, str]]:
    return [{"pointer": one.pointer, "detail": one.words} for one in wrong[:50]]


def _incoming(type_key: str, source_id: str, sent: dict[str, Any]) -> Incoming:
    return Incoming(
        type_key=type_key,
        source_id=source_id,
        body=sent["body"],
        recorded_on=_day(sent.get("recorded_on")),
        why=sent.get("why"),
        withheld=sent.get("withheld", []),
        disclosures=sent.get("disclosures", []),
        third_party=sent.get("third_party", []),
        silent=sent.get("silent"),
    )


def _who(sent: dict[str, Any]) -> Who | None:
    who = sent.get("who")
    return None if who is None else Who(tuple(who.get("names", [])), _day(who.get("birth_date")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_name(part: str) -> bool:
    return 0 < len(part) <= LONGEST and part.isprintable() and "\ufffd" not in part


@cache
def _description() -> dict[str, Any]:
    return json.loads(DESCRIPTION.read_text(encoding="utf-8"))


@cache
def _envelope(name: str) -> Draft202012Validator:
    schema = _description()["components"]["schemas"][name]
    return Draft202012Validator(schema, format_checker=FormatChecker(formats=["date"]))
