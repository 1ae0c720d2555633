"""Staff whose only tool is the keyboard: Tab, Enter and Space; arrows only within a group of answers or a list."""

from tests.journeys.people import Staff

MOST_TABS = 6
"""Presses of Tab from the skip link to the main act of a page, at most (design: screens, goals)."""
HERE = "document.activeElement"
# Whether the focus is on what was asked for, is marked, and nothing lies over it. What hides its own box (a tick, an
# answer of a group) is seen by its label.
STOP = """
(wanted) => {
  const element = document.activeElement, style = getComputedStyle(element);
  if (element === document.body || element === document.documentElement) return { away: true };
  const shown = element.tagName === 'INPUT' && element.labels.length && /radio|checkbox/.test(element.type)
    ? element.labels[0] : element;
  const boxes = [element, shown].map((one) => one.getBoundingClientRect());
  const seen = boxes.some((box) => {
    if (box.bottom <= 0 || box.top >= innerHeight) return false;
    const x = box.left + Math.min(box.width / 2, 60);
    // What is taller than the screen may begin above it.
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || shown.contains(top) || top.contains(element));
  });
  return {
    away: false,
    there: element.matches(wanted),
    at: element.outerHTML.slice(0, 120),
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    seen,
  };
}
"""


class Keys(Staff):
    """Somebody who has no mouse. Each stop of the focus is looked at."""

    def skips(self):
        """Go to the main part of the page by its first link."""
        self.page.evaluate(f"() => {HERE}.blur()")
        assert self.reaches("a.skip[href='#m']", 1) == 1
        self.page.keyboard.press("Enter")

    def reaches(self, selector, most=120):
        """Press Tab until the focus stands on what fits; give how many times."""
        for stops in range(1, most + 1):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(STOP, selector)
            if focus["away"]:
                continue
            assert focus["marked"], f"nothing marks the focus on {focus['at']}"
            assert focus["seen"], f"something hides the focus on {focus['at']} at {self.page.url}"
            if focus["there"]:
                return stops
        raise AssertionError(f"no Tab leads to {selector} on {self.page.url}")

    def follows(self, selector):
        """Go to a link or button by Tab, and press Enter."""
        self.reaches(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def presses_space(self, selector):
        """Go to a box to tick, or a line that opens, and press Space."""
        self.reaches(selector)
        self.page.keyboard.press("Space")

    def chooses(self, name, value):
        """Choose an answer of a group: Tab to it, arrows within it, Space."""
        self.reaches(f"input[type=radio][name='{name}']")
        for _ in range(6):
            if self.page.evaluate(f"{HERE}.value") == value:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no answer {value}")

    def picks(self, name, wanted):
        """Choose from a list that opens, by arrows: a value, or what stands on the page for it."""
        self.reaches(f"select[name='{name}']")
        for _ in range(30):
            chosen = self.page.evaluate(f"[{HERE}.value, {HERE}.selectedOptions[0].text]")
            if wanted in chosen:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no choice {wanted}")

    def writes(self, selector, text):
        """Go to a box by Tab, and write."""
        self.reaches(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
