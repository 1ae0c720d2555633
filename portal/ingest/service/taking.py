"""The verb of ingest: take what an agency sends about one client."""

from datetime import date

from portal.agencies import service as agencies
from portal.agencies.queries import catalogue
from portal.agencies.rules import AgencyFacts
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity import service as identity
from portal.ingest import queries
from portal.ingest.service import holding, waiting
from portal.ingest.service.incoming import (
    CAME_BACK,
    HELD_BACK,
    NO_SILENCE,
    OLDER,
    Incoming,
    Outcome,
    Who,
    faults,
    no_type,
    unwritable,
)
from portal.notices import service as notices
from portal.records import service as records


def take(
    work: Work,
    agency_id: int,
    client_ref: str,
    incoming: list[Incoming],
    who: Who | None = None,
    nothing_held: bool = False,
    *,
    keep_newer: bool = False,
) -> Outcome:
    """Take what an agency sends about one client, all of it or nothing of it, and say what became of it.

    A name or birth date that contradicts the linked person holds everything back for staff. Where nobody is
    linked it waits under the agency's key. With `nothing_held` the agency says that it holds nothing; with
    `keep_newer` a record older than the held one is left out. Privacy Act 2020 principles 8 and 13.
    """
    agency = catalogue(work).agency(agency_id)
    outcome = Outcome()
    person_id = agencies.person_of_client(work, agency_id, client_ref)
    outcome.linked = person_id is not None
    fit = [one for one in incoming if _fits(agency, one, outcome)]
    if person_id is None:
        waiting.keep(work, agency_id, client_ref, fit, who, outcome)
        return outcome
    if not _is_who(work, person_id, agency_id, who):
        if fit or nothing_held:
            holding.hold(work, agency, client_ref, fit, who)
        outcome.rejected += len(fit)
        outcome.kinds["held"] += len(fit)
        outcome.warn(HELD_BACK)
        return outcome
    said = [_put(work, agency, person_id, client_ref, one, outcome, keep_newer) for one in fit]
    if any(said) or (nothing_held and not fit):
        # A record of which nothing may be said does not show in when the agency last sent something either.
        agencies.note_fed(work, person_id, agency_id)
    return outcome


def _fits(agency: AgencyFacts, one: Incoming, outcome: Outcome) -> bool:
    kind = agency.types.get(one.type_key)
    beside = (one.source_id, one.why, one.withheld, one.disclosures, one.third_party, one.silent)
    if kind is None:
        outcome.warn(no_type(agency, one.type_key))
    elif one.silent is not None and not records.may_keep_silent(one.silent["ground"]):
        outcome.warn(f"A record of type {one.type_key} was left out: {NO_SILENCE}")
    elif unwritable(beside):
        outcome.warn(
            f"A record of type {one.type_key} was left out: it holds a character that cannot be stored."
        )
    else:
        wrong = faults(kind, one.body)
        if not wrong:
            return True
        told = " ".join(fault.sentence for fault in wrong[:5])
        outcome.warn(f"A record of type {one.type_key} was left out: {told}")
    outcome.rejected += 1
    outcome.kinds["unfit"] += 1
    return False


def _is_who(work: Work, person_id: int, agency_id: int, who: Who | None) -> bool:
    if who is None or (not who.names and who.birth_date is None):
        return True
    # A birth date without a name is compared alone.
    names = who.names or (identity.person_facts(work, person_id).full_name,)
    return any(agencies.is_this_person(work, person_id, agency_id, name, who.birth_date) for name in names)


def _put(
    work: Work,
    agency: AgencyFacts,
    person_id: int,
    client_ref: str,
    one: Incoming,
    outcome: Outcome,
    keep_newer: bool,
) -> bool:
    """Take one record, and say whether its person may know of it."""
    place = (person_id, agency.id, one.type_key, one.source_id)
    if keep_newer and _is_older(work, place, one):
        outcome.rejected += 1
        outcome.kinds["older"] += 1
        outcome.warn(OLDER)
        return True
    why = dict(one.why or {})
    if one.third_party:
        why["third_party"] = list(one.third_party)
    became = records.receive(
        work, *place, one.body, recorded_on=one.recorded_on, why=why, changed_by=one.changed_by
    )
    said = _put_beside(work, place, one)
    silent = _keep_silent(work, place, one)
    if became == "came-back":
        _tell_came_back(work, agency, place, client_ref, outcome, silent)
    if said and became == "unchanged":
        became = "changed"
    outcome.kinds[became] += 1
    if became in ("new", "changed"):
        outcome.records += 1
        outcome.seen += not silent
    else:
        outcome.unchanged += 1
    return not silent


def _keep_silent(work: Work, place: tuple[int, int, str, str], one: Incoming) -> bool:
    """Take a record out of what its person reads where its agency says so, and say whether it is out."""
    person_id, record_id = place[0], records.record_id_of(work, *place)
    if one.silent is not None:
        day = one.silent.get("decided_on")
        decided_on = date.fromisoformat(day) if day else None
        records.keep_silent(
            work, person_id, record_id, one.silent["ground"], one.silent["decided_by"], decided_on
        )
    return records.is_silent(work, person_id, record_id)


def _put_beside(work: Work, place: tuple[int, int, str, str], one: Incoming) -> bool:
    """Note withheld parts and disclosures that are not noted yet; say whether there were any."""
    if not one.withheld and not one.disclosures:
        return False
    person_id, record_id = place[0], records.record_id_of(work, *place)
    known = queries.said_of(work, person_id, record_id)
    before = len(known)
    for entry in one.withheld:
        details = {key: value for key, value in entry.items() if key != "field"}
        part = (entry.get("field") or records.WHOLE, details)
        if part not in known:
            records.withhold(work, person_id, record_id, *part)
            known.append(part)
    for entry in one.disclosures:
        part = (records.WHOLE, entry)
        if part not in known:
            records.note_disclosure(work, person_id, record_id, entry)
            known.append(part)
    return len(known) > before


def _is_older(work: Work, place: tuple[int, int, str, str], one: Incoming) -> bool:
    if one.recorded_on is None:
        return False
    try:
        record_id = records.record_id_of(work, *place)
    except NotThere:
        return False
    _, held_on = queries.record_facts(work, place[0], record_id)
    return held_on is not None and one.recorded_on < held_on


def _tell_came_back(
    work: Work,
    agency: AgencyFacts,
    place: tuple[int, int, str, str],
    client_ref: str,
    outcome: Outcome,
    silent: bool,
) -> None:
    ref, _ = queries.record_facts(work, place[0], records.record_id_of(work, *place))
    holding.ask_about_old_value(work, agency, place[0], client_ref, place[2])
    if not silent:
        notices.tell(work, place[0], "value_came_back", agency.id, ref)
    outcome.warn(CAME_BACK)
