"""The catalogue commands: what they find in the sources, what they keep, and each fault they name."""

import json
import re
import shutil
import unicodedata

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from portal.language.catalogue import ROOT, po_path
from portal.language.cli import i18n

TEMPLATE = """{# L10n: records page, heading #}
<h1>{{ _("Your records") }}</h1>
{# L10n: records page, a link #}<a title="{{ _a('Go') }}">{{ _('Back') }}</a>{# L10n: count #}{{ _n(
  "%(n)s record", "%(n)s records", count) }}
{#- L10n: label over
    two lines -#}
{{ field(label=_("Held by %(agency)s, "
   "and nobody else.", agency=name),
  hint=_p("noun", "Record")) }}
{{ x|attr("not a text") }} {{ _(chosen) }} {{ item.attr("An attribute that somebody reads") }}
"""
RULES = '''"""Words."""
from portal.language.rules import N_
REASONS = {
    # L10n: a reason
    "a": N_("Not so."),
    "b": N_("Too late."),  # L10n: a reason, after the code
}


def refuse(say):
    # L10n: a refusal,
    # over two lines
    raise ValueError(
        say("No."),
        say(
            # L10n: inside the call
            "Why not."
        ),
    )
    say()
    return say(chosen), say("A far text which nobody explains")
'''
TEXTS = {
    "Your records",
    "Go",
    "Back",
    ("%(n)s record", "%(n)s records"),
    "Held by %(agency)s, and nobody else.",
    "Record",
    "An attribute that somebody reads",
    "Not so.",
    "Too late.",
    "No.",
    "Why not.",
    "A far text which nobody explains",
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "translations").mkdir()
    shutil.copy(ROOT / "translations" / "babel.cfg", tmp_path / "translations")
    for name, text in {"templates/_components/a.html": TEMPLATE, "portal/words/rules.py": RULES}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(root):
    def go(*words, code=0):
        result = CliRunner().invoke(i18n, ["--root", str(root), *words])
        assert result.exit_code == code, result.output
        return result.output

    return go


@pytest.fixture
def clean(root, run):
    """Every language translated without a fault, by upper case."""
    run("update")
    for tag in ("mi", "sm", "to", "rar", "fj", "niu", "tkl", "tvl"):
        path = po_path(tag, root)
        text = path.read_text(encoding="utf-8")
        for english, own in ANSWERS.items():
            text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{own}"')
        for form, own in (("[0]", "%(n)s A"), ("[1]", "%(n)s B")):
            text = text.replace(f'msgstr{form} ""', f'msgstr{form} "{own}"')
        path.write_text(text, encoding="utf-8")
    return root


ANSWERS = {
    "Your records": "Aku pukapuka",
    "Go": "Haere",
    "Back": "Hoki",
    "Held by %(agency)s, and nobody else.": "Kei %(agency)s.",
    "Record": "Pukapuka",
    "An attribute that somebody reads": "He kupu",
    "Not so.": "Kao.",
    "Too late.": "Kua hipa.",
    "No.": "Kāo.",
    "Why not.": "He aha.",
    "A far text which nobody explains": "He tuhinga",
}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def pot(root):
    with (root / "translations" / "portal.pot").open("rb") as file:
        return read_po(file)


def test_extract_finds_every_text_also_in_folders_with_an_underscore(root, run):
    assert run("extract") == "12 texts in translations/portal.pot.\n"
    assert {message.id for message in pot(root) if message.id} == TEXTS
    assert pot(root).get("Record", "noun").context == "noun"


def test_a_comment_belongs_to_the_text_after_it_and_to_those_on_the_same_line(root, run):
    run("extract")
    comments = {m.id if isinstance(m.id, str) else m.id[0]: m.auto_comments for m in pot(root) if m.id}
    assert comments["Your records"] == ["records page, heading"]
    assert comments["Go"] == comments["Back"] == ["records page, a link"]
    assert comments["%(n)s record"] == ["count"]
    assert comments["Held by %(agency)s, and nobody else."] == ["label over two lines"]
    assert comments["Record"] == ["label over two lines"]
    assert comments["Not so."] == ["a reason"]
    assert comments["Too late."] == ["a reason, after the code"]
    assert comments["No."] == ["a refusal, over two lines"]
    assert comments["Why not."] == ["inside the call"]
    assert comments["A far text which nobody explains"] == []
    assert comments["An attribute that somebody reads"] == []


def test_the_files_hold_no_line_numbers_no_dates_and_do_not_change_by_themselves(root, run):
    run("update")
    files = sorted((root / "translations").rglob("*.po*"))
    before = {path: path.read_bytes() for path in files}
    assert len(files) == 9
    run("update")
    assert {path: path.read_bytes() for path in files} == before
    for content in before.values():
        assert not re.search(rb"-Date|Generated-By|\.html:\d", content)


def test_update_writes_the_header_that_gettext_and_people_need(root, run):
    run("update")
    head = po_path("fj", root).read_text(encoding="utf-8").split("\n\n")[0]
    assert '"Language: fj\\n"' in head and '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in head


def test_update_keeps_translations_and_gives_one_back_when_its_text_returns(clean, run):
    source = clean / "portal" / "words" / "rules.py"
    edit(source, "Not so.", "Something quite different this time")
    run("update")
    assert "Kao." in po_path("mi", clean).read_text(encoding="utf-8")
    edit(source, "Something quite different this time", "Not so.")
    run("update")
    assert 'msgid "Not so."\nmsgstr "Kao."' in po_path("mi", clean).read_text(encoding="utf-8")


