"""A helper who presses, and one who asks for more than was given (T27, P05; Privacy Act 2020 section 57)."""

from datetime import timedelta

import pytest
import time_machine

from portal.base import ids
from portal.base.problems import Invalid
from portal.corrections import queries as to_fix
from portal.delegations import queries, service
from tests.delegations import asking as made
from tests.delegations import factory
from tests.identity.factory import Browser, bare, statements

# Every page that somebody who may ask can open; `{}` is one of the records that were ticked.
A_HELPERS = (
    "/records", "/records/{}", "/records/sector", "/records/search", "/records/time", "/delegations/asked",
    "/corrections/new/{}", "/access-requests/new", "/delegations/back", "/guide/safe", "/corrections", "/account",
    "/delegations", "/delegations/safe", "/delegations/care",
)  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(factory.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asking(clock, store):
    return made.asking(store)


@pytest.fixture
def town(asking):
    return asking.town


def browser_of(app, token):
    browser = Browser(app)
    browser.client.set_cookie("portal", token)
    return browser


def shown(app, browser, paths):
    """What a browser is shown on each page: status, headers, bytes, and the statements that it took."""
    found = []
    for path in paths:
        with statements(app) as sent:
            page = browser.get(f"/en{path}")
        # The tokens in a page, which are new on each, have no one length.
        headers = sorted(one for one in page.headers if one[0] != "Content-Length")
        # How often a visitor asks is counted now and then, and not at each page.
        asked = [one for one in sent if "base_attempt" not in one and not one.startswith("begin")]
        found.append((path, page.status_code, headers, bare(page), asked))
    return found


def test_p05_nothing_that_the_helper_sees_changes_when_the_person_does_not_feel_safe(asking, town, app):
    token = asking.helper()
    asking.fix(token)
    ria, ref = browser_of(app, token), ids.encode(asking.record(town.homes))
    paths = [path.format(ref) for path in A_HELPERS]
    shown(app, ria, paths)
    before = shown(app, ria, paths)
    mere = browser_of(app, town.session(town.mere))
    saved = mere.send("/en/delegations/safe", who=ids.encode(town.helper().ref), what="careful")
    assert saved.status_code == 200 and "Nothing changes for them." in saved.text
    for one, other in zip(shown(app, ria, paths), before, strict=True):
        assert one[:3] == other[:3], one[0]
        assert one[3] == other[3], one[0]
        assert one[4] == other[4], one[0]
    assert [status for _, status, *_ in before].count(200) >= 9


def test_p05_what_a_marked_helper_asks_for_looks_the_same_to_them_and_reaches_staff_with_the_hold(
    asking, town, app
):
    pages, token = [], asking.helper()
    for kind in ("before", "after"):
        if kind == "after":
            asking.mark(town.store.work().now)
        ria = browser_of(app, token)
        ria.send("/en/access-requests/new", agencies=[ids.encode(town.homes)])
        draft = ids.encode(queries.begun_by_helper(asking.as_one(token))[0].ref)
        at = f"/en/access-requests/draft/{draft}"
        ria.send(f"{at}/about", scope="all")
        ria.send(f"{at}/names")
        ria.send(f"{at}/reply", language="en", urgent="no", hand_on="yes")
        sent = ria.send(f"{at}/check")
        pages.append(
            (sent.status_code, sent.location, bare(ria.get("/en/delegations/asked")).count("No answer yet"))
        )
    assert pages == [(303, "/en/delegations/asked", 1), (303, "/en/delegations/asked", 2)]
    ref = asking.fix(token)
    with pytest.raises(Invalid, match="Nothing can go out yet"):
        asking.yes(ref, now=town.store.work().now)


def test_p05_the_mark_stands_on_one_page_behind_a_code_and_nowhere_else(asking, town, app, clock):
    asking.helper()
    ref = asking.mere_fixes()
    mere = browser_of(app, town.session(town.mere))
    helper, fix = ids.encode(town.helper().ref), ids.encode(ref)
    paths = ("/delegations", f"/delegations/{helper}", f"/corrections/{fix}", "/corrections", "/notices")
    paths += ("/access-log", "/records", "/account", "/delegations/safe", f"/delegations/{helper}/stop")
    shown(app, mere, paths)
    before = shown(app, mere, paths)
    asking.mark(town.store.work().now)
    for one, other in zip(shown(app, mere, paths), before, strict=True):
        assert one[:3] == other[:3], one[0]
        assert one[3] == other[3], one[0]
        assert one[4] == other[4], one[0]
    assert "moko Ria" in mere.get("/en/delegations/care").text
    clock.shift(timedelta(minutes=6))
    page = mere.get("/en/delegations/care")
    assert page.status_code == 303 and page.location.startswith("/en/sign-in/again")
    clock.shift(timedelta(minutes=-6))
    helper_id = ids.encode(town.helper().id)
    assert mere.send("/en/delegations/care", helper=helper_id).location == "/en/delegations/care"
    assert "There is nothing here." in mere.get("/en/delegations/care").text


def test_p05_staff_see_what_to_do_and_never_because_of_whom(asking, town, app):
    asking.helper()
    ref = asking.mere_fixes()
    asking.mark()
    priya = browser_of(app, _at_the_desk(asking))
    page = priya.get(f"/en/casework/{ids.encode(ref)}").text
    for words in ("Safety hold", "Someone may be pressing this person.", "Do not tell the helper."):
        assert words in page
    assert "Safety hold" in priya.get("/en/casework").text
    alone = f"/en/casework/{ids.encode(ref)}/alone"
    assert "Ria" not in page and "Ria" not in priya.get(alone).text
    wrong = priya.send(alone, who="Priya", how="She rang me.")
    assert (
        wrong.status_code == 400
        and "Write the day of the talk." in wrong.text
        and 'value="Priya"' in wrong.text
    )
    day = {"on-day": "14", "on-month": "9", "on-year": "2026"}
    assert (
        priya.send(alone, who="Priya", how="She rang me.", **day).location
        == f"/en/casework/{ids.encode(ref)}"
    )
    assert "Safety hold" not in priya.get(f"/en/casework/{ids.encode(ref)}").text
    assert "She rang me." in priya.get(alone).text


def test_t27_asking_does_not_lead_past_what_was_ticked(asking, town, app):
    token = asking.helper((town.homes, "home"))
    ria, nothing = browser_of(app, token), "aaaaaaaaaaaab"
    own = asking.begins_fix(town.as_mere, asking.record(town.homes, "mark"))
    sent = asking.mere_fixes()
    visit = asking.record(town.homes, "visit")
    clinic = asking.record(town.clinic)
    for path, refs in {
        "/corrections/new/{}": (visit, clinic),
        "/corrections/draft/{}/fields": (own, sent),
        "/corrections/draft/{}/value/1": (own, sent),
        "/corrections/draft/{}/reason": (own, sent),
        "/corrections/draft/{}/reply": (own, sent),
        "/corrections/draft/{}/check": (own, sent),
        "/access-requests/draft/{}/check": (own, sent),
    }.items():
        missing = ria.get(f"/en{path.format(nothing)}")
        for ref in refs:
            page = ria.get(f"/en{path.format(ids.encode(ref))}")
            assert page.status_code == 404 and bare(page) == bare(missing), path
    for path in (f"/corrections/{ids.encode(sent)}", f"/corrections/{ids.encode(sent)}/letter/1"):
        assert ria.get(f"/en{path}").status_code == 403
    page = ria.send("/en/access-requests/new", agencies=[ids.encode(town.clinic)])
    assert page.status_code == 400 and "Example Clinic" not in page.text
    assert to_fix.requests_of(town.as_mere()).open[0].ref == sent


def test_t27_when_it_ends_in_the_middle_of_asking_every_page_is_the_same_refusal(asking, town, app):
    token = asking.helper()
    ref = ids.encode(asking.begins_fix(lambda: asking.as_one(token), asking.record(town.homes)))
    ria = browser_of(app, token)
    assert ria.get(f"/en/corrections/draft/{ref}/check").status_code == 200
    town.as_mere().do(service.stop_helper, town.helper().ref, True)
    paths = (f"/corrections/draft/{ref}/check", "/access-requests/new", "/delegations/asked", "/records")
    pages = [ria.get(f"/en{path}") for path in paths]
    assert {page.status_code for page in pages} == {403}
    for page in pages:
        assert "You cannot see this any more. Ask the person." in page.text and "Mere" not in page.text
    assert to_fix.requests_of(town.as_mere()).open == []


def _at_the_desk(asking):
    from portal.identity import service as accounts

    number, agency_id = asking.adviser.account_id, asking.town.homes
    open_one = accounts.sessions.open_session
    return asking.town.store.work(now=factory.NOW).do(
        lambda work: open_one(work, number, "full", factor_at=factory.NOW, agency_id=agency_id)
    )
