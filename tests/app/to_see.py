"""Requests to see in the town: one of each person, with words of its own in all that staff write about it."""

from portal.access_requests import queries
from portal.access_requests import service as access
from portal.base import ids

SURE = {"identity": True, "safe": True, "support": True}
# The person's request that staff work on: whose, at which agency, by whom and by which second person.
DESKS = (("ana", "alpha", "pat"), ("ben", "beta", "bo"))


def ask_to_see(world, as_staff) -> None:
    """A request that is being looked at, one that was handed over in part, and a draft."""
    for person, slug, worker in DESKS:
        ref = _sent(world, person, slug, worker, hours=18)
        _found(world, ref, person, worker, hours=17, done=False)
        world.keep("access request", person, ref)
        world.keep("access case", slug, ref)
        world.keep("access draft", person, _draft(world, person, slug, (person,), hours=4))
    vic = {"alpha": "vic", "beta": as_staff(world, "ada", "beta", "privacy-officer")}
    for person, slug, worker in DESKS:
        ref = _sent(world, person, slug, worker, hours=16)
        _found(world, ref, person, worker, hours=15, done=True)
        world.do(access.propose_decision, ref, "granted_in_part", role=worker, hours=14)
        world.do(access.approve, ref, role=vic[slug], hours=13)
        world.do(access.release, ref, SURE, role=worker, hours=12)
        world.keep("access answer", person, ref)


def _draft(world, person, slug, readers, hours):
    draft = ids.own(world.do(access.start, [world.ids["agency"][slug]], role=person, hours=hours))
    topic = world.plant(f"what {person} asks {slug} to see", *readers)
    names = world.plant(f"another name of {person} for {slug}", *readers)
    why = world.plant(f"why {person}'s wish at {slug} is urgent", *readers)
    reply = {"form": "here", "language": "en", "urgent": "yes", "why": why, "hand_on": "yes"}
    about = {"scope": "topic", "since": None, "until": None, "topic": topic}
    for step, given in (("about", about), ("names", {"names": names, "births": ""}), ("reply", reply)):
        world.do(access.keep, draft, step, given, role=person, hours=hours)
    return draft


def _sent(world, person, slug, worker, hours):
    batch = _draft(world, person, slug, (person, worker), hours)
    world.do(access.submit, batch, role=person, hours=hours)
    world.keep("access batch", person, batch)
    return world.look(queries.sent_with, batch, role=person)[0].ref


def _found(world, ref, person, worker, hours, *, done) -> None:
    """Two things that were found: one is shown without a passage, the other is kept whole.

    Once it is handed over, staff have no right to look any more; the passage itself nobody reads.
    """
    staff = () if done else (worker,)
    told = (person, *staff) if done else staff
    word = lambda what, *readers: world.plant(f"{what} of {person}'s request", *readers)  # noqa: E731
    given = (word("system", *staff), word("what was searched", *staff), word("what was found", *staff))
    world.do(access.log_search, ref, *given, role=worker, hours=hours)
    text = f"Came at ten. {word('shown text', *told)} [[{word('passage taken out', *staff)}]] Went."
    for title, said in ((word("title", *told), text), (word("other title", *told), word("kept", *staff))):
        world.do(access.add_item, ref, title, None, "Case notes", said, role=worker, hours=hours)
    for no, outcome in ((1, "redact"), (2, "refuse")):
        notes = {"balancing-note": word("note", *staff)}
        why = word("reason", *told)
        world.do(access.review_item, ref, no, outcome, "53-b", why, notes, role=worker, hours=hours)
