"""The pages of sharing: choose, preview, make, open, stop, in a browser without script."""

import re

import pytest

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import service
from portal.language.rules import LANGUAGES
from portal.records import service as records
from tests.bundles import serving
from tests.bundles.factory import (
    CANARY,
    PASSCODE,
    SAID,
    a_person,
    persons_browser,
    send,
    workers_browser,
)

WHO = {"recipient": "Hemi at the budget service", "purpose": "Help with a warm home", "days": "7"}


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def text_of(answer):
    return answer.get_data(as_text=True)


def ticked(page):
    return re.findall(r'<input type="checkbox"[^>]*value="([^"]+)" checked', page)


def boxes(page):
    return re.findall(r'<input type="checkbox"[^>]*value="([^"]+)"', page)


def ref_of(person, short):
    return ids.encode(person.look(_record, person.person_id, person.records[short])[0].ref)


def _record(work, person_id, record_id):
    from portal.records import queries

    return queries.for_record_ids(work, person_id, [record_id])


def choose(sina, mine, *shorts):
    """Tick records, and give the address of the page with their lines."""
    done = send(mine, "/en/bundles/new", records=[ref_of(sina, short) for short in shorts])
    assert done.status_code == 303
    return done.location


def make(sina, mine, *shorts):
    """Go through every step with the usual lines, and give the share's ref."""
    lines = choose(sina, mine, *shorts)
    preview = send(mine, lines, lines=ticked(text_of(mine.get(lines)))).location
    passcode = send(mine, preview.replace("preview", "who"), **WHO).location
    check = send(mine, passcode, passcode=PASSCODE).location
    made = send(mine, check)
    assert made.status_code == 303
    return ids.decode(made.location.rsplit("/", 1)[1])


def opening(sina, ref, passcode=PASSCODE):
    code = sina.look(service.code_of, ref)
    return {"code": code.lower(), "passcode": passcode, "name": "Hemi Ross", "why": "Help with a warm home"}


def seen(page):
    """The part of a page that shows what is shared, without the spaces between words."""
    return " ".join(page.split('<div id="seen">')[1].split("</section>")[0].split())


def test_the_preview_is_exactly_what_the_recipient_sees(sina, mine, visitor):
    sina.do(records.attach_statement, sina.person_id, sina.records["tenancy"], "address", SAID, "en", 7)
    lines = choose(sina, mine, "tenancy", "allergy")
    preview = send(mine, lines, lines=ticked(text_of(mine.get(lines)))).location
    before = seen(text_of(mine.get(preview)))
    passcode = send(mine, preview.replace("preview", "who"), **WHO).location
    check = send(mine, passcode, passcode=PASSCODE).location
    ref = ids.decode(send(mine, check).location.rsplit("/", 1)[1])
    opened = send(visitor, "/en/open", **opening(sina, ref))
    after = text_of(visitor.get(opened.location))
    assert seen(after) == before
    assert SAID in before and CANARY not in after


def test_nothing_is_kept_or_shared_before_the_last_button(sina, mine):
    lines = choose(sina, mine, "tenancy")
    preview = send(mine, lines, lines=ticked(text_of(mine.get(lines)))).location
    assert mine.get(preview).status_code == 200
    assert "You share nothing." in text_of(mine.get("/en/bundles"))


def test_other_people_and_safety_are_never_ticked_at_first(sina, mine):
    page = text_of(mine.get(choose(sina, mine, "concern", "tenancy", "visit")))
    concern = ref_of(sina, "concern")
    assert any(box.startswith(concern) for box in boxes(page))
    assert not any(box.startswith(concern) for box in ticked(page))
    assert "This may be about another person." in page


def test_an_unchecked_claim_brings_along_what_tells_about_it(sina, mine):
    lines = choose(sina, mine, "concern")
    said = f"{ref_of(sina, 'concern')}.said"
    page = text_of(mine.get(send(mine, lines, lines=[said]).location))
    for label in ("Received", "Told by", "What was said", "Looked into", "What they decided"):
        assert f">{label}</span>" in page
    assert "It may not have been checked." in page


