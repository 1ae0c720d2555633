"""Sharing work out: rows go to a colleague, people are told that they were seen, and nothing is ever decided so."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.access_requests import queries as access_queries
from portal.agencies import tasks
from portal.base.problems import Invalid
from portal.casework import queries, service
from portal.casework.service import sharing
from portal.corrections import service as corrections
from portal.identity import service as identity
from portal.notices import service as notices
from tests.casework import asking, factory
from tests.casework.factory import LATE, WEEK, case, held_back, row
from tests.corrections import factory as corrections_factory
from tests.corrections.factory import NOW

LIST = "/en/casework"
ROWS = "/en/casework/rows"


@pytest.fixture
def built(store):
    """A town on each database."""
    return corrections_factory.town(store)


def colleague(town, name="mark", role="caseworker", person_id=None):
    """Another member of the agency's desk; gives the actor."""

    def _make(work):
        account_id = identity.add_account(work, name, "calm shore 1992", name.title(), person_id=person_id)
        identity.add_membership(work, account_id, town.agency_id, role)
        return account_id

    account_id = town.store.work(now=NOW).do(_make)
    return replace(town.priya, account_id=account_id, person_id=person_id, role=role)


def code_of(town, actor):
    return next(
        one.code
        for one in queries.desk(town.work(town.priya)).colleagues
        if one.account_id == actor.account_id
    )


def tick(town, ref, older=0):
    return service.Tick(ref, tasks.find(town.work(town.priya), ref).version - older)


def give(town, refs, to, by=None, older=0):
    """Give rows to a colleague, as a page that is `older` versions old would; gives why each was left out."""
    ticks = [tick(town, ref, older) for ref in refs]
    done = town.do(service.assign, ticks, code_of(town, to), actor=by or town.priya)
    return [task.ref for task in done.done], {task.ref: why for task, why in done.left}


def test_rows_go_to_a_colleague_and_counts_follow(built):
    mark, rows = colleague(built), [row(built, WEEK, f"FIX-{n}") for n in range(3)]
    done, left = give(built, rows, mark)
    assert done == rows and not left
    assert {tasks.find(built.work(mark), ref).owner_id for ref in rows} == {mark.account_id}
    assert tasks.counts(built.work(mark), NOW.date()).mine == 3
    # A second press changes nothing, and says so of none.
    assert give(built, rows, mark, older=1) == (rows, {})


def test_what_one_gives_to_oneself_is_taken_and_the_person_sees_it(built):
    ref = built.sent({"address": "14 Sample Street"})
    give(built, [ref], built.priya)
    task = tasks.find(built.work(built.priya), ref)
    assert (task.owner_id, task.state) == (built.priya.account_id, "looking")
    assert built.shown(ref).state == "in_review"


def test_nobody_is_given_or_gives_away_what_is_about_themselves(built):
    ref = built.sent({"address": "14 Sample Street"})
    sina = colleague(built, "sina.at.work", person_id=built.sina.person_id + 1)
    with_file = replace(sina, person_id=built.sina.person_id)
    assert give(built, [ref], built.priya, by=with_file) == ([], {ref: "own"})
    hers = row(built, WEEK, "FIX-1")
    assert give(built, [hers], sina)[0] == [hers]


def test_a_request_never_goes_to_the_person_who_made_it(built):

    def _member(work):
        identity.add_membership(work, built.sina.account_id, built.agency_id, "caseworker")

    built.store.work(now=NOW).do(_member)
    ref = built.sent({"address": "14 Sample Street"})
    assert give(built, [ref], built.sina) == ([], {ref: "theirs"})
    assert tasks.find(built.work(built.priya), ref).owner_id == 0


