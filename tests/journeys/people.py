"""People who use the portal in a browser: what each of them sees and does, in words that fit every language.

Elements are found by address, name, id and data, never by the page's own words, so that one story runs in
English and in te reo Māori, with and without JavaScript.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from portal.base import ids
from portal.records import queries as records
from portal.records import service as record_service
from tests.site import Site

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}
MAIN_BUTTON = "#the-form button.btn:not(.quiet):not([type=button])"


@dataclass
class Someone:
    """Anybody in front of a browser of their own."""

    site: Site
    page: Page
    tag: str

    @classmethod
    def at(cls, site: Site, browser: Browser, tag: str, scripts: bool, **options: Any) -> "Someone":
        """Sit down at a phone (or, with `viewport`, another screen), in a language, with scripts or without."""
        context: BrowserContext = browser.new_context(
            **({"viewport": PHONE} | options), java_script_enabled=scripts, base_url=site.url
        )
        context.set_default_timeout(30_000)
        return cls(site, context.new_page(), tag)

    def leaves(self) -> None:
        """Close the browser."""
        self.page.context.close()

    def goes(self, path: str) -> Response:
        """Type an address, such as "/records", after the language."""
        answer = self.page.goto(f"/{self.tag}{path}")
        assert answer is not None
        return answer

    def taps(self, what: str | Locator, **having: str) -> None:
        """Tap the first thing that fits, and wait until the page that follows is all there (a tap returns when
        that page begins, and its title or its end may not have come yet)."""
        place = self.page.locator(what, **having) if isinstance(what, str) else what
        place.first.click()
        self.page.wait_for_load_state()

    def goes_on(self) -> None:
        """Press the main button of the page."""
        self.taps(MAIN_BUTTON)

    def fills(self, **answers: str) -> None:
        """Write into the boxes of these names ("__" stands for "-")."""
        for name, text in answers.items():
            self.page.fill(f"#the-form [name='{name.replace('__', '-')}']", text)

    def ticks(self, name: str, value: str) -> None:
        """Choose an answer by its name and value."""
        self.page.check(f"#the-form input[name='{name}'][value='{value}']")

    def reads(self, selector: str = "main") -> str:
        """Read what stands in a part of the page, as one line; what is folded away counts too."""
        return " ".join((self.page.locator(selector).first.text_content() or "").split())

    def sees(self, *texts: str, within: str = "main") -> None:
        """Make sure that these words stand on the page."""
        said = self.reads(within)
        for text in texts:
            assert text in said, f"{text!r} is not on {self.page.url}: {said[:600]}"

    def sees_in_english(self, *texts: str) -> None:
        """Make sure of sentences of ours, when the page is in English."""
        if self.tag == "en":
            self.sees(*texts)

    @property
    def path(self) -> str:
        """The present address without the language."""
        return re.sub(r"^https?://[^/]+(/\w+)?(?=/)", "", self.page.url)

    @property
    def ref(self) -> str:
        """The 13 letters of the thing that the present page is about."""
        found = re.findall(r"/([a-z2-7]{13})(?=/|$|\?)", self.page.url)
        assert found, self.page.url
        return found[-1]

    def signs_in(self, name: str) -> None:
        """Sign in with password and, in the demonstration, the code that the page shows."""
        account = self.site.facts["accounts"][name]
        self.goes("/sign-in")
        self.fills(username=account["username"], password=account["password"])
        self.goes_on()
        self.fills(code=self.reads("#demo-code"))
        self.goes_on()


class Person(Someone):
    """Somebody about whom agencies hold something."""

    def opens_agency(self, slug: str) -> None:
        """Go from the list of agencies to one of them."""
        name = next(one["name"] for one in self.site.facts["agencies"] if one["slug"] == slug)
        self.taps("a[href*='/records/agency/']", has_text=name)

    def opens_record(self, ref: str) -> None:
        """Open a record from the list of an agency."""
        self.taps(f"a[href$='/records/{ref}']")

    def line(self, field: str) -> str:
        """Read a value with all that stands beside it, by its field."""
        row = self.page.locator(f"dl.facts > div[data-field='{field}']")
        return " ".join((row.first.text_content() or "").split())

    def asks_to_fix(self, field: str, *others: str) -> None:
        """Tap "Fix" beside a value, start, and tick other values that are wrong too."""
        self.taps(f"div[data-field='{field}'] .do a")
        self.goes_on()
        assert self.page.is_checked(f"input[name=fields][value='{field}']")
        for other in others:
            self.ticks("fields", other)
        self.goes_on()

    def says(self, text: str) -> None:
        """Say what a value should be, and go on."""
        self.ticks("wish", "replace")
        if self.page.locator("[name='value-day']").count():
            day, month, year = text.split()
            self.fills(value__day=day, value__month=month, value__year=year)
        else:
            self.fills(value=text)
        self.goes_on()

    def gives_a_reason(self, text: str) -> None:
        """Say in own words what is wrong, and go on."""
        self.fills(reason=text)
        self.goes_on()

    def has_nothing_to_show(self) -> None:
        """Add no photo or paper, and go on."""
        self.ticks("how", "none")
        self.goes_on()

    def wants_the_answer_here_only(self) -> None:
        """Ask for no letters, and go on to the last page."""
        self.ticks("by", "here")
        self.goes_on()

    def attaches_a_statement(self, no: int, text: str) -> None:
        """Add one's own words to a value that was not fixed, after seeing them as others will."""
        self.taps(f"a[href$='/statement?no={no}']")
        self.fills(text=text)
        self.taps("button[name=preview]")
        self.sees(text, within="section[aria-labelledby=seen]")
        self.taps("#the-form button.btn:not([name])")

    def chooses_lines(self, record: str, *fields: str) -> None:
        """Choose exactly these lines of a record to share, and go on to the preview."""
        assert self.page.is_checked(f"input[name=records][value='{record}']")
        self.goes_on()
        for box in self.page.locator("input[name=lines]").all():
            box.uncheck()
        for field in fields:
            self.page.check(f"input[name=lines][value*='{record}'][value$='{field}']")
        self.goes_on()

    def shares(self, recipient: str, purpose: str) -> tuple[str, str, str]:
        """Go from the preview to a share; give its code, its link, and the passcode."""
        self.taps("a.btn[href$='/who']")
        self.fills(recipient=recipient, purpose=purpose)
        self.goes_on()
        passcode = self.page.input_value("[name=passcode]")
        self.goes_on()
        self.sees(passcode, recipient, purpose)
        self.goes_on()
        code = self.reads("#code")
        self.taps("a.btn[href$='/link']")
        return code, self.reads("#link"), passcode

    def stops_sharing(self) -> None:
        """Stop the share on the present page, after being asked once more."""
        self.taps("a.btn.stop[href$='/stop']")
        self.taps("#the-form button.stop")


