"""The town once more, where Ana has one more of everything, or forty agencies, 5,000 records and years of requests."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from portal.access_log import service as access_log
from portal.access_requests import service as access
from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import service as bundles
from portal.choices import rules as choices_rules
from portal.choices import service as choices
from portal.corrections import service as corrections
from portal.identity import service as identity
from portal.insights.rules import MAX_PART, PARTS
from portal.notices import service as notices
from portal.records import queries
from portal.records.models import Record, Version
from portal.records.service import rows
from portal.story import service as story
from tests.app.world import PASSCODE, build
from tests.app.world_notes import publish
from tests.records.factory import agency_document

KINDS = ("home", "visit", "mark")
PLACES = "Kowhai Rimu Totara Kauri Matai Nikau Rata Puriri Karaka Miro".split()
WORK = "Housing Clinic School Income Justice Dental Disability Whānau".split()
WORDS = """river stone window letter garden winter harbour paper bridge candle market forest kettle ladder mirror
orange pocket ribbon saddle timber valley wagon yellow anchor basket copper dinner engine feather ginger""".split()


@dataclass(frozen=True)
class Size:
    """How much of everything Ana has, beside what is in the town; `of_one` records are at its first agency."""

    agencies: int
    records: int
    of_one: int
    looks: int
    to_see: int
    to_fix: int
    messages: int
    shares: int
    notes: int


SMALL = Size(2, 4, 3, 1, 1, 1, 1, 1, 1)
LARGE = Size(40, 5_000, 2_000, 200, 60, 60, 100, 30, 12)


def grown(size, core, kind):
    """Make the town, and for Ana what a life leaves; what stands in addresses stays what it was."""
    world = build(core, kind)
    chance = random.Random(2020)
    numbers = [world.ids["agency"][slug] for slug in ("alpha", "beta")]
    # The town's second provider is one of the many.
    many = size.agencies - (size.agencies > len(numbers))
    numbers += [_one_more(world, number) for number in range(many - len(numbers))]
    catalogue.forget_catalogue()
    _records(world, numbers, size, chance)
    _looks(world, numbers, size.looks, chance)
    _asked_to_see(world, numbers, size.to_see, chance)
    _asked_to_fix(world, size.to_fix, chance)
    _shared(world, size.shares, chance)
    _told(world, numbers, size.messages)
    for _ in range(size.notes):
        publish(world, "alpha", {part: _words(chance, 100)[: MAX_PART - 1] for part in PARTS})
    for no in range(2, 6):
        world.do(story.keep, no, 0, "", _words(chance, 300), "en", role="ana", hours=2)
    for number in numbers:
        use = choices_rules.ref_of(number, "care")
        world.do(choices.choose, use, chance.choice(("yes", "no")), role="ana", hours=2)
    _colleagues(world, size.agencies // 2)
    return world


def _one_more(world, number):
    name = f"{PLACES[number % len(PLACES)]} {WORK[number % len(WORK)]} Service {number}"
    topic = ("health", "education", "welfare", "justice", "child-wellbeing", "housing")[number % 6]
    agency_id = world.do(
        agencies.put_agency, agency_document(f"example-more-{number}", f"Example {name}", topic)
    )
    world.do(agencies.link, world.actors["ana"].person_id, agency_id, f"more-{number}", "in-person")
    return agency_id


def _words(chance, many):
    return " ".join(chance.choice(WORDS) for _ in range(many)).capitalize()


def _records(world, numbers, size, chance):
    """Rows as `records.service.receive` makes them, without looking each up first: nothing of it is there yet."""
    person_id, each = world.actors["ana"].person_id, (size.records - size.of_one) // (len(numbers) - 1)

    def _put(work, agency_id, many):
        for number in range(many):
            written = date(2024, 9, 1) - timedelta(days=number)
            _record(work, person_id, agency_id, KINDS[number % 3], number, written, chance)
        work.session.flush()

    for at, agency_id in enumerate(numbers):
        world.do(_put, agency_id, size.of_one if at == 0 else each, hours=48 + at)


def _record(work, person_id, agency_id, kind, number, written, chance):
    body = {
        "name": _words(chance, 2),
        "address": f"{number} {_words(chance, 2)} Street",
        "people": number % 9,
    }
    body |= {"alone": bool(number % 2), "note": _words(chance, 12)}
    record = Record(
        **{"person_id": person_id, "id": work.new_id(), "ref": ids.random63(), "agency_id": agency_id},
        **{"type_key": kind, "source_fingerprint": ids.token().encode()[:32], "recorded_on": written},
        **{"changed_at": work.now, "version_no": 1, "state": "live", "check_on": date(2026, 1, 1)},
    )
    where = (1, record.id, person_id, agency_id)
    version = Version(
        **{"person_id": person_id, "record_id": record.id, "no": 1, "agency_id": agency_id},
        body=work.keys.seal_json(queries.version_place("body", *where), body),
        body_fingerprint=rows.fingerprint(work, record, body),
        why=work.keys.seal_json(queries.version_place("why", *where), {"reason": _words(chance, 5)}),
        **{"changed_by": "agency", "recorded_on": written, "received_at": work.now},
    )
    work.session.add_all((record, version))


def _looks(world, numbers, many, chance):
    sent = [
        access_log.SentLook(
            f"many-{number}",
            world.now - timedelta(hours=5 * number + 1),
            "Case manager",
            f"{_words(chance, 3)}.",
            "Case file",
        )
        for number in range(many)
    ]
    for at, agency_id in enumerate(numbers):
        mine = sent[at :: len(numbers)]
        world.do(access_log.receive, world.actors["ana"].person_id, agency_id, mine)


def _asked_to_see(world, numbers, many, chance):
    """Sent to many agencies at once."""
    for sent in range(0, many, 30):
        ref = ids.own(world.do(access.start, numbers[: min(30, many)], role="ana", hours=11))
        reply = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
        about = {"scope": "topic", "since": None, "until": None, "topic": f"{_words(chance, 6)} {sent}"}
        for step, given in (("about", about), ("names", {"names": "", "births": ""}), ("reply", reply)):
            world.do(access.keep, ref, step, given, role="ana", hours=11)
        world.do(access.submit, ref, role="ana", hours=11)


def _asked_to_fix(world, many, chance):
    """All at one agency, so that its desk has a long list; a third is decided."""
    alpha = world.ids["agency"]["alpha"]
    mine = [one for one in world.look(queries.all_shareable, role="ana") if one.agency.id == alpha]
    for number, record in enumerate(mine[-many:]):
        ref = world.do(_fix, record, chance, role="ana", hours=30)
        if number % 3 == 0:
            version = world.look(corrections.show, ref, role="ana").version
            made = [corrections.Decision(1, "decline", "", "misleading", f"It is so. {_words(chance, 9)}")]
            world.do(corrections.decide, ref, version, made, role="pat", hours=20)


def _fix(work, record, chance):
    ref = ids.own(corrections.start(work, record.ref, "note"))
    steps = {
        "fields": {"fields": ["note"]},
        "value": {"field": "note", "wish": "replace", "value": _words(chance, 8), "words": _words(chance, 8)},
        "reason": {"reason": _words(chance, 15)},
        "reply": {"by": "here", "language": "en", "urgent": "no", "why": ""},
    }
    for step, given in steps.items():
        corrections.keep(work, ref, step, given)
    corrections.submit(work, ref)
    return ref


def _shared(world, many, chance):
    visit = world.ids["visit-alpha"]["ana"]
    for number in range(many):
        given = {
            "chosen": [{"record": visit.id, "fields": ["name", "address", "note"]}],
            "recipient": _words(chance, 3),
            "purpose": _words(chance, 4),
            "days": 7,
            "passcode": PASSCODE,
        }
        ref = ids.own(world.do(bundles.make, role="ana", hours=10, **given))
        if number % 2:
            world.do(bundles.stop, ref, role="ana", hours=9)


def _told(world, numbers, many):
    def _tell(work, agency_id):
        notices.tell(work, world.actors["ana"].person_id, "value_came_back", agency_id)

    for number in range(many):
        world.do(_tell, numbers[number % len(numbers)], hours=number)


def _colleagues(world, many):
    for number in range(many):
        world.do(
            identity.invite_colleague, f"Colleague {number}", "caseworker", "agency", role="ada", hours=1
        )
