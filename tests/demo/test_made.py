"""The prepared demonstration has what the contract says of demo.json, and preparing it again changes nothing."""

import base64
import json
import shutil
import sqlite3
import time
from collections import Counter

import pyotp
import pytest

from portal.config import from_environment
from portal.corrections import service as corrections
from portal.demo import loader
from portal.identity import service as identity
from portal.records import queries as records
from portal.web.core import open_core
from tests.demo.demo_files import CATALOGUE, PERSONAS

ROLES = {
    "sina": "person", "tame": "person", "ria": "person", "hemi": "provider", "priya": "agency staff",
    "mark": "privacy officer", "tui": "agency staff", "lani": "data steward",
    "aroha": "provider", "kahu": "administrator", "moana": "administrator", "nikau": "administrator",
}  # fmt: skip

SHOWN = {
    "received": "sent", "in_review": "looking", "late": "late", "withdrawn": "withdrawn",
    "decided_yes": "fixed", "decided_part": "partly_fixed", "decided_no": "not_fixed",
}  # fmt: skip


@pytest.fixture
def made(prepared_demo, tmp_path):
    """A copy of the prepared demonstration: its settings, its shared parts, and its demo.json."""
    instance = tmp_path / "instance"
    shutil.copytree(prepared_demo, instance)
    settings = from_environment(demo=True, environ={"PORTAL_INSTANCE": str(instance)})
    core = open_core(settings)
    yield settings, core, json.loads((instance / "demo.json").read_text(encoding="utf-8"))
    core.engine.dispose()


def person(core, facts, key):
    """The actor of a demo account, signed in with what demo.json says: password, then code."""
    account, work = facts["accounts"][key], core.work()
    first = work.do(
        identity.begin_sign_in, identity.check_password(work, account["username"], account["password"])
    )
    code = pyotp.TOTP(account["totp_secret"]).at(work.now)
    token = work.do(identity.finish_sign_in, identity.fingerprint(first), code)
    found, _due = identity.actor_of(core.work(), token)
    work.session.close()
    return found


def texts(core, actor):
    """Each value that stands in a person's own records, as one text."""
    return [
        json.dumps(line.value, ensure_ascii=False)
        for record in records.all_shareable(core.work(actor))
        for line in record.lines
        if not line.empty
    ]


def rows(instance):
    """How many rows each table has."""
    with sqlite3.connect(instance / "portal.db") as store:
        names = [name for (name,) in store.execute("select name from sqlite_master where type = 'table'")]
        counted = {name: store.execute(f"select count(*) from {name}").fetchone()[0] for name in names}
    store.close()
    return counted


def test_the_demonstration_is_what_the_contract_says(made):
    settings, core, facts = made
    assert set(facts) == {"base_url", "accounts", "agencies", "shares", "canaries"}
    assert {key: account["role"] for key, account in facts["accounts"].items()} == ROLES
    assert all({"username", "password", "totp_secret"} <= set(one) for one in facts["accounts"].values())
    assert {one["slug"] for one in facts["agencies"]} == set(CATALOGUE["agencies"])
    assert {one["topic"] for one in facts["agencies"]} == {
        "health", "education", "welfare", "child-wellbeing", "justice", "housing",
    }  # fmt: skip
    assert all({"slug", "name", "topic", "api_key"} <= set(one) for one in facts["agencies"])
    for one in facts["agencies"]:
        assert identity.key_actor(core.work(), one["api_key"]).agency_id, one["slug"]

    (share,) = facts["shares"]
    assert (share["owner"], share["passcode"]) == ("sina", "246810")
    scheme, _, packed = share["shlink"].partition("shlink:/")
    link = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    assert scheme == "" and link["url"].startswith("http://127.0.0.1") and "/shl/" in link["url"]
    assert len(base64.urlsafe_b64decode(link["key"] + "=")) == 32 and "P" in link["flag"]
    assert link["exp"] > time.time()

    people = {key: person(core, facts, key) for key in ("sina", "tame")}
    for key, actor in people.items():
        found = {
            other: sum(facts["canaries"][other] in text for text in texts(core, actor)) for other in people
        }
        assert found == {other: int(other == key) for other in people}
    assert person(core, facts, "priya").role == "caseworker"

    mine = corrections.requests_of(core.work(people["sina"]))
    found = Counter(request.status or request.state for request in [*mine.open, *mine.ended])
    wanted = Counter(one["final_state"] for one in PERSONAS["sina"]["requests"])
    assert len(mine.drafts) == wanted.pop("draft")
    assert found == {SHOWN[state]: number for state, number in wanted.items()}

    before = rows(settings.instance)
    again = loader.prepare(settings)
    assert again == facts | {"base_url": settings.base_url} and rows(settings.instance) == before
