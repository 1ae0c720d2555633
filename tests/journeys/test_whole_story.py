"""The whole story once: see, ask, decide, read the answer, add own words, share, open, see who looked, stop."""

import json
import subprocess
from datetime import UTC, date, datetime

import pytest

from portal.base.clock import nz_date
from portal.language import service as language
from portal.law import clocks
from tests.journeys.people import DESK, MAIN_BUTTON, Person, Staff, Visitor, record_ref, said_by

WRONG_PASSCODE = "000001"
IN_SAMOAN = "Ua sesē le tau. Na ou totogia."
DECLINED = "We asked the property manager. The form of 2021 says none."
PARTLY = "The keys came back on 6 February."
OWN_WORDS = "The cat came with the house. I said so in 2021."
PURPOSE = "Help with a warm home"


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser, node):
    told = Story(fresh_site, browser, node, *request.param)
    yield told
    told.ends()


class Story:
    """Everybody of one telling, each with a browser of their own."""

    def __init__(self, site, browser, node, tag, scripts):
        self.site, self.node, self.tag = site, node, tag
        self.sina = Person.at(site, browser, tag, scripts)
        self.priya = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.mark = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.hemi = Visitor.at(site, browser, tag, scripts, viewport=DESK)
        self.stranger = Visitor.at(site, browser, tag, scripts)
        self.tenancy = record_ref(site, "sina", "example-housing", "tenancy", "EX-T-20417")

    def ends(self):
        for one in (self.sina, self.priya, self.mark, self.hemi, self.stranger):
            one.leaves()

    def day(self, moment):
        return language.translator(self.tag).date_full(moment)

    def date(self, iso):
        return language.translator(self.tag).date_long(date.fromisoformat(iso))

    def resolves(self, link, passcode):
        """Open a link as software of a clinic does."""
        module = (self.node.modules / "kill-the-clipboard" / "dist" / "index.esm.js").as_uri()
        script = str(self.node.modules.parent / "bundles" / "open_link.mjs")
        asked = json.dumps([{"link": link, "passcode": passcode, "most": None}])
        call = [*self.node.command, script, module]
        return said_by(subprocess.run(call, input=asked, capture_output=True, text=True, timeout=60))[0]


def test_the_whole_story(story):
    see_what_is_held(story)
    ask_for_three_fixes(story)
    decide_each_part(story)
    agree_as_a_second_person(story)
    put_it_into_the_record(story)
    read_the_answer(story)
    stand_beside_it(story)
    share_it(story)
    open_it(story)
    see_who_looked(story)
    stop_it(story)


def see_what_is_held(story):
    sina = story.sina
    sina.signs_in("sina")
    assert sina.path == "/records"
    sina.sees("Example Housing", "Example Income Support", "Example Medical Centre", "Example Fines Office")
    sina.sees_in_english("We cannot reach them now", "Not linked yet")
    sina.opens_agency("example-housing")
    sina.opens_record(story.tenancy)
    assert "284" in sina.line("owing")
    sina.sees("45 Former Street")
    assert "EX-T-20417" not in sina.page.content(), "the client number is not masked"


def ask_for_three_fixes(story):
    sina = story.sina
    sina.asks_to_fix("owing", "ended_on", "pets")
    for answer in ("13 2 2026", "0", "One cat"):
        sina.says(answer)
    sina.gives_a_reason(IN_SAMOAN)
    sina.has_nothing_to_show()
    sina.wants_the_answer_here_only()
    due = story.day(clocks.due_on("correction", nz_date(datetime.now(UTC))))
    sina.sees(due, "One cat", IN_SAMOAN)
    sina.sees_in_english("Nothing has been sent yet.", "Asking will not change your payments or services.")
    sina.goes_on()
    story.request, story.reference = sina.ref, sina.reads("#reference")
    sina.sees(due)
    send_it_again_every_way(story)


def send_it_again_every_way(story):
    sina, sent = story.sina, f"/corrections/{story.request}/sent"
    assert sina.path == sent
    sina.page.reload()
    sina.page.go_back()
    if sina.page.locator(MAIN_BUTTON).count():
        sina.goes_on()
    assert sina.path == sent and sina.reads("#reference") == story.reference
    sina.goes("/corrections")
    assert sina.page.locator(f"a[href$='/corrections/{story.request}']").count() == 1
    sina.goes(f"/records/{story.tenancy}")
    under_way = {
        link.get_attribute("href") for link in sina.page.locator("dl.facts a[href*='/corrections/']").all()
    }
    assert {link for link in under_way if "/new/" not in link} == {
        f"/{story.tag}/corrections/{story.request}"
    }


