"""J8, a day at the desk by keyboard alone at 1280 px: the list, a question, more time, passing on, figures, a note.

An adviser and her privacy officer have no mouse; the person at the other end has a phone.
"""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date, utc_now
from portal.corrections import service as corrections
from portal.identity import queries as identity
from portal.identity.permissions import Actor
from portal.identity.rules import fold_name
from portal.language import service as language
from portal.law.working_days import add_working_days
from tests.journeys.keyboard import MOST_TABS, Keys
from tests.journeys.people import DESK, Person, Visitor, record_ref

QUESTION, ANSWER = "Since when have you had the dog?", "Since the first of May."
MORE = "We have to ask the builder."
CLOSER = "They work out what you owe."
HEARD, DID = "The stairs were hard to find.", "There is a sign now."
REPLY = {"by": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
CLIENT, BORN = "HA-88213", date(1992, 5, 4)


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["English, no script", "te reo Māori, script"])
def story(request, fresh_site, browser):
    told = Story(fresh_site, browser, *request.param)
    yield told
    for one in (told.sina, told.priya, told.mark, told.visitor):
        one.leaves()


class Story:
    """The adviser, her privacy officer, the person, and somebody who only reads."""

    def __init__(self, site, browser, tag, scripts):
        self.site, self.tag = site, tag
        self.priya = Keys.at(site, browser, tag, scripts, viewport=DESK)
        self.mark = Keys.at(site, browser, tag, scripts, viewport=DESK)
        self.sina = Person.at(site, browser, tag, scripts)
        self.visitor = Visitor.at(site, browser, "mi", scripts)
        self.desk = self.actor()
        self.agency = agencies.catalogue(self.work()).agency(self.desk.agency_id)
        today = nz_date(utc_now())
        self.asked, self.longer = self.written_down("pets", today), self.written_down("weekly_rent", today)
        # The tenth day is yesterday or before; the ninth is today or before.
        self.too_old = self.written_down("tenancy_number", last_day(today, 10, before=True))
        self.in_time = self.written_down("owing", last_day(today, 9))
        self.due_soon(today + timedelta(days=3))

    def say(self, msgid):
        """A sentence of ours in the language of the story."""
        return str(language.translator(self.tag).attr(msgid))

    def day(self, on):
        return language.translator(self.tag).date_full(on)

    def work(self, actor=None):
        return self.site.core.work(*([actor] if actor else []))

    def actor(self):
        """Priya, as services know her."""
        work = self.work()
        account = identity.account_by_name(work, fold_name(self.site.facts["accounts"]["priya"]["username"]))
        housing = agencies.catalogue(work).by_slug("example-housing")
        work.session.close()
        return Actor("account", account.id, None, housing.id, "caseworker")

    def written_down(self, field, received_on):
        """A request of Sina's that came by phone on a day and was written down today; its id in addresses."""
        record = record_ref(self.site, "sina", "example-housing", "tenancy", "EX-T-20417")
        heard = corrections.Heard(
            CLIENT, BORN, received_on, "phone", ids.own(record),
            [corrections.Chosen(field, "unknown", "")], reply=REPLY,
        )  # fmt: skip
        work = self.work(self.desk)
        done = work.do(corrections.write_down, heard)
        work.session.close()
        return done

    def due_soon(self, on):
        """Let what nobody has begun with be due soon, whatever the day of the year."""
        work = self.work(self.desk)
        rows = [row for row in tasks.worklist(work, most=100).rows if row.kind == "correction"]
        for row in rows:
            work.do(lambda opened, ref=row.ref: tasks.change(opened, ref, due_on=on, owner_id=0))
        work.session.close()


def last_day(today, n, before=False):
    """The last day whose nth working day is not after today (or, with before, is before it)."""
    day = today
    while add_working_days(day, n) > today - timedelta(days=before):
        day -= timedelta(days=1)
    return day


def test_a_day_at_the_desk_without_a_mouse(story):
    story.priya.signs_in("priya")
    story.sina.signs_in("sina")
    the_most_urgent_stands_first_and_the_list_is_narrowed(story)
    the_next_one_is_taken(story)
    a_question_is_asked_and_answered(story)
    more_time_needs_a_reason(story)
    passing_on_ends_after_ten_days(story)
    rows_are_given_away_and_nothing_is_refused_in_bulk(story)
    story.mark.signs_in("mark")
    sina_hears_of_more_time(story)
    the_figures_say_the_same_three_times(story)
    a_note_is_published(story)


