"""What somebody learns of shares who takes the whole database, and not the master key: every byte of it is searched."""

import pytest
from sqlalchemy import inspect, text

from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import queries, service
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY, SYSTEM
from portal.records import service as records
from portal.story import service as story
from tests.bundles.factory import a_person, agency, example

# Long, so that no number in a row holds it by chance.
PASSCODE = "482915770316"

WORDS = {
    "address": "9 Canary Quay",
    "later address": "9 Later Quay",
    "substance": "Canarycillin",
    "statement": "Canary statement, in my own words.",
    "story": "My canary sings at night.",
    "recipient": "Canary Recipient",
    "purpose": "A canary purpose",
    "opener": "Canary Opener",
    "reason": "A canary reason",
}


@pytest.fixture
def sina(store):
    made = a_person(store, "Canaryname Tavita")
    sends(made, "example-housing", "tenancy", address=WORDS["address"])
    sends(made, "example-medical-centre", "allergy", substance=WORDS["substance"])
    made.do(story.keep, 2, 0, "", WORDS["story"], "en")
    return made


def sends(person, slug, key, **changes):
    document = agency(slug)

    def verb(work):
        body = example(document, key, **changes)
        records.receive(work, person.person_id, agencies.put_agency(work, document), key, f"S-{key}", body)

    person.do(verb, actor=SYSTEM)


def shares(sina) -> list[int]:
    """Share in every way, let each be opened, and let things change: a copy as of today among them."""
    given = {
        "chosen": [{"record": sina.records[one], "fields": None} for one in ("tenancy", "allergy")],
        "recipient": WORDS["recipient"],
        "purpose": WORDS["purpose"],
        "days": 7,
        "story": [2],
    }
    ways = [{"passcode": PASSCODE}, {"passcode": PASSCODE, "later": False}, {"link_alone": True}]
    made = [ids.decode(sina.do(service.make, **given, **way)) for way in ways]
    for ref in made:
        tried = sina.knock("link", sina.token(ref), PASSCODE)
        visit = Visit("link", WORDS["opener"], WORDS["reason"])
        assert sina.do(service.admit, tried, visit, ids.token(), "file", actor=ANYBODY).ref
    sends(sina, "example-housing", "tenancy", address=WORDS["later address"])
    where = (sina.person_id, sina.records["tenancy"])
    sina.do(records.attach_statement, *where, "address", WORDS["statement"], "en", 7, actor=SYSTEM)
    return made


def dumped(store) -> bytes:
    """Give every byte of every table; on SQLite the files of the store too, with what was written over."""
    held = b""
    engine = store.core.engine
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'select * from "{table}"')):
                held += b"|".join(bytes(v) if isinstance(v, bytes) else str(v).encode() for v in row) + b"\n"
    if store.kind == "sqlite":
        for path in store.settings.instance.parent.glob("portal.db*"):
            held += path.read_bytes()
    return held


def test_no_byte_of_a_share_can_be_read_without_the_master_key(sina):
    made = shares(sina)
    secrets = [
        sina.look(lambda work, ref=ref: queries.secrets_of(work, queries.share(work, ref))) for ref in made
    ]
    words = [*WORDS.values(), PASSCODE, "Canaryname"]
    words += [word for one in secrets for word in one.values()]
    held = dumped(sina.store)
    assert b"bundles_share" in held, "nothing was dumped"
    assert [word for word in words if word.encode() in held or word.encode().hex().encode() in held] == []


def test_a_share_that_stopped_keeps_no_key_and_no_way_in(sina):
    made = shares(sina)
    for ref in made:
        sina.do(service.stop, ref)
    with sina.store.core.engine.connect() as connection:
        assert connection.execute(text("select count(*) from bundles_address")).scalar() == 0
        assert set(connection.execute(text("select passcode_hash from bundles_share")).scalars()) == {""}
    for ref in made:
        assert sina.look(lambda work, ref=ref: queries.secrets_of(work, queries.share(work, ref))) == {}
