"""Paper that is found, photographed or guessed: it opens nothing alone, tries are counted, answers are alike."""

from datetime import timedelta

import pytest
import time_machine
from limits import RateLimitItemPerMinute

from portal.access_requests import queries as asking_queries
from portal.access_requests import service as asking
from portal.agencies.service import slips
from portal.base import ids
from portal.base.attempts import LIMITS
from portal.bundles import service as bundles
from portal.corrections import service as corrections
from portal.identity import passwords, rules
from portal.identity.models import Account, PaperCard
from portal.identity.service.accounts import fresh_recovery_codes
from portal.notices import service as notices
from tests.access_requests import factory as rooms
from tests.bundles import factory as shares
from tests.corrections import factory as fixing
from tests.identity import factory
from tests.identity.factory import Browser, bare, statements
from tests.threats.test_sessions import code_now
from tests.threats.test_sign_in import With, at

CARD, OLD = "ABCD-EFGH", "JKLM-NPQR"


@pytest.fixture
def clock():
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hashed(monkeypatch):
    """Every real comparing, as it happens."""
    seen, real = [], passwords._hasher.verify

    def _see(*given):
        seen.append("verify")
        return real(*given)

    monkeypatch.setattr(passwords, "_hasher", With(passwords._hasher, "verify", _see))
    return seen


@pytest.fixture
def mere(clock, store):
    """Somebody with a card, and an older one in whose place it stands."""
    known = factory.account(store, "mere")

    def _print(work):
        for code, ended in ((CARD, None), (OLD, work.now)):
            key = work.keys.digest("paper-card", ids.fold_code(code))
            given = {"fingerprint": key, "account_id": known.id, "made_at": work.now, "ended_at": ended}
            work.session.add(PaperCard(**given))
        known.codes = fresh_recovery_codes(work, known.id, rules.PAPER_CODES)

    store.work(now=factory.NOW).do(_print)
    return known


def tried(browser, hashed, path, **answers):
    """What a wrong try is answered, and the work that it took."""
    hashed.clear()
    page = browser.get(path).text
    with statements(browser.app) as seen:
        answer = browser.post(path, {**factory.hidden(page), **answers})
    text = bare(answer)
    for typed in answers.values():
        text = text.replace(f'value="{typed}"', "")
    return answer.status_code, text, list(seen), list(hashed)


def test_a_found_card_an_old_one_and_one_that_nobody_has_are_answered_alike(mere, app, hashed):
    browser = Browser(app)
    tries = [
        tried(at(browser, f"10.0.0.{no}"), hashed, "/en/sign-in/card", card=card, password="a wrong one here")
        for no, card in enumerate((CARD, OLD, "ZZZZ-YYYY", "not a code"))
    ]
    assert tries[0][0] == 400 and tries[0][3] == ["verify"]
    assert all(one == tries[0] for one in tries)


def test_a_photo_of_card_and_list_opens_nothing_without_the_password_and_tries_are_counted(mere, app):
    thief = Browser(app)
    for guess in ("", "Mere", mere.codes[0]):
        assert thief.send("/en/sign-in/card", card=CARD, password=guess).status_code == 400
    answers = [thief.send("/en/sign-in/card", card=CARD, password=f"guess {no}") for no in range(30)]
    assert answers[-1].status_code == 429 and "Retry-After" not in answers[0].headers
    assert thief.get("/en/records").status_code == 303
    herself = at(Browser(app), "10.1.1.1")
    assert herself.send("/en/sign-in/card", card=CARD, password=mere.password).location == "/en/sign-in/code"
    assert herself.send("/en/sign-in/code", code=mere.codes[0]).status_code == 303
    assert herself.get("/en/records").status_code == 200


