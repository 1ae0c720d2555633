"""A complaint about a request, at any time: to the agency's privacy officer from here, or to the Commissioner."""

from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.models import CorrectionRequest
from portal.corrections.queries.places import request_place
from portal.corrections.service.moving import find_own, let_look, note_event, words_of
from portal.language.rules import LANGUAGES, N_
from portal.law.working_days import add_working_days

COMPLAINT = "correction_complaint"
"""The kind of task that puts a complaint before the privacy officer."""
ANSWER_WITHIN = 20
"""Working days in which the officer should have answered a complaint; the Act sets no figure."""

# L10n: page on which a person complains to an agency, error beside the box.
TOO_LONG = N_("Use 5,000 characters or fewer.")
# L10n: page on which a person complains to an agency, error: they sent very many complaints about one request.
ENOUGH = N_("You have sent 10 complaints about this. Ring them, or go to the Privacy Commissioner.")


def complain(work: Work, ref: int, text: str = "", lang: str = "en") -> str:
    """Send a complaint about the actor's own request to the privacy officer of the agency that has it.

    At any time, whatever became of the request; no words are needed. The same words once more change nothing. Raises
    Invalid, NotThere. Privacy Act 2020 s 69 and Part 5: the agency first or not at all, as the person likes.
    """
    request = find_own(work, ref)
    said, lang = (text or "").strip(), lang if lang in LANGUAGES else "en"
    if len(said) > rules.MAX_REASON:
        raise Invalid(TOO_LONG, "text")
    words = words_of(work, request)
    sent = words.get("complaints", [])
    if sent and sent[-1]["text"] == said:
        return ids.encode(ref)
    if len(sent) >= rules.MAX_COMPLAINTS:
        raise Invalid(ENOUGH, "text")
    sent = [*sent, {"text": said, "lang": lang, "at": work.now.isoformat()}]
    place = request_place(request.person_id, request.id, request.agency_id)
    request.words = work.keys.seal_json(place, words | {"complaints": sent})
    note_event(work, request, rules.Event.COMPLAINED)
    _put_before_officer(work, request, said, lang)
    return ids.encode(ref)


def _put_before_officer(work: Work, request: CorrectionRequest, said: str, lang: str) -> None:
    summary = {
        # L10n: staff worklist, kind of work for the privacy officer: a person complains about a request to fix
        "title": N_("Someone complains about a request to fix"),
        "labels": [],
        "reference": request.reference,
        "about": ids.encode(request.ref),
        "text": said,
        "lang": lang,
    }
    due_on = add_working_days(nz_date(work.now), ANSWER_WITHIN)
    tasks.add(work, request.agency_id, ids.random63(), COMPLAINT, due_on, request.person_id, summary)
    if request.state in rules.ANSWERED:
        # The officer has to read again what it is about.
        let_look(work, request, on=False)
