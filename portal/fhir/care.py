"""Procedures, visits and care plans."""

from portal.fhir.codes import coding_words, joined, words
from portal.fhir.drafting import IN_ERROR, NAMELESS, annotations, body, first, paragraphs, point
from portal.fhir.found import Draft
from portal.fhir.node import Node, fit
from portal.fhir.references import Context
from portal.fhir.values import LONG, SHORT

_DONE = {
    "preparation": "planned",
    "in-progress": "going-on",
    "not-done": "not-done",
    "on-hold": "paused",
    "stopped": "stopped",
    "completed": "done",
}
_VISIT = {
    "planned": "planned",
    "arrived": "going-on",
    "triaged": "going-on",
    "in-progress": "going-on",
    "onleave": "going-on",
    "finished": "done",
    "cancelled": "cancelled",
}
_PLAN = {
    "draft": "planned",
    "active": "going-on",
    "on-hold": "paused",
    "revoked": "stopped",
    "completed": "done",
}
_CLASS = {
    "AMB": "clinic",
    "IMP": "hospital",
    "ACUTE": "hospital",
    "NONAC": "hospital",
    "SS": "hospital",
    "OBSENC": "hospital",
    "EMER": "emergency",
    "HH": "home",
    "FLD": "home",
    "VR": "phone",
}
_CLASS_WORDS = {
    "clinic": "Visit to a clinic",
    "hospital": "Hospital stay",
    "emergency": "Emergency visit",
    "home": "Visit at home",
    "phone": "Phone or video visit",
}


def procedure(node: Node, context: Context) -> Draft | None:
    """A Procedure as a `procedure` record."""
    name = words(node.obj("code"))
    if node.code("status") == "entered-in-error" or name is None:
        context.notes.left_out("Procedure", NAMELESS if name is None else IN_ERROR)
        return None
    done = point(node, "performed")
    facts = body(
        procedure=name,
        status=_DONE.get(node.code("status"), "unknown"),
        done_on=done.on,
        about_when=done.roughly or node.text("performedString"),
        done_by=context.names_of([p.obj("actor") for p in node.objs("performer")], node),
        place=context.name_of(node.obj("location"), node),
        body_part=joined(node.objs("bodySite")),
        reason=context.reason_of(node),
        outcome=words(node.obj("outcome")),
        note=paragraphs(node, annotations(node)),
    )
    return Draft("procedure", name, facts, done.on or context.written_on)


def encounter(node: Node, context: Context) -> Draft | None:
    """An Encounter as an `encounter` record: when, where, with whom and why."""
    kind = _CLASS.get(node.obj("class").code("code"), "other")
    name = joined(node.objs("type")) or words(node.obj("serviceType"))
    name = name or coding_words(node.obj("class")) or _CLASS_WORDS.get(kind)
    if node.code("status") == "entered-in-error" or name is None:
        context.notes.left_out("Encounter", NAMELESS if name is None else IN_ERROR)
        return None
    period = node.obj("period")
    start, end = period.when("start"), period.when("end")
    places = [place.obj("location") for place in node.objs("location")]
    facts = body(
        visit=name,
        kind=kind,
        status=_VISIT.get(node.code("status"), "unknown"),
        started_on=start.on,
        ended_on=end.on if end.on != start.on else None,
        about_when=start.roughly,
        seen_by=context.names_of([p.obj("individual") for p in node.objs("participant")], node),
        place=context.name_of(node.obj("serviceProvider"), node) or context.names_of(places, node),
        reason=context.reason_of(node),
    )
    return Draft("encounter", name, facts, start.on or context.written_on)


def care_plan(node: Node, context: Context) -> Draft | None:
    """A CarePlan as a `care_plan` record, with its goals and steps in words."""
    name = node.text("title") or joined(node.objs("category"))
    name = name or fit(node.text("description", LONG), SHORT, context.notes)
    if node.code("status") == "entered-in-error" or name is None:
        context.notes.left_out("CarePlan", NAMELESS if name is None else IN_ERROR)
        return None
    period = node.obj("period")
    start, end = first(period.when("start"), node.when("created")), period.when("end")
    written_by = [node.obj("author")] if node.has("author") else node.objs("contributor")
    aims = [_goal(context.follow(g, node)) or g.text("display", LONG) for g in node.objs("goal")]
    about = [t for r in node.objs("addresses") if (t := context.title_of(r, node))]
    facts = body(
        plan=name,
        status=_PLAN.get(node.code("status"), "unknown"),
        started_on=start.on,
        ended_on=end.on,
        about_when=start.roughly,
        reason=fit("; ".join(about), SHORT, context.notes),
        goals=paragraphs(node, aims),
        steps=paragraphs(node, [_step(a, node, context) for a in node.objs("activity")]),
        made_by=context.names_of(written_by, node),
        note=paragraphs(node, [_unused(node.text("description", LONG), name), *annotations(node)]),
    )
    return Draft("care_plan", name, facts, start.on or context.written_on)


def _unused(text: str | None, name: str) -> str | None:
    return None if text == name else text


def _goal(goal: Node) -> str | None:
    return words(goal.obj("description"))


def _step(activity: Node, owner: Node, context: Context) -> str | None:
    detail = activity.obj("detail")
    told = detail.text("description", LONG) or words(detail.obj("code"))
    return told or context.title_of(activity.obj("reference"), owner)
