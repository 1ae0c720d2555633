"""A day at the desk with Tab, Space, Enter and letters only, without script; the focus is always there to see."""

import re
from datetime import timedelta

import pytest

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base.clock import nz_date, utc_now
from portal.identity.permissions import Actor
from tests.journeys.people import Someone

DESK = {"width": 1280, "height": 800}
MOST_TABS = 6
# Where the focus is: what it is on, whether it is marked, and whether nothing lies over it.
FOCUS = """
() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const shown = element.tagName === 'INPUT' && element.labels.length && /radio|checkbox/.test(element.type)
    ? element.labels[0] : element;
  const boxes = [element, shown].map((one) => one.getBoundingClientRect());
  const seen = boxes.some((box) => {
    const x = box.left + Math.min(box.width / 2, 60), y = box.top + Math.min(box.height / 2, 20);
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || shown.contains(top) || top.contains(element));
  });
  return {
    at: element.id || element.getAttribute('href') || element.name || element.tagName,
    words: (element.innerText || element.value || '').trim(),
    name: element.name || '',
    value: element.value || '',
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    seen,
  };
}
"""


class AtTheKeyboard(Someone):
    """Somebody who has no mouse. Each stop of the focus is looked at."""

    stops = 0

    def presses(self, key):
        self.page.keyboard.press(key)

    def follows(self):
        """Press Enter, and wait for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tabs(self):
        """Go on by one stop, and give where the focus is."""
        self.page.keyboard.press("Tab")
        self.stops += 1
        focus = self.page.evaluate(FOCUS)
        if focus["at"] not in ("BODY", "HTML"):
            assert focus["marked"], f"nothing marks the focus on {focus}"
            assert focus["seen"], f"something hides the focus on {focus}"
        return focus

    def skips(self):
        """Go to the main part of the page by its first link; give how many stops the next act is away from there."""
        self.page.evaluate("() => document.activeElement.blur()")
        assert self.tabs()["words"] == "Skip to main content"
        self.presses("Enter")
        self.stops = 0

    def goes_to(self, fits, most=120):
        """Press Tab until the focus is on what fits; give how many times."""
        for _ in range(most):
            focus = self.tabs()
            if fits(focus):
                return self.stops
        raise AssertionError(f"not within {most} presses of Tab on {self.page.url}")

    def does(self, words, key="Enter"):
        """Go to a button or link with these words, and press it."""
        stops = self.goes_to(lambda focus: focus["words"].startswith(words))
        if key == "Enter":
            self.follows()
        else:
            self.presses(key)
        return stops


@pytest.fixture
def priya(browser, fresh_site):
    made = AtTheKeyboard.at(fresh_site, browser, "en", False, viewport=DESK)
    made.signs_in("priya")
    yield made
    made.leaves()


@pytest.fixture
def due_soon(fresh_site):
    """Let a request of the demonstration that nobody has be due in three days; gives its agency's actor."""
    core, reader = fresh_site.core, fresh_site.core.work()
    agency = next(one for one in agencies.catalogue(reader).agencies if one.slug == "example-housing").id
    actor = Actor(kind="account", account_id=1, agency_id=agency, role="caseworker")
    reader.actor = actor
    rows = [row for row in tasks.worklist(reader, most=100).rows if row.kind == "correction"]
    reader.session.close()
    work = core.work(actor)
    soon = nz_date(utc_now()) + timedelta(days=3)
    for row in rows:
        work.do(lambda opened, ref=row.ref: tasks.change(opened, ref, due_on=soon, owner_id=0))
    work.session.close()
    assert rows
    return rows


def test_the_list_is_narrowed_kept_and_opened_by_keyboard_alone(priya, due_soon):
    priya.goes("/casework")
    priya.skips()
    to_take = priya.goes_to(lambda focus: focus["words"] == "Take the next one")
    assert to_take <= MOST_TABS
    # Narrow the list.
    priya.goes_to(lambda focus: focus["at"] == "due-week")
    priya.presses("Space")
    priya.does("Apply")
    assert "due=week" in priya.page.url
    rows, caption = priya.page.locator("tbody tr").count(), priya.reads("#cap")
    assert rows == int(re.match(r"\d+", caption)[0]) > 0
    # Keep it as a view.
    priya.skips()
    priya.does("Keep these filters as a view", "Space")
    priya.goes_to(lambda focus: focus["name"] == "name")
    priya.page.keyboard.type("My week")
    priya.does("Keep this view")
    assert "due=week" in priya.page.url and priya.reads("nav [aria-current=page] >> nth=-1")
    priya.sees("My week")
    # Open a row, and read it.
    priya.skips()
    priya.goes_to(lambda focus: re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", focus["words"]) is not None)
    priya.follows()
    assert re.search(r"/casework/[a-z2-7]{13}$", priya.page.url)
    priya.skips()
    assert priya.goes_to(lambda focus: focus["words"] == "Take this request") <= MOST_TABS


def test_the_next_one_is_taken_and_a_row_given_away_by_keyboard_alone(priya, due_soon):
    priya.goes("/casework")
    priya.skips()
    priya.does("Take the next one")
    taken = priya.ref
    # Decide: once it is one's own, the first answer comes first.
    priya.goes(f"/casework/{taken}")
    priya.skips()
    stops = priya.goes_to(lambda focus: "decision" in focus["name"] or focus["words"] == "Note a search", 20)
    assert stops <= MOST_TABS, priya.page.url
    # Give a row to a colleague.
    priya.goes("/casework?due=week")
    priya.skips()
    priya.goes_to(lambda focus: focus["name"] == "tick")
    priya.presses("Space")
    priya.goes_to(lambda focus: focus["name"] == "to")
    priya.page.keyboard.type("Mark")
    priya.does("Give them to this colleague")
    priya.sees("1 row was given to Mark")
    priya.does("Back to the list")
    assert "due=week" in priya.page.url