def the_most_urgent_stands_first_and_the_list_is_narrowed(story):
    """Steps 1 and 2; and the filters are kept under a name."""
    priya = story.priya
    priya.goes("/casework")
    first = priya.page.locator("tbody tr").first
    assert first.locator(".tag.late").count() == 1
    priya.sees_in_english("Late by")
    priya.skips()
    assert priya.reaches("form[action$='/casework/next'] button") <= MOST_TABS
    priya.presses_space("#due-week")
    priya.follows("#filters button")
    assert "due=week" in priya.page.url
    rows, caption = priya.page.locator("tbody tr").count(), priya.reads("#cap")
    assert rows == int(re.match(r"\d+", caption)[0]) >= 4
    priya.skips()
    priya.presses_space(".desk summary")
    priya.writes("#view input[name=name]", "My week")
    priya.follows("#view button.btn")
    assert "due=week" in priya.page.url
    assert priya.reads(".desk nav [aria-current=page]") == "My week"


def the_next_one_is_taken(story):
    """Step 3; the first answer then comes first."""
    priya = story.priya
    priya.goes("/casework")
    priya.skips()
    priya.follows("form[action$='/casework/next'] button")
    taken = priya.ref
    priya.goes("/casework?owner=mine")
    assert priya.page.locator(f"tbody a[href*='{taken}']").count() == 1


def a_question_is_asked_and_answered(story):
    """Step 4."""
    priya, sina = story.priya, story.sina
    priya.goes("/casework?due=week")
    priya.skips()
    priya.follows(f"tbody a[href$='/casework/{story.asked}']")
    priya.skips()
    assert priya.reaches("form[action$='/take'] button") <= MOST_TABS
    with priya.page.expect_navigation():
        priya.page.keyboard.press("Enter")
    priya.skips()
    assert priya.reaches("input[name='decision-1']") <= MOST_TABS
    priya.follows("a[href$='/ask']")
    priya.writes("textarea[name=words]", QUESTION)
    priya.follows("#the-form button")
    sina.goes(f"/corrections/{story.asked}")
    sina.sees(QUESTION)
    sina.sees_in_english("Their time goes on meanwhile.")
    sina.taps(".note.wait a.btn")
    sina.fills(text=ANSWER)
    sina.goes_on()
    priya.goes(f"/casework/{story.asked}")
    priya.sees(ANSWER)


def more_time_needs_a_reason(story):
    """Step 5: no reason of the law, and nothing that was typed is lost; with one a colleague has to agree."""
    priya, today = story.priya, nz_date(utc_now())
    story.until = today.replace(month=1, day=20, year=today.year + 1)
    priya.goes(f"/casework/{story.longer}")
    priya.follows("form[action$='/take'] button")
    priya.follows("a[href$='/more-time']")
    for part in ("day", "month", "year"):
        priya.writes(f"input[name=until-{part}]", str(getattr(story.until, part)))
    priya.writes("textarea[name=reason]", MORE)
    priya.follows("#the-form button")
    priya.sees(story.say("Choose one of the law’s three reasons."), MORE)
    priya.chooses("ground", "b")
    priya.follows("#the-form button")
    priya.sees(story.day(story.until))


def passing_on_ends_after_ten_days(story):
    """Step 6: on day 11 the page says why not, by which section; on day 9 it goes, and the person is told."""
    priya, sina = story.priya, story.sina
    priya.goes(f"/casework/{story.too_old}")
    priya.follows("a[href$='/pass-on']")
    priya.sees("Privacy Act 2020, section 62", story.say("This cannot be done now"))
    assert not priya.page.locator("#the-form").count()
    priya.goes(f"/casework/{story.in_time}")
    priya.follows("a[href$='/pass-on']")
    priya.picks("agency", "Example Income Support")
    priya.writes("textarea[name=why]", CLOSER)
    priya.follows("#the-form button")
    sina.goes(f"/corrections/{story.in_time}")
    sina.sees("Example Income Support", CLOSER)
    sina.sees_in_english("They passed it on. This is why:")


