"""Mere, 79, has no phone and no e-mail: an account, a request and a share, with nothing but paper and a password.

What she does next she does with what a camera read off the print, or with what she copied from it by hand.
"""

import re
from datetime import UTC, date, datetime

import pytest

from portal.agencies import queries as agencies
from portal.agencies import service as agency_service
from portal.base.clock import nz_date
from portal.identity import queries as identity
from portal.identity.models import Passkey
from portal.ingest import service as ingest
from portal.language import service as language
from portal.law import clocks
from tests.journeys.paper import Print, printed
from tests.journeys.people import DESK, Person, Staff, Visitor

PASSWORD = "nine kererū on a wire"
NAME, BORN = "Mere Tūhoe", date(1947, 3, 9)
HOUSE = "2 Ngaio Lane, Exampleton 0000"
CLIENT = "EX-T-55501"
FOR, WHY = "The clinic in Exampleton", "So that I need not tell it again"


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    for one in told.people:
        one.leaves()


class Story:
    """A town: a provider's counter, a library, an agency; and what Mere carries in her bag."""

    def __init__(self, site, browser, tag, scripts):
        self.site, self.browser, self.tag, self.scripts = site, browser, tag, scripts
        self.people: list = []
        self.used = 0
        self.agency = self.case = self.passcode = ""

    def somewhere(self, kind, **options):
        """Sit down at a device that nobody used before."""
        one = kind.at(self.site, self.browser, self.tag, self.scripts, **({"viewport": DESK} | options))
        self.people.append(one)
        return one

    def reads_with_a_camera(self, someone, address: str, text: str, box: str) -> None:
        """Go where a QR code leads. With a script its code stands in the box; else it is copied from the paper."""
        assert address.startswith(self.site.url)
        someone.page.goto("about:blank")
        someone.page.goto(address)
        if self.scripts:
            assert someone.page.input_value(f"[name={box}]") == address.rpartition("#")[2]
        else:
            assert someone.page.input_value(f"[name={box}]") == ""
            someone.fills(**{box: text})

    def signs_in(self, someone) -> None:
        """With the card, the password in her mind, and the next code of the list."""
        self.reads_with_a_camera(someone, self.card.qr[0], self.card_code.lower(), "card")
        someone.fills(password=PASSWORD)
        someone.goes_on()
        assert someone.path == "/sign-in/code"
        someone.fills(code=self.codes[self.used].replace("-", " ").lower())
        someone.goes_on()
        self.used += 1

    def due(self):
        day = clocks.due_on("access", nz_date(datetime.now(UTC)))
        return language.translator(self.tag).date_full(day)


def test_a_whole_request_and_a_whole_share_with_paper_only(story):
    she_gets_a_letter_at_a_counter(story)
    she_makes_her_account_at_the_library(story)
    nothing_but_paper_belongs_to_it(story)
    she_asks_to_see_what_they_hold(story)
    anybody_with_the_slip_learns_a_day_and_nothing_else(story)
    the_agency_answers_on_paper(story)
    she_reads_the_answer_and_links_her_file(story)
    she_shares_it_and_keeps_her_part(story)
    the_clinic_opens_it_from_the_card(story)
    she_stops_it_at_another_counter(story)


def she_gets_a_letter_at_a_counter(story):
    hemi = story.somewhere(Staff)
    hemi.signs_in("hemi")
    hemi.goes("/account")
    hemi.taps("a[href$='/account/letter']")
    hemi.goes_on()
    assert hemi.page.locator(".errors li").count() == 2
    hemi.fills(full_name=NAME)
    hemi.ticks("saw", "known")
    hemi.goes_on()
    story.letter = printed(hemi)
    assert story.letter.sheets == 1 and len(story.letter.qr) == 1
    assert not story.letter.says(NAME, "Hemi")
    hemi.leaves()
    story.people.remove(hemi)


