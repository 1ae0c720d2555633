"""How the town's requests to fix something are answered: a second person agrees, and others are told, also here."""

from dataclasses import replace

from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service as corrections
from portal.records import service as records

REPLY = {"by": "here", "language": "en", "urgent": "no", "why": ""}


def agree(world, ref: int) -> None:
    """The privacy officer agrees to what a colleague proposed."""
    world.do(corrections.approve, ref, role="vic", hours=39)


def settle(world, ref: int) -> None:
    """Staff told the one who had got the value, so that nothing is left to do."""
    world.do(corrections.tell_recipient, ref, 1, "letter", role="pat", hours=29)


def tell_each_other(world) -> None:
    """Each agency fixes something of Ben's that the other had got, and tells it here."""
    _keep_ready(world)
    for slug, other, desk, there in (("alpha", "beta", "pat", "bo"), ("beta", "alpha", "bo", "pat")):
        view = world.ids[f"mark-{slug}"]["ben"]
        given = {"on": "2026-05-01", "to": f"Example {other.title()}", "why": "to visit", "law": "tenancy"}
        world.do(records.note_disclosure, world.actors["ben"].person_id, view.id, given, hours=18)
        ref = ids.own(world.do(corrections.start, view.ref, "people", role="ben", hours=18))
        steps = {
            "fields": {"fields": ["people"]},
            "value": {"field": "people", "wish": "replace", "value": "4", "words": ""},
            "reason": {"reason": ""},
            "reply": REPLY,
        }
        for step, answers in steps.items():
            world.do(corrections.keep, ref, step, answers, role="ben", hours=18)
        world.do(corrections.submit, ref, role="ben", hours=18)
        version = world.look(corrections.show, ref, role="ben").version
        decided = [corrections.Decision(1, "accept")]
        world.do(corrections.decide, ref, version, decided, role=desk, hours=17)
        world.do(corrections.confirm_applied, ref, role=desk, hours=17)
        world.do(corrections.tell_recipient, ref, 1, "here", role=desk, hours=17)
        rows = world.look(tasks.worklist, role=there).rows
        world.keep("told", other, next(row.ref for row in rows if row.kind == corrections.TOLD))


def _keep_ready(world) -> None:
    """Each agency keeps a reason ready: its own text about no one, and so as open as its catalogue."""
    for slug in ("alpha", "beta"):
        role = f"officer of {slug}"
        given = {"agency_id": world.ids["agency"][slug], "role": "privacy-officer"}
        world.actors[role] = replace(world.actors["ada"], **given)
        ref = world.do(
            agencies.keep_reason, "misleading", {"en": f"It was so at {slug}."}, role=role, hours=60
        )
        world.keep("ready reason", slug, ids.decode(ref))
