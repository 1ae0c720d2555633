"""The commands that let people and staff sign in with another provider, called as operators do."""

import json
import sqlite3

import pytest

from tests.cli.commands import portal
from tests.identity import liar

pytestmark = pytest.mark.xdist_group("commands")
SECRET = "the secret of the portal"


@pytest.fixture
def issuer():
    with liar.lying() as there:
        yield there.issuer


def add(instance, issuer, *more, key="government", secret=SECRET, **settings):
    given = ("--key", key, "--label", "Government sign-in", "--issuer", issuer, "--client-id", "portal")
    return portal(instance, "provider", "add", *given, *more, given=f"{secret}\n", **settings)


def test_a_provider_is_added_listed_and_removed(instance, issuer):
    added = add(instance, issuer, "--verified", "--both-steps")
    assert added.status == 0 and added.out.strip().endswith("/sign-in/back"), added.err
    listed = portal(instance, "provider", "list").out
    assert listed.split("\n") == [
        f"government  people  verified,both-steps  {issuer}  Government sign-in",
        "",
    ]
    removed = portal(instance, "provider", "remove", "--key", "government")
    assert removed.status == 0 and removed.out.startswith("0 accounts")
    assert portal(instance, "provider", "list").out == ""


def test_the_secret_is_never_shown_and_stands_nowhere_in_plain_words(instance, issuer):
    for done in (
        add(instance, issuer),
        add(instance, issuer, key="other", secret="", PROVIDER_SECRET=SECRET),
        portal(instance, "provider", "list"),
    ):
        assert done.status == 0 and SECRET not in done.out + done.err
    with sqlite3.connect(instance / "portal.db") as store:
        rows = store.execute("select * from identity_provider").fetchall()
    assert len(rows) == 2 and SECRET not in json.dumps(rows, default=repr)


def test_one_for_staff_names_an_agency_that_is_there(instance, issuer):
    assert add(instance, issuer, "--agency", "example-housing").status == 0
    assert "staff" in portal(instance, "provider", "list").out
    refused = add(instance, issuer, "--agency", "nobody")
    assert refused.status == 2 and "There is no agency called nobody." in refused.err


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"key": "Not a key"}, "Give a key"),
        ({"issuer": "http://login.example"}, "starts with https://"),
        ({"issuer": "http://127.0.0.1:9"}, "No description of this issuer could be read"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_changes_nothing(instance, issuer, change, sentence):
    refused = add(instance, change.get("issuer", issuer), key=change.get("key", "government"))
    assert refused.status == 2 and sentence in refused.err and "Traceback" not in refused.err
    assert portal(instance, "provider", "list").out == ""


def test_removing_one_that_is_not_there_is_one_sentence(instance):
    refused = portal(instance, "provider", "remove", "--key", "nobody")
    assert refused.status == 2 and refused.err.strip().count("\n") == 0
