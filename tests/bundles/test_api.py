"""SMART Health Links on the wire: an independent client, and each answer that the specification names."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.base import ids
from portal.base.attempts import Attempt
from portal.bundles import service
from tests.bundles.factory import PASSCODE, Person, a_person
from tests.bundles.serving import opened, serving

ASKED = {"recipient": "Ana at the clinic", "passcode": PASSCODE}


@pytest.fixture
def sina(store) -> Person:
    return a_person(store)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def served(store):
    with serving(store) as address:
        yield address


@pytest.fixture
def resolve(node, served):
    """Open a link with the npm client `kill-the-clipboard`."""

    def _resolve(person, ref, passcode=PASSCODE, most=None, link=None):
        return opened(node, (link or person.look(service.link_of, ref, served), passcode, most))[0]

    return _resolve


def token_of(person, ref):
    return person.doors(ref)[0]


@pytest.mark.parametrize("most", [None, 100, 1_000_000])
def test_an_independent_client_opens_the_link_embedded_or_by_address(sina, resolve, most):
    found = resolve(sina, sina.share(), most=most)
    file = found["manifest"]["files"][0]
    assert ("embedded" in file) == (most == 1_000_000)
    document = found["resources"][0]
    assert (document["resourceType"], document["type"]) == ("Bundle", "document")
    assert "Example" in json.dumps(document)


def test_an_independent_client_is_told_of_a_wrong_code_and_of_a_share_that_was_stopped(sina, resolve, served):
    ref = sina.share()
    link = sina.look(service.link_of, ref, served)
    assert resolve(sina, ref, passcode="000001") == {"fault": "SHLInvalidPasscodeError"}
    sina.do(service.stop, ref)
    assert resolve(sina, ref, link=link) == {"fault": "SHLManifestNotFoundError"}


def test_an_independent_client_finds_nothing_once_the_attempts_are_used_up(sina, resolve, client):
    ref = sina.share()
    for left in (4, 3, 2, 1, 0):
        answer = client.post(f"/shl/{token_of(sina, ref)}", json={**ASKED, "passcode": "000001"})
        assert (answer.status_code, answer.json) == (401, {"remainingAttempts": left})
    assert resolve(sina, ref) == {"fault": "SHLManifestNotFoundError"}


def test_parallel_wrong_codes_with_two_left_get_two_answers(sina, client):
    ref = sina.share()
    address = f"/shl/{token_of(sina, ref)}"
    for _ in range(3):
        client.post(address, json={**ASKED, "passcode": "000001"})
    with ThreadPoolExecutor(6) as pool:
        tries = range(100001, 100007)
        answers = list(
            pool.map(
                lambda n: client.application.test_client().post(address, json={**ASKED, "passcode": str(n)}),
                tries,
            )
        )
    assert sorted(one.status_code for one in answers) == [401, 401, 404, 404, 404, 404]


def test_the_manifest_gives_an_address_that_works_for_an_hour_and_while_the_share_lives(sina, client):
    ref = sina.share()
    manifest = client.post(f"/shl/{token_of(sina, ref)}", json=ASKED)
    file = manifest.json["files"][0]
    assert file["contentType"] == "application/fhir+json"
    address = file["location"].removeprefix("http://localhost")
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/jose")
    assert answer.text.count(".") == 4 and client.get(address).text != answer.text
    late = datetime.now(UTC) + timedelta(minutes=61)
    token = address.rsplit("/", 1)[1]
    from portal.base.problems import NotThere

    with pytest.raises(NotThere):
        sina.look(service.file, token, "Portal", now=late)
    sina.do(service.stop, ref)
    assert client.get(address).status_code == 404


def test_an_embedded_file_is_never_longer_than_was_asked_for(sina, client):
    ref = sina.share()
    address = f"/shl/{token_of(sina, ref)}"
    file = client.post(address, json={**ASKED, "embeddedLengthMax": 10**6}).json["files"][0]
    size = len(file["embedded"])
    exact = client.post(address, json={**ASKED, "embeddedLengthMax": size - 200}).json["files"][0]
    assert "location" in exact and "embedded" not in exact


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        json.dumps({"passcode": PASSCODE}).encode(),
        json.dumps({"recipient": " ", "passcode": PASSCODE}).encode(),
        json.dumps({"recipient": 7, "passcode": PASSCODE}).encode(),
        json.dumps({"recipient": "Ana", "passcode": 482915}).encode(),
        json.dumps({**ASKED, "embeddedLengthMax": "many"}).encode(),
        json.dumps({**ASKED, "embeddedLengthMax": -1}).encode(),
        json.dumps({**ASKED, "embeddedLengthMax": True}).encode(),
        b"[" * 100_000,
    ],
)
def test_a_request_that_is_not_as_specified_is_told_so_and_opens_nothing(sina, client, body):
    ref = sina.share()
    answer = client.post(f"/shl/{token_of(sina, ref)}", data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert sina.look(service.show_share, ref).facts.opens == 0


def test_a_passcode_of_half_characters_is_a_wrong_passcode(sina, client):
    ref = sina.share()
    body = json.dumps({**ASKED, "passcode": "1\ud8002345"})
    answer = client.post(f"/shl/{token_of(sina, ref)}", data=body, content_type="application/json")
    assert (answer.status_code, answer.json) == (401, {"remainingAttempts": 4})


def test_asking_without_a_passcode_costs_no_attempt(sina, client):
    ref = sina.share()
    for _ in range(2):
        answer = client.post(f"/shl/{token_of(sina, ref)}", json={"recipient": "Ana"})
        assert (answer.status_code, answer.json) == (401, {"remainingAttempts": 5})


def test_an_unknown_link_an_ended_one_and_an_unknown_file_answer_alike(sina, client):
    ref = sina.share()
    token = token_of(sina, ref)
    sina.do(service.stop, ref)
    answers = [client.post(f"/shl/{one}", json=ASKED) for one in (token, ids.token(), "x")]
    answers.append(client.get(f"/shl/file/{ids.token()}"))
    assert {(one.status_code, one.data) for one in answers} == {(404, answers[0].data)}


def test_a_made_up_link_leaves_nothing_behind(sina, client):
    assert client.post(f"/shl/{ids.token()}", json=ASKED).status_code == 404
    count = select(func.count()).select_from(Attempt)
    assert sina.look(lambda work: work.session.scalar(count)) == 0


def test_too_frequent_tries_are_told_when_to_come_back(sina, client):
    address, asked = f"/shl/{token_of(sina, sina.share())}", {"recipient": "Ana at the clinic"}
    statuses = [client.post(address, json=asked).status_code for _ in range(61)]
    assert statuses[-1] == 429 and set(statuses[:-1]) == {401}
    assert int(client.post(address, json=asked).headers["Retry-After"]) > 0


def test_a_viewer_in_a_browser_may_read_every_answer(sina, client):
    ref = sina.share()
    token = token_of(sina, ref)
    asked = [
        client.options(f"/shl/{token}"),
        client.options(f"/shl/file/{token}"),
        client.post(f"/shl/{token}", json=ASKED),
        client.post(f"/shl/{token}", json={**ASKED, "passcode": "000001"}),
        client.post(f"/shl/{ids.token()}", json=ASKED),
    ]
    assert [one.status_code for one in asked] == [200, 200, 200, 401, 404]
    for one in asked:
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Type" in one.headers["Access-Control-Allow-Headers"]
        assert "Set-Cookie" not in one.headers


def test_what_the_client_says_of_itself_is_shown_to_the_person(sina, client):
    ref = sina.share()
    client.post(f"/shl/{token_of(sina, ref)}", json=ASKED)
    shown = sina.look(service.show_share, ref)
    assert [(one.how, one.name, one.signed_in) for one in shown.opened] == [
        ("link", ASKED["recipient"], False)
    ]
