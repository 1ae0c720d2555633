"""An agency's system takes its copy home over HTTP: which key may, what it is answered, and how it goes on."""

import pytest
import time_machine
from jsonschema import Draft202012Validator

from portal.access_log import service as access_log
from portal.base.attempts import LIMITS
from portal.corrections import service as corrections
from portal.identity import service as identity
from portal.ingest import api
from tests.corrections import factory
from tests.corrections.test_agency_copy import AFTER, WORDS, looks

ADDRESS = "/api/v1/corrections"


@pytest.fixture(autouse=True)
def later():
    """Stop the clock two minutes after the words were attached."""
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def town(store):
    """A town with a person's own words in Samoan beside a value that was not fixed."""
    made = factory.town(store)
    ref = made.declined()
    made.do(corrections.attach_statement, ref, "note", WORDS, "sm", now=factory.LATER)
    return made


def key(town, scope="read", agency_id=None):
    return town.store.work().do(identity.add_api_key, agency_id or town.agency_id, "copy", scope)


def call(app, token, address=ADDRESS):
    """One call; what it is answered must be as the description says."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = app.test_client().get(address, headers=headers)
    document = api._description()
    described = document["paths"][ADDRESS]["get"]["responses"][str(answer.status_code)]
    if "$ref" in described:
        described = document["components"]["responses"]["Problem"]
    ((kind, content),) = described["content"].items()
    assert answer.content_type == kind
    schema = {**content["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(answer.json)
    return answer


def test_a_key_that_reads_gets_the_words_and_the_person_sees_it(town, app):
    answer = call(app, key(town))
    (row,) = answer.json["corrections"]
    assert row["statement"]["text"] == WORDS and not answer.json["more"]
    (look,) = looks(town)
    assert (look.by, look.agency_id) == ("system", town.agency_id)
    mine = factory.browser(town, app, AFTER)
    words = mine.page("/en/access-log")
    assert "Your own words and what was fixed, for their own system" in words
    assert "To keep it with what they hold about you" in words
    assert "Example" in words and "What staff wrote" in words


def test_an_answer_names_the_place_to_go_on_from(town, app):
    token = key(town)
    place = call(app, token).json["after"]
    again = call(app, token, f"{ADDRESS}?after={place}")
    assert again.json == {"corrections": [], "after": place, "more": False}
    assert len(looks(town)) == 1, "an answer with nothing of theirs is no look"


def test_t17_a_key_that_sends_reads_nothing_and_one_that_reads_sends_nothing(town, app):
    refused = call(app, key(town, "send"))
    assert refused.status_code == 403 and looks(town) == []
    headers = {"Authorization": f"Bearer {key(town)}", "Idempotency-Key": "one"}
    sent = app.test_client().put(
        "/api/v1/clients/C-sina/records/home/H-9", json={"body": factory.BODY}, headers=headers
    )
    assert sent.status_code == 403
    assert len(access_log.looks(town.work(now=AFTER))) == 0


def test_a_key_of_another_agency_and_none_at_all_get_nothing_of_it(town, app):
    _staff, other = town.other_agency()
    assert call(app, key(town, agency_id=other)).json["corrections"] == []
    assert call(app, "").status_code == 401
    assert call(app, "pk_wrong").status_code == 401


def test_a_key_that_was_made_without_saying_more_sends_only(town, app):
    made = town.store.work().do(identity.add_api_key, town.agency_id, "feed")
    assert call(app, made).status_code == 403
    with pytest.raises(ValueError, match="sends or reads"):
        key(town, "both")


def test_t17_a_key_that_was_ended_opens_nothing_from_the_next_call_on(town, app):
    first, other = key(town), key(town, "send")
    assert call(app, first).status_code == 200
    ended = town.store.work().do(identity.end_api_keys, town.agency_id, "copy")
    assert ended == 2 and town.store.work().do(identity.end_api_keys, town.agency_id, "copy") == 0
    assert [call(app, one).status_code for one in (first, other)] == [401, 401]


def test_t17_ending_a_key_ends_none_of_another_agency_or_label(town, app):
    _staff, other = town.other_agency()
    kept = key(town)
    town.store.work().do(identity.end_api_keys, other, "copy")
    town.store.work().do(identity.end_api_keys, town.agency_id, "feed")
    assert call(app, kept).status_code == 200


@pytest.mark.parametrize("place", ["x", "0", "aaaaaaaaaaaaa.aaaaaaaaaaaaa.1", "%00", "a" * 5000])
def test_a_place_that_was_never_given_is_told_so(town, app, place):
    answer = call(app, key(town), f"{ADDRESS}?after={place}")
    assert answer.status_code == 400 and "Leave it out to begin at the start." in answer.json["detail"]


def test_too_many_calls_are_told_to_wait(town, app, monkeypatch):
    monkeypatch.setitem(LIMITS, "api-read", type(LIMITS["api-read"])(1, 1))
    token = key(town)
    assert [call(app, token).status_code for _ in range(2)] == [200, 429]
