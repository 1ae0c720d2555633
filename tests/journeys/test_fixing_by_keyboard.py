"""At the desk by keyboard alone: a no with its ground and reason, a question, more time, and two ways that are shut.

J3 step 1, J8 steps 4 to 6, and J2 step 12, at 1280 px. Tab, Shift and Tab, Enter and Space; arrows only within a
group of answers or a list, as browsers have it.
"""

import pytest

from portal.base.clock import nz_date, utc_now
from portal.language import service as language
from tests.journeys.people import DESK, Person, Staff, record_ref

REASON = "We rang the bank. It says that the account is yours."
QUESTION = "Since when have you lived there?"
HERE = "document.activeElement"


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    for one in (told.sina, told.priya, told.mark):
        one.leaves()


class Story:
    """The person, the adviser and the privacy officer; the two of the desk have no mouse."""

    def __init__(self, site, browser, tag, scripts):
        self.site, self.tag = site, tag
        self.sina = Person.at(site, browser, tag, scripts)
        self.priya = Keys.at(site, browser, tag, scripts, viewport=DESK)
        self.mark = Keys.at(site, browser, tag, scripts, viewport=DESK)
        self.tenancy = record_ref(site, "sina", "example-housing", "tenancy", "EX-T-20417")
        self.request = self.fresh = ""

    def day(self, moment):
        return language.translator(self.tag).date_full(moment)


class Keys(Staff):
    """Staff whose only tool is the keyboard."""

    def reaches(self, selector, most=90):
        """Press Tab until the focus stands on what fits; it must be seen there."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"s => {HERE}.matches(s)", selector):
                assert self.page.evaluate(f"{HERE}.getBoundingClientRect().height > 0")
                return
        raise AssertionError(f"no Tab leads to {selector} on {self.page.url}")

    def follows(self, selector):
        """Go to a link or button by Tab, and press Enter."""
        self.reaches(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def chooses(self, name, value):
        """Choose an answer of a group: Tab to it, arrows within it, Space."""
        self.reaches(f"input[type=radio][name='{name}']")
        for _ in range(6):
            if self.page.evaluate(f"{HERE}.value") == value:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no answer {value}")

    def picks(self, name, value):
        """Choose from a list that opens, by arrows."""
        self.reaches(f"select[name='{name}']")
        for _ in range(20):
            if self.page.evaluate(f"{HERE}.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no choice {value}")

    def writes(self, selector, text):
        """Go to a box by Tab, and write."""
        self.reaches(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)


def test_a_day_of_fixing_without_a_mouse(story):
    sina_asks_for_two_fixes(story)
    priya_decides_each_by_its_letter(story)
    mark_agrees(story)
    priya_puts_it_right(story)
    sina_reads_what_was_fixed_and_what_not(story)
    priya_asks_and_needs_more_time(story)
    passing_on_is_shut_once_the_days_are_over(story)


def sina_asks_for_two_fixes(story):
    sina = story.sina
    sina.signs_in("sina")
    sina.goes(f"/records/{story.tenancy}")
    sina.asks_to_fix("owing", "pets")
    sina.says("0")
    sina.says("One cat")
    sina.gives_a_reason("I paid it.")
    sina.has_nothing_to_show()
    sina.wants_the_answer_here_only()
    sina.goes_on()
    story.request = sina.ref


def priya_decides_each_by_its_letter(story):
    """J3 step 1, and J2 step 12: one is fixed, the other not; no ground, and the page says what the law wants."""
    priya = story.priya
    priya.signs_in("priya")
    priya.goes(f"/casework/{story.request}")
    priya.follows("form[action$='/take'] button")
    priya.chooses("decision-1", "decline")
    priya.chooses("decision-2", "accept")
    priya.follows("#the-form button:not([name])")
    assert priya.page.evaluate(f"{HERE}.classList.contains('errors')"), "the errors take the focus"
    priya.sees("Privacy Act 2020, section 63")
    priya.sees_in_english("Choose a reason in law")
    assert priya.page.is_checked("input[name='decision-2'][value=accept]"), "nothing was lost"
    priya.picks("ground-1", "fact-right")
    priya.writes("textarea[name='reason-1']", REASON)
    priya.follows("#the-form button:not([name])")
    for part in ("L5-changed", "L6-statement", "L6-complaint"):
        assert priya.page.locator(f"[data-part={part}]").count() == 1
    priya.sees(REASON)
    priya.sees_in_english(
        "That they can add their own words", "That they can complain for free", "School grade"
    )
    priya.follows("button[name=send]")
    priya.sees_in_english("You proposed this.")
    assert not priya.page.locator("#the-form").count()


def mark_agrees(story):
    mark = story.mark
    mark.signs_in("mark")
    mark.goes(f"/casework/{story.request}")
    mark.sees(REASON)
    mark.chooses("verdict", "approve")
    mark.follows("#the-form button")
    mark.sees_in_english("Change your own record now")


def priya_puts_it_right(story):
    priya = story.priya
    priya.goes(f"/casework/{story.request}")
    priya.follows("a[href$='/casework/to-apply']")
    priya.reaches(f"input[name=rows][value='{story.request}.2']")
    priya.page.keyboard.press("Space")
    priya.follows("#the-form button")
    assert "done=1" in priya.page.url


def sina_reads_what_was_fixed_and_what_not(story):
    sina = story.sina
    sina.goes(f"/corrections/{story.request}")
    sina.sees(REASON)
    sina.sees_in_english("Partly fixed")
    sina.goes(f"/records/{story.tenancy}")
    assert "One cat" in sina.line("pets")


def priya_asks_and_needs_more_time(story):
    """J8 steps 4 and 5, upon a request that nobody has begun with."""
    priya, ref = story.priya, fresh(story)
    priya.goes(f"/casework/{ref}/ask")
    priya.writes("textarea[name=words]", QUESTION)
    priya.follows("#the-form button")
    story.sina.goes(f"/corrections/{ref}")
    story.sina.sees(QUESTION)
    priya.goes(f"/casework/{ref}")
    priya.follows("form[action$='/take'] button")
    priya.goes(f"/casework/{ref}/more-time")
    until = nz_date(utc_now()).replace(month=1, day=20, year=nz_date(utc_now()).year + 1)
    for part, text in (("day", until.day), ("month", until.month), ("year", until.year)):
        priya.writes(f"input[name=until-{part}]", str(text))
    priya.writes("textarea[name=reason]", "We have to ask the builder.")
    priya.follows("#the-form button")
    priya.sees_in_english("Choose one of the law’s three reasons.")
    priya.sees("We have to ask the builder.")
    priya.chooses("ground", "b")
    priya.follows("#the-form button")
    priya.sees(story.day(until))


def passing_on_is_shut_once_the_days_are_over(story):
    """J8 step 6: what is begun, and what is too old, stays here; the page says by which section."""
    priya = story.priya
    priya.goes(f"/casework/{story.fresh}/pass-on")
    priya.sees("Privacy Act 2020, section 62")
    assert not priya.page.locator("#the-form").count()


def fresh(story):
    """A request of Sina's that has just come in."""
    person = story.sina
    person.goes(f"/records/{story.tenancy}")
    person.asks_to_fix("weekly_rent")
    person.says("300.00")
    person.gives_a_reason("")
    person.has_nothing_to_show()
    person.wants_the_answer_here_only()
    person.goes_on()
    story.fresh = person.ref
    return story.fresh
