"""J5: Hemi sits beside Sina at one laptop. She signs in herself, asks for a fix, and nothing stays with him."""

import re

import pytest

from portal.identity import queries as identity_queries
from portal.identity import service as identity
from portal.identity.rules import fold_name
from tests.journeys.people import DESK, Person, Someone, Staff, record_ref

LANGUAGES = [
    pytest.param("en", False, id="English without JavaScript"),
    pytest.param("mi", True, id="te reo Māori"),
]
CHECKS = ("place", "language", "told", "agrees", "ends")


class Laptop(Person):
    """One laptop on a kitchen table: first Hemi's, then Sina's for a while, and then his again."""

    def hands_over(self) -> None:
        """Tick the five things, after being told once that some are missing."""
        self.taps("a.btn[href$='/delegations/assist']")
        self.ticks("checks", "place")
        self.goes_on()
        assert self.page.locator(".errors li").count() == 4
        self.goes("/delegations/clients")
        self.goes("/delegations/assist")
        for check in CHECKS:
            self.ticks("checks", check)
        self.goes_on()
        assert self.path == "/delegations/handover"

    def shows_nothing_of_hemis(self) -> None:
        """Try Back, the menu and the address bar."""
        self.page.go_back()
        assert self.path == "/delegations/handover"
        assert not self.page.locator("#menu").count()
        for path in ("/delegations/clients", "/open", "/account", "/account/give-back"):
            self.goes(path)
            assert self.path == "/delegations/handover"

    def comes_back(self, name: str) -> None:
        """Sign in again with a printed code: the app shows each code once, and half a minute is not over yet."""
        account = self.site.facts["accounts"][name]
        work = self.site.core.work()
        try:
            number = identity_queries.account_by_name(work, fold_name(account["username"])).id
            code = work.do(identity.fresh_recovery_codes, number)[0]
        finally:
            work.session.close()
        self.goes("/sign-in")
        self.fills(username=account["username"], password=account["password"])
        self.goes_on()
        self.fills(code=code)
        self.goes_on()

    def is_banner_there(self) -> bool:
        """Say whether the page names Hemi, and offers to end it."""
        banner = self.page.locator(".beside")
        return bool(banner.count()) and "Hemi" in (banner.text_content() or "")


@pytest.mark.parametrize(("tag", "scripts"), LANGUAGES)
def test_a_worker_helps_at_one_laptop_and_keeps_nothing(fresh_site, browser, tag, scripts):
    record = record_ref(fresh_site, "sina", "example-housing", "tenancy", "EX-T-20417")
    laptop = Laptop.at(fresh_site, browser, tag, scripts, viewport=DESK)
    phone = Person.at(fresh_site, browser, tag, scripts)
    laptop.signs_in("hemi")
    assert laptop.path == "/delegations/clients"
    laptop.hands_over()
    laptop.sees_in_english("Give the device to your client")
    laptop.shows_nothing_of_hemis()
    takes_over(laptop, phone)
    request, reference = asks(laptop, record)
    laptop.taps(".beside button")
    assert laptop.path == "/delegations/ended?why=done" and not laptop.page.locator("#menu").count()
    laptop.page.go_back()
    assert laptop.path.startswith("/sign-in")
    afterwards(laptop, phone, record, request, reference)
    at_the_desk(fresh_site, browser, tag, scripts, request)


def takes_over(laptop: Laptop, phone: Person) -> None:
    """A code from Sina's own phone, and her yes."""
    phone.signs_in("sina")
    phone.goes("/account")
    phone.taps("a[href$='/delegations/let']")
    phone.taps("main a.btn")
    phone.goes_on()
    laptop.fills(code="ABCD EFGH JKLM")
    laptop.goes_on()
    assert laptop.page.locator(".errors").count() == 1
    laptop.fills(code=phone.reads(".code.big"))
    laptop.goes_on()
    assert laptop.path == "/delegations/agree" and "Hemi" in laptop.reads(".head")
    laptop.taps("button[value=yes]")
    assert laptop.path == "/records" and laptop.is_banner_there()


def asks(laptop: Laptop, record: str) -> tuple[str, str]:
    """She asks to fix what she owes; the banner is on every page, and what is shut is not offered."""
    laptop.goes(f"/records/{record}")
    assert laptop.is_banner_there()
    assert not laptop.page.locator("a[href*='/bundles'], a[href*='/note/'], a[href*='/change/']").count()
    for shut in ("/bundles", "/records/download", "/account", "/notices/contact"):
        assert laptop.goes(shut).status == 403, shut
    laptop.goes(f"/records/{record}")
    laptop.asks_to_fix("owing")
    assert laptop.is_banner_there()
    laptop.says("0")
    laptop.gives_a_reason("It was paid in June.")
    laptop.has_nothing_to_show()
    laptop.wants_the_answer_here_only()
    assert laptop.is_banner_there()
    laptop.goes_on()
    assert laptop.path.endswith("/sent") and laptop.is_banner_there()
    reference = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", laptop.reads())
    assert reference
    return laptop.ref, reference[0]


def afterwards(laptop: Laptop, phone: Person, record: str, request: str, reference: str) -> None:
    """Hemi signs in again: a number and a day. Sina finds the help on her request and among who has looked."""
    laptop.comes_back("hemi")
    laptop.sees(reference)
    assert "Sina" not in laptop.reads() and not laptop.page.locator(f"a[href*='{request}']").count()
    for path in (f"/corrections/{request}", f"/records/{record}"):
        assert laptop.goes(path).status == 403, path
    laptop.leaves()
    phone.goes(f"/corrections/{request}")
    phone.sees("Hemi")
    phone.sees_in_english("Made with help from Hemi")
    phone.goes("/access-log")
    phone.sees("Hemi")
    phone.sees_in_english("The pages you opened while they sat beside you")
    phone.goes("/notices")
    assert phone.page.locator("a[href$='/delegations/let']").count()
    phone.leaves()


def at_the_desk(site, browser, tag: str, scripts: bool, request: str) -> None:
    """Staff who answer read with whose help it was made."""
    priya: Someone = Staff.at(site, browser, tag, scripts, viewport=DESK)
    priya.signs_in("priya")
    priya.goes(f"/casework/{request}")
    priya.sees("Hemi")
    priya.sees_in_english("Made with help from Hemi")
    priya.leaves()
