"""What another provider says is believed only when everything about it is right, and never waited for long."""

import base64
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.base.problems import Invalid
from portal.identity.providers import NotSaid, ProviderFacts, fetch, oidc, way
from portal.identity.providers.registering import checked
from tests.identity import liar as lies
from tests.identity.liar import NONCE, OTHERS, changed, half_hash, signed, unsigned

BACK = "https://portal.example/sign-in/back"
NOW = int(time.time())


@pytest.fixture
def liar():
    with lies.lying() as running:
        yield running


@pytest.fixture
def facts(liar):
    return ProviderFacts("government", "Government", liar.issuer, lies.CLIENT, lies.SECRET)


def finish(facts, answer=None, now=None):
    kept = {"nonce": NONCE, "verifier": "v" * 43}
    return way(facts).finish(BACK, kept, answer or {"code": "a code"}, now or datetime.now(UTC))


def refusal(facts, **more):
    with pytest.raises(NotSaid) as fault:
        finish(facts, **more)
    return fault.value.why


def test_the_way_there_carries_state_nonce_and_challenge_and_asks_for_no_mail(facts):
    begun = way(facts).begin(BACK, "a state")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.address).query).items()}
    assert asked["redirect_uri"] == BACK and asked["state"] == "a state"
    assert asked["code_challenge_method"] == "S256" and asked["code_challenge"] != begun.kept["verifier"]
    assert asked["nonce"] == begun.kept["nonce"] and "email" not in asked["scope"]
    assert asked["prompt"] == "login" and asked["response_type"] == "code"


def test_what_is_right_is_believed(liar, facts):
    liar.answers["/me"] = {"sub": "somebody", "name": " Mere  Ōkura ", "birthdate": "1988-02-29"}
    liar.tells(signed(liar.claims(at_hash=half_hash("an access token"))))
    said = finish(facts, {"code": "a code", "iss": liar.issuer})
    assert (said.subject, said.name, str(said.birth_date)) == ("somebody", "Mere Ōkura", "1988-02-29")
    path, headers, body = next(one for one in liar.asked if one[0] == "/token")
    assert parse_qs(body.decode())["code_verifier"] == ["v" * 43]
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")).startswith(b"portal:a%20long")


def test_a_key_on_a_curve_does_as_well(liar, facts):
    liar.tells(signed(liar.claims(), lies.CURVE, "ES256"))
    assert finish(facts).subject == "somebody"


WRONG = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another portal": {"aud": "another"},
    "several portals, ours not named as the party": {"aud": ["another", lies.CLIENT]},
    "another party": {"azp": "another"},
    "another sign-in": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "over": {"exp": NOW - 120},
    "no end": {"exp": None},
    "from the future": {"iat": NOW + 86_400},
    "not yet": {"nbf": NOW + 86_400},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that is none": {"sub": {"a": 1}},
    "a name without end": {"sub": "x" * 256},
    "another access token": {"at_hash": half_hash("another")},
    "a time that is none": {"auth_time": "now"},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_with_a_wrong_claim_is_refused(liar, facts, claims):
    liar.tells(signed(liar.claims(**claims)))
    assert refusal(facts) == "unsure"


