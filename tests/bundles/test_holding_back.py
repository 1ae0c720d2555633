"""Pausing everything, and the day that a share of nearly all waits: from outside each looks like one that ended."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.base import ids
from portal.base.problems import Ended, NotThere
from portal.bundles import queries, rules, service
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY, SYSTEM
from portal.records import queries as records
from portal.records import service as keeping
from tests.bundles.factory import PASSCODE, a_person, agency, example

VISIT = Visit("code", "Hemi Ross", "Help with a warm home")
BROWSER = "b" * 43
DAY = timedelta(days=1)


@pytest.fixture
def sina(store):
    return a_person(store)


def enter(person, ref, how="code", now=None):
    """Try the typed code or the link with the right passcode, as anybody; gives what the try came to."""
    token, code = person.doors(ref)
    text = token if how == "link" else ids.fold_code(code)
    tried = person.look(service.knock, how, text, PASSCODE, actor=ANYBODY, now=now)
    return tried and person.do(
        service.admit, tried, Visit(how, "Hemi"), BROWSER, "visit", actor=ANYBODY, now=now
    )


def read(person, ref, now=None):
    return person.look(service.read, BROWSER, ref, actor=ANYBODY, now=now)


def file_of(person, ref):
    """Open the link of a share and give the address of its file."""
    tried = person.knock("link", person.doors(ref)[0])
    token = ids.token()
    person.do(service.manifest, tried, Visit("link", "A clinic"), None, token, actor=ANYBODY)
    return token


def with_a_file(person):
    """Give the person so many records that all of them are a whole file: chosen lines for `share`."""
    document = agency("example-medical-centre")

    def verb(work):
        agency_id = next(one.agency.id for one in records.listed(work) if one.type.key == "allergy")
        for no in range(rules.FEWEST_RECORDS):
            body = example(document, "allergy", substance=f"Thing {no}")
            keeping.receive(work, person.person_id, agency_id, "allergy", f"S-more-{no}", body)
        work.session.flush()
        return None

    person.do(verb)
    return [{"record": one.id, "fields": None} for one in person.look(records.listed) if ordinary(one)]


def ordinary(one):
    return one.type.sensitivity != "safety"


def test_while_paused_every_way_in_is_shut_and_afterwards_open_again(sina):
    ref = sina.share()
    enter(sina, ref)
    file = file_of(sina, ref)
    ready = sina.knock("code", ids.fold_code(sina.doors(ref)[1]))
    sina.do(service.pause)
    assert enter(sina, ref) is None and enter(sina, ref, "link") is None
    assert sina.do(service.admit, ready, VISIT, actor=ANYBODY) is None, "compared before, carried out after"
    with pytest.raises(Ended):
        read(sina, ref)
    with pytest.raises(NotThere):
        sina.look(service.file, file, "Portal", actor=ANYBODY)
    with pytest.raises(NotThere):
        sina.look(service.sealed_for, ready.door, "Portal", actor=ANYBODY)
    sina.do(service.resume)
    assert read(sina, ref)[1].keys and sina.look(service.file, file, "Portal", actor=ANYBODY)
    assert enter(sina, ref).ref == ids.encode(ref)


def test_no_try_is_counted_while_paused(sina):
    ref = sina.share()
    sina.do(service.pause)
    assert sina.knock("code", ids.fold_code(sina.doors(ref)[1]), "000001") is None
    assert sina.look(service.show_share, ref).facts.tries_left == rules.TRIES


def test_a_share_made_while_paused_is_paused_too(sina):
    sina.do(service.pause)
    ref = sina.share()
    assert sina.look(service.show_share, ref).facts.state == "paused"
    assert enter(sina, ref) is None


def test_what_ended_while_it_was_paused_stays_ended(sina):
    start = datetime.now(UTC) - 2 * DAY
    old, stopped = sina.share(days=1, now=start), sina.share()
    sina.do(service.pause, now=start)
    sina.do(service.stop, stopped)
    sina.do(service.resume)
    assert {one: sina.look(service.show_share, one).facts.state for one in (old, stopped)} == {
        old: "over",
        stopped: "ended",
    }
    assert sina.do(service.expire, actor=SYSTEM) == 1


def test_pausing_twice_is_pausing_once_and_concerns_nobody_else(sina, store):
    tame = a_person(store, "Tame Example")
    ref = tame.share()
    for _ in range(2):
        sina.do(service.pause)
    assert enter(tame, ref).ref
    before = datetime.now(UTC) - DAY
    assert len(sina.look(queries.pauses_in, before, before + 2 * DAY)) == 1
    for _ in range(2):
        sina.do(service.resume)
    assert sina.look(queries.paused_since) is None


def test_nearly_all_that_is_held_waits_a_day_and_then_opens_for_as_long_as_was_chosen(sina):
    ref = sina.share(with_a_file(sina))
    found = sina.look(service.show_share, ref).facts
    assert found.state == "waits" and found.starts_at - found.made_at == rules.COOLING
    assert found.expires_at - found.starts_at == timedelta(days=7)
    assert enter(sina, ref) is None and enter(sina, ref, "link") is None
    later = datetime.now(UTC) + rules.COOLING + timedelta(minutes=1)
    assert enter(sina, ref, now=later).ref == ids.encode(ref)


def test_who_cancels_before_it_starts_has_shown_nothing(sina):
    ref = sina.share(with_a_file(sina))
    _, code = sina.doors(ref)
    sina.do(service.stop, ref)
    later = datetime.now(UTC) + 2 * rules.COOLING
    assert sina.look(service.knock, "code", ids.fold_code(code), PASSCODE, actor=ANYBODY, now=later) is None
    assert sina.look(service.show_share, ref).facts.opens == 0


def test_a_part_of_the_file_starts_at_once(sina):
    whole = with_a_file(sina)
    assert sina.look(service.show_share, sina.share(whole[: len(whole) // 2])).facts.state == "live"


@pytest.mark.parametrize(
    "going, held, waits",
    [
        ([(4, 4)] * 5, 5, True),
        ([(4, 4)] * 9 + [(0, 4)], 10, True),
        ([(4, 4)] * 8 + [(1, 4)], 10, False),
        ([(1, 4)] * 10, 10, False),
        ([(9, 4)] * 5, 10, False),
        ([(4, 4)] * 4, 4, False),
        ([(0, 0)] * 6, 6, False),
        ([], 0, False),
    ],
)
def test_what_counts_as_the_whole_file(going, held, waits):
    assert rules.is_whole_file(going, held) == waits
