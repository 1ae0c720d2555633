"""A share can carry parts of a person's own story; and what they said no to is never ticked for them."""

import re

import pytest

from portal.base import ids
from portal.base.problems import Invalid
from portal.bundles import queries, service
from portal.choices import rules as choice_rules
from portal.choices import service as choices
from portal.records import queries as records
from portal.story import service as story
from tests.bundles.factory import PASSCODE, a_person, agency, persons_browser, send

HELPS = "Faʻamolemole tautala lemu mai."
WHO = {"recipient": "Hemi", "purpose": "A warm home", "days": "7"}


@pytest.fixture
def sina(sqlite_store):
    made = a_person(sqlite_store)
    made.do(story.keep, 1, 0, "", "My aunt Lagi.", "en")
    made.do(story.keep, 2, 0, "", HELPS, "sm")
    made.do(story.keep, 5, 0, "By the sea", "I sleep well there.", "en")
    return made


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


def text_of(answer):
    return answer.get_data(as_text=True)


def told(sina, **chosen):
    given = {"chosen": [], "recipient": "Hemi", "purpose": "Help", "days": 7, "passcode": PASSCODE}
    return ids.decode(sina.do(service.make, **{**given, **chosen}))


def seen(sina, ref, tag="en"):
    return service.preview(sina.store.work(sina.actor), sina.look(queries.share, ref), tag)


def record_of(sina, short):
    return sina.look(records.for_record_ids, sina.person_id, [sina.records[short]])[0]


def say_no(sina, short):
    view = record_of(sina, short)
    sina.do(choices.choose, choice_rules.ref_of(view.agency.id, view.type.purpose), "no")
    return ids.encode(view.ref)


def test_a_story_can_be_shared_alone_part_by_part_as_previewed(sina, mine):
    sent = send(mine, "/en/bundles/new", story="y")
    lines = sent.location
    page = text_of(mine.get(lines))
    assert re.findall(r'value="(story\.\d)"( checked)?', page) == [
        ("story.1", ""), ("story.2", " checked"), ("story.5", " checked"),
    ]  # fmt: skip
    preview = send(mine, lines, lines=["story.2"]).location
    shown = text_of(mine.get(preview)).split('id="seen"')[1].split("</section>")[0]
    assert HELPS in shown and 'lang="sm"' in shown
    assert "Lagi" not in shown and "sleep" not in shown
    send(mine, preview.replace("preview", "who"), **WHO)
    send(mine, preview.replace("preview", "passcode"), passcode=PASSCODE)
    made = send(mine, preview.replace("preview", "check"))
    assert made.status_code == 303, text_of(made)
    ref = ids.decode(made.location.rsplit("/", 1)[1])
    assert [(one.part, one.text) for one in seen(sina, ref).story] == [(2, HELPS)]
    kept = sina.look(queries.share, ref)
    assert "Lagi" not in str(kept.story), "what does not go is not kept with it"


def test_a_share_keeps_the_words_as_they_were(sina):
    ref = told(sina, story=[2, 5])
    sina.do(story.keep, 2, 1, "", "Something new and private", "en")
    sina.do(story.forget, 5)
    assert [(one.heading.text, one.text) for one in seen(sina, ref).story] == [
        ("What helps", HELPS), ("By the sea", "I sleep well there."),
    ]  # fmt: skip


def test_other_software_gets_the_story_in_its_language(sina):
    found = sina.look(queries.share, told(sina, story=[2]))
    document = service.fhir_document(sina.store.work(sina.actor), found, "The portal")
    composition = document["entry"][0]["resource"]
    section = next(one for one in composition["section"] if one["title"] == "In the person's own words")
    assert 'lang="sm"' in section["text"]["div"] and HELPS in section["text"]["div"]


def test_a_story_without_a_word_cannot_be_ticked(sqlite_store):
    silent = a_person(sqlite_store, "Mere Example")
    with pytest.raises(Invalid) as fault:
        silent.do(service.start, [], True)
    assert fault.value.field == "story"


def test_what_was_refused_is_in_no_starting_selection(sina, mine):
    ref = say_no(sina, "tenancy")
    assert f'value="{ref}" checked' not in text_of(mine.get(f"/en/bundles/new?record={ref}"))
    lines = send(mine, "/en/bundles/new", records=[ref]).location
    page = text_of(mine.get(lines))
    assert "You said no to this use" in page and not re.search(rf'value="{ref}\.\w+" checked', page)


def test_before_a_no_the_same_things_are_ticked(sina, mine):
    ref = ids.encode(record_of(sina, "tenancy").ref)
    assert f'value="{ref}" checked' in text_of(mine.get(f"/en/bundles/new?record={ref}"))
    lines = send(mine, "/en/bundles/new", records=[ref]).location
    assert re.search(rf'value="{ref}\.\w+" checked', text_of(mine.get(lines)))


def test_all_usual_lines_leave_out_what_was_refused(sina):
    both = [{"record": sina.records[one], "fields": None} for one in ("tenancy", "allergy")]
    say_no(sina, "tenancy")
    kept = sina.look(queries.share, told(sina, chosen=both))
    assert {one["record"] for one in kept.lines} == {sina.records["allergy"]}
    with pytest.raises(Invalid):
        told(sina, chosen=both[:1])


def test_the_person_may_still_share_it_line_by_line(sina):
    say_no(sina, "tenancy")
    ref = told(sina, chosen=[{"record": sina.records["tenancy"], "fields": ["address"]}])
    assert {key for _, key in seen(sina, ref).keys} == {"address"}


def test_the_purposes_of_the_demonstration_tell_both_halves_of_a_limited_choice():
    for slug in ("example-housing", "example-medical-centre", "example-income-support"):
        for purpose in agency(slug)["purposes"]:
            if purpose["choice"] == "limited":
                assert purpose["choice_fixed"] and purpose["choice_open"]
