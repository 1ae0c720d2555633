"""The agency API over HTTP: each status of its description, the same call twice, and two at once."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from portal.agencies import queries as agencies
from portal.base.attempts import LIMITS
from portal.identity import service as identity
from portal.ingest import api
from portal.ingest.models import IdempotentCall
from tests.ingest import factory
from tests.ingest.factory import BODY

ADDRESS = "/api/v1/clients/C-1/records/home/H-1"
RULE = "/api/v1/clients/{ref}/records/{type}/{id}"
NO_LETTER = "/api/v1/clients/{ref}/no-letter"
WHO = {"names": ["Sina Faʻasili"], "birth_date": "1992-05-04"}


@pytest.fixture
def homes(store, app):
    """An agency with a key, and Sina as its client C-1."""
    agency_id = factory.housing(store)
    person_id = factory.person(store)
    factory.link(store, person_id, agency_id)
    key = store.work().do(identity.add_api_key, agency_id, "feed")
    return SimpleNamespace(id=agency_id, person=person_id, key=key, app=app, client=app.test_client())


def put(homes, sent=None, address=ADDRESS, call=None, **more):
    """One call; whatever it is answered must be as the description says."""
    call = call or secrets.token_hex(8)
    headers = {"Authorization": f"Bearer {homes.key}", "Idempotency-Key": call, **more.pop("headers", {})}
    headers = {name: value for name, value in headers.items() if value is not None}
    body = more if more else {"json": {"body": BODY} if sent is None else sent}
    answer = homes.app.test_client().put(address, headers=headers, **body)
    assert_described(answer, NO_LETTER if address.endswith("/no-letter") else RULE)
    return answer


def assert_described(answer, rule=RULE):
    document = api._description()
    described = document["paths"][rule]["put"]["responses"][str(answer.status_code)]
    if "$ref" in described:
        described = document["components"]["responses"]["Problem"]
    ((kind, content),) = described["content"].items()
    assert answer.content_type == kind
    schema = {**content["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(answer.json)


def test_a_record_is_new_then_unchanged_then_changed(store, homes):
    answers = [put(homes), put(homes), put(homes, {"body": {**BODY, "people": 4}, "who": WHO})]
    assert [(one.status_code, one.json["result"]) for one in answers] == [
        (201, "new"),
        (200, "unchanged"),
        (200, "changed"),
    ]
    assert factory.bodies(store, homes.person)[0]["people"] == 4


def test_all_that_may_be_sent_is_kept(store, homes):
    sent = {
        "body": BODY,
        "recorded_on": "2026-11-01",
        "who": WHO,
        "why": {"source": {"from": "self", "who": "you", "on": "2026-11-01", "sentence": "You told us."}},
        "withheld": [
            {"ground": "53-b", "plain": "Kept.", "decided_by": "Privacy officer", "decided_on": "2026-11-02"}
        ],
        "disclosures": [{"on": "2026-11-03", "to": "repair firms", "why": "to visit", "law": "tenancy"}],
        "third_party": ["tip"],
    }
    assert put(homes, sent).status_code == 201
    (view,) = factory.held(store, homes.person)
    assert view.why["source"]["sentence"] == "You told us." and view.why["third_party"] == ["tip"]
    assert (len(view.withheld), len(view.disclosures)) == (1, 1)


def test_a_client_whom_nobody_has_linked_waits(homes):
    answer = put(homes, address="/api/v1/clients/C-9/records/home/H-1")
    assert answer.status_code == 202
    assert answer.json == {"result": "waiting", "warnings": ["waits until the person links"]}


def test_somebody_elses_name_is_held_back_without_saying_more(store, homes):
    answer = put(homes, {"body": BODY, "who": {"names": ["Mele Vea"]}})
    assert answer.status_code == 409
    assert "Mele" not in answer.text and "Sina" not in answer.text and "name" not in answer.json["detail"]
    assert factory.bodies(store, homes.person) == []


def test_the_same_call_gets_the_same_answer_byte_for_byte(store, homes):
    first = put(homes, call="one")
    again = put(homes, call="one")
    assert (first.status_code, first.data) == (again.status_code, again.data) == (201, first.data)
    assert len(factory.held(store, homes.person)) == 1
    assert factory.count(store, IdempotentCall) == 1


def test_a_key_used_for_another_call_is_refused(homes):
    put(homes, call="one")
    assert put(homes, {"body": {**BODY, "people": 5}}, call="one").status_code == 422
    assert put(homes, address=ADDRESS + "2", call="one").status_code == 422


def test_two_at_once_with_one_key_do_it_once(store, homes):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: put(homes, call="one"), range(4)))
    assert {(one.status_code, one.data) for one in answers} == {(201, answers[0].data)}
    assert len(factory.held(store, homes.person)) == 1


def test_an_id_may_hold_a_slash_and_letters_of_any_kind(store, homes):
    for _ in range(2):
        answer = put(homes, address="/api/v1/clients/C-1/records/home/2026%2F7%20%C4%81")
    assert answer.json["result"] == "unchanged"
    assert len(factory.held(store, homes.person)) == 1


def test_what_does_not_fit_is_named_by_pointers_without_values(homes):
    sent = {"body": {"people": "a secret", "review_on": "2026-02-31"}}
    answer = put(homes, sent)
    assert answer.status_code == 422 and "a secret" not in answer.text
    assert [one["pointer"] for one in answer.json["errors"]] == [
        "/body/name",
        "/body/people",
        "/body/review_on",
    ]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({}, "/body"),
        ({"body": []}, "/body"),
        ({"body": BODY, "extra": 1}, "/extra"),
        ({"body": BODY, "recorded_on": "31/02/2026"}, "/recorded_on"),
        ({"body": BODY, "who": {"birth_date": 1992}}, "/who/birth_date"),
        ([], ""),
    ],
)
def test_an_envelope_that_does_not_fit_is_named(homes, sent, pointer):
    answer = put(homes, json=sent)
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json["errors"]]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe", b'{"body": NaN}', b"[" * 100_000, b'{"body": {"name": 1' + b"0" * 5000 + b"}}"],
)
def test_what_is_no_json_is_refused_in_a_sentence(homes, data):
    answer = put(homes, data=data, content_type="application/json")
    assert (answer.status_code, answer.json["detail"]) == (400, api.NO_JSON)


def test_half_a_character_is_refused(homes):
    answer = put(homes, data=b'{"body": {"name": "\\ud800"}}', content_type="application/json")
    assert answer.status_code == 422
    assert put(homes, data=b"null", content_type="application/json").status_code == 422


def test_each_missing_part_has_its_own_status(homes):
    assert put(homes, headers={"Idempotency-Key": None}).status_code == 400
    assert put(homes, data=b"{}", content_type="text/plain").status_code == 415
    assert put(homes, address="/api/v1/clients/C-1/records/condition/1").status_code == 404
    assert put(homes, address="/api/v1/clients/C-1/records/home/" + "x" * 201).status_code == 404
    assert put(homes, {"body": {"name": "x" * 300_000}}).status_code == 413


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer pk_wrong", "Basic eDp5"])
def test_without_a_key_the_answer_is_401(homes, authorization):
    answer = put(homes, headers={"Authorization": authorization})
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_reaches_its_own_agencys_clients_only(store, homes):
    other = factory.demo_agency(store, "example-housing")
    homes.key = store.work().do(identity.add_api_key, other, "feed")
    assert put(homes).status_code == 404
    assert factory.held(store, homes.person) == []


def test_too_many_calls_are_told_to_wait(homes, monkeypatch):
    monkeypatch.setitem(LIMITS, "api", type(LIMITS["api"])(2, 1))
    answers = [put(homes) for _ in range(3)]
    assert [one.status_code for one in answers] == [201, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_description_is_public_and_tells_every_address(homes):
    answer = homes.client.get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer.json["openapi"].startswith("3.1")
    rules = {
        (rule.rule.replace("<string:", "{").replace("<path:", "{").replace(">", "}"), method.lower())
        for rule in homes.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {
        (path, method)
        for path, ways in answer.json["paths"].items()
        for method in ways
        if method != "parameters"
    }
    assert rules == described


def test_the_description_is_one_that_a_strict_reader_accepts_and_generated_calls_hold(homes):
    # Slow to import, and only this test needs them.
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings

    api_of = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", homes.app)
    operation = api_of[RULE]["PUT"]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def hold(case):
        answer = case.call(headers={"Authorization": f"Bearer {homes.key}"})
        assert answer.status_code < 500
        case.validate_response(answer)

    hold()


def test_no_letter_may_go_to_a_client_whoever_is_linked_and_one_may_again(store, homes):
    for number in ("C-1", "C-404"):
        address = f"/api/v1/clients/{number}/no-letter"
        said = put(homes, {"no_letter": True}, address=address)
        assert (said.status_code, said.json) == (200, {"no_letter": True})
        assert agencies.no_letter(store.work(), homes.id, number)
        assert put(homes, {"no_letter": False}, address=address, call="again").status_code == (
            200 if number == "C-1" else 422
        )
    assert not agencies.no_letter(store.work(), homes.id, "C-1")


def test_a_flag_that_is_no_yes_or_no_is_named_and_changes_nothing(store, homes):
    address = "/api/v1/clients/C-1/no-letter"
    for sent in ({"no_letter": "yes"}, {}, {"no_letter": True, "why": "x"}):
        assert put(homes, sent, address=address).status_code == 422
    assert (
        put(homes, {"no_letter": True}, address=address, headers={"Authorization": None}).status_code == 401
    )
    assert not agencies.no_letter(store.work(), homes.id, "C-1")