def test_a_text_without_a_comment_is_named_once_and_a_clean_catalogue_passes(clean, run):
    assert run("check") == "No faults in the catalogues.\n"
    edit(clean / "templates" / "_components" / "a.html", "{# L10n: records page, heading #}", "")
    run("update")
    assert run("check", code=1).count("no translator comment") == 1


FAULTS = [
    ("mi", '"Language: mi\\n"\n', "", "the header lacks"),
    ("mi", "(n != 1)", "(n > 1)", "the header lacks"),
    ("mi", "Kei %(agency)s.", "Kei %(tari)s.", "other places to fill"),
    ("mi", 'msgstr[1] "%(n)s B"', 'msgstr[1] "B"', "other places to fill"),
    ("mi", "Haere", unicodedata.normalize("NFD", "Hāere"), "is not NFC"),
    ("mi", "Haere", "Hāʻere", "which this language does not write"),
    ("niu", "Haere", "Haʻere", "which this language does not write"),
    ("sm", "Haere", "Ha'ere", "another mark between letters"),
    ("to", "Haere", "Ha’ere", "another mark between letters"),
    ("rar", "Haere", "Ha‘ere", "another mark between letters"),
    ("mi", "Haere", "Häere", "dots where a macron belongs"),
    ("rar", "Haere", "Haëre", "dots where a macron belongs"),
    ("fj", "Haere", " Haere", "starts or ends with a space"),
    ("fj", "Kao.", "Kao", "ends with other punctuation"),
    ("fj", "Haere", "Haere!", "ends with other punctuation"),
    ("fj", "Haere", "<b>Haere</b>", "holds HTML"),
    ("fj", "Haere", "Haere&nbsp;mai", "holds HTML"),
    ("fj", "Haere", "Go", "is the same as the English"),
    ("mi", 'msgstr "Haere"', 'msgstr ""', "must be complete"),
    ("sm", 'msgid "Go"', '#, fuzzy\nmsgid "Go"', "must be complete"),
    ("tkl", 'msgid "Go"', 'msgid "Gone"', "older than the sources"),
    ("tkl", 'msgid "Go"', 'rubbish\nmsgid "Go"', "cannot be read"),
]


@pytest.mark.parametrize(("tag", "old", "new", "fault"), FAULTS)
def test_check_names_each_fault_in_one_line(clean, run, tag, old, new, fault):
    edit(po_path(tag, clean), old, new)
    lines = [line for line in run("check", code=1).splitlines() if line.startswith(f"{tag}: ")]
    assert len(lines) == 1 and fault in lines[0]


@pytest.mark.parametrize(("tag", "new"), [("sm", "Haʻere"), ("fj", ""), ("rar", "Hāʻere")])
def test_check_lets_pass_what_is_right_or_not_yet_written(clean, run, tag, new):
    edit(po_path(tag, clean), "Haere", new)
    run("check")


def test_a_text_on_the_list_may_be_the_same_as_the_english(clean, run):
    edit(po_path("fj", clean), "Haere", "Go")
    (clean / "translations" / "same-as-english.txt").write_text("# names\nfj: Go\n", encoding="utf-8")
    run("check")


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("Read <b>this</b> before you go", "holds HTML"),
        ("Ask before you go there ", "starts or ends with a space"),
        ("You have %(n)d of these now", "not written %(name)s"),
        ("No one said a word", None),
    ],
)
def test_check_reads_the_english_too(clean, run, english, fault):
    edit(clean / "portal" / "words" / "rules.py", "Not so.", english)
    run("update")
    lines = [
        line
        for line in run("check", code=1).splitlines()
        if line.startswith("portal.pot") and "Go" not in line
    ]
    assert [fault for line in lines if fault and fault in line] == ([fault] if fault else [])


def test_check_says_when_nobody_has_extracted(run):
    assert 'portal.pot: the file is missing: run "portal i18n extract".' in run("check", code=1)


def test_compile_moves_nothing_while_one_catalogue_is_broken(clean, run):
    edit(po_path("sm", clean), "Kei %(agency)s.", "Kei %(tari)s.")
    assert "other places to fill" in run("compile", code=1)
    assert list((clean / "translations").rglob("*.mo")) == []
    edit(po_path("sm", clean), "Kei %(tari)s.", "Kei %(agency)s.")
    assert "sm: 12 texts compiled." in run("compile")
    assert len(list((clean / "translations").rglob("*.mo"))) == 8
    assert list((clean / "translations").glob(".compiling-*")) == []


def test_status_counts_only_what_is_served_and_calls_all_of_it_a_draft(clean, run):
    edit(po_path("sm", clean), 'msgid "Go"', '#, fuzzy\nmsgid "Go"')
    edit(po_path("fj", clean), "Kei %(agency)s.", "Kei %(tari)s.")
    status = json.loads(run("status", "--json"))
    assert list(status) == ["en", "mi", "sm", "to", "rar", "fj", "niu", "tkl", "tvl"]
    assert status["en"]["state"] == "live"
    full = {"strings": 12, "translated": 12, "draft": 12, "reviewed": 0, "essential_reviewed": 0}
    assert status["mi"] == {**full, "state": "preview"}
    assert status["sm"] == {**full, "translated": 11, "draft": 11, "state": "hidden"}
    assert status["fj"] == {**full, "translated": 11, "draft": 11, "state": "partial"}
    assert "preview" in run("status")
