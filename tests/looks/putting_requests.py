"""Requests and records that the walk needs and the demonstration has not: a charge, and records held back."""

import json

from portal.access_requests import service as access
from portal.agencies import queries as agencies
from portal.agencies import service as catalogue
from portal.base import ids
from portal.config import ROOT
from portal.identity import queries
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM, Actor
from portal.identity.rules import fold_name
from portal.ingest import service as ingest
from tests.casework.asking import ABOUT, NAMES, REPLY
from tests.looks.putting import do
from tests.site import Site

AUTHORITY = "Authority of the Privacy Commissioner, section 67, invented for the walk"


def a_charge(site: Site) -> None:
    """Let the housing agency ask Sina for money before it hands over what she asked to see."""

    def put(work):
        entry = json.loads((ROOT / "portal/demo/agencies/example-housing.json").read_text(encoding="utf-8"))
        charges = {"sector": "public", "authority": AUTHORITY}
        agency_id = catalogue.put_agency(work, entry | {"charges": charges})
        account = queries.account_by_name(work, fold_name(site.facts["accounts"]["sina"]["username"]))
        work.actor = Actor("account", account.id, account.person_id)
        draft = ids.own(access.start(work, [agency_id]))
        for step, answers in (("about", ABOUT), ("names", NAMES), ("reply", REPLY)):
            access.keep(work, draft, step, answers)
        access.submit(work, draft)
        ref = access.sent_with(work, draft)[0].ref
        worker = next(one for one in identity.team_of(work, agency_id).colleagues if one.role == "caseworker")
        work.actor = Actor("account", worker.account_id, None, agency_id, worker.role)
        access.log_search(work, ref, "Paper files", "Sina", "One letter")
        no = access.add_item(work, ref, "Letter about the list", None, "Paper files", "You are on the list.")
        access.review_item(work, ref, no, "release", "", "", {})
        access.propose_decision(work, ref, "granted")
        access.ask_charge(work, ref, "12.50", "Copies of forty pages.")
        work.actor = SYSTEM

    do(site, put)


def held_records(site: Site) -> None:
    """Hold something back at the housing agency that carries another name than Sina's."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        who = ingest.Who(("Someone Else",))
        assert ingest.take(work, agency.id, "HA-88213", [], who, True).linked

    do(site, put)
