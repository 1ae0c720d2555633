"""The pages on which a person writes a note, changes a value, and says that one is still right."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from portal.identity.models import SignInSession
from portal.records import service
from tests.agencies.factory import send
from tests.records import factory
from tests.records.factory import BODY, agency_document, change, receive
from tests.records.test_views import page, ref_of, sina  # noqa: F401

OLD = date(2018, 7, 2)


@pytest.fixture
def record(sqlite_store, sina):  # noqa: F811
    """The address of one old record; its address and "alone" may be changed by the person."""
    client, who, agency_id = sina
    document = agency_document()
    for kind in document["record_types"]:
        fields = dict(kind["schema"]["properties"])
        fields["address"] = {**fields["address"], "x-self-edit": True}
        kind["schema"] = {"type": "object", "properties": fields, "required": ["name"]}
    sqlite_store.work().do(factory.agencies.put_agency, document)
    receive(sqlite_store, who, agency_id, BODY, recorded_on=OLD)
    return client, f"/en/records/{ref_of(sqlite_store, who, agency_id)}"


def test_a_note_is_written_shown_beside_its_value_and_removed(record):
    client, address = record
    assert "Write a note of your own" in page(client, address)
    long = send(client, f"{address}/note/3", text="x" * 5001, language="sm", shown="no")
    assert (
        long.status_code == 400 and "Use 5000 characters or fewer." in long.text and "x" * 5001 in long.text
    )
    answer = send(client, f"{address}/note/3", text="E toʻafa i matou.", language="sm", shown="no")
    assert answer.status_code == 303
    text = page(client, address)
    assert '<p lang="sm">E toʻafa i matou.</p>' in text and "Only you can read it." in text
    send(client, f"{address}/note/3", text="We are four.", language="en", shown="yes")
    assert "can read it, and those you share this with." in page(client, address)
    assert "What you wrote before" in page(client, f"{address}/note/3")
    token = re.search(r'name="csrf_token" value="([^"]*)"', page(client, f"{address}/note/3"))[1]
    client.post(f"{address}/note/3/remove", data={"csrf_token": token, "nonce": "n" * 20})
    assert "We are four." not in page(client, address)


def test_a_value_is_changed_by_its_person_and_what_cannot_be_read_is_kept(record):
    client, address = record
    change = re.search(r'href="[^"]*/change/2">([^<]*)<', page(client, address))
    assert change and change[1].strip() == "Change"
    same = send(client, f"{address}/change/2", value=BODY["address"], seen="1")
    assert same.status_code == 400 and "They have this already." in same.text
    stale = send(client, f"{address}/change/2", value="1 New Road", seen="7")
    assert stale.status_code == 409 and "1 New Road" in stale.text
    assert send(client, f"{address}/change/2", value="1 New Road", seen="1").status_code == 303
    text = page(client, address)
    assert "1 New Road" in text and "You changed this" in text and "Changed by you" in text
    assert (
        client.get(f"{address}/change/1").status_code == client.get(f"{address}/change/99").status_code == 404
    )


def test_a_change_of_how_one_is_reached_asks_for_a_code_and_others_do_not(record, sqlite_store):
    client, address = record

    def grow_old(work):
        work.session.execute(update(SignInSession).values(factor_at=None))

    change(sqlite_store, grow_old)
    asked = client.get(f"{address}/change/2")
    assert asked.status_code == 303 and "/sign-in/again" in asked.location
    assert client.get(f"{address}/change/4").status_code == 200


def test_the_first_page_asks_calmly_and_one_button_says_still_right(record):
    client, address = record
    assert "Is this still right?" in page(client, "/en/records")
    text = page(client, "/en/records/check")
    values = re.findall(r'name="value" value="([^"]*)"', text)
    assert len(values) == 2 and BODY["address"] in text
    assert send(client, "/en/records/check", value="x.9").status_code == 404
    for value in values:
        assert send(client, "/en/records/check", value=value).status_code == 303
    assert "There is nothing to look at now." in page(client, "/en/records/check")
    assert "Is this still right?" not in page(client, "/en/records")
    assert "You said this is right," in page(client, address)
    assert service.EDIT_TASK == "self_edit"
