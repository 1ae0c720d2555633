"""What is proposed for an occasion, what is never proposed, and that what is seen before is what is given."""

import html
import re

import pytest

from portal.base import ids
from portal.base.problems import Invalid
from portal.bundles import queries, rules, service
from portal.bundles.rules import Choice, occasions
from portal.bundles.rules.occasions import OCCASIONS
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY
from portal.story import service as story
from tests.bundles.factory import PASSCODE, a_person, agency

BROWSER = "b" * 43
PROPOSED = {
    "clinic": {"allergy", "condition", "enrolment", "identity", "immunisation", "practice_link"},
    "housing": {"tenancy", "repair", "home_check", "person", "payment", "housing_need"},
    "school": {"enrolment", "attendance", "learning_support", "allergy", "immunisation", "home"},
    "support": {"whanau_plan", "my_plan", "budget", "support_visit"},
}
SLUGS = (
    *("budget-service", "children-agency", "corrections", "fines-office", "health-register", "housing"),
    *("housing-trust", "income-support", "injury-cover", "iwi-wellbeing", "medical-centre", "safe-homes"),
    *("school", "student-support"),
)


def types():
    """Give each type of the demonstration with the topic of its agency."""
    for slug in SLUGS:
        document = agency(f"example-{slug}")
        for kind in document["record_types"]:
            fields = kind["schema"]["properties"].values()
            money = ["money" for one in fields if one.get("x-format") == "money-nzd"]
            yield document["topic"], kind["key"], kind["sensitivity"], money


@pytest.mark.parametrize("key", OCCASIONS)
def test_an_occasion_proposes_these_kinds_of_records_and_no_others(key):
    assert {one[1] for one in types() if occasions.proposes(OCCASIONS[key], *one)} == PROPOSED[key]


@pytest.mark.parametrize("key", OCCASIONS)
def test_nothing_on_which_safety_rests_is_proposed_even_where_its_kind_is_named(key):
    named = [(topic, kind) for topic, kinds in OCCASIONS[key].also.items() for kind in kinds]
    for topic, kind in [*named, (OCCASIONS[key].topic, "any")]:
        assert not occasions.proposes(OCCASIONS[key], topic, kind, "safety", [])


@pytest.mark.parametrize(
    "occasion, topic, nature, masked, goes",
    [
        ("clinic", "health", "opinion", False, True),
        ("housing", "housing", "opinion", False, False),
        ("housing", "welfare", "score", False, False),
        ("clinic", "health", "allegation", False, False),
        ("clinic", "health", "fact", True, True),
        ("housing", "welfare", "fact", True, False),
        ("housing", "housing", "decision", False, True),
    ],
)
def test_which_lines_of_such_a_record_are_proposed(occasion, topic, nature, masked, goes):
    assert occasions.proposes_line(OCCASIONS[occasion], topic, nature, masked) == goes


@pytest.fixture
def sina(store):
    return a_person(store)


def of(person, draft):
    """Give the keys of a draft by the short name of their record."""
    names = {record: short for short, record in person.records.items()}
    found = person.look(queries.draft, draft)
    return {names[one["record"]]: set(one["fields"]) for one in found.lines}


def test_what_is_proposed_is_a_draft_that_the_person_changes(sina):
    sina.do(story.keep, 2, 0, "", "Quiet rooms help.", "en")
    sina.do(story.keep, 1, 0, "", "My sister.", "en")
    draft = ids.decode(sina.do(service.start_for, "clinic", "A new clinic"))
    found = sina.look(queries.draft, draft)
    assert set(of(sina, draft)) == {"allergy"} and of(sina, draft)["allergy"]
    assert {one["part"]: one["goes"] for one in found.story} == {1: False, 2: True}
    assert (found.purpose, found.occasion, found.recipient) == ("A new clinic", "clinic", "")
    first = f"{ref_of(sina, 'allergy')}.substance"
    sina.do(service.keep_lines, draft, [first])
    assert of(sina, draft)["allergy"] == {"substance"}


def test_where_nothing_fits_the_person_is_told_to_choose(sina):
    with pytest.raises(Invalid) as fault:
        sina.do(service.start_for, "support", "A first visit")
    assert fault.value.field == "occasion"


def ref_of(person, short):
    views = person.look(lambda work: _views(work, person.person_id, [person.records[short]]))
    return ids.encode(views[0].ref)


def _views(work, person_id, record_ids):
    from portal.records import queries as records

    return records.for_record_ids(work, person_id, record_ids)


