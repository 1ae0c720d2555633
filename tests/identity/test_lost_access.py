"""Getting back in without any factor left: two workers, one code, an hour in which the owner can stop it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.base.ledger import Leaf
from portal.base.problems import Conflict, Invalid, NotThere
from portal.identity import service
from portal.identity.models import External, Passkey, Recovery, RecoveryCode, SignInSession
from portal.identity.permissions import Actor
from portal.notices import service as notices
from tests.identity import factory, people
from tests.identity.people import as_, look

NOW = factory.NOW
LATER = NOW + timedelta(hours=1)
NEW = "eleven kererū over Otaki"
CARD = "/en/sign-in/help/code"


@pytest.fixture
def place(clock, store):
    return people.provider(store)


@pytest.fixture
def hemi(store, place):
    return people.colleague(store, "hemi", place, "frontline")


@pytest.fixture
def aroha(store, place):
    return people.colleague(store, "aroha", place, "frontline")


@pytest.fixture
def card(store, sina, hemi, aroha):
    """The code for Sina that both workers agreed on at the factory's moment."""
    return people.given_back(store, hemi, aroha, "sina")[1]


def shown(browser):
    """The key that the page shows, and a code that an app with it gives."""
    key = re.search(r'id="key"[^>]*>([^<]+)<', browser.get("/en/sign-in/help/new").text)[1]
    return key


def test_sina_gets_back_in_with_the_card_of_two_workers(clock, store, sina, card, browser, app):
    elsewhere = factory.Browser(app).sign_in(sina)
    clock.move_to(LATER)
    assert browser.send(CARD, username="Sina", code=card.lower()).location.endswith("/en/sign-in/help/new")
    code = people.app_code(shown(browser), LATER)
    made = browser.send("/en/sign-in/help/new", password=NEW, code=code)
    assert made.status_code == 200 and len(re.findall(r"<li>[A-Z2-9]{4}-", made.text)) == 8
    assert browser.get("/en/records").status_code == 200
    assert elsewhere.get("/en/records").status_code == 303

    again = factory.Browser(app)
    assert again.password(sina).status_code == 400
    sina.password = NEW
    assert again.password(sina).status_code == 303
    assert again.send("/en/sign-in/code", code=sina.codes[0]).status_code == 400
    assert again.send("/en/sign-in/code", code=sina.code(LATER)).status_code == 400


def test_every_old_factor_is_gone_and_both_steps_are_in_the_ledger(clock, store, sina, card):
    before = store.work().session.scalar(select(func.count()).select_from(Leaf))
    put_other_factors(store, sina)
    token = store.work(now=LATER).do(service.begin_back, "sina", card)
    actor = service.actor_of(store.work(now=LATER), token)[0]
    code = people.app_code(service.new_app_secret(store.work(actor, LATER)), LATER)
    hashed = service.new_password(NEW, "sina")
    store.work(actor, LATER).do(service.finish_back, hashed, code)
    session = store.work().session
    for table in (Passkey, External):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    mine = select(func.count()).where(RecoveryCode.account_id == sina.id)
    assert session.scalar(mine) == 8
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 1
    assert session.scalar(select(Recovery.state)) == "used"
    assert session.scalar(select(func.count()).select_from(Leaf)) > before
    told = notices.newest(store.work(Actor("account", sina.id, sina.person_id)))
    assert [one.kind for one in told] == ["access_given_back", "access_asked_back"]


def put_other_factors(store, sina):
    def _put(work):
        keys = {"fingerprint": b"k" * 32, "account_id": sina.id, "made_at": NOW}
        work.session.add(Passkey(**keys, id=7, document=b"sealed", sign_count=0))
        work.session.add(External(**keys, provider="somewhere"))

    store.work(now=NOW).do(_put)


def test_a_wrong_code_of_the_app_keeps_everything_as_it_was(clock, store, sina, card, browser, app):
    clock.move_to(LATER)
    browser.send(CARD, username="sina", code=card)
    answer = browser.send("/en/sign-in/help/new", password=NEW, code="000000")
    assert answer.status_code == 400 and "That code did not work" in answer.text
    short = browser.send("/en/sign-in/help/new", password="short", code="000000")
    assert short.status_code == 400 and "10 characters" in short.text
    assert factory.Browser(app).password(sina).status_code == 303


SAYS = {
    "early": (NOW + timedelta(minutes=59), "does not work yet. Minutes to wait: 1"),
    "late": (NOW + timedelta(hours=48, minutes=1), "This code has expired."),
}