def she_makes_her_account_at_the_library(story):
    mere = story.somewhere(Person)
    code = story.letter.codes(4)[0]
    story.reads_with_a_camera(mere, story.letter.qr[0], code, "code")
    mere.goes_on()
    mere.fills(
        birth_date__day="9",
        birth_date__month="3",
        birth_date__year="1947",
        username="mere",
        password=PASSWORD,
    )
    assert mere.page.input_value("[name=full_name]") == NAME and "#" not in mere.page.url
    mere.goes_on()
    assert mere.path == "/join/paper"
    mere.taps("button[name=make]")
    story.card = printed(mere)
    story.codes = story.card.codes(4)
    story.card_code = re.sub(r".*#", "", story.card.qr[0])
    assert story.card.sheets == 1 and len(story.card.qr) == 1 and len(set(story.codes)) == 20
    assert story.card.codes(2) == [story.card_code]
    assert not story.card.says(NAME, PASSWORD, "Mere", "mere")
    mere.fills(code="AAAA-BBBB-CCCC-DDDD")
    mere.goes_on()
    assert mere.page.locator(".errors").count() == 1
    mere.fills(code=story.codes[0].lower())
    mere.goes_on()
    assert mere.path == "/records"
    story.used = 1
    mere.goes("/account")
    mere.sees("Hemi")


def nothing_but_paper_belongs_to_it(story):
    work = story.site.core.work()
    try:
        account = identity.account_by_name(work, "mere")
        assert account.totp_secret is None
        assert not work.session.query(Passkey).filter_by(account_id=account.id).count()
    finally:
        work.session.close()
    leaves(story)


def leaves(story):
    """Press "Leave quickly" wherever she is, and go: the device holds nothing of hers."""
    mere = story.people.pop()
    mere.taps("#leave")
    mere.leaves()


def she_asks_to_see_what_they_hold(story):
    mere = story.somewhere(Person)
    story.signs_in(mere)
    assert mere.path == "/records"
    mere.goes("/access-requests/new")
    name = next(one["name"] for one in story.site.facts["agencies"] if one["slug"] == "example-housing")
    mere.page.locator(".pick", has_text=name).locator("input").check()
    mere.goes_on()
    mere.ticks("scope", "topic")
    mere.fills(topic="My house")
    mere.goes_on()
    mere.goes_on()
    mere.ticks("form", "fetch")
    mere.ticks("urgent", "no")
    mere.ticks("hand_on", "yes")
    mere.goes_on()
    mere.goes_on()
    assert "/sent/" in mere.path
    story.reference, story.sent = mere.reads(".code"), mere.path
    mere.taps("a[href$='/slip']")
    mere.goes_on()
    story.slip = printed(mere)
    assert story.slip.sheets == 1 and len(story.slip.qr) == 1
    for said in (story.reference, story.due(), "0800 000 113"):
        assert story.slip.says(said), said
    assert not story.slip.says(NAME, "My house")
    leaves(story)


def anybody_with_the_slip_learns_a_day_and_nothing_else(story):
    anybody = story.somewhere(Visitor)
    anybody.goes("/access-requests/where")
    anybody.fills(code="ABCD-EFGH-JKLM")
    anybody.goes_on()
    assert anybody.page.locator(".errors").count() == 1 and not anybody.page.locator("#due").count()
    asks_where(story, anybody)
    assert anybody.reads("#due") == story.due()
    for kept in (NAME, "Housing", "My house", story.reference):
        assert kept not in anybody.page.content(), kept


def asks_where(story, anybody):
    code = story.slip.codes(3)[0]
    story.reads_with_a_camera(anybody, story.slip.qr[0], code, "code")
    anybody.goes_on()


