"""Those who help Sina in the walk: Ria, who may ask; one who has not begun; one who was stopped as not safe."""

import re

from portal.agencies import queries as agencies
from portal.delegations import queries as helpers
from portal.delegations import service
from portal.delegations.rules import Group
from portal.identity import queries
from portal.identity import service as accounts
from portal.identity.permissions import Actor
from portal.identity.rules import fold_name
from tests.looks.putting import do
from tests.looks.visiting import Walker
from tests.site import Site


def people_who_help(site: Site) -> None:
    """Let Ria help Sina, for a little longer only; add one who has not begun; stop another."""

    def put(work):
        sina, ria = _account(site, work, "sina"), _account(site, work, "ria")
        herself, helper = Actor("account", sina.id, sina.person_id), Actor("account", ria.id, ria.person_id)
        housing = agencies.catalogue(work).by_slug("example-housing")
        groups = frozenset(Group(housing.id, key) for key in ("tenancy", "repair", "home_mark"))
        for name in ("moko Ria", "Nana Mele", "a neighbour"):
            work.actor = herself
            code = service.add_helper(work, service.HelperDraft(name, groups, 3, asks=name == "moko Ria"))
            if name != "Nana Mele":
                work.actor = helper
                assert service.begin_to_help(work, code) == "taken"
            work.session.flush()
            if name == "a neighbour":
                work.actor = herself
                found = next(one for one in helpers.helpers(work) if one.name == name)
                service.stop_helper(work, found.ref, True)

    do(site, put)


def agencies_are_careful(site: Site) -> None:
    """Let Sina mark that she does not feel safe with Ria, while nothing that Ria sees changes."""

    def put(work):
        sina = _account(site, work, "sina")
        work.actor = Actor("account", sina.id, sina.person_id)
        found = next(one for one in helpers.helpers(work) if one.name == "moko Ria")
        service.be_careful(work, found.ref)

    do(site, put)


def _account(site, work, name):
    return queries.account_by_name(work, fold_name(site.facts["accounts"][name]["username"]))


def _session_of(work, account):
    return accounts.sessions.open_session(work, account.id, "full", factor_at=work.now)


def helps_sina(walker: Walker) -> None:
    """Ria once more, who goes on helping her: what was ticked, the other ways to look, and the way back."""
    # A session of its own: her code of this half minute was used when she walked as herself.
    token = do(walker.site, lambda work: _session_of(work, _account(walker.site, work, "ria")))
    walker.client.set_cookie("portal", token, domain="127.0.0.1")
    page = walker.get("/delegations/help").get_data(as_text=True)
    there = re.search(r'action="/en(/delegations/help/[a-z2-7]{13})"', page)
    assert there, "nobody lets her help"
    walker.walks(walker.send("/delegations/help", {}, at=there[1]), "/delegations/back")
    walker.walks("/records/sector/6")