@pytest.mark.parametrize(("moment", "sentence"), SAYS.values(), ids=SAYS)
def test_the_holder_of_the_right_code_is_told_what_to_do(clock, sina, card, browser, moment, sentence):
    clock.move_to(moment)
    assert sentence in browser.send(CARD, username="sina", code=card).text
    other = browser.send(CARD, username="tame", code=card)
    assert sentence not in other.text and "do not go together" in other.text


def test_a_used_code_says_used_and_a_stopped_one_stopped(clock, store, sina, hemi, aroha, card, browser, app):
    clock.move_to(LATER)
    second = people.given_back(store, hemi, aroha, "sina", now=LATER, asked_at=NOW)[1]
    browser.send(CARD, username="sina", code=card)
    browser.send("/en/sign-in/help/new", password=NEW, code=people.app_code(shown(browser), LATER))
    stranger = factory.Browser(app)
    assert "This code was used" in stranger.send(CARD, username="sina", code=card).text
    assert "This code was stopped" in stranger.send(CARD, username="sina", code=second).text
    assert "do not go together" in stranger.send(CARD, username="sina", code="A" * 16).text


def test_the_owner_is_told_at_once_and_stops_it_even_after_the_code_was_taken(
    clock, store, sina, card, browser, app
):
    owner = factory.Browser(app).sign_in(sina)
    assert "Someone says in person that they are you" in owner.get("/en/notices").text
    clock.move_to(LATER)
    owner.sign_in(sina, code=sina.codes[0])
    browser.send(CARD, username="sina", code=card)
    code = people.app_code(shown(browser), LATER)
    assert "Example Provider" in owner.get("/en/account/asked-back").text
    assert owner.send("/en/account/asked-back").status_code == 303
    assert browser.send("/en/sign-in/help/new", password=NEW, code=code).status_code in (303, 400)
    assert "This code was stopped" in factory.Browser(app).send(CARD, username="sina", code=card).text
    assert factory.Browser(app).password(sina).status_code == 303


def jobs(store):
    from portal.base.outbox import OutboxRow

    return store.work().session.scalars(select(OutboxRow)).all()


def test_a_name_that_nobody_has_looks_the_same_all_along(clock, store, sina, hemi, aroha, app):
    worker = factory.Browser(app).sign_in(hemi)
    # The organisation's first one makes its key, and the first page reads the catalogue.
    worker.get("/en/account/give-back")
    as_(store, hemi, service.ask_back, "mere", ["photo"], "")
    seen = {}
    for name in ("sina", "nola"):
        with factory.statements(app) as statements:
            answer = worker.send("/en/account/give-back/new", username=name, saw="photo", words="")
        ref = answer.location.rpartition("/")[2]
        page = factory.bare(worker.get(answer.location)).replace(ref, "REF").replace(name, "NAME")
        seen[name] = (answer.status_code, statements, page)
    assert seen["sina"] == seen["nola"]
    code = people.given_back(store, hemi, aroha, "nola")[1]
    clock.move_to(LATER)
    answer = factory.Browser(app).send(CARD, username="nola", code=code)
    assert answer.status_code == 400 and "do not go together" in answer.text


def test_a_known_and_an_unknown_name_cost_the_same_work_at_the_card(clock, sina, card, app):
    clock.move_to(LATER)
    seen = {}
    for name in ("sina", "nola"):
        browser = factory.Browser(app)
        with factory.statements(app) as statements:
            answer = browser.send(CARD, username=name, code="B" * 16)
        seen[name] = (answer.status_code, statements, factory.bare(answer).replace(name, "NAME"))
    assert seen["sina"] == seen["nola"]


def test_the_one_who_asked_cannot_approve_and_no_other_organisation_sees_it(clock, store, sina, hemi, app):
    ref = as_(store, hemi, service.ask_back, "sina", ["known"], "")
    number = service.recovery.ids.decode(ref)
    with pytest.raises(Invalid):
        as_(store, hemi, service.approve_back, number)
    other = people.colleague(store, "nia", people.provider(store, "example-other", "Other"), "frontline")
    for verb in (service.approve_back, service.refuse_back):
        with pytest.raises(NotThere):
            as_(store, other, verb, number)
    assert look(store, other, service.asked_here) == []
    assert factory.Browser(app).sign_in(other).get(f"/en/account/give-back/{ref}").status_code == 404


def test_a_decided_request_is_decided_once(clock, store, sina, hemi, aroha):
    ref, _code = people.given_back(store, hemi, aroha, "sina")
    for verb in (service.approve_back, service.refuse_back):
        with pytest.raises(Conflict):
            as_(store, aroha, verb, ref)


