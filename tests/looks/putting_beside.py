"""Help at one device in the demonstration: Aroha hands over, and Tame takes over and agrees."""

from portal.agencies import queries as agencies
from portal.delegations import service as delegations
from portal.identity import queries as identity_queries
from portal.identity import service as identity
from portal.identity.permissions import ANYBODY, Actor
from portal.identity.rules import fold_name
from tests.site import Site


def handed_over(site: Site) -> str:
    """The token of a device that Aroha handed over."""
    work = site.core.work(ANYBODY)
    try:
        slug = next(one["slug"] for one in site.facts["agencies"] if one["slug"] == "example-iwi-wellbeing")
        agency_id = agencies.catalogue(work).by_slug(slug).id
        work.actor = Actor(
            "account", _account(site, work, "aroha"), None, agency_id, "frontline", session=b""
        )
        return work.do(delegations.hand_over)
    finally:
        work.session.close()


def asked_to_agree(site: Site) -> str:
    """The token of Tame's session on that device, before his yes."""
    return _as(
        site, handed_over(site), lambda work: identity.sign_in_beside(work, _account(site, work, "tame"))
    )


def agreed(site: Site) -> str:
    """The token of Tame's session with Aroha beside him."""
    return _as(site, asked_to_agree(site), delegations.agree)


def _as(site: Site, token: str, verb) -> str:
    work = site.core.work(ANYBODY)
    try:
        found = identity.actor_of(work, token)
        assert found
        work.actor = found[0]
        return work.do(verb)
    finally:
        work.session.close()


def _account(site: Site, work, name: str) -> int:
    account = identity_queries.account_by_name(work, fold_name(site.facts["accounts"][name]["username"]))
    assert account is not None
    return account.id
