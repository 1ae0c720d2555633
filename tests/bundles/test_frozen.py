"""A share that stays as it is today: what is held back from it, and what is not."""

import json

import pytest

from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import queries, service
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY, SYSTEM
from portal.records import service as records
from tests.bundles.factory import SAID, a_person, agency, example

BROWSER = "b" * 43


@pytest.fixture
def sina(store):
    return a_person(store)


def seen(person, ref):
    """Open a share, and read it as the page and as the document."""
    tried = person.knock("code", ids.fold_code(person.doors(ref)[1]))
    person.do(service.open_by_code, tried, Visit("code", "Hemi", "A warm home"), BROWSER, actor=ANYBODY)
    shown = person.look(service.read, BROWSER, ref, actor=ANYBODY)[1]
    door = person.knock("link", person.token(ref)).door
    document = person.look(
        lambda work: service.fhir_document(work, queries.behind(work, door), "Portal"), actor=ANYBODY
    )
    return shown, json.dumps(document, ensure_ascii=False)


def value(shown, key):
    found = [line for record in shown.records for line in record.lines if line.key == key]
    return found[0].value.text if found else None


def sends(person, short, **changes):
    """Let the agency send a record again, with changes; None takes a value out."""
    slug, key = {"tenancy": ("example-housing", "tenancy")}.get(short, ("example-medical-centre", short))
    document = agency(slug)
    body = {k: v for k, v in example(document, key, **changes).items() if v is not None}

    def verb(work):
        records.receive(work, person.person_id, agencies.put_agency(work, document), key, f"S-{short}", body)

    person.do(verb, actor=SYSTEM)


def corrects(person, short, **changes):
    where = (person.person_id, person.records[short])
    person.do(records.correct, *where, changes, {}, actor=SYSTEM)


@pytest.mark.parametrize("later", [True, False])
def test_what_merely_changed_later_shows_only_where_the_person_said_so(sina, later):
    ref = sina.share(later=later)
    before, _ = seen(sina, ref)
    sends(sina, "tenancy", address="3 New Street")
    sends(sina, "allergy", substance="Aspirin")
    shown, document = seen(sina, ref)
    assert (value(shown, "address") == "3 New Street") is later
    assert (value(shown, "substance") == "Aspirin") is later
    assert ("3 New Street" in document, "Aspirin" in document) == (later, later)
    if not later:
        assert [one.lines for one in shown.records] == [one.lines for one in before.records]
        assert [one.copied_on for one in shown.records] == [one.copied_on for one in before.records]


def test_what_was_put_right_is_shown_right_and_the_mistake_is_not_spread_on(sina):
    ref = sina.share(later=False)
    wrong = value(seen(sina, ref)[0], "address")
    corrects(sina, "tenancy", address="3 Right Street")
    shown, document = seen(sina, ref)
    assert value(shown, "address") == "3 Right Street"
    assert wrong not in document and "3 Right Street" in document
    sends(sina, "tenancy", address="4 Later Street")
    assert value(seen(sina, ref)[0], "address") == "3 Right Street"


def test_the_structured_part_of_the_document_says_what_the_page_says(sina):
    ref = sina.share([{"record": sina.records["allergy"], "fields": None}], later=False)
    sends(sina, "allergy", substance="Aspirin", how_bad=None)
    corrects(sina, "allergy", reaction="Swollen lips")
    shown, document = seen(sina, ref)
    entries = [one["resource"] for one in json.loads(document)["entry"]]
    allergy = next(one for one in entries if one["resourceType"] == "AllergyIntolerance")
    assert "Penicillin" in json.dumps(allergy) and "Swollen lips" in json.dumps(allergy)
    assert "Aspirin" not in document and value(shown, "how_bad") is None


def test_what_the_agency_no_longer_holds_is_gone_from_it(sina):
    ref = sina.share(later=False)
    gone = value(seen(sina, ref)[0], "address")
    sends(sina, "tenancy", address=None)
    shown, document = seen(sina, ref)
    assert value(shown, "address") is None and gone not in document
    corrects(sina, "tenancy", started_on=None)
    assert value(seen(sina, ref)[0], "started_on") is None


def test_what_came_after_is_not_added(sina):
    sends(sina, "allergy", reaction=None)
    ref = sina.share([{"record": sina.records["allergy"], "fields": None}], later=False)
    sends(sina, "allergy", reaction="Swollen lips")
    shown, document = seen(sina, ref)
    assert value(shown, "reaction") is None and "Swollen lips" not in document


def test_a_statement_and_a_mark_of_later_stand_beside_the_older_value(sina):
    ref = sina.share(later=False)
    older = value(seen(sina, ref)[0], "address")
    where = (sina.person_id, sina.records["tenancy"])
    sends(sina, "tenancy", address="3 New Street")
    sina.do(records.attach_statement, *where, "address", SAID, "en", 7, actor=SYSTEM)
    sina.do(records.begin_review, *where, ["started_on"], 8, actor=SYSTEM)
    shown, document = seen(sina, ref)
    lines = {line.key: line for record in shown.records for line in record.lines}
    assert (lines["address"].value.text, lines["address"].statements[0].text) == (older, SAID)
    assert lines["started_on"].under_review
    assert SAID in document and "being looked at" in document


def test_what_followed_on_an_unchecked_claim_is_never_held_back(sina):
    ref = sina.share([{"record": sina.records["concern"], "fields": ["said"]}], later=False)
    document = agency("example-children-agency")
    body = example(document, "report_of_concern", looked_into="yes", outcome="no-concern")

    def verb(work):
        agency_id = agencies.put_agency(work, document)
        records.receive(work, sina.person_id, agency_id, "report_of_concern", "S-concern", body)

    before = value(seen(sina, ref)[0], "outcome")
    sina.do(verb, actor=SYSTEM)
    assert value(seen(sina, ref)[0], "outcome") != before
