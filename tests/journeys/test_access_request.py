"""A request from asking to handing over, with one thing kept whole and one passage taken out (law.md 3.2)."""

import pytest

from tests.journeys.people import DESK, Person, Staff

SECRET = "Neighbour Rangi Pene rang about the noise."
KEPT = "The whole call was about the neighbour next door."
REASON = "It is about a neighbour, and not about you."


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    for one in (told.sina, told.priya, told.mark):
        one.leaves()


class Story:
    """The person, the adviser and the privacy officer, each with a browser of their own."""

    def __init__(self, site, browser, tag, scripts):
        self.sina = Person.at(site, browser, tag, scripts)
        self.priya = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.mark = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.reference = self.case = ""


def test_from_asking_to_handing_over_with_one_thing_kept_and_one_passage_out(story):
    sina_asks(story)
    priya_searches_and_decides_item_by_item(story)
    mark_agrees_as_the_second_person(story)
    priya_hands_it_over(story)
    sina_reads_it(story)


def sina_asks(story):
    sina = story.sina
    sina.signs_in("sina")
    sina.goes("/records")
    sina.opens_agency("example-housing")
    agency = sina.ref
    sina.goes(f"/access-requests/new?agency={agency}")
    assert sina.page.is_checked(f"input[name=agencies][value='{agency}']")
    sina.goes_on()
    sina.ticks("scope", "topic")
    sina.fills(topic="The visit in May")
    sina.goes_on()
    sina.fills(names="Sina Fa", births="")
    sina.goes_on()
    sina.ticks("form", "here")
    sina.ticks("urgent", "no")
    sina.ticks("hand_on", "yes")
    sina.goes_on()
    sina.sees("The visit in May", "Sina Fa")
    sina.goes_on()
    story.reference = sina.reads(".code")
    sina.sees_in_english("They must answer by")


def priya_searches_and_decides_item_by_item(story):
    priya = story.priya
    priya.signs_in("priya")
    priya.goes("/casework?owner=nobody")
    priya.finds(story.reference)
    story.case = f"/casework/access/{priya.ref}"
    priya.takes_it()
    priya.sees("The visit in May", "Sina Fa")
    priya.taps("a[href$='/search']")
    priya.fills(system="Case notes", what="Sina Faʻasili", found="Two notes")
    priya.goes_on()
    for title, text in (("Visit note", f"We came in May. {SECRET} All was well."), ("Call note", KEPT)):
        priya.goes(f"{story.case}/add")
        priya.fills(title=title, system="Case notes", text=text)
        priya.goes_on()
    marked = f"We came in May. [[{SECRET}]] All was well."
    for no, outcome, text in ((1, "redact", marked), (2, "refuse", KEPT)):
        priya.goes(f"{story.case}/item/{no}")
        priya.fills(text=text, reason=REASON)
        priya.ticks("outcome", outcome)
        priya.page.select_option("[name=ground]", "53-b")
        priya.page.locator("details:has([name='note-balancing-note'])").evaluate("one => one.open = true")
        priya.fills(note__balancing__note="The neighbour did not agree.")
        priya.goes_on()
    priya.goes(f"{story.case}/propose")
    priya.ticks("outcome", "granted_in_part")
    priya.goes_on()
    assert not priya.page.locator("a[href$='/answer']").count(), "nobody approves their own proposal"


def mark_agrees_as_the_second_person(story):
    mark = story.mark
    mark.signs_in("mark")
    mark.goes(story.case)
    mark.taps("a[href$='/answer']")
    mark.ticks("verdict", "approve")
    mark.goes_on()


def priya_hands_it_over(story):
    priya = story.priya
    priya.goes(story.case)
    priya.taps("a[href$='/release']")
    for sure in ("identity", "safe", "support"):
        priya.page.check(f"input[name={sure}]")
    priya.goes_on()


def sina_reads_it(story):
    sina = story.sina
    sina.goes("/access-requests")
    sina.taps(f"a[href$='{story.case.split('/')[-1]}']")
    sina.sees(story.reference, within="body")
    sina.sees("We came in May.", "All was well.", "Call note", REASON, "Privacy Act 2020, section 53(b)")
    sina.sees_in_english("Kept from you", "Ask to fix it", "Ready to read")
    everywhere = sina.page.content()
    for link in [one.get_attribute("href") for one in sina.page.locator("a[href*='/letter/']").all()]:
        sina.page.goto(link)
        everywhere += sina.page.content()
    assert everywhere.count("data-part=") > 10
    for secret in (SECRET, "Rangi", KEPT, "did not agree"):
        assert secret not in everywhere
