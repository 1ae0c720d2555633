"""Conditions and allergies, in the shape the medical centre's own record types have."""

from portal.fhir.codes import codes_of, joined, no_information, words
from portal.fhir.drafting import (
    IN_ERROR,
    NAMELESS,
    NO_INFORMATION,
    annotations,
    body,
    first,
    paragraphs,
    sentence,
)
from portal.fhir.found import Draft
from portal.fhir.node import Node, fit
from portal.fhir.references import Context
from portal.fhir.values import SHORT, When

_PAST = frozenset({"inactive", "remission", "resolved"})
_UNSURE = frozenset({"unconfirmed", "provisional", "differential"})
IN_THE_PAST = "Marked as in the past"
_NO_DATE = "no full date in it or in the bundle"


def condition(node: Node, context: Context) -> Draft | None:
    """A Condition as a `condition` record.

    That type needs a full date. A missing or partial one becomes the day the summary was
    written, the date as sent stays in the note, and a warning says so.
    """
    name = words(node.obj("code"))
    checked = codes_of(node.obj("verificationStatus"))
    reason = _refusal(node, name, checked)
    began, written = _onset(node), first(node.when("recordedDate"), node.when("assertedDate"))
    noted_on = written.on or began.on or context.written_on
    if reason is None and noted_on is None:
        reason = _NO_DATE
    if reason or name is None or noted_on is None:
        context.notes.left_out("Condition", reason or NAMELESS)
        return None
    if not (written.on or began.on):
        context.notes.say(
            "1 condition has no full date, so the date of the summary is shown.",
            "{n} conditions have no full date, so the date of the summary is shown.",
        )
    facts = body(
        condition=name,
        noted_on=noted_on,
        status=_condition_status(node, checked),
        noted_by=context.name_of(node.obj("recorder"), node) or context.name_of(node.obj("asserter"), node),
        came_from=fit(context.source, SHORT, context.notes),
        note=_condition_note(node, checked, began, written),
    )
    return Draft("condition", name, facts, noted_on)


def _refusal(node: Node, name: str | None, checked: frozenset[str]) -> str | None:
    if "entered-in-error" in checked:
        return IN_ERROR
    if no_information(node.obj("code")):
        return NO_INFORMATION
    return None if name else NAMELESS


def _onset(node: Node) -> When:
    return first(node.when("onsetDateTime"), node.obj("onsetPeriod").when("start"))


def _condition_status(node: Node, checked: frozenset[str]) -> str:
    if "refuted" in checked:
        return "ruled-out"
    status = codes_of(node.obj("clinicalStatus"))
    if status & _PAST:
        return "past"
    if not status:
        if node.has("abatementDateTime") or node.has("abatementPeriod"):
            return "past"
        node.notes.say(
            "1 condition does not say if it is still so; it is shown as still there.",
            "{n} conditions do not say if they are still so; they are shown as still there.",
        )
    return "active"


def _condition_note(node: Node, checked: frozenset[str], began: When, written: When) -> str | None:
    ended = first(node.when("abatementDateTime"), node.obj("abatementPeriod").when("start"))
    return paragraphs(
        node,
        [
            *annotations(node),
            sentence("Began", began.words() if began.on != written.on or began.roughly else None),
            sentence("Began", None if began else node.text("onsetString")),
            sentence("Ended", ended.words() or node.text("abatementString")),
            sentence("First written down", written.roughly),
            sentence("How bad", words(node.obj("severity"))),
            sentence("Where on the body", joined(node.objs("bodySite"))),
            "Not confirmed." if checked & _UNSURE else None,
        ],
    )


def allergy(node: Node, context: Context) -> Draft | None:
    """An AllergyIntolerance as an `allergy` record.

    That type has no place for notes, so a note is shown as what happened where no
    reaction was sent, and is named in a warning where one was.
    """
    checked = codes_of(node.obj("verificationStatus"))
    name = words(node.obj("code")) or joined([r.obj("substance") for r in node.objs("reaction")])
    reason = _refusal(node, name, checked)
    if "refuted" in checked:
        reason = "marked by the sender as ruled out"
    if reason or name is None:
        context.notes.left_out("AllergyIntolerance", reason or NAMELESS)
        return None
    recorded = first(node.when("recordedDate"), _onset(node))
    facts = body(
        substance=name,
        reaction=_reaction(node),
        kind={"allergy": "allergy", "intolerance": "side-effect"}.get(node.code("type"), "unknown"),
        how_bad=_how_bad(node),
    )
    return Draft("allergy", name, facts, recorded.on or context.written_on)


def _how_bad(node: Node) -> str:
    seen = {r.code("severity") for r in node.objs("reaction")}
    if node.code("criticality") == "high" or "severe" in seen:
        return "severe"
    return "mild" if seen == {"mild"} else "unknown"


def _reaction(node: Node) -> str | None:
    texts = []
    for reaction in node.objs("reaction"):
        what = joined(reaction.objs("manifestation")) or reaction.text("description")
        if what:
            texts.append(f"{what} (moderate)" if reaction.code("severity") == "moderate" else what)
    extra = annotations(node)
    if not texts:
        texts, extra = extra, []
    elif extra:
        node.notes.say(
            "1 allergy has a note that its record type has no place for.",
            "{n} allergies have notes that their record type has no place for.",
        )
    if codes_of(node.obj("clinicalStatus")) & _PAST:
        texts.append(IN_THE_PAST)
    return fit("; ".join(texts), SHORT, node.notes)
