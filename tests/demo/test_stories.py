"""The demo tells what the catalogue promises: records that disagree, old values, parts kept, a statement."""

from tests.demo.demo_files import PERSONAS, record


def sina(agency, kind, number=0):
    return record("sina", agency, kind, number)["body"]


def tame(agency, kind, number=0):
    return record("tame", agency, kind, number)["body"]


def test_income_support_has_sinas_birth_date_the_wrong_way_round():
    assert sina("income-support", "person")["date_of_birth"] == "1992-04-05"
    assert sina("medical-centre", "enrolment")["date_of_birth"] == "1992-05-04"
    assert PERSONAS["sina"]["birth_date"] == "1992-05-04"


def test_three_agencies_count_three_different_numbers_of_people_in_sinas_home():
    counts = (
        sina("housing", "register_copy")["people"],
        len(sina("income-support", "housing_need")["people"]),
        len(sina("iwi-wellbeing", "household")["people"]),
    )
    assert counts == (3, 4, 5)


def test_housings_copy_needs_fewer_bedrooms_than_the_list_it_was_copied_from():
    assert sina("housing", "register_copy")["bedrooms"] < sina("income-support", "housing_need")["bedrooms"]


def test_sinas_old_address_is_still_used_where_it_hurts():
    assert sina("medical-centre", "enrolment")["address"].startswith("12 Sample Street")
    assert sina("income-support", "person")["address"].startswith("45 Former Street")
    assert sina("fines-office", "fine")["sent_to"].startswith("45 Former Street")
    assert sina("medical-centre", "visit_note")["label"] == "did-not-come"


def test_a_tip_off_became_a_couple_and_a_debt_that_sina_disputes():
    note, debt = sina("income-support", "file_note"), sina("income-support", "debt")
    assert (note["how"], note["checked_with_you"], note["on"]) == ("tip-off", False, "2022-02-21")
    assert sina("income-support", "person")["relationship_since"] == "2022-03-01"
    assert (debt["amount"], debt["left"], debt["disputed"]) == ("6240.00", "4115.00", True)
    assert [part["ground"] for part in record("sina", "income-support", "file_note")["withheld"]] == ["53-c"]


def test_sinas_home_still_carries_a_mark_from_before_her_time():
    mark, tenancy = sina("housing", "home_mark"), sina("housing", "tenancy")
    assert mark["review_on"] == "2019-02-20" < tenancy["started_on"]
    assert "to" not in sina("housing", "household_member")
    assert (tenancy["ended_on"], tenancy["owing"]) == ("2026-01-30", "284.00")


def test_two_debts_are_not_as_they_seem():
    owed, fine = sina("budget-service", "debt_list"), sina("fines-office", "fine")
    assert (owed["amount"], owed["whose"], owed["disputed"]) == ("1870.00", "not-mine", True)
    assert (fine["left"], fine["status"]) == ("230.00", "late")
    assert sina("fines-office", "trace")["from"] == "Example Income Support"


def test_tames_years_in_care_are_filed_under_three_names_with_a_year_missing():
    stays = [tame("children-agency", "care_arrangement", number) for number in range(5)]
    assert (stays[0]["from"][:4], stays[-1]["to"][:4]) == ("1975", "1983")
    names = " ".join(stay["place"] for stay in stays)
    assert "TUROA" in names and "Thomas" in names and "Hall" in names
    gaps = [b["from"] for a, b in zip(stays, stays[1:], strict=False) if a["to"] != b["from"]]
    assert gaps == ["1980-02-18"]
    (missing,) = record("tame", "children-agency", "care_arrangement", 2)["withheld"]
    assert missing["ground"] == "53-a" and "Search log" in missing["on_file"]


def test_what_was_said_about_tames_father_was_never_looked_into():
    report = record("tame", "children-agency", "report_of_concern")
    assert report["body"]["said"] == "Father a drinker." and report["body"]["looked_into"] is False
    assert "told_by" not in report["body"]
    assert {part["ground"] for part in report["withheld"]} == {"53-b", "53-c"}


def test_tames_own_words_of_2026_stand_beside_why_he_was_moved():
    (statement,) = PERSONAS["tame"]["statements"]
    assert statement["field"] == "why_moved" and statement["attached_at"].startswith("2026")
    moved = record("tame", "children-agency", "care_arrangement", 1)
    assert moved["source_id"] == statement["source_id"]
    assert moved["body"]["why_moved"].startswith("Placement broke down due to behaviour")


def test_the_health_register_has_the_wrong_birth_date_and_people_for_tame():
    identity = tame("health-register", "identity")
    assert (identity["date_of_birth"], PERSONAS["tame"]["birth_date"]) == ("1968-03-01", "1968-01-03")
    assert (identity["ethnicity"], identity["iwi"]) == (["European"], [])


def test_tame_is_still_marked_by_his_childhood_and_his_cousin():
    assert tame("medical-centre", "condition")["noted_on"].startswith("1980")
    assert tame("medical-centre", "condition")["status"] == "active"
    assert tame("corrections", "risk_score")["score"] == 0.31
    alert = tame("corrections", "alert")
    assert alert["still_on"] is True and "Cousin" in alert["rests_on"] and "review_on" not in alert
    kept = [part["ground"] for part in record("tame", "corrections", "court_report")["withheld"]]
    assert kept == ["53-b", "49-1-b"]


def test_income_support_has_tames_address_right_and_his_phone_wrong():
    assert tame("income-support", "person")["address"] == tame("housing-trust", "tenancy")["home"]
    assert tame("income-support", "person")["phone"] != tame("medical-centre", "enrolment")["phone"]