def test_what_was_closed_or_changed_meanwhile_is_left_out_and_the_rest_is_done(built):
    mark = colleague(built)
    fine, closed, changed = (row(built, WEEK, f"FIX-{n}") for n in range(3))
    other, elsewhere = built.other_agency()
    foreign = row(built, WEEK, "FIX-OTHER", agency_id=elsewhere)
    ticks = [tick(built, ref) for ref in (fine, closed, changed)] + [service.Tick(foreign, 1)]
    built.do(tasks.close, built.agency_id, closed, actor=built.priya)
    built.do(tasks.change, changed, actor=mark)
    built.do(lambda work: tasks.change(work, changed, owner_id=4711), actor=mark)
    done = built.do(service.assign, ticks, code_of(built, mark), actor=built.priya)
    assert [task.ref for task in done.done] == [fine]
    assert [why for _task, why in done.left] == ["closed", "quicker", "closed"]
    assert done.left[2][0] is None and tasks.find(built.work(other), foreign).owner_id == 0


def test_what_a_worker_did_is_for_a_privacy_officer_and_never_for_that_worker(built):
    mark, officer = colleague(built), colleague(built, "lani", role="privacy-officer")
    own = colleague(built, "vic", role="privacy-officer")
    ref = row(built, WEEK, None, kind="many_read", by=str(own.account_id))

    def given(to):
        ticks = [service.Tick(ref, tasks.find(built.work(officer), ref).version)]
        done = built.do(service.assign, ticks, code_of(built, to), actor=officer)
        return [why for _task, why in done.left]

    assert given(mark) == ["officer"] and given(own) == ["theirs"] and given(officer) == []


@pytest.mark.parametrize(("rows", "to"), [(0, "priya"), (1, ""), (1, "aaaaaaaaaaaab")])
def test_without_a_row_or_a_colleague_of_this_desk_nothing_is_done(built, rows, to):
    ref = row(built, WEEK, "FIX-1")
    code = code_of(built, built.priya) if to == "priya" else to
    with pytest.raises(Invalid):
        built.do(service.assign, [tick(built, ref)][:rows], code, actor=built.priya)


def test_people_are_told_once_that_their_requests_were_seen(built):
    fix, see, link = (
        built.sent({"address": "14 Sample Street"}),
        asking.ask(built),
        held_back(built, "link_held"),
    )
    ticks = [tick(built, ref) for ref in (fix, see, link)]
    first = built.do(service.say_seen, ticks, actor=built.priya)
    assert [task.ref for task in first.done] == [fix, see] and [why for _, why in first.left] == ["nobody"]
    again = built.do(service.say_seen, ticks[:2], actor=built.priya)
    assert not again.done and [why for _, why in again.left] == ["told", "told"]
    told = [one.kind for one in notices.newest(built.work()) if one.kind.endswith("_seen")]
    assert sorted(told) == ["access_seen", "request_seen"]


def test_saying_that_it_was_seen_decides_and_moves_nothing(built):
    fix, see = built.sent({"address": "14 Sample Street"}), asking.ask(built)
    before = built.shown(fix), access_queries.show(built.work(), see)
    built.do(service.say_seen, [tick(built, ref) for ref in (fix, see)], actor=built.priya)
    after = built.shown(fix), access_queries.show(built.work(), see)
    assert [(one.state, one.due_on) for one in before] == [(one.state, one.due_on) for one in after]
    for ref in (fix, see):
        assert tasks.find(built.work(built.priya), ref).state == "new"