def test_an_old_card_that_is_tried_is_told_to_its_owner_at_the_next_sign_in(mere, store, app):
    Browser(app).send("/en/sign-in/card", card=OLD, password=mere.password)
    herself = at(Browser(app), "10.1.1.1")
    herself.send("/en/sign-in/card", card=CARD, password=mere.password)
    herself.send("/en/sign-in/code", code=mere.codes[0])
    assert "Someone tried an old card or code of yours." in herself.get("/en/notices").text


def test_a_used_code_and_a_wrong_one_cost_the_same(mere, app, hashed):
    first = Browser(app)
    first.send("/en/sign-in/card", card=CARD, password=mere.password)
    first.send("/en/sign-in/code", code=mere.codes[0])
    second = at(Browser(app), "10.1.1.1")
    second.send("/en/sign-in/card", card=CARD, password=mere.password)
    tries = [tried(second, hashed, "/en/sign-in/code", code=code) for code in (mere.codes[0], "AAAA" * 4)]
    assert tries[0] == tries[1] and tries[0][0] == 400


@pytest.fixture
def room(store):
    with time_machine.travel(fixing.NOW, tick=False):
        yield rooms.room(store)


def slip_of(room):
    """Send a request, print its slip, and give request and code."""
    batch, sina = room.draft(), room.town.sina
    room.do(asking.submit, batch, actor=sina, now=fixing.NOW)
    room.do(asking.print_slips, batch, actor=sina, now=fixing.NOW)
    work = room.town.work(now=fixing.NOW)
    return asking_queries.sent_with(work, batch)[0], asking.slips_of(work, batch)[0][1]


def test_a_slip_says_a_day_and_no_name_and_every_other_code_costs_the_same(room, app, hashed):
    ask, code = slip_of(room)
    anybody = Browser(app)
    right = tried(anybody, hashed, "/en/access-requests/where", code=code.lower())
    assert right[0] == 200 and "They still have to answer" in right[1]
    for kept in (ask.agency.name, ask.reference, "Sina", "refus"):
        assert kept not in right[1]
    wrong = [
        tried(anybody, hashed, "/en/access-requests/where", code=other)
        for other in ("ABCD-EFGH-JKLM", ask.reference, ids.encode(ask.ref), "x")
    ]
    assert all(one == wrong[0] for one in wrong) and wrong[0][0] == 400
    # Three reads for either, and a wrong one is counted besides.
    reads = [
        [one for one in found[2] if "FROM agencies_slip" in one or "_request " in one]
        for found in (right, wrong[0])
    ]
    assert reads[0] == reads[1] and len(reads[0]) == 3


def test_a_slip_follows_its_request_until_it_is_late_and_over_and_never_says_the_answer(room):
    ask, code = slip_of(room)
    at_first = asking.where(room.town.work(now=fixing.NOW), code)
    assert (at_first.state, at_first.due_on) == ("waits", ask.due_on)
    assert asking.where(room.town.work(now=fixing.NOW + timedelta(days=60)), code).state == "late"
    room.do(asking.withdraw, ask.ref, actor=room.town.sina, now=fixing.NOW)
    assert asking.where(room.town.work(now=fixing.NOW), code).state == "over"


def test_a_request_of_whom_nobody_printed_a_slip_cannot_be_asked_after(room):
    ref = room.one()
    work = room.town.work(now=fixing.NOW)
    assert slips.codes_of(work, [(room.town.agency_id, ref)]) == {}
    assert asking.where(work, slips._code(work, room.town.agency_id, ref)) is None


def test_a_slip_of_a_request_to_fix_is_asked_after_on_the_same_page(store):
    with time_machine.travel(fixing.NOW, tick=False):
        town = fixing.town(store)
        ref = town.sent({"note": "Calm."})
        town.do(corrections.print_slip, ref, actor=town.sina)
        ask, code = corrections.slip_of(town.work(), ref)
        found = asking.where(town.work(), code)
        assert (found.state, found.due_on) == ("waits", ask.due_on)


