"""Writing a request: what was typed is kept, dates must exist, and a draft is the person's own."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from portal.agencies import service as agencies
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.corrections import service
from portal.records import queries as record_queries
from portal.records import service as records
from tests.corrections.factory import LATER, NOW


def sentence(fault):
    return fault.value.message % fault.value.values_


def test_the_tapped_value_is_ticked_already(town):
    ref = ids.decode(town.do(service.start, town.record_ref, "address"))
    assert [value.field.key for value in service.draft(town.work(), ref).values] == ["address"]


def test_starting_again_on_the_same_record_goes_on_with_the_same_draft(town):
    ref = town.draft("address")
    assert town.do(service.start, town.record_ref, "people") == ids.encode(ref)
    assert [value.field.key for value in service.draft(town.work(), ref).values] == ["address", "people"]


def test_a_draft_needs_at_least_one_value(town):
    ref = town.draft("address")
    with pytest.raises(Invalid) as fault:
        town.keep(ref, "fields", {"fields": []})
    assert sentence(fault) == "Choose at least one part that is wrong."
    assert fault.value.field == "fields"


def test_what_is_missing_from_the_record_can_be_asked_for_too(town):
    town.feed({"name": "SINA FAASILI"}, now=LATER, source_id="H-2")
    other = next(r for r in record_queries.all_shareable(town.work(now=LATER)) if not r.line("address"))
    ref = ids.decode(town.do(service.start, other.ref, "address", now=LATER))
    town.say(ref, "address", "12 Sample Street", now=LATER)
    assert service.draft(town.work(now=LATER), ref).values[0].line is None


@pytest.mark.parametrize("typed", ["31 2 1992", "31/02/1992", "1992-02-31", "tomorrow"])
def test_a_date_that_does_not_exist_gets_a_sentence(town, typed):
    ref = town.draft("review_on")
    with pytest.raises(Invalid) as fault:
        town.say(ref, "review_on", typed)
    assert sentence(fault) == "Write a date that exists, such as 4 5 1992."
    assert fault.value.field == "value"


def test_what_was_typed_is_kept_when_the_person_finishes_later(town):
    ref = town.draft("review_on")
    town.keep(ref, "value", {"field": "review_on", "wish": "replace", "value": "31 2 1992"}, checked=False)
    value = service.draft(town.work(), ref).value(1)
    assert (value.typed, value.done) == ("31 2 1992", False)


def test_a_date_is_read_day_first(town):
    ref = town.draft("review_on")
    town.say(ref, "review_on", "5 4 2026")
    assert service.draft(town.work(), ref).value(1).value == "2026-04-05"


def test_writing_what_they_have_already_gets_a_sentence(town):
    ref = town.draft("address")
    with pytest.raises(Invalid) as fault:
        town.say(ref, "address", " 12 Sample Street ")
    assert sentence(fault) == "They have this already. Write what it should say."


@pytest.mark.parametrize("wish", ["remove", "not_me", "unknown", "checked"])
def test_a_wish_without_a_value_is_enough(town, wish):
    ref = town.draft("address")
    town.say(ref, "address", "", wish)
    assert service.draft(town.work(), ref).value(1).done


def test_words_beside_a_value_have_to_be_written(town):
    ref = town.draft("note")
    with pytest.raises(Invalid) as fault:
        town.say(ref, "note", "  ", "words")
    assert fault.value.field == "words"


def test_a_reason_is_not_needed_but_urgency_is_explained(town):
    ref = town.draft("address")
    town.keep(ref, "reason", {"reason": ""})
    with pytest.raises(Invalid) as fault:
        town.keep(ref, "reply", {"by": "here", "language": "sm", "urgent": "yes", "why": " "})
    assert fault.value.field == "why"


def test_the_first_open_step_is_known(town):
    ref = town.draft("address", "people")
    town.say(ref, "address", "14 Sample Street")
    assert service.draft(town.work(), ref).missing() == ("value", 2)


def test_unticking_a_value_does_not_lose_what_was_typed_for_it(town):
    ref = town.draft("address", "people")
    town.say(ref, "people", "4")
    town.keep(ref, "fields", {"fields": ["address"]})
    town.keep(ref, "fields", {"fields": ["address", "people"]})
    assert service.draft(town.work(), ref).value(2).typed == "4"


def test_a_copied_value_names_its_holder_with_the_value_there(town):
    _staff, holder_id = town.other_agency()

    def feed(work):
        body = {"name": "Sina", "people": 5}
        agencies.link(work, town.sina.person_id, holder_id, "C-there")
        return records.receive(work, town.sina.person_id, holder_id, "home", "X-1", body)

    town.do(feed)
    ref = town.draft("people")
    found = service.draft(town.work(), ref).copied["people"]
    assert (found.agency.name, found.line.value) == ("Example Holder", 5)


def test_nobody_else_finds_a_draft(town):
    ref, tame = town.draft("address"), town.other_person()
    for verb, *args in ((service.draft,), (service.submit,), (service.drop,), (service.keep, "fields", {})):
        with pytest.raises(NotThere):
            town.do(verb, ref, *args, actor=tame)
    assert service.draft(town.work(), ref)


def test_a_draft_untouched_for_30_days_is_deleted(town):
    old = town.draft("address")
    month = NOW + timedelta(days=30)
    assert town.do(service.expire_drafts, now=month) == 0
    assert town.do(service.expire_drafts, now=month + timedelta(seconds=1)) == 1
    with pytest.raises(NotThere):
        service.draft(town.work(), old)


def test_a_draft_lies_sealed_in_the_database(town):
    ref = town.draft("address")
    town.say(ref, "address", "98 Canary Lane")
    with town.store.core.engine.connect() as connection:
        stored = bytes(connection.execute(text("select answers from corrections_draft")).scalar_one())
    assert b"Canary" not in stored and service.draft(town.work(), ref).value(1).typed == "98 Canary Lane"
