"""Papers of the guide: read from strict files, held to their English, shown and drawn in any two languages."""

import shutil

import pikepdf
import pytest
from click.testing import CliRunner

from portal.guide import cli, queries, service
from portal.guide.rules.handouts import FORMATS, HandoutFault, Part, differences, read
from portal.language.rules import LANGUAGES
from portal.law.reading import grade, longest_sentence
from tests import pdf_files

HEAD = "---\ntitle: A\nabout: B.\naudience: person\nformat: sheet\norder: 1\n---\n\n"
EVERY = {one.slug: one for one in queries.handouts()}


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def test_each_kind_of_part_is_read():
    body = "## Head\n\nOne\nline.\n\n- a\n  goes on\n- b\n\n1. x\n2. y\n\n- [ ] t\n\n> n\n\nName: ______\n"
    assert read("x", "en", HEAD + body).parts == (
        Part("heading", ("Head",)),
        Part("text", ("One line.",)),
        Part("list", ("a goes on", "b")),
        Part("steps", ("x", "y")),
        Part("ticks", ("t",)),
        Part("note", ("n",)),
        Part("fill", ("Name:",), 2),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Only words.", "does not begin with facts"),
        (HEAD.replace("order: 1\n", "") + "Words.", "its facts are to be these"),
        (HEAD.replace("title: A", "title:") + "Words.", "its facts are to be these"),
        (HEAD.replace("format: sheet", "format: scroll") + "Words.", "none that is known"),
        (HEAD.replace("order: 1", "order: first") + "Words.", "is a number"),
        (HEAD, "no text below"),
        (HEAD + "Some <b>bold</b> words.", "holds HTML"),
        (HEAD + "Fish &amp; chips.", "holds HTML"),
        (HEAD + "Some **bold** words.", "a mark that is not read"),
        (HEAD + "[here](https://example.org)", "a mark that is not read"),
        (HEAD + "### Too deep", "a mark that is not read"),
        (HEAD + "ma\u0304 is not one letter.", "not NFC"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(text, sentence):
    with pytest.raises(HandoutFault, match=sentence):
        read("x", "en", text)


def test_a_translation_is_held_to_its_english():
    english = read("x", "en", HEAD + "## Head\n\n- a\n- b\n\nName: ___\n")
    head = f"---\ntitle: Ko A\nabout: Ko B.\nsource: {english.fingerprint}\n---\n\n"
    assert differences(english, read("x", "mi", head + "## Upoko\n\n- ā\n- ē\n\nIngoa: ___\n")) == []
    assert "part 2" in differences(english, read("x", "mi", head + "## Upoko\n\n- ā\n\nIngoa: ___\n"))[0]
    assert "2 parts" in differences(english, read("x", "mi", head + "## Upoko\n\n- ā\n- ē\n"))[0]
    newer = read("x", "en", HEAD + "## Head\n\n- a\n- c\n\nName: ___\n")
    own = read("x", "mi", head + "## Upoko\n\n- ā\n- ē\n\nIngoa: ___\n")
    assert "older than its English" in differences(newer, own)[0]


def test_the_papers_are_whole_and_no_translation_has_fallen_behind():
    assert queries.handout_faults() == []
    assert queries.missing() == []
    assert {one.format for one in EVERY.values()} == set(FORMATS)


def test_the_check_finds_what_is_wrong_and_a_paper_is_brought_up_to_date(tmp_path, monkeypatch):
    root = tmp_path / "guide"
    shutil.copytree(queries.ROOT, root)
    english = root / "put-it-right.en.md"
    english.write_text(english.read_text().replace("Nobody may charge", "No one may charge"))
    (root / "share-once.sm.md").unlink()
    (root / "nothing.mi.md").write_text("---\ntitle: X\nabout: Y.\nsource: z\n---\n\nKupu.\n")
    (root / "letter-ask.xx.md").write_text("x")
    own = root / "put-it-right.sm.md"
    own.write_text(own.read_text().replace("Toe faʻasaʻo", "Toe fa'asa'o"))
    faults = " ".join(queries.handout_faults(root))
    for words in (
        *("put-it-right.mi.md: is older", "put-it-right.sm.md: is older", "another mark between letters"),
        *("nothing.mi.md: there is no English", "letter-ask.xx.md: its name is not"),
    ):
        assert words in faults, words
    assert queries.missing(root) == ["share-once.sm.md"]
    monkeypatch.setattr(queries, "ROOT", root)
    done = CliRunner().invoke(cli.guide, ["source", "put-it-right.mi"])
    assert done.exit_code == 0 and "put-it-right.mi.md: is older" not in " ".join(
        queries.handout_faults(root)
    )
    assert CliRunner().invoke(cli.guide, ["source", "put-it-right.en"]).exit_code == 2


def test_the_command_says_that_all_is_well():
    done = CliRunner().invoke(cli.guide, ["check"])
    assert done.exit_code == 0 and "No faults" in done.output


@pytest.mark.parametrize("slug", EVERY)
def test_a_paper_reads_at_grade_six_or_below_with_short_sentences(slug):
    text = "\n".join(EVERY[slug].texts)
    assert grade(text) <= 6 and longest_sentence(text) <= 20


def test_papers_use_the_policys_final_names():
    every = " ".join(text for one in EVERY.values() for text in one.texts)
    assert "Mana Whakahaere" in every and "Rangatiratanga" not in every


@pytest.mark.parametrize("tag", ["en", "mi"])
def test_every_paper_is_a_page_and_listed(visitor, tag):
    listed = visitor.get(f"/{tag}/guide/handouts").text
    for slug in EVERY:
        answer = visitor.get(f"/{tag}/guide/handouts/{slug}")
        assert answer.status_code == 200 and f"/{tag}/guide/handouts/{slug}" in listed
        assert queries.handout(slug, tag).parts[0].texts[0] in answer.text


def test_two_languages_stand_side_by_side_each_marked(visitor):
    text = visitor.get("/en/guide/handouts/put-it-right?second=mi").text
    assert '<div lang="en-NZ" data-held>' in text and '<div lang="mi" data-held>' in text
    assert "Whakatikaina" in text and "He hukihuki tēnei whakamāoritanga" in text


def test_a_paper_that_is_not_in_a_language_stands_in_english_marked_as_such(visitor):
    text = visitor.get("/to/guide/handouts/put-it-right").text
    assert '<h1><span data-held lang="en-NZ">Put it right</span></h1>' in text
    assert "This paper is not in Lea faka-Tonga yet." in text


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("paper=put-it-right&first=mi&second=en", "/mi/guide/handouts/put-it-right?second=en"),
        ("paper=put-it-right&first=mi&second=mi", "/mi/guide/handouts/put-it-right"),
        ("paper=put-it-right&first=mi&second=sm-WS", "/mi/guide/handouts/put-it-right"),
        ("paper=put-it-right&first=zz", "/en/guide/handouts"),
        ("paper=../secret&first=mi", "/en/guide/handouts"),
        ("", "/en/guide/handouts"),
    ],
)
def test_the_picker_leads_to_a_paper_or_back_to_the_list(visitor, asked, leads):
    answer = visitor.get(f"/en/guide/handouts/open?{asked}")
    assert answer.status_code == 303 and answer.location == leads


