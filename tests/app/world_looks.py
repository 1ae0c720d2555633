"""What the town has of looks: one at each person that they ask about, and a wish to show looks later."""

from datetime import timedelta

from portal.access_log import service as access_log
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework import service as casework

# Whose looks they ask about: the agency, the worker, the person.
ASKED = (("alpha", "pat", "ana"), ("beta", "bo", "ben"))


def look_and_ask(world) -> None:
    """Let staff look, people ask about it, and staff ask to show looks later; nobody agreed yet."""
    for slug, worker, person in ASKED:
        agency_id, person_id = world.ids["agency"][slug], world.actors[person].person_id
        seen = world.plant(f"what {worker} saw of {person}", person, worker)
        details = {"who": "", "role": "caseworker", "why": "To answer your request.", "records": [seen]}
        world.do(access_log.note, person_id, "staff", agency_id, "record", details, role=worker, hours=6)
        newest = world.look(access_log.looks, role=person, by=agency_id)
        look_id = next(one.id for one in newest if one.records == [seen])
        world.keep("look", person, look_id)
        asked = world.plant(f"what {person} asks about a look", person, worker)
        world.do(access_log.ask, look_id, f"Why was it opened? {asked}", "en", role=person, hours=5)
        question = world.look(access_log.look, look_id, role=person).question
        world.keep("look question", slug, question.ref)
        reason = (
            f"Family Violence Act 2018, s 20: {world.plant(f'why {slug} shows looks later', *_officer(slug))}"
        )
        days = (nz_date(world.now), nz_date(world.now) + timedelta(days=30))
        given = (world.ids[f"client-{slug}"][person], "s24", reason, *days)
        world.keep("looks shown later", slug, ids.decode(world.do(casework.hold_back, *given, role=worker)))


def _officer(slug) -> list[str]:
    return ["vic"] if slug == "alpha" else []