def rows_are_given_away_and_nothing_is_refused_in_bulk(story):
    """Step 7."""
    priya = story.priya
    priya.goes("/casework?due=week")
    acts = priya.page.locator(".bulk button").evaluate_all("all => all.map((one) => one.value)")
    assert acts == ["assign", "seen"]
    priya.skips()
    for _ in range(3):
        priya.presses_space("input[name=tick]")
    assert priya.page.locator("input[name=tick]:checked").count() == 3
    priya.picks("to", "Mark Ellison")
    priya.follows("button[value=assign]")
    priya.sees("3", "Mark Ellison")
    assert priya.page.locator(".note.ok li").count() == 3
    priya.follows("main a.btn")
    assert "due=week" in priya.page.url
    assert priya.page.locator("tbody tr", has_text="Mark Ellison").count() == 3


def sina_hears_of_more_time(story):
    """Step 5, its end: the officer agrees, and the person reads until when, why, and that they can complain."""
    mark, sina = story.mark, story.sina
    mark.goes(f"/casework/{story.longer}")
    mark.sees(MORE, story.day(story.until))
    mark.chooses("verdict", "approve")
    mark.follows("#the-form button")
    sina.goes(f"/corrections/{story.longer}")
    sina.sees(story.day(story.until), MORE)
    sina.sees_in_english("You can complain about that to the Privacy Commissioner.")
    assert sina.page.locator(f".note a[href$='/{story.longer}/complain']").count() == 1


def the_figures_say_the_same_three_times(story):
    """Step 8: in the table, the chart and the file; small numbers in none of them, and the others rounded."""
    mark, few = story.mark, story.say("Too few to show")
    mark.goes("/casework")
    mark.follows("main a[href$='/casework/team']")
    mark.reaches("main a[href$='/team/figures']")
    with mark.page.expect_download() as got:
        mark.page.keyboard.press("Enter")
    text = got.value.path().read_text(encoding="utf-8-sig")
    filed = {line[0]: line[1:] for line in csv.reader(io.StringIO(text)) if line}
    hidden = rounded = 0
    for section in mark.page.locator("main section").all():
        lines = [
            [
                re.sub(r"^\d+\. ", "", " ".join(cell.split()))
                for cell in row.locator("th, td").all_inner_texts()
            ]
            for row in section.locator("tbody tr").all()
        ]
        drawn = section.locator("svg .n").all_text_contents()
        assert drawn == ["–" if line[1] == few else line[1] for line in lines]
        for words, *cells in lines:
            assert filed[words] == cells
        if section.locator("#t-load").count():
            continue
        hidden += sum(line.count(few) for line in lines)
        rounded += sum(line[1] != few and int(line[1]) % 3 == 0 for line in lines)
        assert all(line[1] == few or (int(line[1]) % 3 == 0 and int(line[1]) >= 6) for line in lines)
    assert hidden and rounded


def a_note_is_published(story):
    """Step 9: everybody reads it, and in te reo Māori it says that it is in English."""
    mark, visitor = story.mark, story.visitor
    mark.goes("/casework")
    mark.follows("main a[href$='/insights/notes']")
    mark.skips()
    assert mark.reaches("main a[href$='/notes/new']") <= MOST_TABS
    with mark.page.expect_navigation():
        mark.page.keyboard.press("Enter")
    mark.writes("textarea[name=en_heard]", HEARD)
    mark.writes("textarea[name=en_did]", DID)
    mark.follows("#the-form button:not([name])")
    mark.sees(HEARD, DID)
    visitor.goes("/insights")
    assert HEARD not in visitor.reads()
    mark.presses_space("#about_nobody")
    mark.follows("#the-form button:not([name])")
    visitor.goes("/insights")
    note = visitor.page.locator("article", has_text=HEARD)
    assert note.locator(".said[lang='en-NZ']").count() == 2
    told = language.translator("mi").attr(
        "This note is in English. The agency has not put it into this language."
    )
    assert str(told) in note.text_content() and story.agency.name in note.text_content()