@pytest.mark.parametrize("discreet", [False, True])
def test_a_slip_names_the_agency_only_where_that_is_safe(room, app, discreet):
    ask, code = slip_of(room)
    mine = room.town.sina.account_id

    def _choose(work):
        work.session.get(Account, mine).discreet = discreet

    room.do(_choose, actor=room.town.sina, now=fixing.NOW)
    known = factory.Known(mine, "sina", [], room.town.sina.person_id, fixing.PASSWORD)
    sina = Browser(app)
    sina.password(known)
    assert sina.send("/en/sign-in/code", code=code_now()).status_code == 303
    page = sina.get(f"/en/access-requests/sent/{ids.encode(ask.batch)}/slip").text
    assert code in page and ask.reference in page
    assert (ask.agency.name in page) is not discreet
    assert ("Phone:" in page) is not discreet


def test_slips_of_all_strangers_are_counted_together(room, app, monkeypatch):
    monkeypatch.setitem(LIMITS, "open-share-wrong", RateLimitItemPerMinute(3, 10))
    _, code = slip_of(room)
    for no in range(3):
        anybody = at(Browser(app), f"10.0.0.{no}")
        assert anybody.send("/en/access-requests/where", code=ids.typed_code(12)).status_code == 400
    assert at(Browser(app), "10.0.0.9").send("/en/access-requests/where", code=code).status_code == 429


@pytest.fixture
def sina(store):
    return shares.a_person(store)


def stop_code(sina, ref):
    return sina.look(bundles.show_share, ref).stop_code


def test_the_kept_part_stops_a_share_with_the_passcode_only_and_answers_all_else_alike(sina, app, hashed):
    ref = sina.share()
    code, card = stop_code(sina, ref), sina.doors(ref)[1]
    anybody = Browser(app)
    wrong = [
        tried(anybody, hashed, "/en/open/stop", code=typed, passcode=passcode)
        for typed, passcode in (
            (code, "000001"), (card, shares.PASSCODE), ("ABCD-EFGH-JKLM", shares.PASSCODE), ("x", "1"),
        )
    ]  # fmt: skip
    assert all(one == wrong[0] for one in wrong) and wrong[0][0] == 400 and wrong[0][3] == ["verify"]
    assert sina.look(bundles.show_share, ref).facts.state == "live"
    done = anybody.send("/en/open/stop", code=code.lower(), passcode=shares.PASSCODE)
    assert done.status_code == 200 and "It is stopped" in done.text
    for kept in ("Sina", "Hemi", "Housing"):
        assert kept not in done.text
    again = tried(anybody, hashed, "/en/open/stop", code=code, passcode=shares.PASSCODE)
    assert again == wrong[0]
    assert sina.look(bundles.show_share, ref).facts.state == "ended"
    assert sina.look(notices.newest)[0].kind == "share_stopped"


def test_the_kept_part_opens_nothing_and_stops_a_share_that_is_paused_too(sina, app):
    ref = sina.share()
    code = stop_code(sina, ref)
    for kind in ("code", "link"):
        assert sina.knock(kind, ids.fold_code(code)) is None
    sina.do(bundles.pause)
    assert sina.do(bundles.stop_by_paper, sina.look(bundles.knock_to_stop, code, shares.PASSCODE))
    assert not sina.do(bundles.stop_by_paper, None)
    named_or_open = sina.share(
        link_alone=True, days=1, chosen=[{"record": sina.records["tenancy"], "fields": ["started_on"]}]
    )
    assert stop_code(sina, named_or_open) == ""


def test_tries_to_stop_are_counted_by_code_and_by_address(sina, app):
    code = stop_code(sina, sina.share())
    anybody = Browser(app)
    answers = [anybody.send("/en/open/stop", code=code, passcode="000001").status_code for _ in range(31)]
    assert answers == [400] * 30 + [429]
    elsewhere = at(Browser(app), "10.0.0.9")
    assert elsewhere.send("/en/open/stop", code=code, passcode="000001").status_code == 429