def decide_each_part(story):
    priya = story.priya
    priya.signs_in("priya")
    assert priya.path == "/casework"
    priya.finds(story.reference)
    priya.takes_it()
    priya.sees("One cat", IN_SAMOAN)
    priya.goes_on()
    assert priya.page.locator(".errors").count() == 1, "a request was decided without an answer"
    priya.decides(1, "partly", "2026-02-06", "no-proof", PARTLY)
    priya.decides(2, "accept")
    priya.decides(3, "decline", "", "fact-right", DECLINED)
    priya.sends_it()
    assert priya.page.locator("#the-form").count() == 0
    priya.sees(PARTLY, DECLINED)
    priya.sees_in_english("You proposed this.")


def agree_as_a_second_person(story):
    sina, mark = story.sina, story.mark
    sina.goes(f"/corrections/{story.request}")
    assert DECLINED not in sina.page.content(), "a proposal was shown before anybody agreed to it"
    mark.signs_in("mark")
    mark.finds(story.reference)
    mark.sees(PARTLY, DECLINED)
    mark.ticks("verdict", "approve")
    mark.goes_on()
    mark.sees_in_english("What the person was told")


def put_it_into_the_record(story):
    sina, priya = story.sina, story.priya
    sina.goes(f"/corrections/{story.request}")
    sina.sees_in_english("They will fix this")
    sina.goes(f"/records/{story.tenancy}")
    assert "284" in sina.line("owing"), "the record was changed before staff said so"
    priya.has_put_right(story.request)
    priya.goes(f"/casework/{story.request}")
    priya.sees(PARTLY, DECLINED)


def read_the_answer(story):
    sina = story.sina
    sina.goes("/notices")
    sina.taps(f"main a[href$='/corrections/{story.request}']")
    sina.sees(PARTLY, DECLINED)
    sina.sees_in_english("Fixed", "Partly fixed", "Not fixed", "You can add your own words")
    sina.goes(f"/records/{story.tenancy}")
    assert "284" not in sina.line("owing")
    assert story.date("2026-02-06") in sina.line("ended_on")
    older = sina.page.locator("details", has=sina.page.locator("ol.days")).first.text_content()
    assert "284" in older and story.date("2026-01-30") in older, "the old values are not among older versions"


def stand_beside_it(story):
    sina = story.sina
    sina.goes(f"/corrections/{story.request}")
    sina.attaches_a_statement(3, OWN_WORDS)
    sina.sees(OWN_WORDS)
    sina.goes(f"/records/{story.tenancy}")
    assert OWN_WORDS in sina.line("pets")
    assert OWN_WORDS not in sina.line("owing")
    story.priya.page.reload()
    story.priya.sees(OWN_WORDS)


def share_it(story):
    sina = story.sina
    sina.taps(f"a.btn[href$='/bundles/new?record={story.tenancy}']")
    sina.chooses_lines(story.tenancy, "address", "owing", "pets")
    story.preview = sina.reads("#seen")
    for text in ("45 Former Street", "None", OWN_WORDS):
        assert text in story.preview
    assert "EX-T-20417" not in story.preview
    story.code, story.link, story.passcode = sina.shares("Hemi at the wellbeing service", PURPOSE)
    story.share = sina.ref


def open_it(story):
    hemi = story.hemi
    hemi.signs_in("hemi")
    assert hemi.path == "/delegations/clients"
    wrong = hemi.opens(story.code, WRONG_PASSCODE, PURPOSE)
    assert wrong.status == 400 and hemi.page.locator("#seen").count() == 0
    right = hemi.opens(story.code.lower(), story.passcode, PURPOSE)
    assert right.status == 200
    assert hemi.reads("#seen") == story.preview
    assert story.resolves(story.link, WRONG_PASSCODE) == {"fault": "SHLInvalidPasscodeError"}
    opened = story.resolves(story.link, story.passcode)
    sent = json.dumps(opened["resources"], ensure_ascii=False)
    assert "45 Former Street" in sent and OWN_WORDS in sent and "EX-T-20417" not in sent


def see_who_looked(story):
    sina = story.sina
    sina.goes(f"/bundles/{story.share}")
    sina.sees("Hemi Walker", "Ana at the clinic", PURPOSE)
    sina.sees_in_english("Opened 2 times.")
    sina.goes("/access-log")
    sina.sees("Hemi Walker", "Priya Nair", story.reference)


def stop_it(story):
    sina, hemi, stranger = story.sina, story.hemi, story.stranger
    sina.goes(f"/bundles/{story.share}")
    sina.stops_sharing()
    assert sina.path == f"/bundles/{story.share}" and sina.page.locator("#code").count() == 0
    gone = hemi.page.reload()
    assert gone.status == 410 and "45 Former Street" not in hemi.page.content()
    assert stranger.goes(f"/open/{story.share}").status == 404
    assert hemi.opens(story.code, story.passcode, PURPOSE).status == 400
    assert "fault" in story.resolves(story.link, story.passcode)