FORGED = {
    "unsigned": unsigned,
    "signed by somebody else": lambda claims: signed(claims, OTHERS),
    "signed with the published key as a secret": lies.signed_with_public_key,
    "signed with the shared secret": lies.signed_with_secret,
    "changed after it was signed": lambda claims: changed(signed(claims), sub="somebody else"),
    "brings its own key": lambda claims: signed(claims, OTHERS, jwk=OTHERS.as_dict(private=False)),
    "no token": lambda _claims: "not a token",
    "a number": lambda _claims: 5,
    "nothing": lambda _claims: None,
    "cut off": lambda claims: signed(claims)[:-20],
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_token_that_the_provider_did_not_sign_is_refused(liar, facts, forge):
    liar.tells(forge(liar.claims()))
    assert refusal(facts) == "unsure"


def test_a_new_key_of_the_provider_is_found(liar, facts, monkeypatch):
    monkeypatch.setattr(oidc, "NEW_KEYS_AFTER", 0)
    liar.tells(signed(liar.claims()))
    finish(facts)
    liar.answers["/keys"] = {"keys": [OTHERS.as_dict(private=False)]}
    liar.tells(signed(liar.claims(), OTHERS))
    assert finish(facts).subject == "somebody"


def test_a_stranger_with_forged_tokens_does_not_make_us_ask_for_keys_each_time(liar, facts):
    liar.tells(signed(liar.claims(), OTHERS))
    for _ in range(5):
        refusal(facts)
    assert len([one for one in liar.asked if one[0] == "/keys"]) == 1


def test_an_answer_without_a_code_or_of_another_issuer_is_refused(liar, facts):
    liar.tells(signed(liar.claims()))
    assert refusal(facts, answer={"state": "x"}) == "unsure"
    assert refusal(facts, answer={"code": "a", "iss": "https://evil.example"}) == "unsure"
    assert refusal(facts, answer={"error": "access_denied"}) == "no"


def test_names_of_somebody_else_are_not_taken(liar, facts):
    liar.answers["/me"] = {"sub": "somebody else", "name": "Evil", "birthdate": "1970-01-01"}
    liar.tells(signed(liar.claims()))
    assert finish(facts).name == "" and finish(facts).birth_date is None


@pytest.mark.parametrize("day", ["1988", "0000-02-29", "1988-02-30", "", 5, None, "x" * 1000])
def test_a_birth_date_that_is_none_is_left_out(liar, facts, day):
    liar.tells(signed(liar.claims(name="Mere", birthdate=day)))
    assert finish(facts).birth_date is None


def test_the_secret_goes_nowhere_else(liar, facts):
    liar.answers["/token"] = (302, {"Location": f"{liar.issuer}/elsewhere"}, b"")
    assert refusal(facts) == "down"
    assert "/elsewhere" not in [one[0] for one in liar.asked]


DOWN = {
    "an error of its own": (500, {}, b"{}"),
    "no JSON": (200, {}, b"<html>"),
    "no object": (200, {}, b"[]"),
    "JSON as deep as a well": (200, {}, b"[" * 100_000),
    "more than anybody needs": (200, {}, b"[" + b" " * fetch.MOST_BYTES + b"]"),
    "half an answer": (200, {"Content-Length": "900"}, b"{"),
}


@pytest.mark.parametrize("answer", DOWN.values(), ids=DOWN)
def test_a_provider_that_does_not_answer_as_it_should_is_down(liar, facts, answer, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 1)
    liar.answers["/.well-known/openid-configuration"] = answer
    with pytest.raises(NotSaid) as fault:
        way(facts).begin(BACK, "state")
    assert fault.value.why == "down"


def test_a_provider_that_is_down_is_not_asked_by_everybody_who_waits(liar, facts):
    liar.answers["/.well-known/openid-configuration"] = (500, {}, b"{}")
    for _ in range(5):
        with pytest.raises(NotSaid):
            way(facts).begin(BACK, "state")
    assert len(liar.asked) == 1


def test_no_more_than_two_wait_for_other_servers_at_once(liar, facts, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 0.1)
    taken = [fetch._slots.acquire(blocking=False) for _ in range(2)]
    try:
        assert taken == [True, True]
        with pytest.raises(NotSaid, match="too many wait"):
            fetch.fetch_json(f"{liar.issuer}/keys")
    finally:
        fetch._slots.release()
        fetch._slots.release()
    assert fetch.fetch_json(f"{liar.issuer}/keys")["keys"]


@pytest.mark.parametrize(
    "part, address",
    [
        ("issuer", "https://evil.example"),
        ("token_endpoint", "http://evil.example/token"),
        ("jwks_uri", "file:///etc/passwd"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("authorization_endpoint", 5),
    ],
)
def test_a_description_that_leads_elsewhere_is_refused(liar, facts, part, address):
    liar.answers["/.well-known/openid-configuration"][part] = address
    with pytest.raises(NotSaid):
        way(facts).begin(BACK, "state")


def test_a_sign_in_page_that_moved_to_another_host_is_not_followed(liar):
    facts = ProviderFacts("g", "G", liar.issuer, "portal", "s", origins=("https://login.example",))
    with pytest.raises(NotSaid, match="moved"):
        way(facts).begin(BACK, "state")


def test_what_an_operator_gives_is_checked(liar, facts):
    assert checked(facts, ("https://id.example/x",)).origins == (liar.issuer, "https://id.example")
    for wrong in (
        {"key": "Not A Key"},
        {"key": ""},
        {"label": " "},
        {"label": "x" * 81},
        {"client_id": ""},
        {"client_secret": ""},
        {"issuer": "http://login.example"},
        {"issuer": "https://user:pass@login.example"},
        {"issuer": f"{liar.issuer}/elsewhere"},
    ):
        with pytest.raises(Invalid):
            checked(ProviderFacts(**{**facts.__dict__, **wrong}))
    with pytest.raises(Invalid):
        checked(facts, ("http://id.example",))
