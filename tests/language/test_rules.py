"""Which language a reader gets, and how text is compared whatever marks it carries."""

import pytest

from portal.language.rules import LANGUAGES, N_, fits, forms_fit, negotiate, search_key, sort_key


def test_the_languages_stand_in_their_fixed_order_with_their_own_names():
    assert list(LANGUAGES) == ["en", "mi", "sm", "to", "rar", "fj", "niu", "tkl", "tvl"]
    assert LANGUAGES["en"].bcp47 == "en-NZ"
    assert LANGUAGES["rar"].endonym == "Te Reo Māori Kūki ʻĀirani"
    assert [tag for tag, language in LANGUAGES.items() if language.complete] == ["en", "mi", "sm"]


def test_marking_a_text_leaves_it_as_it_is():
    assert N_("Held by %(agency)s.") == "Held by %(agency)s."


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("fj-FJ,fj;q=0.9,en;q=0.8", "fj"),
        ("sm-WS", "sm"),
        ("SM-ws", "sm"),
        ("en-NZ,mi;q=0.9", "en"),
        ("de, mi;q=0.7, en;q=0.5", "mi"),
        ("en;q=0.5, mi;q=0.7", "mi"),
        ("mi;q=0, sm;q=0.1", "sm"),
        ("rar", "rar"),
        ("zz", "en"),
        ("hif", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        ("mi;q=banana", "en"),
        ("mi;q=9", "en"),
        (";;;,,,=-", "en"),
        ("../../etc/passwd", "en"),
        ("\x00\u02bb\ud800", "en"),
        ("zz," * 100_000 + "mi", "en"),
        ("mi" * 100_000, "en"),
    ],
)
def test_the_base_language_decides_and_rubbish_means_english(header, tag):
    assert negotiate(header) == tag


def test_five_spellings_of_one_name_are_found_by_the_same_key():
    spellings = ["Maʻasi", "Ma'asi", "ma’asi", "MA‘ASI", "  Maasi "]
    assert {search_key(text) for text in spellings} == {"maasi"}


def test_a_search_does_not_see_macrons_however_they_are_stored():
    assert search_key("Pu\u0304kete  ŌTARA") == search_key("pūkete otara") == "pukete otara"


def test_names_sort_by_their_letters_and_not_by_their_marks():
    names = ["Zoe", "Ōtara", "Otago", "ʻOfa", "Mele", "āporo", "Apirana", "Ane", "ʻAna"]
    ordered = ["ʻAna", "Ane", "Apirana", "āporo", "Mele", "ʻOfa", "Otago", "Ōtara", "Zoe"]
    assert sorted(names, key=sort_key) == ordered


@pytest.mark.parametrize(
    ("translation", "good"),
    [
        ("E %(agency)s", True),
        ("E %(tari)s", False),
        ("E", False),
        ("E %(agency)s %(agency)s", True),
        ("E %(agency)d", False),
        ("E %(agency)s 5%", False),
        ("E %(agency)s 5%%", True),
        ("E %(agency)s %s", False),
        ("E %(agency)s %(more", False),
    ],
)
def test_a_translation_fits_when_it_can_be_filled_with_the_same_values(translation, good):
    assert fits("Held by %(agency)s", translation) is good


def test_the_form_for_one_may_leave_the_number_out_but_the_other_may_not():
    assert forms_fit("1 record", "%(n)s records", ("kotahi", "%(n)s pūranga"))
    assert forms_fit("%(n)s record", "%(n)s records", ("%(n)s a", "%(n)s b"))
    assert not forms_fit("%(n)s record", "%(n)s records", ("%(n)s a", "b"))
    assert not forms_fit("%(n)s record", "%(n)s records", ("%(n)s a",))
