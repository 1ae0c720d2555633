"""What the walk of the desk needs of requests to fix that the demonstration has not: words beside a value, a reason."""

from datetime import date

from portal.agencies import queries as agencies
from portal.agencies import service as agency_service
from portal.agencies import tasks
from portal.base import ids
from portal.corrections import service as corrections
from portal.identity import queries
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.identity.rules import fold_name
from portal.law.letters import as_kept
from portal.records import service as records
from tests.looks.putting import do
from tests.site import Site

ANSWERS = {
    "fields": {"fields": ["note"]},
    "value": {"field": "note", "wish": "replace", "value": "The window was stuck.", "words": ""},
    "reason": {"reason": "I aired it each day."},
    "proof": {"proof": "none"},
    "reply": {"by": "here", "language": "en", "urgent": "no", "why": ""},
}


def words_beside(site: Site) -> None:
    """Let Sina's words stand beside a note that the housing agency did not change, a moment ago."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        account = queries.account_by_name(work, fold_name(site.facts["accounts"]["sina"]["username"]))
        desk = {one.role: one for one in identity.team_of(work, agency.id).colleagues}
        sina = Actor("account", account.id, account.person_id)
        adviser, officer = (
            Actor("account", desk[role].account_id, None, agency.id, role)
            for role in ("caseworker", "privacy-officer")
        )
        work.actor = sina
        record = records.record_ref_of(work, account.person_id, agency.id, "repair", "RP-31177")
        ref = ids.own(corrections.start(work, record, "note"))
        for step, answers in ANSWERS.items():
            corrections.keep(work, ref, step, answers)
        corrections.submit(work, ref)
        version = corrections.show(work, ref).version
        work.actor = adviser
        no = corrections.Decision(1, "decline", "", "misleading", "The visitor wrote what they saw.")
        corrections.decide(work, ref, version, [no])
        work.actor = officer
        corrections.approve(work, ref)
        agency_service.keep_reason(work, "misleading", {"en": "The visitor wrote what they saw that day."})
        work.actor = sina
        corrections.attach_statement(work, ref, "note", "I aired it. The window was stuck.")
        return ref

    do(site, put)


def told_a_value(site: Site) -> None:
    """Let another agency tell the housing agency that a value it once got was not right."""

    def put(work):
        book = agencies.catalogue(work)
        one = {"label": "Home address", "field": "address", "now": "14 Sample Street"}
        facts = book.by_slug("example-income-support").in_letters | {
            "to": "Example Housing", "name": "Sina Faasi", "items": [one], "since_on": date.today(),
        }  # fmt: skip
        summary = {
            "title": "A value you got was put right",
            "labels": ["Home address"],
            "facts": as_kept(facts),
        }
        housing = book.by_slug("example-housing")
        tasks.add(work, housing.id, ids.random63(), corrections.TOLD, date.today(), 0, summary)

    do(site, put)