def test_a_paper_that_is_not_there_is_the_plain_404(visitor):
    for path in ("/en/guide/handouts/nothing", "/en/guide/handouts/nothing/file"):
        assert visitor.get(path).status_code == 404


def test_the_file_of_a_paper_is_the_same_for_everybody_and_may_be_kept(visitor):
    answer = visitor.get("/mi/guide/handouts/before-you-start/file?second=en")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers["Vary"]
    page = visitor.get("/mi/guide/handouts/before-you-start?second=en")
    assert page.headers["Cache-Control"].startswith("no-store")


@pytest.mark.parametrize("slug", EVERY)
def test_a_paper_is_one_tagged_sheet_in_two_languages(slug):
    data = service.drawn(slug, ("mi", "en"))
    with pdf_files.opened(data) as file:
        assert str(file.Root.Lang) == "mi" and file.Root.MarkInfo.Marked
        brochure = EVERY[slug].format == "brochure"
        # A brochure may have two sides.
        assert len(file.pages) <= (2 if brochure else 1)
        wide = float(pikepdf.Array(file.pages[0].MediaBox)[2])
        assert round(wide) == (420 if brochure else 595)
    assert pdf_files.languages(data) == {"en-NZ"}
    text = pdf_files.text_of(data)
    for one in (EVERY[slug], queries.handout(slug, "mi")):
        assert all(pdf_files.said(words) in text for words in one.texts)
    headings = sum(part.kind == "heading" for part in EVERY[slug].parts)
    assert pdf_files.roles(data).get("H1", 0) == 2 * headings


def test_a_language_without_papers_gets_english_once_with_a_note():
    data = service.drawn("put-it-right", ("to",))
    assert "This paper is not in Lea faka-Tonga yet." in pdf_files.text_of(data)
    assert LANGUAGES["to"].bcp47 not in pdf_files.languages(data)
