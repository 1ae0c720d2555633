"""What the town's people put beside records and requests: notes, a change, photos, a view; what nobody may confirm."""

from portal.agencies import tasks
from portal.base import ids
from portal.casework import service as casework
from portal.corrections.service import proof
from portal.records import service as records
from tests.threats.hostile_files import exif, jpeg

GROUND, OFFICER = "53-c", "Privacy officer"


def adds_proof(world, person: str, ref: int, hours: int, *readers: str) -> None:
    """A photo with a draft, whose name its person may read, and `readers`."""
    name = world.plant(f"what {person} calls the photo of {hours} hours ago", person, *readers)
    new = proof.read_file(f"{name}.jpg", jpeg(exif=exif(place=True)))
    world.do(proof.add_file, ref, new, role=person, hours=hours)


def write_beside(world) -> None:
    """Everybody has a private note and a shown one, changed a value, and has a record of which nothing is said."""
    for person, slug, desk in (("ana", "alpha", "pat"), ("ben", "alpha", "pat"), ("ben", "beta", "bo")):
        view = world.ids[f"home-{slug}"][person]
        if slug == "alpha":
            note = world.plant(f"{person}'s own note", person)
            world.do(records.write_note, view.ref, "people", note, "en", False, role=person, hours=15)
        known = {row.ref for row in world.look(tasks.worklist, role=desk).rows}
        world.do(records.edit_value, view.ref, "alone", "no", view.version_no, role=person, hours=14)
        made = [row.ref for row in world.look(tasks.worklist, role=desk).rows if row.ref not in known]
        world.keep("own change", slug, made[0])
    for slug, desk in (("alpha", "pat"), ("beta", "bo")):
        name = world.plant(f"view of {desk}", f"only {desk}")
        world.keep(
            "saved view", slug, ids.own(world.do(casework.keep_view, name, {"due": ["late"]}, role=desk))
        )
    for person in ("ana", "ben"):
        _say_nothing(world, person, world.ids["agency"]["alpha"])


def _say_nothing(world, person: str, agency_id: int) -> None:
    person_id = world.actors[person].person_id
    # Only the worker who opened Ana's file sees it: staff of the agency do, and nobody of hers.
    staff = ["only pat"] if person == "ana" else []
    body = {"name": world.plant(f"{person}'s silent record", *staff), "people": 1}
    place = (person_id, agency_id, "home", "silent-1")
    world.do(records.receive, *place, body, hours=13)
    number = world.look(records.record_id_of, *place)
    world.do(records.keep_silent, person_id, number, GROUND, OFFICER, hours=13)
