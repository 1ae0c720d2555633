"""Pages of whoever opens a share: a provider's people, notes, notice, copies; and the step that names a provider."""

import json
import re

import pytest

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.base import ids
from portal.bundles import queries, rules, service
from portal.bundles.rules import collection
from portal.records import queries as records
from tests.bundles.factory import (
    PASSCODE,
    a_person,
    agency,
    persons_browser,
    send,
    workers_browser,
)

CLINIC = "example-medical-centre"
HOW = {"how": "name", "purpose": "Help with a warm home", "days": "7"}


@pytest.fixture
def sina(sqlite_store):
    return a_person(sqlite_store)


@pytest.fixture
def mine(sina, sqlite_app):
    return persons_browser(sina, sqlite_app)


@pytest.fixture
def worker(sina, sqlite_app):
    return workers_browser(sina.store, sqlite_app, CLINIC)


@pytest.fixture
def visitor(sqlite_app):
    return sqlite_app.test_client()


def text_of(answer):
    return answer.get_data(as_text=True)


def draft_of(sina, mine):
    view = sina.look(lambda work: records.for_record_ids(work, sina.person_id, [sina.records["tenancy"]])[0])
    return send(mine, "/en/bundles/new", records=[ids.encode(view.ref)]).location.removesuffix("/lines")


def clinic_of(sina):
    return sina.look(lambda work: catalogue.catalogue(work).by_slug(CLINIC).id)


def named(sina):
    chosen = [{"record": sina.records["tenancy"], "fields": ["address"]}]
    wishes = rules.Wishes(clinic_of(sina))
    given = {"recipient": "", "purpose": "A warm home", "days": 7, "passcode": "", "wishes": wishes}
    return sina.do(service.make, chosen=chosen, **given)


def opened(sina, visitor):
    ref = sina.share()
    code = {"code": sina.look(service.code_of, ref), "passcode": PASSCODE, "name": "Ana", "why": "Help"}
    return send(visitor, "/en/open", **code).location


def test_a_provider_is_named_shared_with_and_opens_it(sina, mine, worker):
    draft = draft_of(sina, mine)
    clinic = ids.encode(clinic_of(sina))
    went = send(mine, f"{draft}/who", **HOW, provider=clinic)
    assert went.location == f"{draft}/check"
    check = text_of(mine.get(went.location))
    assert 'id="passcode"' not in check and "Example Medical Centre" in check
    share = send(mine, f"{draft}/check").location
    assert 'id="code"' not in text_of(mine.get(share))
    ref = share.rsplit("/", 1)[1]
    page = text_of(worker.get("/en/open/people"))
    assert "Sina Tavita" in page and "Tenancy" not in page
    assert 'id="seen"' not in text_of(worker.get(f"/en/open/people/{ref}"))
    assert send(worker, f"/en/open/people/{ref}", why="").status_code == 400
    read = text_of(worker.get(send(worker, f"/en/open/people/{ref}", why="To help").location))
    assert 'id="seen"' in read
    assert "SMART" not in page + check + read


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"how": "name", "provider": ""}, "Choose a provider from the list."),
        ({"how": "name", "provider": "zzzzzzzzzzzzz"}, "Choose a provider from the list."),
        ({"how": "name", "provider": "aaaaaaaaaaaac"}, "Choose a provider from the list."),
        ({"how": "code", "recipient": ""}, "Write who it is for."),
        ({"how": "else", "recipient": "Ana"}, "Choose one of the answers."),
    ],
)
def test_a_step_that_misses_something_says_what_and_keeps_the_rest(sina, mine, answers, sentence):
    answer = send(mine, f"{draft_of(sina, mine)}/who", **(HOW | answers))
    assert answer.status_code == 400
    assert sentence in text_of(answer) and HOW["purpose"] in text_of(answer)


def test_a_provider_is_searched_for_by_name_where_there_are_many(sina, mine):
    for number in range(rules.LISTED + 1):
        document = agency("example-budget-service") | {"slug": f"trust-{number}", "name": f"Trust {number}"}
        sina.do(agencies.put_agency, document)
    catalogue.forget_catalogue()
    address = f"{draft_of(sina, mine)}/who"
    assert 'name="provider"' not in text_of(mine.get(address))
    found = text_of(send(mine, address, **HOW, find="trust 4", search="yes"))
    assert re.findall(r"Trust \d", found.split('id="provider"')[1]) == ["Trust 4"]
    assert HOW["purpose"] in found
    nothing = text_of(send(mine, address, **HOW, find="nobody", search="yes"))
    assert "No provider here has that name." in nothing


