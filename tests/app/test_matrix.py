"""Every route, method and role, with ids of one's own, another's, nobody's and broken ones (security.md, G1)."""

import pytest

from portal.identity.permissions import ANYBODY, Permission, allowed
from tests.app.addresses import addresses, parts_of
from tests.app.conftest import KINDS
from tests.app.visitors import ROLES, Visitor, contents, methods, rules, shown
from tests.app.world import PEOPLE

# Decided before a row is read; and the walk of test_canaries.py opens every page on both databases.
ON_ONE_DATABASE = pytest.mark.parametrize("world", KINDS[:1], indirect=True)
ENDS_THE_SESSION = {"identity.leave"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def visitor(world, app):
    return lambda role: Visitor(world, app, role)


def tries(world, app, role, which):
    """Every method and address of every rule, for a role."""
    for rule in rules(app):
        if rule.endpoint in ENDS_THE_SESSION and role != "anonymous":
            continue
        for address in addresses(world, rule, role, which):
            for method in methods(rule):
                yield rule, method, address


def test_every_route_declares_a_permission_and_is_known_to_these_tests(app):
    for rule in rules(app):
        assert isinstance(app.view_functions[rule.endpoint].permission, Permission)
        parts_of(rule)


@pytest.mark.parametrize("role", ROLES)
def test_anothers_thing_and_no_thing_answer_alike_and_leave_nothing(world, app, visitor, role):
    who, before = visitor(role), contents(world.core)
    theirs = list(tries(world, app, role, "other"))
    nobodys = tries(world, app, role, "random")
    owned = {(address.endpoint, method) for _, method, address in theirs}
    unknown = [one for one in nobodys if (one[2].endpoint, one[1]) in owned]
    assert len(theirs) == len(unknown) > 20
    for (_, method, other), (_, _, random) in zip(theirs, unknown, strict=True):
        first, second = who.ask(method, other.path), who.ask(method, random.path)
        assert shown(first, other.parts) == shown(second, random.parts), f"{role} {method} {other.path}"
        assert first.status_code in (303, 400, 401, 403, 404), f"{role} {method} {other.path}"
    assert contents(world.core) == before


@ON_ONE_DATABASE
@pytest.mark.parametrize("role", ROLES)
def test_a_broken_id_is_the_same_404_as_an_unknown_one_and_never_a_fault(world, app, visitor, role):
    who, before = visitor(role), contents(world.core)
    for _, method, address in tries(world, app, role, "malformed"):
        answer = who.ask(method, address.path)
        assert answer.status_code in (303, 400, 401, 403, 404), f"{role} {method} {address.path}"
        if address.which == "malformed ref":
            assert answer.status_code == 404, f"{role} {method} {address.path}"
    assert contents(world.core) == before


def test_the_form_token_of_these_tests_is_the_right_one(visitor):
    """Otherwise every refusal above would be that of a stale page."""
    page = visitor("ana").ask("POST", "/en/corrections/aaaaaaaaaaaab/withdraw")
    assert page.status_code == 404
    assert "open for a long time" not in visitor("ana").ask("POST", "/en/bundles/new").text


def test_a_broken_and_an_unknown_id_give_the_same_page(visitor):
    ana = visitor("ana")
    pages = {
        shown(ana.ask("GET", f"/en/records/{ref}"))
        for ref in ("aaaaaaaaaaaab", "hzzzzzzzzzzzz", "x", "0" * 13)
    }
    assert len(pages) == 1


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(world, app, visitor):
    nobody = visitor("anonymous")
    closed = 0
    for rule, method, address in tries(world, app, "anonymous", "own"):
        view = app.view_functions[rule.endpoint]
        if allowed(ANYBODY, view.permission):
            continue
        closed += 1
        answer = nobody.ask(method, address.path)
        if getattr(view, "machine", False):
            assert answer.status_code == 401, address.path
        else:
            # A button without a page of its own leads to no page that one could come back to.
            way = "/en/sign-in?next=" if "GET" in methods(rule) else "/en/sign-in"
            assert answer.status_code == 303 and answer.location.startswith(way), address.path
    assert closed > 30


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_the_permission_is_refused_whatever_the_thing(world, app, visitor, role):
    who = visitor(role)
    actor = world.actors.get(role)
    for rule, method, address in tries(world, app, role, "own"):
        view = app.view_functions[rule.endpoint]
        if actor is None or getattr(view, "machine", False) or allowed(actor, view.permission):
            continue
        answer = who.ask(method, address.path)
        assert answer.status_code == 403, f"{role} {method} {address.path}"


@ON_ONE_DATABASE
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "headers", [{"csrf": False}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_what_was_not_sent_from_our_own_form_changes_nothing(world, app, visitor, role, headers):
    who, before = visitor(role), contents(world.core)
    for rule, method, address in tries(world, app, role, "own"):
        if method in UNSAFE and not getattr(app.view_functions[rule.endpoint], "machine", False):
            answer = who.ask(method, address.path, **headers)
            assert answer.status_code in (303, 400, 403, 404, 429), f"{role} {method} {address.path}"
    after = contents(world.core)
    # A form that is shown again shows its case again: that look is noted, with its leaf, and nothing else is.
    looks, leaves = (
        after.pop(name)[0] - before.pop(name)[0] for name in ("access_log_look", "base_ledger_leaf")
    )
    assert looks == leaves
    assert after == before


@ON_ONE_DATABASE
@pytest.mark.parametrize("role", ROLES)
def test_no_page_fails_and_options_give_nothing(world, app, visitor, role):
    who = visitor(role)
    for rule, method, address in tries(world, app, role, "own"):
        if method == "GET":
            assert who.ask("GET", address.path).status_code < 500, f"{role} {address.path}"
            assert who.ask("HEAD", address.path).status_code < 500, f"{role} HEAD {address.path}"
        if not getattr(app.view_functions[rule.endpoint], "machine", False):
            assert who.ask("OPTIONS", address.path).status_code == 404, f"{role} OPTIONS {address.path}"


@pytest.mark.parametrize("role", ("ana", "pat"))
def test_ones_own_pages_open(world, app, visitor, role):
    """So that the refusals above are of things that are really there."""
    who, shut = visitor(role), []
    for rule, method, address in tries(world, app, role, "own"):
        permission = app.view_functions[rule.endpoint].permission
        if method == "GET" and address.parts and allowed(world.actors[role], permission):
            answer = who.ask("GET", address.path)
            if answer.status_code not in (200, 303):
                shut.append((address.endpoint, answer.status_code))
    # Staff may have passkeys; in this town only the people do.
    theirs = set() if role in PEOPLE else {("identity.passkey", 404)}
    assert set(shut) <= MAY_BE_SHUT | theirs


# Bearer links that these roles do not hold, a share that this browser did not open, words beside what is not declined.
MAY_BE_SHUT = {
    ("bundles_api.file", 404),
    ("bundles_api.single", 400),
    ("bundles.opened", 404),
    ("corrections.statement", 404),
}
MAY_BE_SHUT |= {(f"bundles.{page}", 404) for page in ("note", "notice", "opened_pdf", "opened_json")}
# Nothing to complain about while an answer is not due.
MAY_BE_SHUT |= {("access_requests.complaint", 404)}
# This request is not decided: there are no words of the person's to take away, and nobody has to be told.
MAY_BE_SHUT |= {("casework.take_off", 404), ("casework.tell", 404)}
# An agency that may not ask for money is told so, whatever the request.
MAY_BE_SHUT |= {("casework.access_charge", 403)}
