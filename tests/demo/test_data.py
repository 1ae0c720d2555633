"""The demo's files are whole: schemas hold, records fit them, and every reference leads somewhere."""

from collections import Counter
from datetime import date, datetime
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from portal.law.clocks import due_on, nz_today
from portal.law.grounds import access_ground, decline_ground, names_a_law
from tests.demo.demo_files import (
    ACCOUNTS,
    AGENCIES,
    CATALOGUE,
    FOLDER,
    PERSONAS,
    TYPES,
    dates,
    every_version,
    place,
    properties,
    strings,
)

TODAY = date(2026, 11, 22)
people = pytest.mark.parametrize("person", PERSONAS.values(), ids=PERSONAS)


def test_each_agency_file_belongs_to_one_of_the_six_sectors():
    listed = [slug for sector in CATALOGUE["sectors"] for slug in sector["agencies"]]
    assert [sector["title"] for sector in CATALOGUE["sectors"]] == [
        "Health", "Education", "Welfare", "Child wellbeing", "Justice", "Housing",
    ]  # fmt: skip
    assert all(sector["agencies"] for sector in CATALOGUE["sectors"])
    assert Counter(listed) == Counter(CATALOGUE["agencies"])
    assert {path.stem for path in (FOLDER / "agencies").iterdir()} == set(CATALOGUE["agencies"])
    assert all(slug == agency["slug"] for slug, agency in AGENCIES.items())


@pytest.mark.parametrize("agency", AGENCIES.values(), ids=AGENCIES)
def test_a_person_can_reach_each_agency(agency):
    assert agency["address"] and agency["contact"]["phone"] and agency["contact"]["ask_for"]
    assert agency["contact"]["email"].endswith(".example")
    assert isinstance(agency["reports_looks"], bool)


@pytest.mark.parametrize(("slug", "key"), TYPES)
def test_a_record_type_has_a_true_schema_a_purpose_and_a_fitting_example(slug, key):
    kind = TYPES[slug, key]
    Draft202012Validator.check_schema(kind["schema"])
    assert kind["purpose"] in {purpose["key"] for purpose in AGENCIES[slug]["purposes"]}
    assert kind["sensitivity"] in {"ordinary", "sensitive", "safety"}
    Draft202012Validator(kind["schema"], format_checker=FormatChecker()).validate(kind["example"])


def test_a_value_copied_from_elsewhere_names_an_agency_of_the_catalogue():
    fields = [f for kind in TYPES.values() for f in kind["schema"]["properties"].values()]
    holders = {field["x-held-at"] for field in fields if "x-held-at" in field}
    assert holders == {"example-income-support"}
    assert holders <= set(AGENCIES)


def test_translated_labels_are_in_the_two_journey_languages_and_carry_real_letters():
    found = [
        words
        for kind in TYPES.values()
        for holder in [kind, *kind["schema"]["properties"].values()]
        for words in (holder.get("title_l10n"), holder.get("x-label-l10n"))
        if words
    ]
    assert len(found) > 60
    for words in found:
        assert set(words) <= {"mi", "sm"} and all(words.values())
        assert not set("äëïöü'’`") & set("".join(words.values())), "a macron or the letter ʻ was lost"


def test_each_version_of_each_record_fits_its_schema():
    bodies = list(every_version())
    assert len(bodies) > 60
    for _person, held, body in bodies:
        schema = TYPES[held["agency"], held["type"]]["schema"]
        found = [
            e.message for e in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(body)
        ]
        assert not found, place(held)


@people
def test_records_have_their_own_numbers_and_a_link_to_their_agency(person):
    places = [place(held) for held in person["records"]]
    assert len(places) == len(set(places))
    assert {held["agency"] for held in person["records"]} <= {link["agency"] for link in person["links"]}


@people
def test_versions_run_from_old_to_new_and_say_who_changed_them_and_why(person):
    for held in person["records"]:
        days = [version["recorded_on"] for version in [*held["versions"], held]]
        assert days == sorted(days) and len(days) == len(set(days)), place(held)
        for older, newer in pairwise([*held["versions"], held]):
            assert older["body"] != newer["body"], place(held)
            assert older["changed_by"] in {"agency", "system", "person"} and older["reason"]
        assert held["changed_by"] in {"agency", "system", "person"}
        assert held["change_reason"] or not held["versions"], place(held)


@people
def test_nothing_happened_after_the_day_of_the_demo(person):
    days = list(dates(person, ("recorded_on", "decided_on", "on", "linked_on", "last_copy_on")))
    at = ("at", "started_at", "submitted_at", "attached_at", "created_at", "unreachable_since")
    moments = list(dates(person, at))
    assert len(days) > 40
    assert all(date.fromisoformat(day) <= TODAY for day in days)
    assert all(nz_today(datetime.fromisoformat(moment)) <= TODAY for moment in moments)


@people
def test_kept_parts_rest_on_a_ground_of_the_law_and_on_what_that_ground_needs(person):
    parts = [(held, part) for held in person["records"] for part in held["withheld"]]
    assert parts
    for held, part in parts:
        ground = access_ground(part["ground"])
        assert ground and ground.enabled, part
        assert part["field"] is None or part["field"] in properties(held)
        assert part["plain"] and part["decided_by"] and part["told"] is True
        on_file = {"search-log", "balancing-note", "consultation-record"} & set(ground.needs)
        assert part.get("on_file") or not on_file