def hidden(text, action):
    form = html.unescape(text).split(f'action="{action}"')[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_rows_are_ticked_and_given_away_on_the_page(town, desk):
    refs = [row(town, WEEK + timedelta(days=n), f"FIX-{n}") for n in range(3)]
    text = desk.text(LIST)
    ticks = re.findall(r'name="tick" value="([^"]+)"', text)
    code = re.search(r'<option value="([a-z2-7]{13})" data-held>Priya Nair</option>', text)[1]
    town.do(tasks.close, town.agency_id, refs[2], actor=town.priya)
    answer = desk.client.post(ROWS, data=hidden(text, ROWS) | {"tick": ticks, "to": code, "act": "assign"})
    page = corrections_factory.plain(answer.text)
    assert answer.status_code == 200 and "2 rows were given to Priya Nair." in page
    assert "Left out FIX-2 It is no longer on the list." in page
    assert tasks.counts(town.work(town.priya), NOW.date()).mine == 2


def test_an_error_of_the_page_keeps_what_was_ticked_and_filtered(town, desk):
    row(town, WEEK, "FIX-1")
    row(town, LATE, "FIX-LATE")
    address, action = f"{LIST}?due=week", f"{ROWS}?due=week"
    text = desk.text(address)
    ticks = re.findall(r'name="tick" value="([^"]+)"', text)
    answer = desk.client.post(action, data=hidden(text, action) | {"tick": ticks, "to": "", "act": "assign"})
    assert answer.status_code == 400 and "Choose a colleague." in answer.text
    assert f'value="{ticks[0]}" checked>' in answer.text and factory.listed(answer.text) == ["FIX-1"]
    none = desk.client.post(action, data=hidden(text, action) | {"act": "seen"})
    assert none.status_code == 400 and "Tick at least one row of the list." in none.text


def test_one_row_is_given_away_on_its_own_page(town, desk):
    ref = town.sent({"address": "14 Sample Street"})
    assert "Give it to a colleague" in desk.page(case(ref))
    text = desk.text(case(ref, "/assign"))
    code = re.search(r'<option value="([a-z2-7]{13})" data-held>Priya Nair</option>', text)[1]
    given = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text.split('id="the-form"')[1]))
    town.do(lambda work: tasks.change(work, ref, state="waiting"), actor=town.priya)
    late = desk.client.post(case(ref, "/assign"), data=given | {"to": code})
    assert late.status_code == 400 and "Somebody changed it before you." in late.text
    again = dict(
        re.findall(r'name="(version|csrf_token|nonce)" value="([^"]*)"', late.text.split('id="the-form"')[1])
    )
    done = desk.client.post(case(ref, "/assign"), data=again | {"to": code})
    assert (done.status_code, done.location) == (303, LIST)
    assert "Priya Nair has it now." in desk.page(case(ref, "/assign"))


GUESSES = (
    *("decline", "decide", "refuse", "accept", "close", "done", "approve", "release", "extend", "transfer"),
    *("withdraw", "grant", "delete", "deny", "no", "yes", ""),
)


def test_no_route_for_several_rows_decides_anything(town, desk, sqlite_app):
    """Every address of the desk that is about no one row is sent every decision that a guesser would try."""
    fix, see = town.sent({"address": "14 Sample Street"}), asking.ask(town)
    link = held_back(town, "link_held")
    several = [
        rule.rule.replace("<tag:l>", "en")
        for rule in sqlite_app.url_map.iter_rules()
        if rule.endpoint.startswith("casework.") and "POST" in rule.methods and "<ref" not in rule.rule
    ]
    assert set(several) >= {ROWS, "/en/casework/next", "/en/casework/views"}
    text = desk.text(LIST)
    ticks = re.findall(r'name="tick" value="([^"]+)"', text)
    assert len(ticks) == 3
    for address in several:
        for guess in GUESSES:
            answers = {"tick": ticks, "act": guess, "answer": guess, "decision": guess, "outcome": guess}
            answers |= {"decision-1": guess, "ground-1": "misleading", "reason-1": "Seen.", "ref": ticks}
            answer = desk.client.post(address, data=hidden(text, ROWS) | answers)
            assert answer.status_code < 500, address
    assert corrections.show(town.work(), fix).open and access_queries.show(town.work(), see).open
    assert tasks.find(town.work(town.priya), link).state != "closed"
    assert tasks.figures(town.work(town.priya), NOW.date() - timedelta(days=90)) == []


def test_sharing_knows_no_verb_that_decides():
    """What it may call, by name: whoever adds one has to say so here."""
    known = {name for name in vars(sharing) if not name.startswith("__")}
    assert not {name for name in known if re.search("decid|decline|refus|approve|release|grant", name)}
    assert set(sharing.TAKES.values()) == {corrections.take, sharing.access_requests.take}
