"""One page of each kind in a real browser: nothing for axe to find, nothing cut off, nothing too small to tap."""

import os

import pytest

from portal.language.rules import LANGUAGES
from tests.looks.crawl import VISITORS
from tests.looks.measures import EMPTY_THE_FORM, MEASURES, RUN_AXE

PHONE, OLD_PHONE, DESK = (375, 740), (320, 640), (1280, 900)
ALL = os.environ.get("ALL") == "1"
CONTRAST = ["color-contrast-enhanced"]
SHOWS_A_PHOTO = {"corrections.see_proof", "casework.proof", "casework.proof_page"}


@pytest.fixture
def looking(walked, browser, axe_source):
    opened = []

    def look(who):
        context = browser.new_context(
            viewport=size(PHONE), color_scheme="light", base_url=walked.walkers[who].site.url
        )
        context.set_default_timeout(30_000)
        context.add_cookies(walked.walkers[who].cookies())
        opened.append(context)
        return Looker(context.new_page(), axe_source)

    yield look
    for context in opened:
        context.close()


def size(pair):
    return {"width": pair[0], "height": pair[1]}


class Looker:
    """A page under the glass, and what was found wrong with it."""

    def __init__(self, page, axe_source):
        self.page, self.axe_source = page, axe_source
        self.asked, self.found = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))

    def opens(self, place, tag="en"):
        self.asked.clear()
        self.where = f"{tag} {place}"
        self.page.goto(f"/{tag}{place.path}")
        if place.faulty:
            self.page.evaluate(EMPTY_THE_FORM)
            # The form's own act; where there is only a quiet one, that.
            acts = self.page.locator("#the-form button.btn:not(.quiet)")
            (acts if acts.count() else self.page.locator("#the-form button.btn")).first.click()
            self.page.wait_for_load_state()
            self.expect(self.page.locator(".errors").count() == 1, "says nothing about what is missing")
            return
        # A page that shows a photo asks for that one too.
        most = 2 if place.endpoint in SHOWS_A_PHOTO else 1
        self.expect(len(self.asked) == most, f"asks for {self.asked[1:]} too")

    def expect(self, true, otherwise):
        if not true:
            self.found.append(f"{self.where}: {otherwise}")

    def fits(self, pair):
        self.page.set_viewport_size(size(pair))
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.expect(over <= 0, f"is {over} px too wide at {pair[0]} px")

    def taps(self):
        for small in self.page.evaluate(MEASURES):
            self.expect(False, f"is small to tap: {small}")

    def axe(self, scheme, rules=None, contrast=True):
        self.page.emulate_media(color_scheme=scheme)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self.axe_source)
        for fault in self.page.evaluate(RUN_AXE, {"rules": rules, "contrast": contrast}):
            self.expect(False, f"axe, {scheme}: {fault}")


@pytest.mark.parametrize("who", VISITORS)
def test_a_page_of_each_kind_is_fine_on_phone_and_desk_by_day_and_night(walked, looking, who):
    looker = looking(who)
    for place in places(walked, who):
        looker.opens(place)
        looker.fits(PHONE)
        looker.taps()
        looker.axe("light")
        looker.axe("dark", CONTRAST)
        looker.fits(DESK)
        looker.axe("dark")
        looker.axe("light", CONTRAST)
    assert looker.found == []


@pytest.mark.parametrize("who", VISITORS)
def test_a_page_of_each_kind_has_room_for_longer_words_on_an_old_phone(walked, looking, who):
    looker = looking(who)
    for place in places(walked, who):
        looker.opens(place, "xa")
        looker.fits(OLD_PHONE)
        looker.fits(DESK)
    assert looker.found == []


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"] if ALL else ["mi"])
def test_axe_finds_nothing_in_another_language(walked, looking, tag):
    looker = looking("sina")
    for place in places(walked, "sina"):
        looker.opens(place, tag)
        looker.axe("light", contrast=False)
    assert looker.found == []


def places(walked, who):
    """One of each kind; all of them, when all is asked for."""
    return walked.of(who) if ALL else walked.one_of_each_template(who)
