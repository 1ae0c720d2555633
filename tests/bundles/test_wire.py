"""What a SMART Health Link's server must hold to over time: one answer for all that is gone, and addresses that end."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.base import ids
from portal.bundles import queries, rules, service
from portal.identity.permissions import SYSTEM
from tests.bundles.factory import PASSCODE, Person, a_person
from tests.bundles.serving import payload

ASKED = {"recipient": "Ana at the clinic", "passcode": PASSCODE}
MANIFEST = {"contentType", "status", "fhirVersion"}


@pytest.fixture
def sina(store) -> Person:
    return a_person(store)


@pytest.fixture
def client(app):
    return app.test_client()


def gone(sina, client) -> dict[str, str]:
    """Give the tokens of links that open nothing, by why."""
    start = datetime.now(UTC) - timedelta(days=2)
    over, stopped, swept = sina.share(days=1, now=start), sina.share(), sina.share(days=1, now=start)
    shut, spent = sina.share(), sina.share(once=True)
    tokens = {
        "unknown": ids.token(),
        "never one": "x",
        "over": sina.token(over),
        "stopped": sina.token(stopped),
        "swept": sina.token(swept),
        "shut": sina.token(shut),
        "spent": sina.token(spent),
    }
    sina.do(service.stop, stopped)
    sina.do(service.expire, actor=SYSTEM)
    for _ in range(rules.TRIES):
        client.post(f"/shl/{tokens['shut']}", json={**ASKED, "passcode": "000001"})
    assert client.post(f"/shl/{tokens['spent']}", json=ASKED).status_code == 200
    return tokens


def test_all_that_is_gone_answers_alike_whatever_is_sent(sina, client):
    tokens = gone(sina, client)
    for send in (
        lambda token: client.post(f"/shl/{token}", json=ASKED),
        lambda token: client.post(f"/shl/{token}", json={"recipient": "Ana"}),
        lambda token: client.post(f"/shl/{token}", json={**ASKED, "passcode": "000001"}),
        lambda token: client.get(f"/shl/{token}?recipient=Ana"),
        lambda token: client.get(f"/shl/file/{token}"),
    ):
        answers = {why: send(token) for why, token in tokens.items()}
        assert {one.status_code for one in answers.values()} == {404}
        alike = {(one.data, str(sorted(one.headers))) for one in answers.values()}
        assert len(alike) == 1, {why: one.data for why, one in answers.items()}


def test_the_address_of_a_file_lives_for_an_hour_and_asking_again_gives_another(sina, client):
    ref = sina.share()
    manifest, now = f"/shl/{sina.token(ref)}", datetime.now(UTC)
    with time_machine.travel(now, tick=False) as clock:
        first = client.post(manifest, json=ASKED).json["files"][0]["location"]
        clock.shift(timedelta(minutes=59))
        assert client.get(first).status_code == 200
        clock.shift(timedelta(minutes=2))
        dead, unknown = client.get(first), client.get(f"/shl/file/{ids.token()}")
        assert (dead.status_code, dead.data) == (404, unknown.data)
        again = client.post(manifest, json=ASKED).json["files"][0]["location"]
        assert again != first and client.get(again).status_code == 200
        sina.do(service.stop, ref, now=now + timedelta(minutes=61))
        assert client.get(again).status_code == 404


@pytest.mark.parametrize("how", [{}, {"link_alone": True}])
def test_a_manifest_says_what_the_file_is_and_embeds_only_when_asked_to(sina, client, how):
    address = f"/shl/{sina.token(sina.share(**how))}"
    for most, kind in ((None, "location"), (0, "location"), (200, "location"), (10**6, "embedded")):
        answer = client.post(address, json=ASKED | ({} if most is None else {"embeddedLengthMax": most}))
        assert answer.content_type == "application/json"
        (file,) = answer.json["files"]
        assert set(file) == MANIFEST | {kind}
        assert (file["contentType"], file["fhirVersion"]) == ("application/fhir+json", "4.0.1")
        assert file["status"] in ("finalized", "can-change", "no-longer-valid")


@pytest.mark.parametrize(
    "how", [{}, {"later": False}, {"link_alone": True}, {"link_alone": True, "later": False}]
)
def test_what_a_link_says_keeps_to_the_specification(sina, how):
    ref = sina.share(**how)
    share = sina.look(queries.share, ref)
    longest = "https://" + "a" * 69 + ".nz"
    for direct in {False, service.has_direct_link(share)}:
        link = sina.look(service.link_from, share, longest, direct)
        said = payload(link)
        assert set(said) == {"url", "key", "exp", "flag", "label", "v"}
        assert len(said["url"]) <= 128 and len(said["url"].rsplit("/", 1)[1]) == 43
        assert len(said["key"]) == 43 and len(said["label"]) <= 80 and said["v"] == 1
        assert said["exp"] == int(share.expires_at.timestamp())
        assert list(said["flag"]) == sorted(said["flag"]) and not {"P", "U"} <= set(said["flag"])
        assert not any(word in json.dumps(said) for word in ("Sina", "Hemi", "warm home"))


def test_a_browser_may_ask_for_one_file_too(sina, client):
    address = f"/shl/{sina.token(sina.share(link_alone=True))}"
    asked = [
        client.options(address),
        client.get(f"{address}?recipient=Ana"),
        client.get(address),
        client.get(f"/shl/{ids.token()}?recipient=Ana"),
    ]
    assert [one.status_code for one in asked] == [200, 200, 400, 404]
    for one in asked:
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "GET" in one.headers["Access-Control-Allow-Methods"]
        assert "Set-Cookie" not in one.headers
    assert asked[1].headers["Cache-Control"] == "no-store, private"


def test_who_fetches_one_file_too_often_is_told_when_to_come_back(sina, client):
    address = f"/shl/{sina.token(sina.share(link_alone=True))}?recipient=Ana"
    statuses = [client.get(address).status_code for _ in range(61)]
    assert statuses[-1] == 429 and set(statuses[:-1]) == {200}
    assert int(client.get(address).headers["Retry-After"]) > 0
