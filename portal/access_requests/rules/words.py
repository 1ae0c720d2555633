"""The plain words for where an access request stands, for what may be asked, and for what stops a move."""

from datetime import date

from portal.access_requests.rules.states import State
from portal.language.rules import N_

STATUS_WORDS = {
    # L10n: tag on a request to see something, one to three words; the agency has it but nobody has begun.
    "sent": N_("Sent"),
    # L10n: tag on a request to see something; staff of the agency are working on it.
    "looking": N_("Looking"),
    # L10n: tag on a request; the agency asked the person something and waits for the answer.
    "question": N_("Question for you"),
    # L10n: tag on a request; the agency has missed its due date.
    "late": N_("Late"),
    # L10n: tag on a request to see something; the agency said yes to all of it, and has not handed it over yet.
    "granted": N_("They said yes"),
    # L10n: tag on a request to see something; the agency said yes, and asks for money before it hands it over.
    "charge": N_("They ask for money"),
    # L10n: tag on a request to see something; the agency said yes to some of it.
    "granted_in_part": N_("Yes to part"),
    # L10n: tag on a request to see something; the agency said no to all of it.
    "refused": N_("They said no"),
    # L10n: tag on a request to see something; the agency looked and found nothing.
    "not_held": N_("Nothing found"),
    # L10n: tag on a request to see something; there is an answer, and the tag must not say which.
    "answered": N_("Answered"),
    # L10n: tag on a request to see something; the person can read it now.
    "ready": N_("Ready to read"),
    # L10n: tag on a request; another agency has it now.
    "passed_on": N_("Passed on"),
    # L10n: state of a request: the person took it back
    "taken_back": N_("Taken back"),
}
STATUS_LOOKS = {
    "looking": "look", "question": "ask", "charge": "ask", "late": "late", "granted": "ok",
    "granted_in_part": "ok part", "refused": "no", "not_held": "no", "ready": "ok",
}  # fmt: skip
"""The colour of a tag; the others have none."""

SCOPES = ("all", "dates", "topic")
FORMS = {
    # L10n: how the person wants to get what they asked for: on this site.
    "here": N_("See it here"),
    # L10n: how the person wants to get what they asked for.
    "paper": N_("A copy on paper"),
    # L10n: how the person wants to get what they asked for: they fetch the paper, and nothing is posted.
    "fetch": N_("On paper. I will come and get it"),
    # L10n: how the person wants to get what they asked for.
    "talk": N_("Talk it through with someone"),
    # L10n: how the person wants to get what they asked for: somebody reads it to them.
    "listen": N_("Have it read to me"),
}
"""How the agency should show it (Privacy Act 2020 s 56)."""

REFUSED_BECAUSE = {
    # L10n: staff page of a request to see something, error.
    "not-yours": N_("Only a privacy officer can do this."),
    # L10n: staff page of a request to see something, error.
    "in-ten-days": N_("The 10 working days for passing it on are over. You must answer it yourselves."),
    # L10n: staff page of a request to see something, error.
    "may-pass-on": N_("The person does not want it passed on. You must answer it yourselves."),
    # L10n: staff page of a request to see something, error. "Them": the person who may be in danger.
    "plan": N_("Write how someone will reach them safely."),
    # L10n: staff page of a request to see something, error.
    "searched": N_("Write down where you looked first."),
    # L10n: staff page of a request to see something, error.
    "in-twenty-days": N_("The due date is over. The law allows no more time."),
    # L10n: staff page of a request to see something, error. An item: one thing that was found.
    "reviewed": N_("Decide about every item first."),
    # L10n: staff page of a request to see something, error.
    "second-person": N_("A second person has to look at this. You proposed it yourself."),
    # L10n: staff page of a request to see something, error.
    "grounds": N_("A no needs a reason in law for each item."),
    # L10n: staff page of a request to see something, error.
    "transfer-considered": N_("Write who else may hold it, or that you know of no one."),
    # L10n: staff page of a request to see something, error. It is about neither confirming nor denying.
    "silence": N_(
        "Choose a reason in law that allows this, and write why saying yes or no would itself do harm."
    ),
    # L10n: staff page of a request to see something, error.
    "may-charge": N_("Your agency may not ask for money for this."),
    # L10n: staff page that hands over, error beside a tick.
    "identity": N_("Make sure who they are, then tick this."),
    # L10n: staff page that hands over, error beside a tick.
    "safe-delivery": N_("Check that it is safe to hand it over, then tick this."),
    # L10n: staff page that hands over, error beside a tick.
    "support": N_("Offer someone who can read it with them, then tick this."),
    # L10n: staff page of a request to see something, error.
    "fee-settled": N_("What you asked them to pay is not settled yet."),
    # L10n: page of a request, error: a question has no answer yet.
    "complete": N_("Some answers are missing. Look at each part, then send."),
}
"""Why a move is refused, by the name of its guard."""

BOXES = {
    "plan": "plan",
    "identity": "identity",
    "safe-delivery": "safe",
    "support": "support",
    "silence": "reason",
}
"""Beside which box of its form a guard's sentence stands; the others stand above the form."""

MAX_TOPIC = 2_000
"""Characters in what the person writes they want to see."""
MAX_LINE = 500
"""Characters in a name, a birth date or a short reason."""
MAX_TEXT = 20_000
"""Characters in an item's text."""
MAX_REASON = 5_000
"""Characters in a reason that staff write."""
MAX_ITEMS = 200
"""Items in one request."""

_PLAIN_STATUS = {
    State.RECEIVED: "sent",
    State.SAFETY_HOLD: "sent",
    State.ID_CHECK: "question",
    State.TRANSFERRED: "passed_on",
    State.SEARCHING: "looking",
    State.REVIEWING: "looking",
    State.EXTENDED: "looking",
    State.GRANTED: "granted",
    State.GRANTED_IN_PART: "granted_in_part",
    State.FEE_WAIT: "granted",
    State.REFUSED: "refused",
    State.NOT_HELD: "not_held",
    State.NCND: "answered",
    State.RELEASED: "ready",
    State.WITHDRAWN: "taken_back",
}


def status(state: str, *, late: bool, unanswered: bool = False) -> str:
    """Give the word for where a request stands, as its person sees it: a key of STATUS_WORDS.

    A safety hold looks like any request that waits (s 57). unanswered: a charge waits for the person's word.
    """
    if unanswered:
        return "charge"
    return "late" if late else _PLAIN_STATUS[State(state)]


def who_acts(word: str) -> str:
    """Say who has to do something now, by the word of `status`: person, agency, or nobody."""
    if word in ("question", "charge"):
        return "person"
    return "agency" if word in ("sent", "looking", "late", "granted", "granted_in_part") else "nobody"


def check_dates(since: date | None, until: date | None, today: date) -> tuple[str, str] | None:
    """Give what is wrong with the dates that a person asked about, as (sentence, box); None when they can be used."""
    if since is None and until is None:
        # L10n: page that asks which part to see, error beside two dates.
        return N_("Write a date."), "since"
    if since and since > today:
        # L10n: page that asks which part to see, error beside a date.
        return N_("This date lies ahead. Choose one that is past."), "since"
    if since and until and until < since:
        # L10n: page that asks which part to see, error beside the second of two dates.
        return N_("The second date is before the first. Swap them, or leave one out."), "until"
    return None
