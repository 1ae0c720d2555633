"""J1: somebody signs in and sees what is held, why, what is kept from them, who looked; and takes it with them."""

import re

import pytest

from tests import pdf_files
from tests.journeys.people import Person, record_ref

KEPT = ("example-income-support", "file_note", "N-2022-0221")


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def sina(request, fresh_site, browser):
    tag, scripts = request.param
    someone = Person.at(fresh_site, browser, tag, scripts, accept_downloads=True)
    yield someone
    someone.leaves()


def test_sina_sees_it_all(sina):
    comes_in(sina)
    sees_who_holds_what(sina)
    finds_it_again(sina)
    opens_one_record(sina)
    reads_what_is_kept_and_why(sina)
    sees_who_has_looked(sina)
    takes_it_along(sina)


def comes_in(sina):
    sina.page.goto(f"/{sina.tag}")
    sina.sees_in_english("See what agencies hold about you")
    sina.taps("main a.btn[href$='/sign-in']")
    sina.signs_in("sina")
    assert sina.path == "/records"
    sina.sees("Kia ora", "Sina")


def sees_who_holds_what(sina):
    entries = sina.page.locator("ul.toc > li", has=sina.page.locator("a[href*='/records/agency/']"))
    held = [" ".join(text.split()) for text in entries.all_text_contents()]
    assert len(held) > 5 and all(re.search(r"\d", text) for text in held)
    sina.sees("Example Housing Agency", "Example Fines Office")
    sina.sees_in_english("We cannot reach them now", "This is our copy from", "Not linked yet")


def finds_it_again(sina):
    """By a word with its marks left out; what was searched stands in no address."""
    sina.taps("main a[href$='/records/search']")
    sina.fills(words="whanau")
    sina.goes_on()
    assert "whanau" not in sina.page.url
    assert sina.page.locator("main a[href*='/records/']").count() > 0
    sina.goes("/records")


def opens_one_record(sina):
    sina.opens_agency("example-housing")
    ref = record_ref(sina.site, "sina", "example-housing", "tenancy", "EX-T-20417")
    sina.opens_record(ref)
    assert sina.page.locator("main h2").count() >= 4
    sina.sees_in_english("Where it came from", "Why they hold it", "Who they shared it with")
    sina.sees_in_english("How long they keep it", "The law, in plain words")
    assert "284" in sina.line("owing")
    assert "EX-T-20417" not in sina.page.content(), "the client number is not masked"


def reads_what_is_kept_and_why(sina):
    sina.goes(f"/records/{record_ref(sina.site, 'sina', *KEPT)}")
    sina.taps("a[href$='#kept']")
    assert sina.page.locator("#kept").is_visible()
    sina.sees("section 53(c)", "Privacy officer", within="#kept")
    assert sina.page.locator("#kept a[href$='/guide/rights']").count() == 1


def sees_who_has_looked(sina):
    sina.goes("/access-log")
    looks = sina.page.locator("main ol.days > li")
    assert looks.count() > 0
    text = sina.reads()
    assert re.search(r"Example \w+", text) and "Sina Fa" not in text


def takes_it_along(sina):
    sina.goes("/account")
    sina.taps("main a[href$='/records/download']")
    if "/sign-in/again" in sina.page.url:
        sina.fills(code=sina.reads("#demo-code"))
        sina.goes_on()
    box = sina.page.locator("div.pick", has_text="Example Housing Agency").locator("input[name=agencies]")
    box.first.check()
    sina.ticks("kind", "pdf")
    sina.sees_in_english("A file stays on this phone or computer")
    sina.goes_on()
    data = takes_the_file(sina)
    assert_it_is_the_file(sina, data)


def takes_the_file(sina):
    link = "#files a[href*='/records/download/']"
    for _ in range(40):
        if sina.page.locator(link).count():
            break
        sina.page.wait_for_timeout(500)
        sina.goes("/records/download")
    sina.sees_in_english("1 of 1 files are ready.", "Ready", "kB")
    with sina.page.expect_download() as coming:
        sina.taps(link)
    assert coming.value.suggested_filename == "my-information-1.pdf"
    return coming.value.path().read_bytes()


def assert_it_is_the_file(sina, data):
    with pdf_files.opened(data) as file:
        assert str(file.Root.Lang) == {"en": "en-NZ"}.get(sina.tag, sina.tag)
        assert "Example Housing Agency" in str(file.docinfo.Title)
        assert "/StructTreeRoot" in file.Root
    text = pdf_files.text_of(data)
    assert "45 Former Street" in text and "284" in text
    pdf_files.assert_nowhere(data, "EX-T-20417")
