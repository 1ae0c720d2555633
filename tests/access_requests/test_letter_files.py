"""A letter as a file: every word of its page, in its language with English beside it, tagged, and named discreetly."""

import re
from html import unescape

import pypdfium2
import pytest
import time_machine

from portal.access_requests.rules import letters as rules
from portal.base import ids
from portal.language.service import translator
from portal.law.letters import Letter, Line, Part, paragraphs
from portal.web.letter_files import Head, letter_blocks
from portal.web.letters import letter_facts
from tests import pdf_files
from tests.access_requests.test_letter_pages import write
from tests.access_requests.test_letter_rules import OWN
from tests.casework import asking, factory
from tests.corrections import factory as corrections


@pytest.fixture
def town(sqlite_store):
    with time_machine.travel(corrections.NOW, tick=False):
        yield corrections.town(sqlite_store)


def page_words(page):
    """What the letter itself says on its page, line by line."""
    body = page.split('<div class="letter">')[1].split("</ul>")[0]
    texts = re.findall(r"<p[^>]*>(.*?)</p>", body, re.DOTALL)
    return [letters_of(unescape(re.sub(r"<[^>]+>", "", text))) for text in texts]


def letters_of(text):
    """A text without its white space."""
    return "".join(text.split())


def copied(data):
    """The letters that another program copies out of a file; lines may break anywhere, so without white space."""
    with pypdfium2.PdfDocument(data) as file:
        text = "".join(page.get_textpage().get_text_range() for page in file)
    # A mark of that program's own: a hyphen at which a line ends.
    return letters_of(text.replace("\uffff", "-").replace("\ufffe", "-"))


def letters_of_every_kind(town, tag):
    _actor, other = town.other_agency()
    ref = asking.ask(town, language=tag)
    for kind in rules.LETTERS:
        if kind != "L1":
            own = {name: fact for name, fact in OWN[kind].items() if not name.startswith("to_")}
            write(town, ref, kind, own | ({"to": other} if kind == "L3" else {}))
    return ref


@pytest.mark.parametrize("tag", ["mi", "en"])
def test_the_file_of_every_letter_says_what_its_page_says_in_the_same_order(town, sqlite_app, tag):
    ref = letters_of_every_kind(town, tag)
    sina, own = corrections.browser(town, sqlite_app), translator(tag)
    for no, kind in enumerate(rules.LETTERS, 1):
        address = f"/{tag}/access-requests/{ids.encode(ref)}/letter/{no}"
        page = sina.get(address).text
        answer = sina.get(f"{address}/file")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="letter-{no}.pdf"'
        text, at = copied(answer.data), 0
        for line in page_words(page):
            found = text.find(line, at)
            assert found >= at, (kind, line, text)
            at = found
        with pdf_files.opened(answer.data) as file:
            assert str(file.Root.Lang) == own.language.bcp47
            assert str(file.docinfo.Title) == own.attr(rules.LETTERS[kind].title)
            assert file.Root.MarkInfo.Marked
        assert ("en-NZ" in pdf_files.languages(answer.data)) is (tag != "en")
        assert "ExampleHomes" in text and "ā" in text or tag == "en"


def test_staff_get_the_same_file_and_nobody_else_gets_any(town, sqlite_app):
    ref = asking.ask(town, language="sm")
    desk = factory.sign_in(town, sqlite_app, "mere")
    sina = corrections.browser(town, sqlite_app)
    mine = sina.get(f"/en/access-requests/{ids.encode(ref)}/letter/1/file")
    theirs = desk.get(asking.case(ref, "/letter/1/file"))
    assert mine.data == theirs.data and mine.data.startswith(b"%PDF")
    for address in (
        f"/en/access-requests/{ids.encode(ref)}/letter/2/file",
        asking.case(ids.random63(), "/letter/1/file"),
    ):
        assert sina.get(address).status_code in (403, 404)
    assert desk.get(asking.case(ids.random63(), "/letter/1/file")).status_code == 404


def test_a_letter_of_any_room_becomes_blocks_in_which_values_keep_their_language():
    kind = Letter(
        "L7",
        "We have your request",
        "Example Act 2020",
        (Part("a", (Line("At %(to)s, ask for: %(to_ask_for)s."), Line(said="words"))),),
    )
    said = [
        (
            "a",
            paragraphs(
                kind.parts[0],
                {},
                {"to": "Example Homes", "to_ask_for": "Ria", "words": "O aʻu upu", "words_lang": "sm"},
            ),
        )
    ]
    facts = letter_facts(kind, said, "mi")
    blocks = letter_blocks(
        kind, facts["parts"], facts["sides"], Head("Example Homes", "7HD3-QK8W", 1, corrections.NOW)
    )
    beside = [one for one in blocks if one[0] == "beside"]
    assert len(beside) == 2 and beside[1][1][1] == ["said", ["O aʻu upu", "sm"]]
    assert ["Example Homes", "en-NZ"] in beside[1][1][0][1][0]["pieces"]
