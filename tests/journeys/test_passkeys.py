"""Passkeys in a real browser with a virtual authenticator: made, used, removed, broken off, and not there."""

from dataclasses import replace

import pytest

from tests.journeys.people import Person
from tests.looks.test_in_a_browser import Looker
from tests.looks.visiting import Place

ASK = "[data-passkey] button"
LANGUAGES = pytest.mark.parametrize("tag", ["en", "mi"])


class Device:
    """The screen lock of the device that somebody's browser runs on."""

    def __init__(self, someone, **options):
        self.cdp = someone.page.context.new_cdp_session(someone.page)
        self.cdp.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        kind |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": kind | options})
        self.id = made["authenticatorId"]

    def credentials(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def unlocks(self, works):
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": works})


@pytest.fixture
def named(fresh_site):
    """The site under the name of this machine: browsers make no passkey for a number."""
    return replace(fresh_site, url=fresh_site.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def someone(named, browser, request):
    found = Person.at(named, browser, getattr(request, "param", "en"), True)
    yield found
    found.leaves()


def signs_out(someone):
    someone.goes("/account")
    someone.taps("main form[action$='/sign-out'] button")


@pytest.mark.parametrize("someone", ["en", "mi"], indirect=True)
def test_sina_makes_a_passkey_signs_in_with_it_and_removes_it(someone):
    device, tag = Device(someone), someone.tag
    someone.signs_in("sina")
    someone.goes("/account/passkeys")
    someone.fills(name="Papa's phone")
    someone.taps(ASK)
    someone.page.locator("ul.toc", has_text="Papa's phone").wait_for()
    kept = device.credentials()
    assert [one["isResidentCredential"] for one in kept] == [True] and kept[0]["rpId"] == "localhost"
    signs_out(someone)

    someone.goes("/sign-in")
    someone.taps(ASK)
    someone.page.wait_for_url(f"**/{tag}/records")
    assert someone.goes("/account/codes").status == 200
    someone.goes("/sign-in/again")
    someone.taps(ASK)
    someone.page.wait_for_url(f"**/{tag}/records")

    someone.goes("/account/passkeys")
    someone.taps("ul.toc a")
    someone.taps("#the-form button.stop")
    someone.page.wait_for_url(f"**/{tag}/account/passkeys")
    assert someone.page.locator("ul.toc").count() == 0
    signs_out(someone)
    someone.goes("/sign-in")
    someone.taps(ASK)
    # The device still has it; here it opens nothing.
    someone.page.locator(".errors").wait_for()
    assert someone.path == "/sign-in"


@pytest.mark.parametrize("someone", ["en", "mi"], indirect=True)
def test_somebody_joins_with_a_screen_lock_and_no_app(someone):
    Device(someone)
    someone.goes("/join")
    someone.fills(full_name="Mere Ōkura", username="mere.o", password="three small words and a tide")
    someone.fills(birth_date__day="4", birth_date__month="5", birth_date__year="1992")
    someone.goes_on()
    someone.taps(ASK)
    someone.page.locator("ol.code li").first.wait_for()
    assert someone.page.locator("ol.code li").count() == 8
    signs_out(someone)
    someone.goes("/sign-in")
    someone.taps(ASK)
    someone.page.wait_for_url(f"**/{someone.tag}/records")


def test_after_a_password_the_passkey_is_the_second_step(someone):
    Device(someone)
    someone.signs_in("sina")
    someone.goes("/account/passkeys")
    someone.taps(ASK)
    someone.page.locator("ul.toc").wait_for()
    signs_out(someone)
    account = someone.site.facts["accounts"]["sina"]
    someone.goes("/sign-in")
    someone.fills(username=account["username"], password=account["password"])
    someone.goes_on()
    someone.taps(ASK)
    someone.page.wait_for_url("**/en/records")


def test_a_device_that_does_not_unlock_leaves_the_page_as_it_was(someone):
    device = Device(someone)
    someone.signs_in("sina")
    someone.goes("/account/passkeys")
    device.unlocks(False)
    someone.fills(name="Mine")
    someone.taps(ASK)
    fault = someone.page.locator("[data-passkey] .msg")
    fault.wait_for()
    assert "Nothing came back." in fault.text_content()
    assert someone.page.input_value("[name=name]") == "Mine" and device.credentials() == []
    device.unlocks(True)
    someone.taps(ASK)
    someone.page.locator("ul.toc", has_text="Mine").wait_for()
    # The same device is told that it has one already.
    someone.taps(ASK)
    fault.wait_for()
    assert "already" in fault.text_content() and len(device.credentials()) == 1


@LANGUAGES
def test_without_script_there_is_no_button_and_the_password_works(named, browser, tag):
    someone = Person.at(named, browser, tag, False)
    someone.goes("/sign-in")
    assert not someone.page.locator(ASK).is_visible()
    someone.signs_in("sina")
    assert someone.path == "/records"
    someone.leaves()


def test_at_a_number_the_page_says_where_passkeys_work(fresh_site, browser):
    someone = Person.at(fresh_site, browser, "en", True)
    someone.goes("/sign-in")
    assert someone.page.locator("[data-passkey]").count() == 0
    someone.signs_in("sina")
    someone.goes("/account/passkeys")
    name = fresh_site.url.replace("127.0.0.1", "localhost")
    assert someone.page.locator(f"main a[href='{name}/en/account/passkeys']").count() == 1
    someone.leaves()


def test_pages_that_ask_a_passkey_are_fine_on_a_phone_by_day_and_night(someone, axe_source):
    looker, device = Looker(someone.page, axe_source), Device(someone)

    def looks(endpoint, path):
        for tag in ("en", "mi"):
            looker.opens(Place("sina", endpoint, path), tag)
            looker.fits((375, 740))
            looker.fits((320, 640))
            looker.taps()
            looker.axe("light")
            looker.axe("dark", ["color-contrast", "color-contrast-enhanced"])

    looks("identity.sign_in", "/sign-in")
    someone.signs_in("sina")
    looks("identity.passkeys", "/account/passkeys")
    someone.goes("/account/passkeys")
    someone.taps(ASK)
    someone.page.locator("ul.toc a").wait_for()
    assert len(device.credentials()) == 1
    looks("identity.step_up", "/sign-in/again")
    assert looker.found == []
