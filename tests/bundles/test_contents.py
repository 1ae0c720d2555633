"""One content in four forms: the page, the PDF file, the FHIR document and the plain JSON say the same values."""

import base64
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest

from portal.base import pdf
from portal.base.problems import Busy
from portal.bundles import queries, service
from portal.bundles.service import document as documents
from portal.bundles.service import readable
from portal.config import ROOT
from portal.fhir.conformance import problems
from portal.identity.permissions import ANYBODY, SYSTEM
from portal.records import service as records
from portal.story import service as story
from tests import pdf_files
from tests.bundles.factory import CANARY, PASSCODE, SAID, a_person, send

SCHEMA = json.loads((ROOT / "docs" / "share.schema.json").read_text(encoding="utf-8"))
SAMOAN = "E lē saʻo lenei tuatusi."
HELPS = "Faʻamolemole tautala lemu mai."


@pytest.fixture
def sina(store):
    return with_words(a_person(store))


def with_words(person):
    """A person with a story, statements of correction, a note and a value that is being looked at."""
    person.do(story.keep, 2, 0, "", HELPS, "sm")
    tenancy, concern = (
        (person.person_id, person.records["tenancy"]), (person.person_id, person.records["concern"])
    )  # fmt: skip
    person.do(records.attach_statement, *tenancy, "address", "It was never mine.", "en", 6, actor=SYSTEM)
    person.do(records.attach_statement, *tenancy, "address", SAMOAN, "sm", 7, actor=SYSTEM)
    person.do(records.attach_statement, *concern, "", SAID, "en", 8, actor=SYSTEM)
    person.do(records.begin_review, *tenancy, ["started_on"], 9, actor=SYSTEM)
    return person


def share(person):
    """Share something of a home, a whole allergy, a claim that somebody made, and a part of the story."""
    from portal.base import ids

    chosen = [
        {"record": person.records["tenancy"], "fields": ["address", "started_on"]},
        {"record": person.records["allergy"], "fields": None},
        {"record": person.records["concern"], "fields": ["said"]},
    ]
    facts = {"recipient": "Hemi <at> the service", "purpose": "A warm home", "days": 7, "passcode": PASSCODE}
    return ids.decode(person.do(service.make, chosen=chosen, story=[2], **facts))


def made(person, ref, verb, *args):
    """What a verb gives of a share, as whoever opened it."""
    door = person.knock("link", person.doors(ref)[0]).door
    return person.look(lambda work: verb(work, queries.behind(work, door), *args), actor=ANYBODY)


def pairs_of_preview(person, ref):
    seen = made(person, ref, service.preview)
    return {(line.label.text, line.value.text) for record in seen.records for line in record.lines}


class _Pairs(HTMLParser):
    """The labels and values of the lists in markup; of a value only its own text, not what stands under it."""

    def __init__(self):
        super().__init__()
        self.found, self.here, self.label = set(), None, ""

    def handle_starttag(self, tag, attrs):
        if tag == "dt":
            self.here, self.label = "dt", ""
        elif tag == "dd":
            self.here = "dd"
            self.value = ""
        elif tag == "p" and self.here == "dd":
            self.here = None

    def handle_endtag(self, tag):
        if tag == "dd" and self.label and self.value:
            self.found.add((self.label, pdf_files.said(self.value)))
        if tag in ("dt", "dd"):
            self.here = None

    def handle_data(self, data):
        if self.here == "dt":
            self.label += data
        elif self.here == "dd":
            self.value += data


def pairs_in(markup):
    reader = _Pairs()
    reader.feed(markup)
    return reader.found


def narrative_of(bundle):
    sections = bundle["entry"][0]["resource"]["section"]
    return "".join(one["text"]["div"] for one in sections)


def test_the_document_the_plain_file_and_the_preview_hold_the_same_labels_and_values(sina):
    ref = share(sina)
    shown = pairs_of_preview(sina, ref)
    assert len(shown) > 6
    assert pairs_in(narrative_of(made(sina, ref, service.fhir_document, "Portal"))) == shown
    plain = made(sina, ref, service.plain_document)
    values = [value for record in plain["records"] for value in record["values"]]
    assert {(one["label"]["text"], one["text"]["text"]) for one in values} == shown


@pytest.mark.parametrize("tag", ["en", "mi", "to"])
def test_the_pdf_says_what_the_page_of_the_share_says_and_has_no_line_more(sqlite_store, sqlite_app, tag):
    person = with_words(a_person(sqlite_store))
    ref = share(person)
    reader = sqlite_app.test_client()
    code = person.doors(ref)[1]
    opened = send(reader, "/en/open", code=code, passcode=PASSCODE, name="Hemi", why="Help")
    page = reader.get(opened.location.replace("/en/", f"/{tag}/")).text
    seen = page.split('id="seen"')[1].split("</section>")[0]
    file = made(person, ref, service.pdf_document, tag)
    told = pdf_files.text_of(file)
    words = [pdf_files.said(html.unescape(part)) for part in re.split(r"<[^>]*>", seen.split(">", 1)[1])]
    assert [word for word in words if word and word.strip(" .,:") not in told] == []
    assert pdf_files.roles(file)["Lbl"] == seen.count("<dt")
    assert CANARY in told and SAMOAN in told and HELPS in told


