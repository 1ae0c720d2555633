"""The made-up language shows what was not marked, and the page judge sees it."""

from datetime import UTC, date, datetime

import pytest

from portal.language import service
from portal.language.pseudo import pseudo
from portal.language.rules import placeholders
from tests.language.unmarked import unmarked_text


@pytest.fixture
def made_up():
    service.enable_pseudo()
    yield service.translator("xa")
    service.disable_pseudo()


def page(body, lang="en-XA"):
    return f"<!doctype html><html lang='{lang}'><head><title>⟦x⟧</title></head><body>{body}</body></html>"


def test_pseudo_text_is_longer_accented_in_brackets_and_keeps_its_places():
    english = "Held by %(agency)s since %(day)s. 100%% of it."
    shown = pseudo(english)
    assert shown.startswith("⟦") and shown.endswith("⟧")
    assert placeholders(shown) == placeholders(english) and "100%%" in shown
    assert "Held" not in shown
    assert 1.45 <= len(shown) / len(english) <= 1.75


def test_everything_a_translator_says_is_in_brackets(made_up):
    said = [
        made_up.gettext("Held by %(agency)s.", agency="<b>"),
        made_up.attr("Back"),
        made_up.ngettext("%(n)s record", "%(n)s records", 2),
        made_up.nattr("%(n)s record", "%(n)s records", 1),
        made_up.pgettext("noun", "Record"),
        made_up.date_full(date(2026, 8, 31)),
        made_up.datetime_long(datetime(2026, 8, 31, tzinfo=UTC)),
        made_up.join_list(["A", "B"]),
    ]
    assert unmarked_text(page("".join(f"<p>{text}</p>" for text in said))) == []
    assert "&lt;b&gt;" in said[0] and "lang=" not in said[0]


def test_nobody_gets_the_made_up_language_unless_a_test_asks():
    assert not service.known("xa")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>⟦Ĥéļļö⟧ there</p>", ["there"]),
        ("<p>⟦one <b>Sina</b> two⟧</p>", []),
        ("<p>⟦a <time>b</time> c⟧ d</p>", ["d"]),
        ("<p>12 / 2026 ·</p>", []),
        ("<p lang='mi'>Te reo Māori</p>after", ["after"]),
        ("<p lang='en-XA'>Hello</p>", ["Hello"]),
        ("<dd data-held>12 Kauri Street <b>Porirua</b></dd>", []),
        ("<p translate='no'>K7Q2M</p>", []),
        ("<img alt='A map'>", ["A map"]),
        ("<input placeholder='Name' title='⟦x⟧'>", ["Name"]),
        ("<button aria-label='Close'>×</button>", ["Close"]),
        ("<input type=submit value='Send'>", ["Send"]),
        ("<input name=a value='Sina'>", []),
        ("<textarea>typed by a person</textarea>", []),
        ("<style>p{color:red}</style><script>var a</script>", []),
        ("<span lang='sm' title='Samoan'>x</span>", []),
        ("<p>&lt;b&gt; Hello &amp; more</p>", ["<b> Hello & more"]),
        ("<br>text<img alt=''>more", ["text", "more"]),
    ],
)
def test_the_judge_finds_what_nobody_marked(body, found):
    assert unmarked_text(page(body)) == found


def test_the_judge_reads_the_title_of_the_page():
    assert unmarked_text("<html lang=en-XA><title>Records</title>") == ["Records"]
