"""What a reader sees: a translation where one may be served, else English that says it is English."""

import os
from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from portal.language import catalogue, service
from portal.language.catalogue import load, po_path
from portal.language.catalogue_files import compile_all
from portal.language.rules import LANGUAGES
from portal.language.translation import Translator

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: sm\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
TEXTS = """
msgid "Held by %(agency)s."
msgstr "SM %(agency)s & co."

msgid "Your records"
msgstr "SM \\"records\\""

#, fuzzy
msgid "Not sure"
msgstr "SM not sure"

msgid "Empty"
msgstr ""

msgid "Sent to %(who)s."
msgstr "SM %(whom)s."

msgid "Seen by %(who)s."
msgstr "SM %(who)s 5%."

msgid "%(n)s record"
msgid_plural "%(n)s records"
msgstr[0] "SM one"
msgstr[1] "SM %(n)s"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "SM %(n)s"
msgstr[1] ""

msgctxt "noun"
msgid "Record"
msgstr "SM record"
"""


@pytest.fixture
def root(tmp_path):
    path = po_path("sm", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + TEXTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def samoan(root):
    return Translator(LANGUAGES["sm"], load("sm", root))


@pytest.fixture
def english():
    return service.translator("en")


def in_english(text):
    return f'<span lang="en-NZ">{text}</span>'


def test_a_translation_is_shown_and_its_values_are_escaped(samoan):
    assert samoan.gettext("Held by %(agency)s.", agency="<b>") == Markup("SM &lt;b&gt; &amp; co.")
    assert samoan.gettext("Held by %(agency)s.", agency=Markup("<b>x</b>")) == Markup("SM <b>x</b> &amp; co.")


def test_the_same_text_is_plain_in_attributes_and_mails(samoan):
    assert samoan.attr("Held by %(agency)s.", agency="<b>") == "SM <b> & co."
    assert type(samoan.attr("Your records")) is str
    assert samoan.attr("Empty") == "Empty"


def test_what_a_translator_writes_cannot_break_out_of_an_attribute(samoan):
    assert samoan.gettext("Your records") == Markup("SM &#34;records&#34;")


@pytest.mark.parametrize("msgid", ["Not sure", "Empty", "Nobody wrote this"])
def test_fuzzy_empty_and_missing_texts_stand_in_english_and_say_so(samoan, msgid):
    assert samoan.gettext(msgid) == in_english(msgid)
    assert samoan.gettext(msgid) == in_english(msgid)
    assert not samoan.has(msgid)


@pytest.mark.parametrize("verb", ["Sent to", "Seen by"])
def test_a_translation_with_a_broken_place_is_never_served(samoan, verb):
    assert samoan.gettext(verb + " %(who)s.", who="Ria") == in_english(f"{verb} Ria.")


def test_english_is_not_wrapped_in_english_pages(english):
    assert english.gettext("Held by %(agency)s.", agency="A&B") == Markup("Held by A&amp;B.")
    assert english.has("Anything")


def test_the_number_chooses_the_form_and_is_written_with_separators(samoan, english):
    forms = ("%(n)s record", "%(n)s records")
    assert [samoan.ngettext(*forms, n) for n in (0, 1, 2)] == ["SM 0", "SM one", "SM 2"]
    assert english.ngettext(*forms, 1200) == "1,200 records"
    assert english.nattr(*forms, 1) == "1 record"


def test_a_plural_with_one_form_missing_falls_back_whole(samoan):
    assert samoan.ngettext("%(n)s day", "%(n)s days", 1) == in_english("1 day")


def test_a_context_tells_two_meanings_apart(samoan):
    assert samoan.pgettext("noun", "Record") == "SM record"
    assert samoan.pgettext("verb", "Record") == in_english("Record")


def test_a_missing_value_is_logged_and_never_breaks_the_page(samoan, caplog):
    assert samoan.gettext("Held by %(agency)s.", wrong="secret") == in_english("Held by %(agency)s.")
    assert "Held by" in caplog.text and "secret" not in caplog.text


def test_a_translation_that_fails_only_when_filled_falls_back_to_english(caplog):
    messages = catalogue.Messages({"Held by %(a)s": "SM %(a)s %(b)s"}, {})
    shown = Translator(LANGUAGES["sm"], messages).gettext("Held by %(a)s", a="X")
    assert shown == in_english("Held by X")
    assert "could not be filled" in caplog.text


def test_a_percent_sign_without_a_place_is_left_alone(english):
    assert english.gettext("100% yours", n=1) == "100% yours"


def test_the_compiled_file_is_read_when_fresh_and_the_po_file_when_newer(root):
    as_written = load("sm", root)
    compile_all(root)
    po = po_path("sm", root)
    fresh = load("sm", root)
    assert fresh == as_written
    po.write_text(po.read_text(encoding="utf-8").replace("SM record", "SM newer"), encoding="utf-8")
    later = po.with_suffix(".mo").stat().st_mtime + 10
    os.utime(po, (later, later))
    assert load("sm", root).texts[("noun", "Record")] == "SM newer"
    os.utime(po, (1, 1))
    assert load("sm", root) == fresh


def test_a_language_without_a_catalogue_is_english_all_through(tmp_path):
    assert load("tvl", tmp_path) == catalogue.EMPTY


def test_every_language_of_the_table_has_a_translator_and_no_other_word_has():
    service.warm()
    for tag in LANGUAGES:
        assert service.translator(tag) is service.translator(tag)
        assert service.language(tag) is LANGUAGES[tag] and service.known(tag)
    for word in ("zz", "xa", "en-NZ", "", "../sm", "favicon.ico"):
        assert not service.known(word)
        with pytest.raises(service.UnknownLanguage):
            service.translator(word)


def test_a_translator_formats_as_its_language_does():
    samoan = service.translator("sm")
    assert samoan.date_full(date(2026, 8, 31)) == "Aso Gafua, 31 Aokuso 2026"
    assert samoan.datetime_long(datetime(2026, 8, 31, tzinfo=UTC)) == "31 Aokuso 2026, 12:00"
