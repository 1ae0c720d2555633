"""What the town's agencies say that they changed: a draft that only they read, and notes that everybody does."""

from portal.base import ids
from portal.insights import queries, service


def write_notes(world) -> None:
    """Each agency has a draft with a word of its own, and a note that is out."""
    for slug in ("alpha", "beta"):
        readers = ["vic"] if slug == "alpha" else []
        said = {"heard": world.plant(f"draft of a note at {slug}", *readers), "did": "Nothing yet."}
        draft = world.do(service.write, {"en": said}, role=f"officer of {slug}", hours=12)
        world.keep("note on what changed", slug, ids.own(draft))
        publish(world, slug, {"heard": f"{slug} was slow.", "did": "It has two more people."})


def publish(world, slug: str, said: dict[str, str]) -> None:
    """Let a note of an agency out."""
    role = f"officer of {slug}"
    ref = ids.own(world.do(service.write, {"en": said}, role=role, hours=12))
    version = world.look(queries.one, ref, role=role).version
    world.do(service.publish, ref, version, True, role=role, hours=11)
