"""Those who may act for Sina in the walk, as the housing agency checked; and an order, against somebody else."""

from datetime import date, timedelta

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework import service as casework
from portal.delegations import service
from portal.delegations.queries import authority
from portal.delegations.rules.authority import Draft
from portal.identity import queries
from portal.identity.permissions import Actor
from portal.identity.rules import fold_name
from tests.looks.putting import do
from tests.site import Site

NUMBER, BORN = "HA-88213", date(1992, 5, 4)


def people_who_act(site: Site) -> None:
    """One by a letter, whose code nobody used; one attorney of whom Sina says that it is wrong; one that ended."""

    def put(work):
        sina, priya = _account(site, work, "sina"), _account(site, work, "priya")
        housing = agencies.catalogue(work).by_slug("example-housing").id
        desk = Actor("account", priya.id, None, housing, "caseworker")
        today = nz_date(work.now)
        for name, kind in (("Mele Tau", "written"), ("Ana Lee", "attorney"), ("Peni Tau", "written")):
            work.actor = desk
            draft = Draft(
                *(NUMBER, BORN, kind, name, date(1970, 2, 3), "Signed letter", "Seen on paper."),
                *(frozenset({"tenancy", "repair"}), today, today + timedelta(days=90)),
            )
            service.record_authority(work, draft)
            work.session.flush()
            ref = authority.authorities(work, 1)[0].ref
            if name == "Peni Tau":
                service.end_authority(work, ref, "The letter was taken back.")
            work.actor = Actor("account", sina.id, sina.person_id)
            if name == "Ana Lee":
                service.object_to(work, ref, "She does not help me any more.", "en")
        work.actor = desk
        against = service.OrderDraft(
            NUMBER, BORN, "Joe Lee", None, "Order of 3 May.", frozenset({"repair"}), False
        )
        assert ids.decode(service.record_order(work, against))
        casework.record_death(
            work, casework.DeathDraft(NUMBER, BORN, today - timedelta(days=3), "A notice in the paper.")
        )

    do(site, put)


def _account(site, work, name):
    return queries.account_by_name(work, fold_name(site.facts["accounts"][name]["username"]))
