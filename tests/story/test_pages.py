"""The pages of My story, without script: nothing typed is lost, and nothing is needed."""

import pytest

from portal.story import rules
from tests.bundles.factory import a_person, persons_browser, send

SAID = "E mānaia le pese. I like it when people write things down."


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


def text_of(answer):
    return answer.get_data(as_text=True)


def test_every_part_stands_on_the_first_page_written_or_not(mine):
    page = text_of(mine.get("/en/story"))
    assert all(heading in page for heading in rules.HEADINGS.values())
    assert page.count("Nothing written. That is fine.") == 5


def test_what_is_saved_stands_there_in_its_language(mine):
    sent = send(mine, "/en/story/2", text=SAID, language="sm")
    assert sent.status_code == 303 and sent.location.endswith("/en/story?saved=yes")
    page = text_of(mine.get("/en/story"))
    assert '<div class="said" data-held lang="sm"><p>E mānaia le pese.' in page
    assert SAID in text_of(mine.get("/en/story/print"))


def test_too_much_is_told_by_how_much_and_is_kept_in_the_box(mine):
    answer = send(mine, "/en/story/1", text="ā" * 50_000, language="mi", seen="0")
    assert answer.status_code == 400
    assert "30000 characters too long" in text_of(answer)
    assert "ā" * 50_000 in text_of(answer)


def test_words_of_fifty_thousand_letters_of_any_script_are_kept(mine):
    """The form goes as its own parts, not percent by percent: three times as many letters fit."""
    page = text_of(mine.get("/en/story/1")).split('id="the-form"')[1]
    assert page.startswith(' enctype="multipart/form-data"')
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    data = {**hidden, "text": "海" * 50_000, "language": "other", "seen": "0"}
    answer = mine.post("/en/story/1", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400 and "海" * 50_000 in text_of(answer)


def test_choosing_another_language_for_the_page_keeps_the_words(mine):
    answer = send(mine, "/en/story/2", text=SAID, language="sm", seen="0", switch_language="mi")
    assert answer.location.endswith("/mi/story/2")
    assert SAID in text_of(mine.get("/mi/story/2"))


def test_a_page_left_open_elsewhere_is_told_and_its_words_stay(mine):
    send(mine, "/en/story/2", text="first", language="en", seen="0")
    answer = send(mine, "/en/story/2", text="second", language="en", seen="0")
    assert answer.status_code == 409
    assert "second" in text_of(answer) and 'name="seen" value="1"' in text_of(answer)
    assert send(mine, "/en/story/2", text="second", language="en", seen="1").status_code == 303


def test_an_older_version_is_shown_and_brought_back(mine):
    send(mine, "/en/story/2", text="the first words", language="en", seen="0")
    send(mine, "/en/story/2", text="the second words", language="en", seen="1")
    assert "This is how it is now" in text_of(mine.get("/en/story/2/versions"))
    assert "the first words" in text_of(mine.get("/en/story/2/versions/1"))
    assert send(mine, "/en/story/2/versions/1").status_code == 303
    assert "the first words" in text_of(mine.get("/en/story"))


def test_deleting_asks_first_and_then_nothing_is_left(mine):
    send(mine, "/en/story/2", text=SAID, language="sm", seen="0")
    assert "cannot bring them back" in text_of(mine.get("/en/story/2/delete"))
    assert send(mine, "/en/story/2/delete").status_code == 303
    assert SAID not in text_of(mine.get("/en/story")) + text_of(mine.get("/en/story/2/versions"))


@pytest.mark.parametrize(
    "path", ["/story/0", "/story/6", "/story/1/versions/1", "/story/9/delete", "/story/x"]
)
def test_a_part_that_there_is_not_is_a_plain_404(mine, path):
    assert mine.get(f"/en{path}").status_code == 404


def test_what_was_typed_by_somebody_else_is_text_and_no_markup(mine):
    send(mine, "/en/story/5", title="<b>me</b>", text="<script>1</script>", language="en", seen="0")
    page = text_of(mine.get("/en/story"))
    assert "<script>1" not in page and "&lt;b&gt;me&lt;/b&gt;" in page
