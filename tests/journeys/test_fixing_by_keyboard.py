"""At the desk by keyboard alone: a yes, and a no with its ground and reason (J3 step 1, J2 step 12), at 1280 px."""

import pytest

from tests.journeys.keyboard import HERE, Keys
from tests.journeys.people import DESK, Person, record_ref

REASON = "We rang the bank. It says that the account is yours."


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
        self.request = ""


def test_a_day_of_fixing_without_a_mouse(story):
    sina_asks_for_two_fixes(story)
    priya_decides_each_by_its_letter(story)
    mark_agrees(story)
    priya_puts_it_right(story)
    sina_reads_what_was_fixed_and_what_not(story)


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
