"""The guide in plain words: a child of eleven can read it, and no sentence is long."""

from pathlib import Path

import pytest

from portal.guide.rules import KEPT
from portal.language.template_texts import extract
from portal.law.reading import grade, longest_sentence

PAGES = sorted((Path(__file__).resolve().parents[2] / "templates" / "guide").glob("*.html"))


def words_of(path):
    with path.open("rb") as file:
        return "\n".join(args[0] for _, _, args, _ in extract(file, ["_", "_a"], ["L10n:"], {}) if args[0])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_reads_at_grade_six_or_below_with_sentences_of_twenty_words_at_most(path):
    text = words_of(path)
    assert grade(text) <= 6
    assert longest_sentence(text) <= 20


def test_so_do_the_rows_of_the_privacy_page():
    text = "\n".join(f"{row.what}.\n{row.why}\n{row.long}" for row in KEPT)
    assert grade(text) <= 6
    assert longest_sentence(text) <= 20


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_text_tells_the_translator_where_it_stands(path):
    with path.open("rb") as file:
        texts = extract(file, ["_", "_a", "_n"], ["L10n:"], {})
        bare = [args[0] for _, _, args, comments in texts if args[0] and not comments]
    assert bare == []
