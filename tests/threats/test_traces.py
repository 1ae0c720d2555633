"""What a link in doubt, "not me", a letter and a hidden agency show: nothing; and no id that two agencies share."""

import re
from datetime import timedelta

import pytest

from portal.access_log import service as access_log
from portal.agencies import service, tasks
from portal.agencies.models import Link
from portal.base import ids
from portal.base.problems import NotThere
from portal.bundles import service as bundles
from portal.corrections import service as corrections
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.notices import service as notices
from portal.records import queries
from portal.records import service as records
from tests.records import factory
from tests.records.factory import BODY, LATER, NOW

PASSCODE = "482915"


@pytest.fixture
def sina(store):
    """A person whose agency sent an ordinary and a sensitive record; she asked to fix one, and shares both."""
    who, agency_id = factory.person(store), factory.agency(store)
    account = {"person_id": who.person_id, "account_id": who.account_id}
    store.work(now=NOW).do(
        lambda w: identity.add_account(w, "sina", "three words and a tide", "Sina", **account)
    )
    factory.receive(store, who, agency_id, BODY)
    factory.receive(store, who, agency_id, BODY, kind="visit", source_id="V-1")
    work = store.work(who, LATER)
    record = next(one for one in queries.all_shareable(work) if one.type.key == "home")
    work.do(corrections.start, record.ref, "address")
    chosen = [{"record": one.id, "fields": ["address"]} for one in queries.all_shareable(work)]
    given = {"recipient": "Ana", "purpose": "A home", "days": 7, "passcode": PASSCODE}
    share = ids.decode(work.do(lambda w: bundles.make(w, chosen=chosen, **given)))
    store.work(now=LATER).do(
        access_log.note, who.person_id, "staff", agency_id, "request", {"who": "Priya", "records": ["Home"]}
    )
    return who, agency_id, record.ref, share


def change(store, who, agency_id, **facts):
    """Put a link of a person into a state."""

    def _put(work):
        link = work.session.get(Link, (who.person_id, agency_id))
        for name, value in facts.items():
            setattr(link, name, value)

    store.work(now=LATER).do(_put)


def screens(store, who):
    """All that a person's own pages are made from."""
    work = store.work(who, LATER)
    index = queries.index(work)
    requests = corrections.requests_of(work)
    live = [key for key, link in service.links_of(work, who.person_id).items() if link.state == "active"]
    return {
        "states": [(one.state, one.count, one.kept) for one in index.holdings],
        "changes": index.changes,
        "records": queries.all_shareable(work),
        "requests": [*requests.drafts, *requests.open, *requests.ended],
        "looks": [(one.agency_id, one.named(live)) for one in access_log.looks(work)],
        "links": list(service.links_of(work, who.person_id)),
        "notices": [(one.kind, one.agency_id) for one in notices.newest(work)],
    }


def seen_by_recipient(store, share, who):
    """How many records somebody who opens the share sees."""
    code = bundles.code_of(store.work(who, LATER), share)
    visitor = store.work(Actor(), LATER)
    tried = bundles.knock(visitor, "code", code.replace(" ", "").replace("-", ""), PASSCODE)
    visitor.session.rollback()
    ref = visitor.do(bundles.open_by_code, tried, bundles.Visit("code", "Ana"), "a browser")
    return len(bundles.read(visitor, "a browser", ids.decode(ref))[1].records)


# The opening of the share itself stays on the list; what was seen then is not named.
NOTHING = {"changes": [], "records": [], "requests": [], "looks": [(0, [])]}


@pytest.mark.parametrize("state", ["frozen", "disowned", "ended"])
def test_a_link_that_is_not_live_shows_nothing_to_anybody(store, sina, state):
    who, agency_id, ref, share = sina
    assert seen_by_recipient(store, share, who) == 2
    change(store, who, agency_id, state=state)
    found = screens(store, who)
    assert {key: found[key] for key in NOTHING} == NOTHING
    assert found["states"] == [("checking" if state == "frozen" else "not-linked", 0, 0)]
    with pytest.raises(NotThere):
        queries.show(store.work(who, LATER), ref)
    assert seen_by_recipient(store, share, who) == 0


def test_what_is_hidden_looks_as_if_it_were_never_linked_and_shares_go_on(store, sina):
    who, agency_id, ref, share = sina
    stranger = factory.person(store)
    store.work(who, LATER).do(service.hide, agency_id)
    assert screens(store, who) == screens(store, stranger)
    with pytest.raises(NotThere):
        queries.show(store.work(who, LATER), ref)
    work = store.work(who, LATER)
    assert bundles.titles(work, bundles.show_share(work, share).facts) == []
    assert seen_by_recipient(store, share, who) == 2
    # The log of that opening does not name it either, until it is shown again.
    linked = service.links_of(store.work(who, LATER), who.person_id)
    assert [one.named(linked) for one in access_log.looks(store.work(who, LATER))] == [[]]
    store.work(who, LATER).do(service.show_again, agency_id)
    assert len(screens(store, who)["records"]) == 2


