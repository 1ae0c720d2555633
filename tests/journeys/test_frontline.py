"""J5, before and after: Hemi and a client find who holds what, print, open a share; the line goes away meanwhile."""

import io
import re

import pytest

from tests import pdf_files
from tests.journeys.people import DESK, MAIN_BUTTON, Person, Staff

LANGUAGES = [
    pytest.param("en", False, id="English without JavaScript"),
    pytest.param("mi", True, id="te reo Māori"),
]
SHOW = "#the-form button.btn:not([name])"
TICKED = ("care", "housing", "sentence")
WHY = "To plan the move with him"
CLIENT = {
    "agency": "Example Water",
    "names": "Tame Example",
    "birth_date__day": "4",
    "birth_date__month": "5",
    "birth_date__year": "1968",
    "reach": "Ring 021 000",
}


class Worker(Staff):
    """A worker of a provider, on one laptop with patchy data."""

    def presses_without_a_line(self, scripts: bool, button: str = MAIN_BUTTON) -> None:
        """Press while there is no connection; when it is back, press again or load the page that failed again."""
        context = self.page.context
        context.set_offline(True)
        self.page.locator(button).last.click()
        if scripts:
            told = self.page.locator("[data-offline]")
            assert told.is_visible() and told.evaluate("one => one === document.activeElement")
            context.set_offline(False)
            self.taps(self.page.locator(button).last)
        else:
            # The browser's own page of faults.
            self.page.wait_for_url(re.compile("chrome-error|guide|open"))
            assert not self.page.locator("main").count()
            context.set_offline(False)
            self.page.reload()

    def finds(self, scripts: bool) -> None:
        """Walk with the client: tick three things, lose the line, and go on."""
        self.taps("main a.btn[href$='/guide/find']")
        for key in TICKED:
            self.page.check(f"input[value={key}]")
        self.presses_without_a_line(scripts, SHOW)
        assert self.path == "/guide/find"
        assert {one.get_attribute("id") for one in self.page.locator("section.leaf").all()} == set(TICKED)

    def makes_a_letter(self) -> bytes:
        """Go on to the letter of the second row; give it as a file."""
        self.taps("button[name=holder][value=care]")
        assert self.path == "/guide/letter" and not self.page.locator(".errors").count()
        self.fills(**CLIENT)
        self.page.select_option("#second", "sm")
        self.goes_on()
        assert self.page.locator("article").count() == 2
        with self.page.expect_download() as got:
            self.page.locator("button[name=file]").click()
        return got.value.path().read_bytes()

    def opens_a_paper(self, first: str, second: str) -> str:
        """Pick a checklist in two languages; give the address of its file."""
        self.goes("/delegations/clients")
        self.page.select_option("#paper", "sitting-beside")
        self.page.select_option("#first", first)
        self.page.select_option("#second", second)
        self.taps("main form[action$='/guide/handouts/open'] button")
        assert f"/{first}/guide/handouts/sitting-beside?second={second}" in self.page.url
        return self.page.locator("a.btn[href*='/file']").get_attribute("href") or ""


@pytest.mark.parametrize(("tag", "scripts"), LANGUAGES)
def test_a_day_of_a_worker_with_patchy_data(fresh_site, browser, tag, scripts):
    hemi = Worker.at(fresh_site, browser, tag, scripts, viewport=DESK, accept_downloads=True)
    hemi.signs_in("hemi")
    assert hemi.path == "/delegations/clients"
    hemi.finds(scripts)
    letter = hemi.makes_a_letter()
    text = pdf_files.text_of(letter)
    assert "Example Water" in text and "I was born on 4 May 1968." in text and "Ring 021 000" in text
    assert pdf_files.languages(letter) == {"en-NZ"} and "Tame" not in hemi.page.url
    address = hemi.opens_a_paper("mi", "sm")
    drawn = hemi.page.context.request.get(address).body()
    assert pdf_files.opened(drawn).Root.MarkInfo.Marked and pdf_files.languages(drawn) == {"sm"}
    assert io.BytesIO(drawn).read(4) == b"%PDF"
    share = opens_what_a_client_shared(hemi, scripts)
    hemi.goes("/delegations/clients")
    assert hemi.page.locator(f".toc a[href$='/open/people/{share}']").count() == 1
    hemi.sees("Tame")
    hemi.leaves()
    tame = Person.at(fresh_site, browser, tag, scripts)
    tame.signs_in("tame")
    tame.goes(f"/bundles/{share}")
    tame.sees("Hemi Walker", WHY)
    tame.sees_in_english("Opened 1 time.")
    tame.leaves()


def opens_what_a_client_shared(hemi: Worker, scripts: bool) -> str:
    """Open the share from the first page, while the line goes away; give its ref."""
    hemi.goes("/delegations/clients")
    hemi.taps("main .toc a[href*='/open/people/']")
    share = hemi.path.rsplit("/", 1)[-1]
    hemi.fills(why=WHY)
    hemi.presses_without_a_line(scripts)
    assert hemi.path == f"/open/{share}" and hemi.page.locator("#seen").count() == 1
    return share


def test_an_answer_that_is_lost_on_its_way_back_opens_a_share_once(fresh_site, browser):
    hemi = Worker.at(fresh_site, browser, "en", False, viewport=DESK)
    hemi.signs_in("hemi")
    hemi.taps("main .toc a[href*='/open/people/']")
    share = hemi.path.rsplit("/", 1)[-1]
    hemi.fills(why=WHY)

    def carried_out_but_lost(route):
        route.fetch(max_redirects=0)
        route.abort()

    hemi.page.route(f"**/open/people/{share}", carried_out_but_lost)
    hemi.page.locator(MAIN_BUTTON).first.click()
    hemi.page.wait_for_url(re.compile("chrome-error|open"))
    hemi.page.unroute(f"**/open/people/{share}")
    hemi.page.reload()
    assert hemi.path == f"/open/{share}" and hemi.page.locator("#seen").count() == 1
    tame = Person.at(fresh_site, browser, "en", False)
    tame.signs_in("tame")
    tame.goes(f"/bundles/{share}")
    tame.sees("Opened 1 time.")
    hemi.leaves()
    tame.leaves()


def test_a_paper_that_was_opened_once_opens_again_without_a_line(fresh_site, browser):
    hemi = Worker.at(fresh_site, browser, "en", True)
    hemi.goes("/guide/handouts/if-not-safe")
    address = hemi.page.locator("a.btn[href*='/file']").get_attribute("href")
    read = "address => fetch(address).then(one => one.arrayBuffer()).then(all => all.byteLength, () => 0)"
    first = hemi.page.evaluate(read, address)
    hemi.page.context.set_offline(True)
    assert first > 10_000 and hemi.page.evaluate(read, address) == first
    assert hemi.page.evaluate(read, "/en/guide/handouts/if-not-safe") == 0, (
        "a page with a name on it was kept"
    )
    hemi.leaves()