def test_ticking_a_whole_record_never_ticks_what_safety_rests_on(sina):
    refs = [ref_of(sina, short) for short in ("concern", "mark", "tenancy")]
    draft = ids.decode(sina.do(service.start, refs))
    assert of(sina, draft) | {"tenancy": set()} == {"concern": set(), "mark": set(), "tenancy": set()}
    found = sina.look(queries.draft, draft)
    choices = sina.look(queries.in_draft, found, "en")
    pressed = queries.ticked_by_one_press(choices, [])
    assert {value.partition(".")[0] for value in pressed} == {refs[2]}


# The four answers beside a claim, and the claim alone in a form, a program's call, and an older share.
FOUR = {"received_on", "told_by", "looked_into", "outcome"}


def by_form(sina):
    draft = ids.decode(sina.do(service.start, [ref_of(sina, "concern")]))
    sina.do(service.keep_lines, draft, [f"{ref_of(sina, 'concern')}.said"])
    sina.do(service.keep_who, draft, "Hemi", "Help", 1)
    sina.do(service.keep_passcode, draft, PASSCODE)
    return ids.decode(sina.do(service.share, draft))


def by_call(sina):
    return sina.share([{"record": sina.records["concern"], "fields": ["said"]}])


def by_kept_row(sina):
    from portal.bundles.models import Share
    from portal.bundles.queries.shares import place

    ref = by_call(sina)

    def forge(work):
        row = work.session.get(Share, (sina.person_id, sina.look(queries.share, ref).id))
        chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
        chosen["lines"][0]["fields"] = ["said"]
        row.chosen = work.keys.seal_json(place("chosen", row.id, row.person_id), chosen)

    sina.do(forge)
    return ref


@pytest.mark.parametrize("way", [by_form, by_call, by_kept_row])
def test_a_claim_goes_by_no_way_without_its_answers(sina, way):
    ref = way(sina)
    record = opened(sina, ref).records[0]
    assert {line.key for line in record.lines} == FOUR | {"said"}
    claim = next(line for line in record.lines if line.key == "said")
    assert len(claim.answers) == 4
    document = repr(document_of(sina, ref))
    assert all(question in document for question, _ in claim.answers)


def test_a_claim_takes_along_no_line_that_may_hold_others():
    lines = [
        Choice("said", "allegation", True, "safety"),
        Choice("outcome", "decision", False, "safety"),
        Choice("others", "fact", True, "safety"),
    ]
    assert rules.completed(["said"], lines) == ["said", "outcome"]


def opened(person, ref):
    """Open a share by its code and read it."""
    tried = person.knock("code", ids.fold_code(person.doors(ref)[1]))
    person.do(service.open_by_code, tried, Visit("code", "Hemi", "Help"), BROWSER, actor=ANYBODY)
    return person.look(service.read, BROWSER, ref, actor=ANYBODY)[1]


def document_of(person, ref):
    """Give the FHIR document of a share, as whoever has the link is given it."""
    door = person.knock("link", person.doors(ref)[0]).door
    return person.look(
        lambda work: service.fhir_document(work, queries.behind(work, door), "Portal"), actor=ANYBODY
    )


def test_the_preview_the_opened_page_and_the_document_hold_the_same_set(sina):
    refs = [ref_of(sina, short) for short in ("tenancy", "allergy", "visit", "concern")]
    draft = ids.decode(sina.do(service.start, refs))
    ticks = queries.ticked_in(
        sina.look(queries.draft, draft), sina.look(lambda work: in_draft(work, draft))
    ) | {f"{refs[3]}.said"}
    sina.do(service.keep_lines, draft, sorted(ticks))
    sina.do(service.keep_who, draft, "Hemi", "Help", 7)
    sina.do(service.keep_passcode, draft, PASSCODE)
    before = sina.look(lambda work: service.preview(work, queries.draft(work, draft)))
    sina.do(service.share, draft)
    after = opened(sina, draft)
    document = document_of(sina, draft)
    assert triples(before) == triples(after) == written(document)
    assert len(triples(before)) > 15


def in_draft(work, draft):
    return queries.in_draft(work, queries.draft(work, draft), "en")


def triples(seen):
    """Give what a preview shows: title of the record, label, and value."""
    return {
        (record.title.text, line.label.text, line.value.text)
        for record in seen.records
        for line in record.lines
    }


def written(document):
    """Give the same from the readable part of a FHIR document; what stands below a value is not part of it."""
    found = set()
    for section in document["entry"][0]["resource"]["section"]:
        for record in section.get("text", {}).get("div", "").split("<h3>")[1:]:
            title = plain(record.partition("</h3>")[0])
            rows = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", record, re.DOTALL)
            found |= {(title, plain(label), plain(value.partition("<p")[0])) for label, value in rows}
    return found


def plain(markup):
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()
