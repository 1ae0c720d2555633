"""Reviewing: what is decided about each thing that was found, one by one."""

from portal.access_requests import rules
from portal.access_requests.service.moving import find_open, move, note_event, put_file
from portal.access_requests.service.searching import checked_text, items_of, put_words, searched
from portal.agencies import tasks
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import N_

# L10n: staff page that decides about one item, error: nothing may change while somebody has to approve it.
PROPOSED = N_("A decision waits for a second person. Let them send it back first.")


def review_item(
    work: Work,
    ref: int,
    no: int,
    outcome: str,
    ground: str,
    reason: str,
    notes: dict[str, str],
    text: str | None = None,
) -> None:
    """Decide about one item: release, redact, refuse, or (a privacy officer only) silent.

    `ground` is a code of law.access_grounds, `reason` what the person reads, `notes` {need: text} what the ground
    must have on file, for silence under "silence". `text` replaces the item's text, where it is given; [[ ]] stand
    around what must go. Raises Invalid with the box, Conflict, NotThere. Privacy Act 2020 ss 46, 47, 49 to 53, 55.
    """
    request = find_open(work, ref)
    if request.proposed:
        raise Invalid(PROPOSED)
    found = next((one for one in items_of(work, request) if one[0].no == no), None)
    if found is None:
        raise NotThere()
    item, words = found
    if outcome == rules.Outcome.SILENT and work.actor.role != "privacy-officer":
        raise Invalid(rules.REFUSED_BECAUSE["not-yours"], "outcome")
    said = words["text"] if text is None else checked_text(text)
    fault = rules.check_item(outcome, said, ground, reason or "", notes)
    if fault:
        raise Invalid(*fault)
    if request.state == rules.State.SEARCHING:
        move(work, request, rules.State.REVIEWING, searched=bool(searched(work, request)))
    kept = {need: note.strip() for need, note in notes.items() if (note or "").strip()}
    shows_all = outcome == rules.Outcome.RELEASE
    item.outcome = outcome
    item.ground = None if shows_all else ground
    changes = {"text": said, "reason": "" if shows_all else (reason or "").strip(), "notes": kept}
    put_words(work, item, words | changes)
    work.session.flush()


def send_back(work: Work, ref: int, why: str) -> None:
    """Do not approve what a colleague proposed; it can be worked on again. By a privacy officer.

    Raises Invalid, Conflict, NotThere.
    """
    request = find_open(work, ref)
    if work.actor.role != "privacy-officer":
        raise Invalid(rules.REFUSED_BECAUSE["not-yours"])
    if not request.proposed:
        # L10n: staff page of a request to see something, error: a colleague was faster.
        raise Invalid(N_("Nothing waits for your approval."))
    said = (why or "").strip()[: rules.MAX_REASON]
    if not said:
        # L10n: staff page that sends a proposal back, error beside an empty field.
        raise Invalid(N_("Write what has to change."), "why")
    request.proposed, request.proposed_by = "", 0
    put_file(work, request, proposal=None, sent_back={"why": said, "at": work.now.isoformat()})
    note_event(work, request, rules.Event.SENT_BACK)
    tasks.change(work, request.ref, state="looking", agency_id=request.agency_id)
