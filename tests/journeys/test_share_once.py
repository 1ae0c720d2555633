"""J4: share, open, stop; and who sees what of it: the person, who opened it, and a stranger.

In English without JavaScript on any side, and in Samoan with it.
"""

import pytest

from portal.bundles.rules.occasions import OWN_CHOICE
from portal.language import service as language
from tests.journeys.people import DESK, Person, Staff, Visitor, record_ref

WRONG = "000001"
FOR, WHY = "Ana at the clinic", "Help with a warm home"
OPENER = "Ana Example"
NOTE, ANSWER = "The clinic is open on Saturday too.", "Thank you."
# The part of her story about what helps.
HELPS = "story.2"
LEFT_OUT = "Left out: about another person"


@pytest.fixture(params=[("en", False), ("sm", True)], ids=["English, no script", "Samoan, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    told.ends()


class Story:
    """Everybody of one telling, each with a browser of their own."""

    def __init__(self, site, browser, tag, scripts):
        self.tag = tag
        self.sina = Person.at(site, browser, tag, scripts)
        self.ana = Visitor.at(site, browser, tag, scripts, viewport=DESK)
        self.hemi = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.stranger = Visitor.at(site, browser, tag, scripts)
        self.record = record_ref(site, "sina", "example-housing", "tenancy", "EX-T-20417")
        self.allergy = record_ref(site, "sina", "example-medical-centre", "allergy", "A-118")

    def ends(self):
        for one in (self.sina, self.ana, self.hemi, self.stranger):
            one.leaves()

    def says(self, msgid, **values):
        """Give a sentence of ours in the language of this telling."""
        return language.translator(self.tag).attr(msgid, **values)


def test_share_open_and_stop(story):
    choose_and_see_what_they_will_see(story)
    share_with_a_code(story)
    print_a_card_that_names_nobody(story)
    open_it_after_a_slip(story)
    write_back_and_be_answered(story)
    see_who_opened_it(story)
    stop_and_see_it_end(story)


def test_share_with_a_provider_by_its_name(story):
    choose_and_see_what_they_will_see(story)
    name_a_provider(story)
    find_it_and_open_it_with_a_reason(story)
    stop_and_leave_the_providers_list(story)


def choose_and_see_what_they_will_see(story):
    sina = story.sina
    sina.signs_in("sina")
    sina.goes("/bundles")
    sina.taps("main a.btn[href$='/bundles/occasion']")
    sina.ticks("occasion", OWN_CHOICE)
    sina.goes_on()
    sina.page.check(f"input[name=records][value='{story.record}']")
    # Not among the newest: she looks at the clinic's, and what she ticked before stays ticked.
    sina.page.select_option("#agency", "example-medical-centre")
    sina.taps("button[name=show]")
    sina.page.check(f"input[name=records][value='{story.allergy}']")
    sina.page.check("#story")
    sina.goes_on()
    for box in sina.page.locator("input[name=lines]").all():
        box.uncheck()
    for line in (f"{story.record}.address", f"{story.record}.owing", f"{story.allergy}.substance", HELPS):
        sina.page.check(f"input[name=lines][value='{line}']")
    sina.goes_on()
    story.preview = values(sina)
    seen = " ".join(story.preview)
    assert "45 Former Street" in seen and "Ibuprofen" in seen and "Stomach pain" not in seen
    assert story.says(LEFT_OUT) in sina.reads("#seen")


def share_with_a_code(story):
    sina = story.sina
    sina.taps("a.btn[href$='/who']")
    sina.fills(recipient=FOR, purpose=WHY)
    sina.ticks("days", "7")
    sina.page.locator("input[name=quiet]").first.check()
    sina.goes_on()
    story.passcode = sina.page.input_value("[name=passcode]")
    sina.goes_on()
    sina.sees(story.passcode, FOR, WHY)
    sina.goes_on()
    story.share, story.code = sina.ref, sina.reads("#code")
    assert story.passcode not in sina.page.content(), "the passcode is shown a second time"
    picture = sina.page.get_by_role("img", name=story.says("QR code for this share"))
    assert picture.count() == 1


def print_a_card_that_names_nobody(story):
    sina = story.sina
    sina.taps(f"a[href$='/{story.share}/card']")
    sina.page.emulate_media(media="print")
    shown = sina.page.locator("body").inner_text()
    sina.page.emulate_media(media="screen")
    assert story.code in shown
    assert not [word for word in ("Sina", FOR, WHY, story.passcode) if word in shown]


def open_it_after_a_slip(story):
    ana = story.ana
    wrong = ana.opens(story.code, WRONG, WHY, OPENER)
    assert wrong.status == 400 and ana.page.locator("#seen").count() == 0
    assert ana.page.input_value("[name=why]") == WHY, "what was typed is lost"
    assert ana.opens(story.code, story.passcode, WHY, OPENER).status == 200
    assert values(ana) == story.preview
    ana.sees(story.says(LEFT_OUT))
    assert story.says("Shared with you") in ana.reads(".kicker")
    first = ana.page.locator("main .note:has(li)").first
    assert first.get_attribute("id") == "not-again", "what not to ask again does not stand first"


def write_back_and_be_answered(story):
    ana, sina = story.ana, story.sina
    ana.taps(f"a[href$='/open/{story.share}/note']")
    ana.fills(text=NOTE)
    ana.goes_on()
    sina.goes("/notices")
    assert NOTE not in sina.page.content(), "a notice says what was written"
    sina.taps(f"main a[href$='/bundles/{story.share}/notes']")
    sina.sees(NOTE, OPENER)
    sina.taps("a.btn[href*='/notes/']")
    sina.fills(text=ANSWER)
    sina.goes_on()
    ana.page.reload()
    ana.sees(ANSWER, within="#note")
    assert ana.page.locator("a[href$='/note']").count() == 0, "a second note could be written"


def see_who_opened_it(story):
    sina = story.sina
    sina.goes(f"/bundles/{story.share}")
    sina.sees(OPENER, WHY)
    sina.sees_in_english("Opened 1 time.")
    sina.goes("/access-log")
    sina.sees(OPENER)


def stop_and_see_it_end(story):
    sina, ana, stranger = story.sina, story.ana, story.stranger
    sina.goes(f"/bundles/{story.share}")
    sina.stops_sharing()
    assert sina.page.locator("#code").count() == 0
    gone = ana.page.reload()
    assert gone.status == 410 and ana.reads("h1") == story.says("This share has ended")
    assert not [value for value in story.preview if value in ana.page.content()]
    for path in ("", "/note", "/notice"):
        assert stranger.goes(f"/open/{story.share}{path}").status == 404


def name_a_provider(story):
    sina = story.sina
    sina.taps("a.btn[href$='/who']")
    sina.fills(purpose=WHY)
    sina.ticks("how", "name")
    sina.goes_on()
    assert sina.page.locator("#provider-error").count() == 1, "a provider was named without a choice"
    sina.page.locator(".pick", has_text="Example Iwi Wellbeing Service").locator("input").check()
    sina.goes_on()
    assert sina.page.locator("#passcode").count() == 0, "a share by name has a passcode"
    sina.goes_on()
    story.share = sina.ref
    assert sina.page.locator("#code").count() == 0
    assert sina.page.get_by_role("img", name=story.says("QR code for this share")).count() == 0


def find_it_and_open_it_with_a_reason(story):
    hemi = story.hemi
    hemi.signs_in("hemi")
    hemi.taps("main a[href$='/open/people']")
    hemi.taps(f".toc a[href$='/{story.share}']")
    assert hemi.page.locator("#seen").count() == 0
    hemi.goes_on()
    assert hemi.page.locator(".errors").count() == 1, "it opened without a reason"
    hemi.fills(why=WHY)
    hemi.goes_on()
    assert values(hemi) == story.preview
    assert story.stranger.goes(f"/open/{story.share}").status == 404
    story.sina.goes(f"/bundles/{story.share}")
    story.sina.sees("Hemi Walker", WHY)


def stop_and_leave_the_providers_list(story):
    sina, hemi = story.sina, story.hemi
    sina.stops_sharing()
    assert hemi.page.reload().status == 410
    hemi.goes("/open/people")
    assert hemi.page.locator(f".toc a[href$='/{story.share}']").count() == 0


def values(someone):
    """Read what a page shows of a share, as a set of its parts."""
    parts = someone.page.locator("#seen h2, #seen dt, #seen dd, #seen .said").all_text_contents()
    return {" ".join(part.split()) for part in parts}
