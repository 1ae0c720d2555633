"""Nobody gets a role, a person or an agency by sending more than a form asks for, nor a role by one administrator."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.base import ids
from portal.base.db import Base
from portal.base.problems import Invalid
from portal.identity import service as identity
from portal.identity.models import Membership
from tests.app.addresses import addresses
from tests.app.conftest import town
from tests.app.visitors import ROLES, Visitor, methods, rules
from tests.app.world import build
from tests.identity import factory, people

# Whatever says who somebody is, whose something is, or what somebody may.
STANDING = (
    "role", "agency_id", "person_id", "account_id", "state", "stage", "strength", "kind", "owner_id",
    "asked_by", "approved_by", "decided_by", "proved_by", "link_locked", "hidden_at", "until",
)  # fmt: skip
NOT_OURS = {"base_attempt", "base_ledger_leaf", "base_nonce", "base_outbox"}
ENDS_THE_SESSION = {"identity.leave", "identity.sign_out", "delegations.done"}
# Takes what stands first: of rows due on one day the lowest number, and those that are made here get numbers by chance.
BY_CHANCE = {"casework.take_next"}
# Answers with which a form is carried out; all others are sent with nothing that they ask for.
ANSWERS = {
    "identity.join": {
        "username": "zq.new", "password": "calm shore and a tide line", "full_name": "New",
        "birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992",
    },
    "identity.join_invited": {"username": "zq.invited", "password": "calm shore and a tide line"},
    "identity.give_back_new": {"username": "ana", "saw": "photo"},
    "identity.give_back_one": {"answer": "refuse"},
    "identity.hat": {"agency": "me"},
    "agencies.team_invite": {"full_name": "Somebody New", "role": "caseworker"},
    "agencies.team_change": {"answer": "approve"},
    "agencies.team_colleague": {"role": "steward"},
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The town on SQLite, in a file that can be copied."""
    folder = tmp_path_factory.mktemp("roles")
    yield from town(folder, f"sqlite:///{folder / 'portal.db'}", "sqlite", build)


def extras(world):
    """Fields that no form asks for, as a guesser would name them, with everything that is worth having."""
    victim = world.actors["ben"]
    values = {
        "role": "administrator", "hat": "administrator", "state": "active", "status": "active", "stage": "full",
        "strength": "verified", "is_admin": "1", "admin": "true", "kind": "account", "fresh": "1",
        "agency_id": world.ids["agency"]["beta"], "person_id": victim.person_id,
        "subject_id": victim.person_id, "account_id": victim.account_id, "owner_id": victim.account_id,
        "approved_by": victim.account_id, "decided_by": victim.account_id, "proved_by": victim.account_id,
    }  # fmt: skip
    return values | {f"actor.{name}": value for name, value in values.items()}


def standing(core, known=None):
    """How many rows of each table say what about whom; numbers and moments made meanwhile are all alike."""
    found = {}
    with core.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            names = [name for name in STANDING if name in table.columns]
            if names and table.name not in NOT_OURS:
                rows = connection.execute(select(*(table.columns[name] for name in names)))
                found[table.name] = Counter(tuple(_old(value, known) for value in row) for row in rows)
    return found


def _old(value, known):
    return "new" if known is not None and isinstance(value, int | datetime) and value not in known else value


def numbers(core):
    """All numbers and moments that stand anywhere in the store."""
    return {
        value
        for rows in standing(core).values()
        for row in rows
        for value in row
        if isinstance(value, int | datetime)
    }


def send_all(world, core, path, more):
    """Send every form of the portal as everybody, with fields of this kind added, upon a copy of the town."""
    shutil.copy(core.engine.url.database, path)
    url = f"sqlite:///{path}"
    app, sent = create_app(replace(core.settings, database_url=url)), 0
    copy = app.extensions["portal"]
    for role in ROLES:
        visitor = Visitor(world, app, role)
        for rule in rules(app):
            if rule.endpoint in ENDS_THE_SESSION | BY_CHANCE or "POST" not in methods(rule):
                continue
            given = ANSWERS.get(rule.endpoint, {})
            mine = {name: value for name, value in more.items() if name not in given}
            for address in addresses(world, rule, role, "own"):
                answer = visitor.ask("POST", address.path, data=given | mine)
                assert answer.status_code < 500, f"{role} {address.path}"
                sent += 1
    after = standing(copy, numbers(core))
    copy.engine.dispose()
    return after, sent


def test_t26_no_form_takes_a_role_a_person_or_an_agency_that_it_did_not_ask_for(world, tmp_path):
    core = world.core
    with core.engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    plain, sent = send_all(world, core, tmp_path / "plain.db", {})
    laden, again = send_all(world, core, tmp_path / "laden.db", extras(world))
    assert sent == again > 150
    assert {name: laden[name] - plain[name] for name in laden if laden[name] != plain[name]} == {}
    # Something was carried out at all, and no role was given by it.
    before = standing(core, numbers(core))
    assert plain != before
    assert plain["identity_membership"] == before["identity_membership"]


def test_t26_who_joins_gets_the_invitations_role_and_nothing_else(clock, store, app):
    homes, other = factory.agency(store), factory.agency(store, "example-other", "Other")
    kahu = people.colleague(store, "kahu", homes, "administrator")
    code = people.as_(store, kahu, identity.invite_colleague, "Aria", "caseworker", "agency")
    [waiting] = people.look(store, kahu, identity.team).invitations
    store.work(now=factory.NOW).do(identity.agree_as_operator, homes, waiting.ref)
    new = factory.Browser(app)
    extra = {"role": "administrator", "agency_id": str(other), "state": "active", "person_id": "7"}
    new.send(f"/en/join/{code}", username="aria", password=factory.PASSWORD, **extra)
    page = new.get("/en/join/app").text
    key = page.split('id="key"')[1].split(">")[1].split("<")[0]
    new.send("/en/join/app", code=people.app_code(key, factory.NOW), **extra)
    rows = store.work().session.execute(
        select(Membership.agency_id, Membership.role).order_by(Membership.role)
    )
    assert [tuple(row) for row in rows] == [(homes, "administrator"), (homes, "caseworker")]
    assert new.get("/en/casework").status_code == 200
    assert new.get("/en/agencies/team").status_code == 403


def test_t26_a_role_changes_only_when_a_second_administrator_agrees(clock, store, app):
    homes = factory.agency(store)
    kahu, moana = (people.colleague(store, name, homes, "administrator") for name in ("kahu", "moana"))
    priya = people.colleague(store, "priya", homes, "caseworker")
    one = next(one for one in people.look(store, kahu, identity.team).colleagues if one.role == "caseworker")
    change = ids.own(people.as_(store, kahu, identity.ask_change, one.ref, "administrator", "agency"))
    desk = factory.Browser(app).sign_in(priya)
    place = f"/en/agencies/team/change/{ids.encode(change)}"
    answer = desk.send("/en/account", to=place, answer="approve", role="administrator")
    assert answer.status_code == 403
    with pytest.raises(Invalid):
        people.as_(store, kahu, identity.approve_change, change)
    assert store.work().session.get(Membership, (priya.id, homes)).role == "caseworker"
    people.as_(store, moana, identity.approve_change, change)
    assert store.work().session.get(Membership, (priya.id, homes)).role == "administrator"


@pytest.fixture
def clock():
    """The machine's clock, standing at the moment of the factory's accounts."""
    import time_machine

    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller
