"""What the town's people ask to have fixed: drafts, requests with photos, a statement after a no."""

from portal.base import ids
from portal.corrections import service as corrections
from tests.app.world_fixing import agree, settle
from tests.app.world_helping import readers_of
from tests.app.world_own import adds_proof


def _draft(world, person, slug, key, readers, hours):
    view = world.ids[f"home-{slug}"][person]
    ref = ids.decode(world.do(corrections.start, view.ref, key, role=person, hours=hours))
    said = world.plant(f"{person}'s wish for {key} at {slug}", *readers)
    answers = {"field": key, "wish": "replace", "value": said, "words": said}
    steps = {
        "fields": {"fields": [key]},
        "value": answers,
        "reason": {"reason": world.plant(f"{person}'s reason for {key} at {slug}", *readers)},
        "reply": {"by": "here", "language": "en", "urgent": "no", "why": ""},
    }
    for step, given in steps.items():
        world.do(corrections.keep, ref, step, given, role=person, hours=hours)
    return ref


def asks(world, person: str, *hasty: str) -> None:
    """A declined request with a statement (its case is closed), an open one, and a draft (Ben sends his).

    The statement is read by the desk beside the record of the open request, and by alpha's own copy of it.
    hasty: the canaries of workers who opened the file without a request, and so read the statement too.
    """
    ref = _draft(world, person, "alpha", "note", (person,), 50)
    world.do(corrections.submit, ref, role=person, hours=50)
    why = world.plant(f"why {person}'s note was not fixed", person)
    made = [corrections.Decision(1, "decline", "", "misleading", f"The visitor wrote what they saw. {why}")]
    version = world.look(corrections.show, ref, role=person).version
    world.do(corrections.decide, ref, version, made, role="pat", hours=40)
    agree(world, ref)
    # It stands beside the value wherever that is shown.
    readers = readers_of(person, "alpha", "home")
    statement = world.plant(f"{person}'s statement", person, "pat", "reader", *hasty, *readers)
    world.do(corrections.attach_statement, ref, "note", f"I was calm. {statement}", role=person, hours=30)
    settle(world, ref)
    world.keep("decided", person, ref)
    ref = _draft(world, person, "alpha", "address", (person, "pat"), 20)
    adds_proof(world, person, ref, 20, "pat")
    world.do(corrections.submit, ref, role=person, hours=20)
    world.keep("request", person, ref)
    # Both people's open requests are alpha's tasks; beta's task comes with _ask_at_beta.
    world.keep("task", "alpha", ref)
    world.keep("draft", person, _draft(world, person, "beta", "address", (person,), 10))
    adds_proof(world, person, world.ids["draft"][person], 10, *(["bo"] if person == "ben" else []))


def asks_at_beta(world) -> None:
    """Ben asks beta too, with a photo."""
    ref = _draft(world, "ben", "beta", "note", ("ben", "bo"), 19)
    adds_proof(world, "ben", ref, 19, "bo")
    world.keep("task", "beta", ref)
    world.do(corrections.submit, ref, role="ben", hours=19)
