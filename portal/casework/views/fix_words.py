"""Words of the desk for what happened to a request to fix something, for its limits, and for parts of its letters."""

from portal.corrections.rules import Event
from portal.language.rules import N_

HAPPENINGS: dict[str, str] = {
    # L10n: staff page of a request to fix something, in its history.
    Event.REQUESTED: N_("It came in."),
    # L10n: staff page of a request to fix something, in its history.
    Event.IDENTITY_ASKED: N_("They were asked who they are."),
    # L10n: staff page of a request to fix something, in its history.
    Event.IDENTITY_CONFIRMED: N_("A worker is sure who they are."),
    # L10n: staff page of a request to fix something, in its history.
    Event.QUESTION_ASKED: N_("A worker asked them something."),
    # L10n: staff page of a request to fix something, in its history.
    Event.QUESTION_ANSWERED: N_("They answered the question."),
    # L10n: staff page of a request to fix something, in its history.
    Event.TRANSFERRED: N_("It was passed on to another agency."),
    # L10n: staff page of a request to fix something, in its history.
    Event.PART_TRANSFERRED: N_("A part was passed on to another agency."),
    # L10n: staff page of a request to fix something, in its history.
    Event.REVIEW_STARTED: N_("A worker began to look at it."),
    # L10n: staff page of a request to fix something, in its history.
    Event.PROPOSED: N_("A worker proposed what to do."),
    # L10n: staff page of a request to fix something, in its history.
    Event.SENT_BACK: N_("The proposal was sent back."),
    # L10n: staff page of a request to fix something, in its history.
    Event.EXTENDED: N_("A later last day was set."),
    # L10n: staff page of a request to fix something, in its history.
    Event.DECIDED: N_("It was decided."),
    # L10n: staff page of a request to fix something, in its history.
    Event.ITEM_APPLIED: N_("A worker said: it stands in our record now."),
    # L10n: staff page of a request to fix something, in its history.
    Event.APPLIED: N_("Nothing is left to change in the record."),
    # L10n: staff page of a request to fix something, in its history. Their own words: beside the value.
    Event.STATEMENT_OFFERED: N_("They were told that they can add their own words."),
    # L10n: staff page of a request to fix something, in its history. Their own words: beside the value.
    Event.STATEMENT_RECEIVED: N_("Their own words came."),
    # L10n: staff page of a request to fix something, in its history. Their own words: beside the value.
    Event.STATEMENT_ATTACHED: N_("Their own words stand beside it."),
    # L10n: staff page of a request to fix something, in its history. Their own words: beside the value.
    Event.STATEMENT_TAKEN_OFF: N_("Their own words were taken away."),
    # L10n: staff page of a request to fix something, in its history. Others: those who got the old value.
    Event.NOTIFYING: N_("Others have to be told."),
    # L10n: staff page of a request to fix something, in its history. One: who got the old value.
    Event.RECIPIENT_TOLD: N_("One of the others was told."),
    # L10n: staff page of a request to fix something, in its history. One: who got the old value.
    Event.RECIPIENT_NOT_TOLD: N_("One of the others cannot be told."),
    # L10n: staff page of a request to fix something, in its history.
    Event.CLOSED: N_("It is closed."),
    # L10n: staff page of a request to fix something, in its history.
    Event.WITHDRAWN: N_("The person took it back."),
    # L10n: staff page of a request to fix something, in its history.
    Event.OVERDUE: N_("The last day passed without an answer."),
    # L10n: staff page of a request to fix something, in its history.
    Event.COMPLAINED: N_("The person complained."),
    # L10n: staff page of a request to fix something, in its history.
    Event.DUE_DATE_EARLIER: N_("The last day moved to an earlier one."),
}

LIMITS: dict[str, tuple[str, str]] = {
    "in-ten-days": (
        "Privacy Act 2020, section 62",
        # L10n: staff page that passes a request on: what can be done after the last day for that.
        N_("You can answer it, and ask the other agency what it knows. The person can also ask them."),
    ),
    "may-pass-on": (
        "Privacy Act 2020, section 62",
        # L10n: staff page that passes a request on: what can be done when the person does not want that.
        N_("You can answer it, or ask the person if they think of it in another way now."),
    ),
    "begun": (
        "Privacy Act 2020, section 62",
        # L10n: staff page that passes a request on: what can be done once the work on it began.
        N_("You can answer what you hold, and tell the person whom else they can ask."),
    ),
    "in-twenty-days": (
        "Privacy Act 2020, sections 65 and 69",
        # L10n: staff page that asks for more time: what can be done after the last day.
        N_(
            "In law this is a no already, and they can complain. Answer it today; a late answer still helps them."
        ),
    ),
    "once": (
        "Privacy Act 2020, section 65",
        # L10n: staff page that asks for more time: what can be done when it was longer already.
        N_("Answer it by the day that they were told. You can decide each value by itself."),
    ),
    "take-first": (
        "Privacy Act 2020, section 65",
        # L10n: staff page that asks for more time: what can be done when nobody took the request.
        N_("Take the request, then come back to this page."),
    ),
}
"""For each limit: the section that sets it, and what staff can do then."""

SAID: dict[str, str] = {
    # L10n: staff page that passes a request on, note: it cannot be done any more.
    "begun": N_("You have begun to look at it. Answer it here, or ask the person to ask the other agency."),
    # L10n: staff page that asks for more time, note: it was made longer once already.
    "once": N_("It was made longer once. The law allows no second time."),
    # L10n: staff page that asks for more time, note: nobody has taken the request yet.
    "take-first": N_("Nobody has begun with this request yet."),
}
"""Limits that have no sentence in the rules of a request, because no move of its table is refused by them."""

PARTS: dict[str, str] = {
    # L10n: staff page with a letter before it is sent, list of what it must hold: what is changed.
    "changed": N_("What is changed, from what to what"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "when": N_("When it is changed"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "shown": N_("Where they see it"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "told": N_("Who else is told"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "contact": N_("Whom they can ask"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "items": N_("The reason for each value"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "statement": N_("That they can add their own words"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "how": N_("How they can do that"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "complaint": N_("That they can complain for free"),
    # L10n: staff page with a letter before it is sent, list of what it must hold.
    "charge": N_("That none of this costs anything"),
}
"""What each part of the two letters with an answer is for."""
