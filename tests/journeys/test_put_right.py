"""Two stories of having something put right: fixed in part with a statement along (J2), and refused (J3)."""

import re
from datetime import UTC, datetime

import pytest

from portal.base.clock import nz_date
from portal.language import service as language
from portal.law import clocks
from tests.journeys.people import DESK, Person, Staff, Visitor, record_ref

IN_SAMOAN = "Ua sesē le tuatusi. Na ou siʻitia i Mati."
STATEMENT = "Pita moved out in 2024. I told the office."
WE_ASKED = "Your lease of 2021 names Pita too. He left it in 2024."
DECLINED = "We asked the property manager. The form of 2021 says none."
OWN_WORDS = "The cat came with the house. I said so in 2021."
PURPOSE = "Help with a warm home"
MINE = "You got my letter in March."


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    for one in (told.sina, told.priya, told.mark, told.hemi):
        one.leaves()


class Story:
    """The person, the adviser, the privacy officer and a worker elsewhere, each with a browser of their own."""

    def __init__(self, site, browser, tag, scripts):
        self.tag = tag
        self.sina = Person.at(site, browser, tag, scripts)
        self.priya = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.mark = Staff.at(site, browser, tag, scripts, viewport=DESK)
        self.hemi = Visitor.at(site, browser, tag, scripts, viewport=DESK)
        self.tenancy = record_ref(site, "sina", "example-housing", "tenancy", "EX-T-20417")
        self.reference = self.request = ""

    def due(self):
        day = clocks.due_on("correction", nz_date(datetime.now(UTC)))
        return language.translator(self.tag).date_full(day)

    def keeps_the_request(self):
        self.request, self.reference = self.sina.ref, self.sina.reads("#reference")

    def agrees(self):
        """The privacy officer agrees to what the adviser proposed."""
        self.mark.signs_in("mark")
        self.mark.finds(self.reference)
        self.mark.ticks("verdict", "approve")
        self.mark.goes_on()


def test_a_fix_that_is_accepted_in_part_with_a_statement_that_came_along(story):
    sina_says_what_is_wrong(story)
    sina_writes_in_samoan_and_changes_language(story)
    sina_checks_and_sends_once(story)
    priya_says_yes_to_one_and_a_part_of_the_other(story)
    sina_reads_what_was_fixed(story)


def sina_says_what_is_wrong(story):
    sina = story.sina
    sina.signs_in("sina")
    sina.goes(f"/records/{story.tenancy}")
    sina.taps("div[data-field='address'] .do a")
    sina.sees_in_english("Ask to fix this", "will not change your payments")
    sina.goes_on()
    assert sina.page.is_checked("input[name=fields][value=address]")
    sina.ticks("fields", "tenants")
    sina.goes_on()
    sina.sees("45 Former Street")
    sina.ticks("wish", "replace")
    sina.goes_on()
    assert sina.page.locator(".errors a[href='#value']").count() == 1, "an empty answer went on"
    sina.says("12 Example Street, Exampleton 0000")
    sina.ticks("wish", "unknown")
    sina.goes_on()


def sina_writes_in_samoan_and_changes_language(story):
    sina = story.sina
    sina.taps("#the-form details summary")
    sina.fills(reason=IN_SAMOAN, beside=STATEMENT)
    step = sina.path
    sina.taps("a[href='#languages']")
    sina.taps("button[name=switch_language][value=sm]")
    assert sina.path.split("#")[0] == step and "/sm/" in sina.page.url
    assert sina.page.input_value("[name=reason]") == IN_SAMOAN
    assert sina.page.input_value("[name=beside]") == STATEMENT
    sina.goes(step)
    sina.goes_on()
    sina.has_nothing_to_show()
    sina.wants_the_answer_here_only()


def sina_checks_and_sends_once(story):
    sina = story.sina
    sina.sees(story.due(), IN_SAMOAN, STATEMENT, "12 Example Street")
    assert sina.page.locator("a[href*='then=check']").count() >= 5
    sina.taps("a[href*='/value/1?then=check']")
    sina.goes_on()
    assert sina.path.endswith("/check")
    sina.goes_on()
    story.keeps_the_request()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", story.reference)
    sina.sees(story.due())
    sina.page.reload()
    sina.goes("/corrections")
    assert sina.page.locator(f"a[href$='/corrections/{story.request}']").count() == 1


