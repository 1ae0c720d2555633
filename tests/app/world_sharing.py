"""What is shared with a provider by its name, and a note that came back to what was shared by code."""

from portal.base import ids
from portal.bundles import rules
from portal.bundles import service as bundles
from portal.bundles.service import Visit

WRITER = "w" * 43


def shares_by_name(world) -> None:
    """Ana shares with the town's provider, and Ben with another one that nobody of the town works for."""
    for person, slug, readers in (("ana", "gamma", ("ana", "hemi")), ("ben", "delta", ("ben",))):
        fields = ["name", "address", "note", "tip"]
        given = {
            "chosen": [{"record": world.ids["visit-alpha"][person].id, "fields": fields}],
            "recipient": "The provider",
            "purpose": world.plant(f"what {person} shares with {slug} for", *readers),
            "days": 7,
            "passcode": "",
            "wishes": rules.Wishes(world.ids["provider of the town"][slug]),
        }
        ref = ids.decode(world.do(bundles.make, role=person, hours=4, **given))
        world.keep("shared by name", {"delta": "alpha"}.get(slug, slug), ref)


def writes_back(world, person: str, passcode: str) -> None:
    """Somebody without an account opens a person's share, and writes a note that the person answers."""
    ref = world.ids["share"][person]
    code = ids.fold_code(world.ids["code"][person])
    name, words, answer = (
        world.plant(f"{what} at {person}'s share", person)
        for what in ("name of a writer", "note", "answer to a note")
    )
    tried = world.look(bundles.knock, "code", code, passcode)
    world.do(bundles.open_by_code, tried, Visit("code", name, "To help"), WRITER, hours=3)
    world.do(bundles.write_note, WRITER, ref, words, "en", hours=3)
    note = world.look(_notes, ref, role=person)[0].ref
    world.do(bundles.answer, ref, note, answer, "en", role=person, hours=2)
    world.keep("note back", person, note)


def _notes(work, ref):
    return bundles.notes_of(work, bundles.show_share(work, ref).facts)