class Staff(Someone):
    """An adviser at an agency."""

    def finds(self, reference: str) -> None:
        """Open a request from the worklist."""
        self.taps("table.rows a", has_text=reference)

    def takes_it(self) -> None:
        """Take the request as one's own work."""
        self.taps("form[action$='/take'] button")

    def decides(self, no: int, decision: str, value: str = "", ground: str = "", reason: str = "") -> None:
        """Answer for one value of the request; nothing is sent yet."""
        self.ticks(f"decision-{no}", decision)
        self.page.locator(f"details:has([name='reason-{no}'])").evaluate("one => one.open = true")
        self.page.fill(f"[name='value-{no}']", value)
        if ground:
            self.page.select_option(f"[name='ground-{no}']", ground)
        self.page.fill(f"[name='reason-{no}']", reason)

    def sends_it(self) -> None:
        """Go on to the letter, and send it."""
        self.goes_on()
        self.taps("button[name=send]")

    def has_put_right(self, ref: str) -> None:
        """Say on the list of changes that wait that all of a request stands in the agency's own record."""
        self.goes("/casework/to-apply")
        for box in self.page.locator(f"input[name=rows][value^='{ref}.']").all():
            box.check()
        self.goes_on()


class Visitor(Someone):
    """Anybody who was given a card and a passcode."""

    def opens(self, code: str, passcode: str, why: str, name: str = "") -> Response:
        """Type code and passcode; give the answer of the page that follows."""
        self.goes("/open")
        self.fills(code=code, passcode=passcode, why=why, **({"name": name} if name else {}))
        with self.page.expect_navigation() as went:
            self.goes_on()
        return went.value


def record_ref(site: Site, owner: str, agency: str, kind: str, source: str) -> str:
    """Give the 13 letters of a record of the demonstration, by the agency's own number of it."""
    from portal.agencies import queries as agencies
    from portal.identity import queries as identity
    from portal.identity.rules import fold_name

    work = site.core.work()
    try:
        account = identity.account_by_name(work, fold_name(site.facts["accounts"][owner]["username"]))
        assert account is not None
        person_id = account.person_id
        agency_id = agencies.catalogue(work).by_slug(agency).id
        record_id = record_service.record_id_of(work, person_id, agency_id, kind, source)
        return ids.encode(records.for_record_ids(work, person_id, [record_id])[0].ref)
    finally:
        work.session.close()


def said_by(process) -> dict[str, Any]:
    """Read the one line of JSON that a program printed."""
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)