def the_agency_answers_on_paper(story):
    priya = story.somewhere(Staff)
    priya.signs_in("priya")
    priya.goes("/casework?owner=nobody")
    priya.finds(story.reference)
    story.case = priya.ref
    case = f"/casework/access/{story.case}"
    priya.sees_in_english("On paper. I will come and get it")
    priya.takes_it()
    priya.taps("a[href$='/search']")
    priya.fills(system="Case notes", what=NAME, found="One note")
    priya.goes_on()
    priya.goes(f"{case}/add")
    priya.fills(title="Visit note", system="Case notes", text="The stove was fixed in June.")
    priya.goes_on()
    priya.goes(f"{case}/item/1")
    priya.ticks("outcome", "release")
    priya.goes_on()
    priya.goes(f"{case}/propose")
    priya.ticks("outcome", "granted")
    priya.goes_on()
    priya.goes(case)
    priya.taps("a[href$='/release']")
    for sure in ("identity", "safe", "support"):
        priya.page.check(f"input[name={sure}]")
    priya.goes_on()
    anybody = story.people[-2]
    asks_where(story, anybody)
    assert not anybody.page.locator("#due").count()
    anybody.sees_in_english("Something has come")


def she_reads_the_answer_and_links_her_file(story):
    site = story.site
    letter = at_the_agency(site, agency_service.issue_link_code, CLIENT, NAME, BORN)
    mere = story.somewhere(Person)
    story.signs_in(mere)
    mere.goes(f"/access-requests/{story.case}")
    mere.sees("The stove was fixed in June.")
    mere.goes("/agencies/link")
    name = next(one["name"] for one in site.facts["agencies"] if one["slug"] == "example-housing")
    mere.taps("main a", has_text=name)
    mere.fills(client_ref=CLIENT, code=letter)
    mere.goes_on()
    assert mere.path.endswith("/linked")
    sent = at_the_agency(site, ingest.take, CLIENT, [tenancy()], ingest.Who((NAME,), BORN))
    assert not sent.rejected, sent


def at_the_agency(site, verb, *given):
    """Let the housing agency's own system do something."""
    work = site.core.work()
    try:
        return work.do(verb, agencies.catalogue(work).by_slug("example-housing").id, *given)
    finally:
        work.session.close()


def tenancy():
    body = {"tenancy_number": CLIENT, "address": HOUSE, "started_on": "2001-04-02"}
    return ingest.Incoming("tenancy", CLIENT, body, nz_date(datetime.now(UTC)))


def she_shares_it_and_keeps_her_part(story):
    mere = story.people[-1]
    mere.goes("/records")
    mere.opens_agency("example-housing")
    links = [one.get_attribute("href") for one in mere.page.locator("main a").all()]
    record = next(found[1] for one in links if (found := re.search(r"/records/([a-z2-7]{13})$", one or "")))
    mere.goes(f"/bundles/new?record={record}")
    mere.chooses_lines(record, "address")
    story.share_code, story.link, story.passcode = mere.shares(FOR, WHY)
    mere.goes(f"/bundles/{mere.ref}")
    mere.taps("a[href$='/paper']")
    story.paper = printed(mere)
    assert story.paper.sheets == 1 and len(story.paper.qr) == 2
    assert story.paper.qr[0] == story.link
    assert not story.paper.says(NAME, FOR, HOUSE, story.passcode, "Housing")
    leaves(story)


def the_clinic_opens_it_from_the_card(story):
    ana = story.ana = story.somewhere(Visitor)
    code = story.paper.codes(3)[0]
    assert code == story.share_code
    assert story.paper.says("/open")
    assert ana.opens(code, story.passcode, WHY, "Ana at the clinic").status == 200
    ana.sees(HOUSE)


def she_stops_it_at_another_counter(story):
    counter = story.somewhere(Visitor)
    stop = story.paper.qr[1]
    code = re.sub(r".*#", "", stop)
    for wrong in ({"passcode": "000001"}, {"code": story.share_code, "passcode": story.passcode}):
        story.reads_with_a_camera(counter, stop, code, "code")
        counter.fills(**({"passcode": story.passcode} | wrong))
        counter.goes_on()
        assert counter.page.locator(".errors").count() == 1
    story.reads_with_a_camera(counter, stop, code, "code")
    counter.fills(passcode=story.passcode)
    counter.taps("#the-form button.stop")
    counter.sees_in_english("It is stopped")
    assert story.ana.page.reload().status == 410
    mere = story.somewhere(Person)
    story.signs_in(mere)
    mere.goes("/notices")
    mere.sees_in_english("What you shared was stopped with your paper.")
    assert isinstance(story.card, Print)
