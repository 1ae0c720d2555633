"""Every form of a request to see at the desk, sent empty or half filled: a clear sentence, and nothing is lost."""

import re

import pytest

from portal.access_requests import queries
from portal.agencies import service as agencies
from portal.base import ids
from tests.casework import asking
from tests.corrections.factory import plain
from tests.records.factory import agency_document

KEPT = "Kept words of Tūī."
# Act: where the request stands, who sends it, what is filled in (the rest stays empty), the sentences for what is not.
FORMS = {
    "/identity": ("received", "worker", {}, ["Write what is enough, in plain words."]),
    "/known": ("id_check", "worker", {}, ["Write how you know."]),
    "/hold": ("received", "worker", {}, ["Write how someone will reach them safely."]),
    "/lift": ("safety_hold", "officer", {}, ["Write why, in a sentence."]),
    "/pass-on": ("received", "worker", {"why": KEPT, "agency": ""}, ["Choose another agency."]),
    "/search": ("received", "worker", {"found": KEPT}, ["Write where you looked.", "Write what you looked for."]),
    "/add": (
        "searching", "worker", {"title": KEPT}, ["Write where it was found.", "Write or paste what it says."],
    ),
    "/item/1": ("searching", "worker", {"reason": KEPT, "text": KEPT}, ["Choose what to do with this item."]),
    "/more-time": (
        "reviewing", "worker", {"reason": KEPT}, ["Choose one of the answers.", "Write the new last day."],
    ),
    "/propose": ("reviewing", "worker", {"elsewhere": KEPT}, ["Choose one of the answers."]),
    "/silence": ("searching", "officer", {"reason": KEPT}, ["Choose a reason in law that allows this"]),
    "/answer": ("proposed", "officer", {"why": KEPT}, ["Choose one of the answers."]),
    "/charge": ("granted", "worker", {"why": KEPT}, ["Write an amount in dollars, such as 12.50."]),
    "/settle": ("fee_wait", "worker", {}, ["Choose one of the answers."]),
    "/release": ("granted", "worker", {}, ["Make sure who they are, then tick this."]),
}  # fmt: skip
# Buttons ask nothing, and what is written down anew has a test of its own.
NO_ANSWERS = {"/take", "/gather", "/new"}


@pytest.fixture
def worker(town, sqlite_app):
    town.store.work().do(agencies.put_agency, agency_document() | {"charges": {"sector": "private"}})
    return asking.room(town, sqlite_app, "tui")


@pytest.fixture
def officer(town, sqlite_app):
    return asking.room(town, sqlite_app, "vic", role="privacy-officer")


def brought(worker, ref, state):
    """Bring a request to where a form can be sent."""
    if state in ("id_check", "safety_hold"):
        given = {
            "id_check": ("/identity", {"wanted": "A letter."}),
            "safety_hold": ("/hold", {"plan": "Ring."}),
        }
        act, answers = given[state]
        assert worker.send(ref, act, **answers).status_code == 303
        return
    steps = [
        ("/search", {"system": "Notes", "what": "Sina"}),
        ("/add", {"title": "Note", "system": "Notes", "text": "At ten."}),
        ("/item/1", {"outcome": "release", "text": "At ten."}),
        ("/propose", {"outcome": "granted"}),
        ("/charge", {"amount": "5", "why": "Paper."}),
    ]
    if state == "proposed":
        note = {"note-balancing-note": "Weighed.", "text": "At ten.", "reason": "A neighbour."}
        steps[2] = ("/item/1", {"outcome": "refuse", "ground": "53-b", **note})
        steps[3] = ("/propose", {"outcome": "refused"})
    count = {"received": 0, "searching": 2, "reviewing": 3, "proposed": 4, "granted": 4, "fee_wait": 5}
    for act, answers in steps[: count[state]]:
        assert worker.send(ref, act, **answers).status_code == 303, act


def test_every_form_of_the_desk_is_in_the_table(sqlite_app):
    acts = set()
    for rule in sqlite_app.url_map.iter_rules():
        if "/casework/access/" in rule.rule and "POST" in rule.methods:
            acts.add(re.sub(r".*/casework/access(/<ref:ref>)?", "", rule.rule).replace("<int:no>", "1"))
    assert acts == set(FORMS) | NO_ANSWERS


@pytest.mark.parametrize("act", FORMS)
def test_a_form_sent_empty_says_what_is_missing_keeps_what_was_typed_and_does_nothing(
    town, worker, officer, act
):
    state, who, typed, sentences = FORMS[act]
    town.other_agency()
    ref = asking.ask(town)
    brought(worker, ref, state)
    before = queries.show(town.work(), ref).version
    sender = officer if who == "officer" else worker
    for answers in ({}, typed):
        answer = sender.send(ref, act, **answers)
        said = plain(answer.text)
        assert answer.status_code == 400, (act, answer.status_code)
        assert not answers or all(KEPT in answer.text for _one in answers)
    for sentence in sentences:
        assert sentence in said, (act, sentence)
    # The summary above the form leads to the answer that is missing, or says it itself.
    assert 'class="errors"' in answer.text
    assert queries.show(town.work(), ref).version == before


def test_a_new_request_written_down_with_nothing_asks_for_each_answer_beside_its_box(worker):
    page = "/en/casework/access/new"
    form = worker.desk.text(page).split('id="the-form"')[1]
    hidden = {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "nonce")}
    answer = worker.desk.client.post(page, data={**hidden, "why": KEPT})
    said = plain(answer.text)
    assert answer.status_code == 400 and KEPT in answer.text
    for sentence in ("Write the client number.", "Write their birth date.", "Choose one of the answers."):
        assert sentence in said


def test_a_number_that_is_no_item_is_not_there(town, worker):
    ref = asking.ask(town)
    for no in (2, 99):
        assert worker.desk.get(asking.case(ref, f"/item/{no}")).status_code == 404
    assert worker.desk.get(asking.case(ids.random63())).status_code == 404