def test_a_part_kept_from_the_person_cannot_be_ticked_and_says_why(sina, mine):
    details = {"lines": 3, "ground": "", "plain": "It names another tenant.", "decided_by": "privacy officer"}
    sina.do(records.withhold, sina.person_id, sina.records["tenancy"], "neighbour_note", details)
    page = text_of(mine.get(choose(sina, mine, "tenancy")))
    assert "Cannot be shared" in page and "It names another tenant." in page
    assert "neighbour_note" not in page


@pytest.mark.parametrize("answers", [{}, {"records": ["aaaaaaaaaaaaa"]}, {"records": ["x" * 500]}])
def test_ticking_nothing_of_ones_own_is_told_in_a_sentence(mine, answers):
    done = send(mine, "/en/bundles/new", **answers)
    assert (done.status_code, "Tick at least one record." in text_of(done)) == (400, True)


def test_a_missing_answer_keeps_what_was_typed(sina, mine):
    address = choose(sina, mine, "tenancy").replace("lines", "who")
    done = send(mine, address, recipient="", purpose="Help with a warm home", days="7")
    assert done.status_code == 400
    assert "Write who it is for." in text_of(done) and "Help with a warm home" in text_of(done)
    assert send(mine, address, **{**WHO, "days": "4000"}).status_code == 400


@pytest.mark.parametrize("weak", ["12345", "111111", "abc", "1" * 31])
def test_a_weak_passcode_is_told_in_a_sentence(sina, mine, weak):
    address = choose(sina, mine, "tenancy").replace("lines", "passcode")
    assert send(mine, address, passcode=weak).status_code == 400


def to_passcode(sina, mine, *shorts, days="7", once=""):
    """Go through the steps with the usual lines up to the one about the passcode, and give its address."""
    lines = choose(sina, mine, *shorts)
    preview = send(mine, lines, lines=ticked(text_of(mine.get(lines)))).location
    answers = WHO | {"days": days} | ({"once": "y"} if once else {})
    return send(mine, preview.replace("preview", "who"), **answers).location


def test_the_safe_answers_are_chosen_at_first_and_stay_as_the_person_changed_them(sina, mine):
    step = to_passcode(sina, mine, "tenancy")
    assert chosen(text_of(mine.get(step))) == {"opens": "passcode", "later": "yes"}
    done = send(mine, step, opens="link", later="no", passcode="")
    assert done.status_code == 303 and "needs no passcode" not in text_of(mine.get(done.location))
    assert "The link alone. Whoever gets it can read it all." in text_of(mine.get(done.location))
    assert chosen(text_of(mine.get(step))) == {"opens": "link", "later": "no"}
    assert send(mine, step, opens="passcode", later="no", passcode=PASSCODE).status_code == 303
    check = text_of(mine.get(done.location))
    assert "482 915" in check and "It stays as it is today" in check


def chosen(page):
    return dict(re.findall(r'<input type="radio"[^>]*name="(\w+)" value="(\w+)" checked', page))


def test_a_share_by_its_link_alone_has_a_code_to_scan_and_none_to_type(sina, mine, visitor):
    done = send(mine, to_passcode(sina, mine, "tenancy"), opens="link", later="yes", passcode="")
    made = send(mine, done.location).location
    page = text_of(mine.get(made))
    assert 'aria-label="QR code for this share"' in page and 'id="code"' not in page
    assert "Whoever scans or copies this can read all of it" in page and "Passcode" not in page
    assert mine.get(f"{made}/card").location == made
    links = re.findall(r"shlink:/[\w-]+", text_of(mine.get(f"{made}/link")))
    assert [serving.payload(one)["flag"] for one in links] == ["L", "LU"]
    assert len({serving.payload(one)["url"] for one in links}) == 1


def test_one_opening_by_the_link_alone_has_no_link_that_a_robot_could_follow(sina, mine):
    step = to_passcode(sina, mine, "tenancy", once="y")
    made = send(mine, send(mine, step, opens="link", later="no", passcode="").location).location
    links = re.findall(r"shlink:/[\w-]+", text_of(mine.get(f"{made}/link")))
    assert [serving.payload(one)["flag"] for one in links] == [""]