def test_who_presses_enter_without_a_search_goes_on(sina, mine):
    answer = send(
        mine, f"{draft_of(sina, mine)}/who", **(HOW | {"how": "code"}), recipient="Ana", search="yes"
    )
    assert answer.status_code == 303


def test_a_provider_with_whom_nobody_shares_is_told_so(sina, worker):
    assert "No one shares with you now." in text_of(worker.get("/en/open/people"))


def test_asking_for_a_page_never_opens_a_share(sina, worker, visitor):
    ref = named(sina)
    for client in (worker, visitor):
        for path in ("/open", f"/open/people/{ref}", f"/open/{ref}", f"/open/{ref}/pdf", "/open/people"):
            client.get(f"/en{path}")
    assert sina.look(service.show_share, ids.decode(ref)).facts.opens == 0


def test_what_hangs_on_an_opened_share_is_for_who_opened_it(sina, mine, visitor, sqlite_app):
    address = opened(sina, visitor)
    stranger = sqlite_app.test_client()
    for page in ("", "/note", "/notice", "/pdf", "/json"):
        assert visitor.get(address + page).status_code == 200, page
        assert stranger.get(address + page).status_code == 404, page
        assert mine.get(address + page).status_code == 404, page
    assert visitor.get(f"{address}/pdf").data.startswith(b"%PDF")
    told = json.loads(visitor.get(f"{address}/json").data)
    assert told["shared_by"] == "Sina Tavita" and told["do_not_ask_again"] == []
    kept = visitor.get(f"{address}/json").headers["Content-Disposition"]
    assert kept == 'attachment; filename="share.json"'


def test_a_note_is_plain_text_kept_when_too_long_and_sent_once(sina, mine, visitor):
    address = opened(sina, visitor)
    long = send(visitor, f"{address}/note", text="x" * (rules.LONGEST_NOTE + 1))
    assert long.status_code == 400 and "x" * (rules.LONGEST_NOTE + 1) in text_of(long)
    assert send(visitor, f"{address}/note", text="<b>Unit 7</b>").status_code == 303
    again = send(visitor, f"{address}/note", text="And another")
    assert again.status_code == 400 and "And another" in text_of(again)
    ref = address.rsplit("/", 1)[1]
    page = text_of(mine.get(f"/en/bundles/{ref}/notes"))
    assert "&lt;b&gt;Unit 7&lt;/b&gt;" in page


def test_notes_are_hidden_and_shown_again_and_refused_with_one_tap(sina, mine, visitor):
    address = opened(sina, visitor)
    send(visitor, f"{address}/note", text="Unit 7 is free")
    ref = address.rsplit("/", 1)[1]
    notes = f"/en/bundles/{ref}/notes"
    page = text_of(mine.get(notes))
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    hide = re.search(r'action="([^"]*/hide)"', page)[1]
    assert mine.post(hide, data={"csrf_token": token}).status_code == 303
    assert "Unit 7" not in text_of(mine.get(notes)) and "Unit 7" in text_of(mine.get(f"{notes}?hidden=yes"))
    assert mine.post(f"{notes}/take", data={"csrf_token": token}).status_code == 303
    assert not sina.look(queries.share, ids.decode(ref)).notes
    mine.post(f"{notes}/take", data={"csrf_token": token, "yes": "yes"})
    assert sina.look(queries.share, ids.decode(ref)).notes


def test_the_notice_names_the_worker_organisation_or_leaves_a_line(sina, worker, visitor):
    ref = named(sina)
    send(worker, f"/en/open/people/{ref}", why="To help")
    page = text_of(worker.get(f"/en/open/{ref}/notice"))
    clinic = agency(CLINIC)
    for words in (
        clinic["name"],
        clinic["address"],
        "Tenancy",
        "Example Housing",
        "A warm home",
        "principle 3A",
    ):
        assert words in page, words
    assert collection.LINE in text_of(visitor.get(f"{opened(sina, visitor)}/notice"))


def test_a_notice_says_all_that_the_law_asks():
    from datetime import date

    who = collection.Collector("The clinic", "1 Road", "privacy officer", "09 000 0000")
    parts = collection.notice(date(2026, 5, 4), "help", ["Tenancy"], ["Housing"], who, own_words=True)
    said = [one.msgid for _, paragraphs in parts for one in paragraphs]
    needed = {
        collection.COLLECTED,
        collection.CAME_FROM,
        collection.PURPOSE,
        collection.RECIPIENTS,
        collection.HELD_BY,
        collection.NO_LAW,
        collection.SEE_AND_FIX,
        collection.OWN_WORDS,
    }
    assert needed <= set(said)