@people
def test_each_record_says_where_it_came_from_and_marks_only_fields_it_has(person):
    for held in person["records"]:
        assert held["source"]["from"] in {"self", "other", "observation", "match"}
        assert held["source"]["who"] and held["source"]["sentence"].endswith(".")
        assert set(held["third_party"]) <= set(properties(held))
        assert all(given["to"] and given["why"] and given["law"] for given in held["disclosures"])


@people
def test_a_persons_canary_stands_in_one_value_and_nowhere_else(person):
    files = ("personas/sina.json", "personas/tame.json", "accounts.json", "catalogue.json")
    everything = [(FOLDER / name).read_text(encoding="utf-8") for name in files]
    in_values = [t for p in PERSONAS.values() for held in p["records"] for t in strings(held["body"])]
    assert sum(text.count(person["canary"]) for text in in_values) == 1
    assert (
        sum(text.count(person["canary"]) for text in everything) == 2
    )  # the value, and the line that names it


def test_no_two_agencies_know_anyone_by_the_same_number():
    refs = [link["client_ref"] for person in PERSONAS.values() for link in person["links"]]
    assert len(refs) == len(set(refs))


def test_all_four_states_of_an_agency_are_there_for_sina():
    states = Counter(link["state"] for link in PERSONAS["sina"]["links"])
    assert states["linked"] >= 5
    assert states["not_linked"] == states["nothing_held"] == states["unreachable"] == 1
    for link in PERSONAS["sina"]["links"]:
        held = [r for r in PERSONAS["sina"]["records"] if r["agency"] == link["agency"]]
        assert bool(held) is (link["state"] != "nothing_held")
        assert bool(link["unreachable_since"] and link["last_copy_on"]) is (link["state"] == "unreachable")


def test_sinas_requests_show_every_state():
    states = [request["final_state"] for request in PERSONAS["sina"]["requests"]]
    assert Counter(states) == Counter(
        ["draft", "received", "in_review", "decided_yes", "decided_part", "decided_no", "withdrawn", "late"]
    )


@people
def test_requests_ask_about_values_that_are_held_and_steps_follow_in_time(person):
    held = {place(r): r for r in person["records"]}
    for request in person["requests"]:
        fields = properties(request)
        for item in request["items"]:
            now = held[place(request)]["body"][item["field"]]
            assert item["says"] != now
            Draft202012Validator(fields[item["field"]]).validate(item["says"])
        moments = [request["started_at"], request["submitted_at"], *[step["at"] for step in request["steps"]]]
        statement = request["statement"]
        moments.append(statement and statement["attached_at"])
        moments = [moment for moment in moments if moment]
        assert moments == sorted(moments)


@people
def test_decisions_are_made_in_time_by_staff_of_that_agency_on_a_ground_for_that_field(person):
    for request in person["requests"]:
        nature = {key: field["x-nature"] for key, field in properties(request).items()}
        for step in request["steps"]:
            assert (
                step["by"] == person["account"] or ACCOUNTS[step["by"]]["organisation"] == request["agency"]
            )
            for made in step.get("decisions", []):
                assert made["reason"]
                if made["decision"] == "decline":
                    ground = decline_ground(made["ground"])
                    assert nature[made["field"]] in ground.natures
                    assert names_a_law(made["reason"]) or "law-named" not in ground.needs
                else:
                    Draft202012Validator(properties(request)[made["field"]]).validate(made["value"])
            decided = {made["field"] for made in step.get("decisions", [])}
            assert not decided or decided == {item["field"] for item in request["items"]}
        if request["submitted_at"]:
            received = nz_today(datetime.fromisoformat(request["submitted_at"]))
            ended = any(step["do"] in {"decide", "withdraw"} for step in request["steps"])
            late = not ended and due_on("correction", received) < TODAY
            assert late is (request["final_state"] == "late"), request["key"]


def test_sinas_share_leads_to_lines_she_has_and_leaves_her_visits_out():
    sina = PERSONAS["sina"]
    (share,) = sina["shares"]
    bodies = {place(held): held["body"] for held in sina["records"]}
    assert share["passcode"] == "246810" and share["recipient_account"] == "hemi"
    assert ACCOUNTS["hemi"]["organisation"] == share["recipient_agency"]
    for line in share["lines"]:
        assert set(line["fields"] or []) <= set(bodies[place(line)])
        shown = line["fields"] or list(bodies[place(line)])
        others = {key for key in shown if properties(line)[key]["x-third-party"]}
        assert others == set(line["third_party_ok"]), "a field that may name others was not looked at"
    assert "visit_note" not in {line["type"] for line in share["lines"]}


def test_the_accounts_are_those_that_the_contract_promises():
    listed = {key for key, account in ACCOUNTS.items() if account["in_demo_json"]}
    # The first eight are the contract's; the others look after their organisations' people.
    promised = {"sina", "tame", "ria", "hemi", "priya", "mark", "tui", "lani"}
    assert listed == promised | {"aroha", "kahu", "moana", "nikau"}
    for key, person in PERSONAS.items():
        assert ACCOUNTS[key]["persona"] == key and ACCOUNTS[key]["birth_date"] == person["birth_date"]
    organisations = {account["organisation"] for account in ACCOUNTS.values()} - {None}
    assert organisations <= set(AGENCIES)
    assert not any("password" in account for account in ACCOUNTS.values())