def priya_says_yes_to_one_and_a_part_of_the_other(story):
    priya, mark = story.priya, story.mark
    priya.signs_in("priya")
    priya.finds(story.reference)
    priya.takes_it()
    priya.sees(IN_SAMOAN)
    priya.decides(1, "accept")
    priya.decides(2, "partly", "Sina Faʻasili", "fact-right", WE_ASKED)
    priya.sends_it()
    story.agrees()
    assert mark.page.locator("form[action$='/answer']").count() == 0
    priya.has_put_right(story.request)


def sina_reads_what_was_fixed(story):
    sina = story.sina
    sina.goes(f"/corrections/{story.request}")
    sina.sees(WE_ASKED, STATEMENT)
    sina.sees_in_english("Partly fixed", "Fixed", "Changed in their record")
    assert sina.page.locator("a[href*='/letter/']").count() >= 3
    sina.goes(f"/records/{story.tenancy}")
    assert "12 Example Street" in sina.line("address") and STATEMENT in sina.line("tenants")
    older = sina.page.locator("details", has=sina.page.locator("ol.days")).first.text_content()
    assert "45 Former Street" in older


def test_a_no_a_statement_that_others_read_and_a_complaint_that_the_person_sends(story):
    sina_shares_and_asks(story)
    priya_must_give_a_reason_in_law(story)
    sina_puts_her_own_words_beside_it(story)
    hemi_reads_them_and_sina_sees_who_was_told(story)
    sina_complains_with_a_pack(story)


def sina_shares_and_asks(story):
    sina, hemi = story.sina, story.hemi
    sina.signs_in("sina")
    sina.goes(f"/records/{story.tenancy}")
    sina.taps(f"a.btn[href$='/bundles/new?record={story.tenancy}']")
    sina.chooses_lines(story.tenancy, "address", "pets")
    code, _link, passcode = sina.shares("Hemi at the wellbeing service", PURPOSE)
    hemi.signs_in("hemi")
    assert hemi.opens(code, passcode, PURPOSE).status == 200
    sina.goes(f"/records/{story.tenancy}")
    sina.asks_to_fix("pets")
    sina.says("One cat")
    sina.gives_a_reason("We have a cat.")
    sina.has_nothing_to_show()
    sina.wants_the_answer_here_only()
    sina.goes_on()
    story.keeps_the_request()


def priya_must_give_a_reason_in_law(story):
    priya = story.priya
    priya.signs_in("priya")
    priya.finds(story.reference)
    priya.takes_it()
    priya.decides(1, "decline", "", "", DECLINED)
    priya.goes_on()
    assert priya.page.locator(".errors").count() == 1, "a no without a reason in law went on"
    priya.decides(1, "decline", "", "fact-right", DECLINED)
    priya.sends_it()
    story.agrees()


def sina_puts_her_own_words_beside_it(story):
    sina = story.sina
    sina.goes(f"/corrections/{story.request}")
    sina.sees(DECLINED)
    sina.sees_in_english("Not fixed", "You can add your own words", "How to complain")
    sina.taps("a[href*='/letter/']")
    sina.sees(DECLINED)
    sina.goes(f"/corrections/{story.request}")
    sina.attaches_a_statement(1, OWN_WORDS)
    sina.goes(f"/records/{story.tenancy}")
    assert OWN_WORDS in sina.line("pets")


def hemi_reads_them_and_sina_sees_who_was_told(story):
    story.hemi.page.reload()
    story.hemi.sees(OWN_WORDS, within="#seen")
    sina = story.sina
    sina.goes(f"/corrections/{story.request}")
    sina.sees("Hemi at the wellbeing service")
    sina.sees_in_english("Who was told", "They see it in what you share with them.")


def sina_complains_with_a_pack(story):
    sina, mark = story.sina, story.mark
    sina.taps("a[href$='/complain']")
    sina.taps("a[href$='/pack']")
    sina.sees(story.reference, DECLINED, OWN_WORDS, "Section 69")
    sina.goes(f"/corrections/{story.request}/complain")
    mark.goes("/casework")
    assert MINE not in mark.page.content()
    sina.fills(text=MINE)
    sina.goes_on()
    sina.sees(MINE)
