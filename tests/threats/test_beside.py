"""T27: a worker beside a person at one device has nothing of theirs before, without them, or after."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal.base import ids
from portal.base.clock import utc_now
from portal.delegations import service
from portal.delegations.models import Assist, AssistRequest
from portal.identity.models import KeptForm, PaperCard, SignInSession
from portal.identity.service.accounts import fresh_recovery_codes
from portal.web.guards import SHUT_BESIDE
from tests.corrections import factory as fixing
from tests.corrections.factory import plain
from tests.identity import factory, people
from tests.threats.test_sessions import code_now

MINUTE = timedelta(minutes=1)
CHECKS = ["place", "language", "told", "agrees", "ends"]
TYPED = "14 Kōwhai Street, the blue house"
SHUT = (
    "/bundles", "/bundles/new", "/records/download", "/records/check", "/account", "/account/password",
    "/account/passkeys", "/account/app", "/account/codes", "/account/devices", "/account/safety", "/notices",
    "/notices/contact", "/agencies/link", "/agencies/hidden", "/agencies/counter", "/choices", "/story",
    "/access-log", "/delegations/let", "/delegations/let/code", "/delegations", "/delegations/new",
    "/delegations/help", "/delegations/clients", "/delegations/assist", "/open",
)  # fmt: skip
BANNER = "Hemi Example from Example Provider is helping you."


class Table:
    """A kitchen table: Hemi's laptop, Sina's phone, and what stands in the store."""

    def __init__(self, store, app, clock):
        self.store, self.app, self.clock = store, app, clock
        self.town = fixing.town(store)
        self.sina = factory.Known(
            self.town.sina.account_id, "sina", [], self.town.sina.person_id, fixing.PASSWORD
        )
        self.hemi = self.worker("hemi", people.provider(store))
        self.laptop = self.signs_in(self.hemi, self.hemi.code(utc_now()))

    def worker(self, name, agency_id):
        return people.colleague(self.store, name, agency_id, "frontline", now=utc_now())

    def signs_in(self, known, code):
        made = factory.Browser(self.app)
        made.password(known)
        answer = made.send("/en/sign-in/code", code=code)
        assert answer.status_code == 303, plain(answer.text)
        return made

    def phone(self):
        self.clock.shift(MINUTE)
        return self.signs_in(self.sina, code_now())

    def hands_over(self, laptop=None):
        return (laptop or self.laptop).send("/en/delegations/assist", checks=CHECKS)

    def code(self):
        page = self.phone().send("/en/delegations/let/code").text
        return re.search(r'class="code big"[^>]*>([^<]+)', page)[1]

    def begins(self, laptop=None):
        """Hand over, take over with a code from the phone, and agree."""
        laptop = laptop or self.laptop
        self.hands_over(laptop)
        assert laptop.send("/en/delegations/handover", code=self.code()).location == "/en/delegations/agree"
        return laptop.send("/en/delegations/agree", answer="yes")

    def prints_a_card(self, code):
        """Give Sina a paper card with a code, and her printed codes."""

        def _print(work):
            key = work.keys.digest("paper-card", ids.fold_code(code))
            work.session.add(PaperCard(fingerprint=key, account_id=self.sina.id, made_at=work.now))
            return fresh_recovery_codes(work, self.sina.id)

        return self.store.work(now=utc_now()).do(_print)

    def record(self):
        return f"/en/records/{ids.encode(self.town.record_ref)}"

    def count(self, table):
        with self.store.core.sessions() as session:
            return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def table(sqlite_store, sqlite_app):
    with time_machine.travel(fixing.NOW, tick=False) as clock:
        yield Table(sqlite_store, sqlite_app, clock)


def words(answer):
    """What a page says; names stand in elements of their own, so that a space comes before the next mark."""
    return plain(answer.get_data(as_text=True)).replace(" ,", ",").replace(" .", ".")


def test_nothing_starts_before_all_five_things_are_said_and_what_is_missing_is_listed(table):
    page = table.laptop.send("/en/delegations/assist", checks=["place", "agrees"])
    assert page.status_code == 400
    said = words(page)
    for missing in (
        "Ask about language and an interpreter.",
        "Tell them what you can see.",
        "Tell them how it ends.",
    ):
        assert missing in said
    assert "Find a private place first." not in said and page.text.count(" checked") == 2
    assert table.laptop.get("/en/delegations/clients").status_code == 200


def test_t27_from_the_hand_over_on_no_address_shows_anything_of_the_workers(table):
    old = table.laptop.token
    answer = table.hands_over()
    assert answer.location == "/en/delegations/handover"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    page = table.laptop.get(answer.location)
    assert "Give the device to your client" in words(page) and 'id="menu"' not in page.text
    for path in (
        "/delegations/clients",
        "/delegations/assist",
        "/open",
        "/account",
        "/records",
        "/casework",
        "/join",
        "/notices",
    ):
        led = table.laptop.get(f"/en{path}")
        assert (led.status_code, led.location) == (303, "/en/delegations/handover"), path
    table.laptop.carry(old)
    assert table.laptop.get("/en/delegations/clients").location == "/en/sign-in?next=/en/delegations/clients"


def test_t27_no_other_way_to_sign_in_leads_round_the_question(table):
    table.hands_over()
    for path in ("/sign-in/help/code", "/sign-in/help/new", "/sign-in/with", "/join/app", "/join/with"):
        assert table.laptop.get(f"/en{path}").location == "/en/delegations/handover", path
    assert table.laptop.get("/sign-in/back").location.endswith("/delegations/handover")
    table.laptop.password(table.sina)
    assert table.laptop.get("/en/records").location == "/en/delegations/handover"
    answer = table.laptop.send("/en/sign-in/code", code=code_now())
    assert answer.location == "/en/delegations/agree"
    assert table.laptop.get("/en/records").location == "/en/delegations/agree"


def test_t27_before_a_yes_nothing_is_kept_and_after_a_no_nothing_is_there(table):
    table.hands_over()
    table.laptop.send("/en/delegations/handover", code=table.code())
    page = table.laptop.get("/en/delegations/agree")
    assert "Hemi Example from Example Provider wants to help you." in words(page)
    no = table.laptop.send("/en/delegations/agree", answer="no")
    assert no.location == "/en/delegations/ended?why=stopped"
    assert no.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert table.count(Assist) == 0 and table.laptop.client.get_cookie("portal") is None
    assert "helps you" not in words(table.phone().get("/en/notices"))


def test_the_worker_can_stop_before_anybody_signed_in(table):
    table.hands_over()
    answer = table.laptop.send("/en/delegations/handover", to="/en/delegations/handover/stop")
    assert answer.location == "/en/delegations/ended?why=stopped"
    assert table.count(SignInSession) == 0


def test_t27_only_seeing_and_asking_is_open_beside_a_worker_and_the_rest_says_why_not(table):
    assert table.begins().location == "/en/records"
    for path in ("/records", "/corrections", "/access-requests", "/guide", "/records/search"):
        page = table.laptop.get(f"/en{path}")
        assert page.status_code == 200 and BANNER in words(page), path
    shown = table.laptop.get(table.record()).text
    assert BANNER in plain(shown)
    for shut in (
        "/bundles",
        "/note/",
        "/change/",
        "/account",
        "/access-log",
        "/choices",
        "/story",
        "/notices",
    ):
        assert f"{shut}" not in shown.replace("/en/sign-out", ""), shut
    for path in SHUT:
        answer = table.laptop.get(f"/en{path}")
        assert answer.status_code == 403 and SHUT_BESIDE in words(answer), path


def asks(table, browser):
    """Go through a request to fix the address, up to the page that sends it."""
    answers = {
        "fields": {"fields": "address"},
        "value": {"wish": "replace", "value": TYPED},
        "reason": {"reason": "We moved."},
        "proof": {},
        "reply": {"by": "here", "language": "en", "urgent": "no"},
    }
    step = f"/en/corrections/new/{ids.encode(table.town.record_ref)}"
    place = browser.send(step, fields="address").location
    while not place.endswith("/check"):
        place = browser.send(place, **answers[place.split("?")[0].split("/")[5]]).location
    return place


def test_t27_a_request_says_with_whose_help_and_the_worker_keeps_its_number_and_day_only(table):
    table.begins()
    sent = table.laptop.send(asks(table, table.laptop)).location
    reference = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", table.laptop.get(sent).text)[0]
    request = sent.replace("/sent", "")
    assert "Made with help from Hemi Example, Example Provider." in words(table.laptop.get(request))
    kept = table.laptop.token
    done = table.laptop.send("/en/records", to="/en/delegations/done")
    assert done.location == "/en/delegations/ended?why=done"
    assert done.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Nothing of yours is left on this device." in words(table.laptop.get(done.location))
    table.laptop.carry(kept)
    assert table.laptop.get("/en/records").location.startswith("/en/sign-in")
    table.clock.shift(MINUTE)
    again = table.signs_in(table.hemi, table.hemi.code(utc_now()))
    page = again.get("/en/delegations/clients")
    said = words(page)
    assert reference in said and "Example Homes" in said and "Due " in said and "No answer yet" in said
    for of_hers in ("Sina", "Kōwhai", "address", "12 Sample"):
        assert of_hers not in said
    for path in (request, table.record(), sent):
        assert again.get(path).status_code == 403
    phone = table.phone()
    assert "Made with help from Hemi Example, Example Provider." in words(phone.get(request))
    log = words(phone.get("/en/access-log"))
    assert (
        "Hemi Example" in log and "The pages you opened while they sat beside you" in log and "Until " in log
    )
    assert "at the latest" not in log
    assert "Someone from Example Provider helps you on their device." in words(phone.get("/en/notices"))


def test_staff_read_with_whose_help_a_request_was_made(table):
    table.begins()
    sent = table.laptop.send(asks(table, table.laptop)).location
    table.clock.shift(MINUTE)
    desk = table.signs_in(
        people.colleague(table.store, "kiri", table.town.agency_id, "caseworker"), code_now()
    )
    case = desk.get(f"/en/casework/{sent.split('/')[-2]}")
    assert "Made with help from Hemi Example, Example Provider." in words(case)


def test_t27_after_an_hour_it_ends_in_the_middle_of_a_form_and_the_person_goes_on_elsewhere(table):
    table.begins()
    begun = utc_now()
    check = asks(table, table.laptop)
    step = re.sub(r"/check.*", "/value/1", check)
    for _ in range(6):
        table.clock.shift(9 * MINUTE)
        given = factory.hidden(table.laptop.get(step).text)
    table.clock.shift(begun + 60 * MINUTE - utc_now())
    out = table.laptop.post(step, {**given, "wish": "replace", "value": "16 Rātā Street"})
    assert out.location == "/en/delegations/ended?why=time"
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    page = words(table.laptop.get(out.location))
    assert "Sign in on a device of your own to go on." in page and "Sina" not in page and "Rātā" not in page
    assert table.count(KeptForm) == 1 and table.count(AssistRequest) == 0
    phone = table.phone()
    assert "We kept it for an hour." in words(phone.get("/en/notices"))
    page = phone.get("/en/delegations/let").text
    way = re.search(r'href="([^"]+kept=yes)"', page)[1]
    back = phone.get(way)
    assert "16 Rātā Street" in back.text and "We kept what you wrote." in words(back)
    assert phone.send(way, wish="replace", value="16 Rātā Street").status_code == 303
    assert table.count(KeptForm) == 0


def test_whatever_is_wrong_with_a_code_is_one_page(table):
    table.hands_over()
    used = table.code()
    other = factory.Browser(table.app)
    table.worker("ana", people.provider(table.store, "example-second", "Second"))
    other = table.signs_in(factory.Known(0, "ana", []), table.hemi.code(utc_now()))
    table.hands_over(other)
    assert other.send("/en/delegations/handover", code=used).status_code == 303
    replaced, late = table.code(), table.code()
    pages = []
    for code in (used, replaced, "AAAA BBBB CCCC"):
        pages.append(table.laptop.send("/en/delegations/handover", code=code))
    table.clock.shift(16 * MINUTE)
    pages.append(table.laptop.send("/en/delegations/handover", code=late))
    said = {re.sub(r'value="[^"]*"', "", page.text) for page in pages}
    assert {page.status_code for page in pages} == {400} and len(said) == 1
    assert "That code does not work here." in said.pop()


def test_guessing_codes_is_counted_by_the_worker(table):
    table.hands_over()
    for _ in range(20):
        assert table.laptop.send("/en/delegations/handover", code="AAAA").status_code == 400
    assert table.laptop.send("/en/delegations/handover", code="AAAA").status_code == 429


def test_a_second_worker_at_once_is_refused_and_the_person_is_told(table):
    table.begins()
    table.worker("ana", people.provider(table.store, "example-second", "Second"))
    other = table.signs_in(factory.Known(0, "ana", []), table.hemi.code(utc_now()))
    answer = table.begins(other)
    assert answer.location == "/en/delegations/ended?why=elsewhere"
    assert "Hemi" not in words(other.get(answer.location))
    assert "in two places at once" in words(table.phone().get("/en/notices"))
    assert table.laptop.get("/en/records").status_code == 200


def test_the_person_stops_it_from_their_own_phone(table):
    table.begins()
    phone = table.phone()
    assert "Someone helps you now" in words(phone.get("/en/delegations/let"))
    assert phone.send("/en/delegations/let").status_code == 303
    assert "Someone helps you now" not in words(phone.get("/en/delegations/let"))
    assert table.laptop.get("/en/records").location.startswith("/en/sign-in")


def test_i_am_done_needs_the_pages_own_token(table):
    table.begins()
    assert table.laptop.post("/en/delegations/done").status_code == 303
    assert table.laptop.get("/en/records").status_code == 200


def test_leaving_quickly_ends_it_as_well(table):
    table.begins()
    kept = table.laptop.token
    table.laptop.get("/en/leave")
    table.laptop.carry(kept)
    assert table.laptop.get("/en/records").location.startswith("/en/sign-in")
    work = table.store.work()
    ref = work.session.scalar(select(Assist.id))
    assert service.ends_of(work, table.sina.person_id, [ref])[ref][1]


def test_somebody_without_a_phone_takes_over_with_a_paper_card_and_gets_new_codes_only(table):
    """J5 with paper: the card stays as it is, so that a worker who reads the new list has one thing of three."""
    codes = table.prints_a_card("ABCD-EFGH")
    table.hands_over()
    assert 'href="/en/sign-in/card"' in table.laptop.get("/en/delegations/handover").text
    first = table.laptop.send("/en/sign-in/card", card="abcd efgh", password=table.sina.password)
    assert first.location == "/en/sign-in/code"
    assert table.laptop.send("/en/sign-in/code", code=codes[0]).location == "/en/delegations/agree"
    assert table.laptop.get("/en/account/paper").status_code == 303
    table.laptop.send("/en/delegations/agree", answer="yes")
    assert table.laptop.get("/en/account/paper").status_code == 200
    wrong = table.laptop.send("/en/account/paper", password="not hers at all")
    assert wrong.status_code == 400 and BANNER in words(wrong)
    made = table.laptop.send("/en/account/paper", password=table.sina.password)
    assert len(set(re.findall(r"<li>((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})", made.text))) == 20
    assert "ABCD" not in made.text and 'id="card"' not in made.text
    for shut in ("/account/codes", "/account/password", "/account/letter"):
        assert table.laptop.get(f"/en{shut}").status_code == 403
    assert "How you sign in was changed." in table.phone().get("/en/notices").text