def test_a_letter_shows_the_same_whether_something_sensitive_is_held_or_nothing(store):
    agency_id = factory.agency(store)
    holds, none = factory.person(store), factory.person(store)
    for number, who in enumerate((holds, none)):
        store.work(now=NOW).do(service.link, who.person_id, agency_id, f"C-{number}")
    for kind in ("visit", "mark"):
        factory.receive(store, holds, agency_id, BODY, kind=kind, source_id=kind)
    store.work(now=LATER).do(service.note_fed, holds.person_id, agency_id)
    assert screens(store, holds) == screens(store, none)
    assert screens(store, holds)["states"] == [("letter", 0, 0)]
    pages = [queries.of_agency(store.work(who, LATER), agency_id) for who in (holds, none)]
    assert [(one.holding.state, one.holding.wants_proof, one.groups) for one in pages] == [
        ("letter", True, [])
    ] * 2
    change(store, holds, agency_id, strength="in-person")
    assert len(screens(store, holds)["records"]) == 2


def test_staff_of_the_agency_still_see_the_record_of_a_link_in_doubt_and_nobody_elses(store, sina):
    who, agency_id, ref, _ = sina
    change(store, who, agency_id, state="frozen")
    desk = Actor(kind="account", account_id=7, agency_id=agency_id, role="caseworker")
    assert queries.show(store.work(desk, LATER), ref, who.person_id).body == BODY
    other = factory.agency(store, "example-other", name="Example Other")
    elsewhere = Actor(kind="account", account_id=8, agency_id=other, role="caseworker")
    with pytest.raises(NotThere):
        queries.show(store.work(elsewhere, LATER), ref, who.person_id)


def test_records_of_a_wrong_link_are_set_aside_before_a_right_one_begins(store, sina):
    who, agency_id, _, share = sina
    change(store, who, agency_id, state="ended")
    about = {"person_id": str(who.person_id), "agency_id": str(agency_id)}
    store.work(now=LATER).do(records.set_aside, about)
    assert service.all_links_of(store.work(), who.person_id) == {}
    store.work(now=LATER).do(service.link, who.person_id, agency_id, "another client", "in-person")
    assert screens(store, who)["records"] == [] and screens(store, who)["requests"] == []
    assert seen_by_recipient(store, share, who) == 0
    # The same number of a record belongs to the other client now: it is new, and nothing of the old one shows.
    other = {**BODY, "address": "9 Other Street"}
    assert factory.receive(store, who, agency_id, other, now=LATER + timedelta(hours=1)) == "new"
    (record,) = screens(store, who)["records"]
    assert queries.show(store.work(who, LATER), record.ref).versions[0].changes == []
    # Doing the job again, late, touches nothing of the new link.
    store.work(now=LATER).do(records.set_aside, about)
    assert len(screens(store, who)["records"]) == 1


def test_p01_two_agencies_are_given_no_common_word_about_one_person(sqlite_store, sqlite_app):
    from tests.app.world import build

    world = build(sqlite_store.core, "sqlite")
    found = {}
    for role, slug in (("pat", "alpha"), ("bo", "beta")):
        agency_id = world.ids["agency"][slug]
        work = sqlite_store.work(world.actors[role])
        rows = tasks.worklist(work, states=tasks.OPEN | {"closed"}, most=100).rows
        given = [text for row in rows for text in strings(row.summary)] + [str(row.ref) for row in rows]
        links = work.session.query(Link).filter(Link.agency_id == agency_id).all()
        given += [str(link.pairwise_id) for link in links]
        client = sqlite_app.test_client()
        client.set_cookie("portal", world.cookies[role])
        for row in rows:
            given.append(client.get(f"/en/casework/{ids.encode(row.ref)}").text)
        found[slug] = words(" ".join(given))
    # Names and birth dates are the person's own; all that is made by the portal or an agency differs.
    assert len(found["alpha"]) > 5 and len(found["beta"]) > 5
    assert found["alpha"] & found["beta"] == world_names(world)


def strings(value):
    """Every text in a task's summary."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else [str(value)]


def words(text):
    """Everything in a text that could join two lists: references, long numbers, ids, planted words."""
    text = re.sub(r'name="(csrf_token|nonce)" value="[^"]*"|<style>.*?</style>', "", text, flags=re.DOTALL)
    return set(re.findall(r"\b(?:zq[a-z]{12}|[a-h][a-z2-7]{12}|\d{6,}|[0-9A-Z]{4}-[0-9A-Z]{4})\b", text)) & {
        one for one in re.findall(r"[\w-]+", text) if re.search(r"\d", one) or one.startswith("zq")
    }


def world_names(world):
    """The planted words that are people's own names: the one thing that both agencies know from the person."""
    return {word for word, (what, _) in world.words.items() if what in ("name of ben",)}


def test_the_rules_of_strength():
    from portal.agencies.rules import shows

    assert shows("letter", "ordinary") and not shows("letter", "sensitive") and not shows("letter", "safety")
    for strength in ("in-person", "verified"):
        assert all(shows(strength, one) for one in ("ordinary", "sensitive", "safety"))