def test_an_account_with_a_role_is_never_given_back_by_a_provider(clock, store, sina, hemi, aroha, place):
    store.work(now=NOW).do(service.add_membership, sina.id, place, "administrator")
    code = people.given_back(store, hemi, aroha, "sina")[1]
    assert store.work(now=LATER).do(service.begin_back, "sina", code) is None


def test_two_workers_hand_over_a_card_on_their_own_screens(clock, store, sina, hemi, aroha, app):
    first, second = factory.Browser(app).sign_in(hemi), factory.Browser(app).sign_in(aroha)
    new = "/en/account/give-back/new"
    empty = first.send(new, username="sina")
    assert empty.status_code == 400 and "Tick at least one" in empty.text and 'value="sina"' in empty.text
    assert "Describe below what you saw" in first.send(new, username="sina", saw="other").text
    place = first.send(new, username="sina", saw="other", words="A tattoo that I know.").location
    assert "A colleague approves this" in first.get(place).text
    assert first.send(place, answer="approve").status_code == 400
    page = second.get("/en/account/give-back").text
    assert "sina" in page and "Hemi Example" in page
    card = second.send(place, answer="approve")
    assert re.search(r'id="code"[^>]*>([A-Z2-9]{4}-){3}[A-Z2-9]{4}<', card.text)
    assert "sina" not in card.text.lower(), "the card names nobody"
    assert "This was decided" in second.get(place).text


def test_a_person_and_an_adviser_cannot_open_the_workers_pages(clock, store, sina, place, app):
    adviser = people.colleague(store, "priya", place, "caseworker")
    for known in (sina, adviser):
        answer = factory.Browser(app).sign_in(known).get("/en/account/give-back")
        assert answer.status_code == 403 and "Only a worker of a provider" in answer.text


def test_the_help_page_never_asks_for_a_secret_question(browser):
    page = browser.get("/en/sign-in/help").text
    assert "<input" not in page.split("<main")[1] and CARD in page


def asked(store, worker, username="sina"):
    """A worker asks at the factory's moment: the request's ref."""
    return service.recovery.ids.decode(as_(store, worker, service.ask_back, username, ["photo"], ""))


def test_the_hour_begins_when_the_owner_is_told_in_their_safe_hours(clock, store, sina, hemi, aroha, browser):
    # Mail is safe from 18 to 20 o'clock only; the workers ask at two in the afternoon.
    def put(work):
        notices.put_contact(work, sina.person_id, "email", "s@example.test", safe_from=18, safe_until=20)

    store.work(now=NOW).do(put)
    card = people.given_back(store, hemi, aroha, "sina")[1]
    for hours, minutes in ((1, 60 * 4), (4, 60)):
        clock.move_to(NOW + timedelta(hours=hours))
        early = browser.send(CARD, username="sina", code=card)
        assert f"Minutes to wait: {minutes}." in early.text
    clock.move_to(NOW + timedelta(hours=5))
    assert browser.send(CARD, username="sina", code=card).status_code == 303


def test_while_the_owner_was_not_told_the_code_works_for_nobody(clock, store, sina, hemi, aroha, browser):
    ref = asked(store, hemi)
    card = as_(store, aroha, service.approve_back, ref)
    clock.move_to(LATER)
    assert "does not work yet. Wait an hour" in browser.send(CARD, username="sina", code=card).text
    [about] = [job.about for job in jobs(store) if job.job == "identity.tell_owner"]
    for _again in range(2):
        store.work(now=LATER).do(service.tell_owner, about)
    clock.move_to(LATER + timedelta(minutes=59))
    assert "Minutes to wait: 1." in browser.send(CARD, username="sina", code=card).text
    told = notices.newest(store.work(Actor("account", sina.id, sina.person_id)))
    assert [one.kind for one in told] == ["access_asked_back"]


def test_two_colleagues_whom_an_administrator_invented_give_nothing_back(
    clock, store, sina, hemi, place, app
):
    invented = people.colleague(store, "nobody", place, "frontline", vouched=False)
    with pytest.raises(Invalid, match="14 days"):
        as_(store, invented, service.ask_back, "sina", ["photo"], "")
    new = factory.Browser(app).sign_in(invented)
    kept = new.send("/en/account/give-back/new", username="sina", saw="photo", words="")
    assert kept.status_code == 400 and "14 days" in kept.text and 'value="sina"' in kept.text
    ref = asked(store, hemi)
    with pytest.raises(Invalid, match="14 days"):
        as_(store, invented, service.approve_back, ref)
    later = NOW + timedelta(days=14)
    ref = as_(store, hemi, service.ask_back, "sina", ["photo"], "", now=later)
    assert as_(store, invented, service.approve_back, service.recovery.ids.decode(ref), now=later)
