"""One cell at a time: what is read, what is left out with a note, what cannot be read and why."""

from datetime import date

import pytest

from portal.ingest.rules.cells import BadCell, FieldMap, read, read_day


def value(kind, *cells, **more):
    columns = tuple(f"c{number}" for number in range(len(cells)))
    return read(FieldMap("x", columns, kind, **more), list(cells))


def why_not(kind, cell, **more):
    with pytest.raises(BadCell) as caught:
        value(kind, cell, **more)
    assert cell not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("04/05/1992", "dmy", "1992-05-04"),
        ("4.5.1992", "dmy", "1992-05-04"),
        ("05/04/1992", "mdy", "1992-05-04"),
        ("1992-05-04", "iso", "1992-05-04"),
        ("1992-05-04", "dmy", "1992-05-04"),
        ("1992-05-04T00:00:00", "iso", "1992-05-04"),
        (date(1992, 5, 4), "dmy", "1992-05-04"),
        ("29/02/2024", "dmy", "2024-02-29"),
    ],
)
def test_a_date_is_read_in_the_order_that_the_mapping_says(cell, order, day):
    assert value("date", cell, date_order=order).value == day


@pytest.mark.parametrize("cell", ["31/12/9999", "00/00/0000", "", "   "])
def test_open_ended_unknown_and_blank_dates_are_no_value(cell):
    found = value("date", cell, date_order="dmy")
    assert (found.value, found.note) == (None, "")


def test_the_first_day_of_1900_is_a_filler_and_never_shown():
    found = read_day("01/01/1900", "dmy")
    assert found.value is None and "looks like a filler" in found.note


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("5/04/92", "the year has two digits. Write all four."),
        ("31/02/1988", "there is no such day."),
        ("29/02/2023", "there is no such day."),
        ("33728", "this is a spreadsheet day number. Format the column as a date, and send the file again."),
        ("last week", "this is not a date."),
        ("4 May 1992", "this is not a date."),
        ("01/01/10000", "this is not a date."),
    ],
)
def test_a_date_that_cannot_be_read_says_why(cell, words):
    assert why_not("date", cell, date_order="dmy") == words


@pytest.mark.parametrize(
    ("cell", "sum_"),
    [("$1,870.00", "1870.00"), ("1870", "1870.00"), ("412.5", "412.50"), ("-3.10", "-3.10"), ("0", "0.00")],
)
def test_money_has_one_rule(cell, sum_):
    assert value("money", cell).value == sum_


@pytest.mark.parametrize("cell", ["(250.00)", "250CR", "$250.00 cr"])
def test_brackets_and_cr_are_below_zero_and_shown_back(cell):
    found = value("money", cell)
    assert found.value == "-250.00" and "below zero" in found.note


def test_implied_decimals_are_read_only_where_the_mapping_says_so():
    assert value("money", "000049480", implied_decimals=2).value == "494.80"
    assert value("money", "5", implied_decimals=2).value == "0.05"
    assert "how many decimals are implied" in why_not("money", "000049480")
    assert "this sum has a point" in why_not("money", "0000361.4", implied_decimals=2)


@pytest.mark.parametrize("cell", ["about 500", "1,87", "12,34,567", "1.234", "=SUM(A1)", "1e5 "])
def test_what_is_no_sum_is_refused(cell):
    why_not("money", cell)


def test_a_phone_number_gets_its_lost_zero_back():
    found = value("phone", "210000001")
    assert found.value == "0210000001" and "lost its first 0" in found.note
    assert value("phone", "021 000 0001").note == ""


@pytest.mark.parametrize("kind", ["text", "phone", "money"])
def test_a_number_that_lost_digits_is_refused(kind):
    assert "lost digits" in why_not(kind, "3.00772E+08")


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Y", True), ("yes", True), ("TRUE", True), ("1", True), ("n", False), ("0", False), ("", None)],
)
def test_yes_and_no_are_read_and_blank_is_never_no(cell, answer):
    assert value("boolean", cell).value is answer


def test_maybe_is_neither():
    assert why_not("boolean", "maybe") == "this is neither yes nor no."


def test_an_unknown_code_is_left_out_and_the_row_taken_in_part():
    codes = {"S": "single", "P": "partner"}
    assert value("code", "p", codes=codes).value == "partner"
    found = value("code", "Q", codes=codes)
    assert (found.value, found.left_out) == (None, True)
    assert found.note == "the code is not in the agreed list (S, P), so it was left out."


@pytest.mark.parametrize("cell", ["FAASILI SINA", "Faʻasili", "Fa’asili", "=SUM(L2:L3)", "+64", "-", "@home"])
def test_text_is_kept_as_it_is_held(cell):
    assert value("text", cell).value == cell


def test_several_columns_make_one_text_or_one_list():
    assert value("text", "45 FORMER STREET", "", "EXAMPLETON").value == "45 FORMER STREET EXAMPLETON"
    assert value("list", "a", "", "b").value == ["a", "b"]
    assert value("list", "a; b;; c").value == ["a", "b", "c"]
    assert value("list", " ; ").value is None


def test_whole_numbers():
    assert value("integer", "1,870").value == 1870
    assert why_not("integer", "1.5") == "this is not a whole number."
    assert value("number", "1.5").value == 1.5
    assert why_not("number", "x") == "this is not a number."
