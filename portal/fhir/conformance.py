"""Says where a bundle departs from FHIR R4, without repeating any value of it."""

import re
from collections import Counter
from collections.abc import Mapping

MAX_PROBLEMS = 40
_NUMBER = re.compile(r"\A\d+\Z")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}\Z")
_SENTENCES = {
    "missing": "{path} is missing",
    "extra_forbidden": "{path} has a field FHIR R4 does not know",
    "value_error": "{path} has a value FHIR R4 does not allow",
}


def problems(document: object) -> list[str]:
    """What `fhir.resources` (R4B) finds wrong, one short sentence for each kind of fault.

    Slow (about half a second for a megabyte), so for the worker and never for a page view.
    The library is imported here for the same reason. Sentences hold field names and
    counts, never values. Never raises for any JSON.
    """
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(document)
    except ValidationError as error:
        return _sentences(error.errors(include_url=False, include_context=False, include_input=False))
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return ["The bundle could not be checked against FHIR R4."]
    return []


def _sentences(errors: list[dict[str, object]] | object) -> list[str]:
    counted: Counter[str] = Counter()
    for error in errors if isinstance(errors, list) else []:
        pattern = _SENTENCES.get(str(error.get("type")), "{path} has a form FHIR R4 does not allow")
        counted[pattern.format(path=_path(error))] += 1
    lines = [f"{text}." if n == 1 else f"{text} ({n} times)." for text, n in counted.most_common()]
    if len(lines) > MAX_PROBLEMS:
        rest = len(lines) - MAX_PROBLEMS
        lines = [*lines[:MAX_PROBLEMS], f"{rest} more kinds of fault were found."]
    return lines


def _path(error: Mapping[str, object]) -> str:
    """The field names of a place in the document, without list positions or anything sent.

    The name of an unknown field is the sender's own text, so its parent is named instead.
    """
    loc = error.get("loc")
    parts = [str(part) for part in loc] if isinstance(loc, tuple) else []
    if error.get("type") == "extra_forbidden":
        parts = parts[:-1]
    names = [part for part in parts if not _NUMBER.match(part)]
    return ".".join(part if _PLAIN.match(part) else "(unnamed)" for part in names[-3:]) or "The bundle"