def test_the_link_alone_is_refused_for_longer_than_a_week_and_nothing_typed_is_lost(sina, mine):
    step = to_passcode(sina, mine, "tenancy", days="30")
    done = send(mine, step, opens="link", later="no", passcode="482 916")
    assert (done.status_code, "you can share for 1 week at most" in text_of(done)) == (400, True)
    assert chosen(text_of(done)) == {"opens": "link", "later": "no"} and "482 916" in text_of(done)
    assert chosen(text_of(mine.get(step))) == {"opens": "passcode", "later": "yes"}


def test_what_was_added_after_the_link_alone_was_chosen_is_refused_at_the_end(sina, mine):
    done = send(mine, to_passcode(sina, mine, "concern", "tenancy"), opens="link", passcode="")
    lines = done.location.replace("check", "lines")
    concern = f"{ref_of(sina, 'concern')}.told_by"
    send(mine, lines, lines=[*ticked(text_of(mine.get(lines))), concern])
    refused = send(mine, done.location)
    assert (refused.status_code, "needs a passcode" in text_of(refused)) == (400, True)
    assert sina.look(service.shares_of) == ([], None)
    step = done.location.replace("check", "passcode")
    assert "needs a passcode" in text_of(send(mine, step, opens="link", passcode=""))
    assert send(mine, step, opens="passcode", passcode=PASSCODE).status_code == 303
    assert send(mine, done.location).status_code == 303


def test_who_opens_what_stays_as_it_was_reads_of_which_day_it_is(sina, mine, visitor):
    step = to_passcode(sina, mine, "tenancy")
    made = send(mine, send(mine, step, later="no", passcode=PASSCODE).location).location
    ref = ids.decode(made.rsplit("/", 1)[1])
    assert "It is shown as it was on" in text_of(mine.get(made))
    address = send(visitor, "/en/open", **opening(sina, ref)).location
    assert "Where a mistake was fixed, you see what is right." in text_of(visitor.get(address))