def test_the_pdf_is_tagged_has_a_title_and_keeps_the_language_of_what_people_wrote(sina):
    ref = share(sina)
    file = made(sina, ref, service.pdf_document, "mi")
    with pdf_files.opened(file) as opened:
        assert str(opened.Root.Lang) == "mi" and opened.Root.MarkInfo.Marked
        assert "Sina Tavita" in str(opened.docinfo.Title)
        with opened.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
    assert pdf_files.languages(file) >= {"sm", "en-NZ"}
    told = pdf_files.text_of(file)
    # Words that were attached to a value come right after it, before the next value.
    seen = made(sina, ref, service.preview)
    address = next(
        line.value.text for record in seen.records for line in record.lines if line.key == "address"
    )
    assert told.index(address) < told.index("It was never mine.") < told.index(SAMOAN)


def test_a_file_says_whether_later_fixes_show_in_the_share(sina):
    found = sina.look(queries.share, share(sina))
    seen, now = service.preview(sina.store.work(sina.actor), found), found.made_at
    live, fixed = (
        json.dumps(readable.drawing(replace(found, long_term=later), seen, "en", now).data)
        for later in (True, False)
    )
    assert "Open the share again to see it, until" in live and "It is shown as it was on" not in live
    assert "It is shown as it was on" in fixed and "Open the share again" not in fixed


def test_the_document_has_the_same_pdf_inside_and_parses_as_r4(sina):
    ref = share(sina)
    bundle = made(sina, ref, service.fhir_document, "Portal")
    assert problems(bundle) == []
    copy = next(
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "DocumentReference"
    )
    file = base64.b64decode(copy["content"][0]["attachment"]["data"])
    assert file == made(sina, ref, service.pdf_document)


def test_a_claim_is_never_without_its_four_answers_in_any_form(sina):
    ref = share(sina)
    narrative = narrative_of(made(sina, ref, service.fhir_document, "Portal"))
    told = pdf_files.text_of(made(sina, ref, service.pdf_document))
    for words in ("Someone said this. It may not have been checked.", "Who said it: ", "Was it checked: "):
        assert words in narrative and words.strip() in told
    plain = made(sina, ref, service.plain_document)
    claims = [one["claim"] for record in plain["records"] for one in record["values"] if one["claim"]]
    assert claims and set(claims[0]) == {"who", "checked", "asked", "followed"}


def test_the_plain_file_fits_its_schema_and_says_for_whom_and_by_what_rule(sina):
    plain = made(sina, share(sina), service.plain_document, "sm")
    jsonschema.validate(plain, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["language"], plain["shared_with"]) == ("sm", "Hemi <at> the service")
    assert "11(1)(c)" in plain["authorised_by"] and plain["story"][0]["text"] == HELPS
    values = {one["field"]: one for record in plain["records"] for one in record["values"]}
    assert [said["text"] for said in values["address"]["statements"]] == ["It was never mine.", SAMOAN]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", values["started_on"]["value"])
    assert values["started_on"]["being_looked_at"]


def test_no_form_holds_what_was_not_chosen_or_an_id_of_the_person(sina):
    ref = sina.share()
    plain = json.dumps(made(sina, ref, service.plain_document), ensure_ascii=False)
    fhir = json.dumps(made(sina, ref, service.fhir_document, "Portal"), ensure_ascii=False)
    file = made(sina, ref, service.pdf_document)
    pdf_files.assert_nowhere(file, CANARY)
    for hidden in (CANARY, str(sina.person_id), f"C-{sina.person_id}", str(sina.records["tenancy"])):
        assert hidden not in plain and hidden not in fhir


def test_more_than_fits_and_what_cannot_be_drawn_now_leaves_the_document_whole(sina, monkeypatch):
    ref = share(sina)
    with_copy = made(sina, ref, service.fhir_document, "Portal")

    def _busy(*_args, **_more):
        raise Busy()

    for change in ((documents, "MOST_LETTERS", 10), (pdf, "MOST_LETTERS", 10), (pdf, "render", _busy)):
        with monkeypatch.context() as patch:
            patch.setattr(*change)
            without = made(sina, ref, service.fhir_document, "Portal")
        kinds = [entry["resource"]["resourceType"] for entry in without["entry"]]
        assert "DocumentReference" not in kinds and problems(without) == []
        assert pairs_in(narrative_of(without)) == pairs_in(narrative_of(with_copy))


def test_no_more_files_are_drawn_at_once_than_the_machine_can_bear(monkeypatch):
    monkeypatch.setattr(pdf, "_WAIT_SECONDS", 0)
    taken = 0
    while pdf._slots.acquire(blocking=False):
        taken += 1
    try:
        with pytest.raises(Busy):
            pdf.render("document", {"blocks": []}, lang="en", title="x")
    finally:
        for _ in range(taken):
            pdf._slots.release()
    assert pdf.render("document", {"blocks": [["p", ["x"]]]}, lang="en", title="x").startswith(b"%PDF")
