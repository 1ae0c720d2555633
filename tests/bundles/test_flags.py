"""Every kind of SMART Health Link that the portal makes, opened by an independent client."""

import base64
import json

import pytest

from portal.base import ids
from portal.bundles import queries, service
from tests.bundles.factory import PASSCODE, a_person
from tests.bundles.serving import opened, payload, serving

FLAGS = {
    "": {"link_alone": True, "later": False},
    "L": {"link_alone": True},
    "P": {"later": False},
    "LP": {},
    "U": {"link_alone": True, "later": False},
    "LU": {"link_alone": True},
}
ASKED = {"recipient": "Ana at the clinic"}
LARGE = 300_000


@pytest.fixture(scope="module")
def open_once(node):
    """The client, and what it needs, for all tests of this file."""
    return lambda *jobs: opened(node, *jobs)


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def served(sqlite_store):
    with serving(sqlite_store) as address:
        yield address


def link_of(person, ref, address, direct):
    share = person.look(queries.share, ref)
    return person.look(lambda work: service.link_from(work, share, address, direct))


def header(sealed):
    first = sealed.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))


@pytest.mark.parametrize("flags", FLAGS)
def test_an_independent_client_opens_each_kind_of_link_small_and_large(sina, served, open_once, flags):
    passcode = PASSCODE if "P" in flags else ""
    shares = [sina.share(**FLAGS[flags]), sina.share(sina.heavy(LARGE), **FLAGS[flags])]
    links = [link_of(sina, ref, served, "U" in flags) for ref in shares]
    assert {payload(link)["flag"] for link in links} == {flags}
    most = [None, 10**7]
    found = iter(open_once(*((link, passcode, one) for link in links for one in most)))
    for words in ("Example", "Date of visit"):
        for one in most:
            said = next(found)
            document = said["resources"][0]
            assert (document["resourceType"], document["type"]) == ("Bundle", "document")
            assert words in json.dumps(document)
            if "U" not in flags:
                assert ("embedded" in said["manifest"]["files"][0]) == (one is not None)
    for ref in shares:
        assert sina.look(service.show_share, ref).facts.opens == len(most)
        sina.do(service.stop, ref)
    fault = "SHLNetworkError" if "U" in flags else "SHLManifestNotFoundError"
    assert open_once(*((link, passcode, None) for link in links)) == [{"fault": fault}] * 2


def test_three_megabytes_open_embedded_and_by_address(sina, served, open_once):
    link = link_of(sina, sina.share(sina.heavy(3_000_000)), served, False)
    for said, kind in zip(
        open_once((link, PASSCODE, 10**7), (link, PASSCODE, None)), ("embedded", "location"), strict=True
    ):
        assert kind in said["manifest"]["files"][0]
        assert len(json.dumps(said["resources"])) > 3_000_000


@pytest.mark.parametrize(("size", "packed"), [(0, True), (LARGE, False)])
def test_a_small_file_goes_compressed_and_a_large_one_as_it_is(sina, sqlite_app, size, packed):
    ref = sina.share(sina.heavy(size) if size else None)
    asked = ASKED | {"passcode": PASSCODE, "embeddedLengthMax": 10**7}
    manifest = sqlite_app.test_client().post(f"/shl/{sina.token(ref)}", json=asked)
    said = header(manifest.json["files"][0]["embedded"])
    assert said | {"zip": "DEF"} == {
        "alg": "dir",
        "enc": "A256GCM",
        "cty": "application/fhir+json",
        "zip": "DEF",
    }
    assert ("zip" in said) is packed


def test_each_fetch_of_one_file_is_sealed_with_another_number(sina, sqlite_app):
    client = sqlite_app.test_client()
    address = f"/shl/{sina.token(sina.share(link_alone=True))}"
    files = [client.get(address, query_string=ASKED) for _ in range(2)]
    assert {one.content_type for one in files} == {"application/jose"}
    assert len({one.text.split(".")[2] for one in files}) == 2


def test_a_file_fetched_at_once_is_an_opening_with_the_name_that_was_given(sina, sqlite_app):
    ref = sina.share(link_alone=True)
    sqlite_app.test_client().get(f"/shl/{sina.token(ref)}", query_string={"recipient": " Ana\x00 Example "})
    shown = sina.look(service.show_share, ref)
    assert [(one.how, one.name, one.signed_in) for one in shown.opened] == [("link", "Ana Example", False)]


@pytest.mark.parametrize("asked", ["", "?recipient=", "?recipient=%20", "?passcode=482915"])
def test_who_does_not_say_who_asks_gets_no_file(sina, sqlite_app, asked):
    ref = sina.share(link_alone=True)
    client = sqlite_app.test_client()
    answers = [client.get(f"/shl/{one}{asked}") for one in (sina.token(ref), ids.token(), "x")]
    assert {(one.status_code, one.content_type) for one in answers} == {(400, "application/problem+json")}
    assert len({one.data for one in answers}) == 1, "it tells which links exist"
    assert sina.look(service.show_share, ref).facts.opens == 0


def test_a_file_is_never_given_at_once_where_a_passcode_or_one_opening_guards_it(sina, sqlite_app):
    client = sqlite_app.test_client()
    shares = [sina.share(), sina.share(link_alone=True, once=True)]
    tokens = [*map(sina.token, shares), ids.token(), "x"]
    answers = [client.get(f"/shl/{token}", query_string=ASKED) for token in tokens]
    assert {one.status_code for one in answers} == {404} and len({one.data for one in answers}) == 1
    assert [sina.look(service.show_share, ref).facts.opens for ref in shares] == [0, 0]


def test_a_link_alone_needs_no_passcode_minds_none_and_costs_no_try(sina, sqlite_app):
    ref = sina.share(link_alone=True)
    client, address = sqlite_app.test_client(), f"/shl/{sina.token(ref)}"
    for body in (ASKED, ASKED | {"passcode": "000001"}):
        assert client.post(address, json=body).status_code == 200
    assert sina.look(service.show_share, ref).facts.tries_left == 5


def test_what_looks_at_links_for_a_preview_opens_nothing(sina, sqlite_app):
    client = sqlite_app.test_client()
    shares = [sina.share(once=True), sina.share(link_alone=True, once=True), sina.share(link_alone=True)]
    passcodes = [PASSCODE, "", ""]
    addresses = [f"/shl/{sina.token(ref)}" for ref in shares] + ["/en/open"]
    addresses += [f"/en/open/{ids.encode(ref)}" for ref in shares]
    for address in addresses:
        client.get(address), client.head(address), client.options(address)
        client.head(f"{address}?recipient=Robot")
    assert [sina.look(service.show_share, ref).facts.opens for ref in shares] == [0, 0, 0]
    for ref, passcode in zip(shares, passcodes, strict=True):
        asked = ASKED | {"passcode": passcode}
        found = client.post(f"/shl/{sina.token(ref)}", json=asked)
        file = found.json["files"][0]["location"].removeprefix("http://localhost")
        assert [client.head(file).status_code, client.get(file).status_code] == [200, 200]
        assert sina.look(service.show_share, ref).facts.opens == 1