def test_a_second_press_of_the_last_button_makes_no_second_share(sina, mine):
    lines = choose(sina, mine, "tenancy")
    send(mine, lines.replace("lines", "who"), **WHO)
    check = lines.replace("lines", "check")
    page = text_of(mine.get(check)).split('id="the-form"')[-1]
    sent = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    first, second = (mine.post(check, data=sent) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(sina.look(service.shares_of)[0]) == 1


def test_the_made_page_holds_code_and_link_but_no_passcode(sina, mine):
    ref = make(sina, mine, "tenancy")
    page = text_of(mine.get(f"/en/bundles/{ids.encode(ref)}"))
    assert sina.look(service.code_of, ref) in page
    link = text_of(mine.get(f"/en/bundles/{ids.encode(ref)}/link"))
    assert sina.look(service.link_of, ref, "http://localhost") in link and PASSCODE not in link
    assert 'aria-label="QR code for this share"' in page
    assert PASSCODE not in page


def test_the_card_to_print_names_nobody(sina, mine):
    ref = make(sina, mine, "tenancy")
    page = text_of(mine.get(f"/en/bundles/{ids.encode(ref)}/card"))
    assert sina.look(service.code_of, ref) in page
    main = page.split("<main")[1].split("</main>")[0]
    assert not any(word in main + page.split("</title>")[0] for word in ("Sina", "Hemi", PASSCODE))


def test_every_failure_to_open_gets_the_same_answer(sina, mine, visitor):
    ref = make(sina, mine, "tenancy")
    right = opening(sina, ref)
    sent = [{**right, "passcode": "000001"}, {**right, "code": "ABCDEFGHJKLM"}, {**right, "code": "x" * 40}]
    answers = [send(visitor, "/en/open", **one) for one in sent]
    assert {one.status_code for one in answers} == {400}
    for one in answers:
        assert "That did not work." in text_of(one) and "left" not in text_of(one).split("<main")[1]


def test_opening_again_after_a_wrong_try_works(sina, mine, visitor):
    ref = make(sina, mine, "tenancy")
    page = text_of(send(visitor, "/en/open", **opening(sina, ref, "000001")))
    hidden = {n: page.split(f'name="{n}" value="')[1].split('"')[0] for n in ("csrf_token", "nonce")}
    assert visitor.post("/en/open", data={**hidden, **opening(sina, ref)}).status_code == 303


def test_after_stopping_who_was_inside_gets_410_and_everybody_else_404(sina, mine, visitor, sqlite_app):
    ref = make(sina, mine, "tenancy")
    address = send(visitor, "/en/open", **opening(sina, ref)).location
    assert visitor.get(address).status_code == 200
    stranger = sqlite_app.test_client()
    unknown = stranger.get(f"/en/open/{ids.encode(ids.random63())}")
    assert stranger.get(address).data == unknown.data
    stopped = send(mine, f"/en/bundles/{ids.encode(ref)}/stop")
    assert stopped.status_code == 303
    ended = visitor.get(address)
    assert ended.status_code == 410 and "Sina" not in text_of(ended)
    assert stranger.get(address).data == unknown.data
    assert "You stopped it on" in text_of(mine.get(stopped.location))


def test_a_worker_who_is_signed_in_opens_under_their_own_name(sina, mine, sqlite_store, sqlite_app):
    ref = make(sina, mine, "tenancy")
    worker = workers_browser(sqlite_store, sqlite_app)
    answers = {**opening(sina, ref), "name": "Somebody Else"}
    assert send(worker, "/en/open", **answers).status_code == 303
    page = text_of(mine.get(f"/en/bundles/{ids.encode(ref)}"))
    assert "Ana Example" in page and "Example Medical Centre" in page and "Somebody Else" not in page
    assert "Opened 1 time." in page


def test_an_organisation_that_the_person_hid_is_not_named_by_its_openings(
    sina, mine, sqlite_store, sqlite_app
):
    ref = make(sina, mine, "tenancy")
    worker = workers_browser(sqlite_store, sqlite_app)
    assert send(worker, "/en/open", **opening(sina, ref)).status_code == 303
    clinic = catalogue.catalogue(sqlite_store.work()).by_slug("example-medical-centre")
    sina.do(agencies.hide, clinic.id)
    page = text_of(mine.get(f"/en/bundles/{ids.encode(ref)}"))
    assert "Ana Example" in page and "Example Medical Centre" not in page


def test_a_person_without_records_and_a_visitor_are_answered_kindly(sqlite_store, sqlite_app, visitor):
    assert visitor.get("/en/bundles").status_code == 303
    assert visitor.get("/en/open").status_code == 200


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_page_is_served_in_each_language(sina, mine, visitor, tag):
    ref = make(sina, mine, "tenancy", "concern")
    lines = choose(sina, mine, "tenancy", "concern").replace("/en/", f"/{tag}/")
    pages = ["/en/bundles/new", "/en/bundles", f"/en/bundles/{ids.encode(ref)}"]
    pages += [f"/en/bundles/{ids.encode(ref)}/{page}" for page in ("card", "link", "stop")]
    steps = [
        lines.replace("lines", step) for step in ("records", "lines", "preview", "who", "passcode", "check")
    ]
    for address in [*pages, *steps]:
        answer = mine.get(address.replace("/en/", f"/{tag}/"))
        assert answer.status_code == 200, address
        assert "style=" not in text_of(answer)
    opened = send(visitor, f"/{tag}/open", **opening(sina, ref))
    assert visitor.get(opened.location).status_code == 200


def test_nobody_elses_share_or_draft_is_there(sina, mine, sqlite_store, sqlite_app):
    ref = make(sina, mine, "tenancy")
    draft = choose(sina, mine, "tenancy")
    tame = persons_browser(a_person(sqlite_store, "Tame Example"), sqlite_app)
    nothing = tame.get(f"/en/bundles/{ids.encode(ids.random63())}").data
    share = f"/en/bundles/{ids.encode(ref)}"
    steps = [
        draft.replace("lines", one) for one in ("records", "lines", "preview", "who", "passcode", "check")
    ]
    for address in [share, f"{share}/card", f"{share}/link", f"{share}/stop", *steps]:
        answer = tame.get(address)
        assert (answer.status_code, answer.data) == (404, nothing), address
