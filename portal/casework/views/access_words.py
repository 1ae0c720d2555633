"""Words of the desk for what happened to a request to see something, and for what may be decided."""

from portal.access_requests.rules import Event
from portal.language.rules import N_

HAPPENINGS: dict[str, str] = {
    # L10n: staff page of a request to see something, in its history.
    Event.REQUESTED: N_("It came in."),
    # L10n: staff page of a request to see something, in its history: the person asked by phone, on paper or in person.
    Event.WRITTEN_DOWN: N_("A worker wrote it down for them."),
    # L10n: staff page of a request to see something, in its history.
    Event.TAKEN: N_("A worker took it."),
    # L10n: staff page of a request to see something, in its history.
    Event.IDENTITY_ASKED: N_("They were asked who they are."),
    # L10n: staff page of a request to see something, in its history.
    Event.IDENTITY_CONFIRMED: N_("A worker is sure who they are."),
    # L10n: staff page of a request to see something, in its history.
    Event.HELD: N_("It was held back for safety."),
    # L10n: staff page of a request to see something, in its history.
    Event.HOLD_LIFTED: N_("The safety hold ended."),
    # L10n: staff page of a request to see something, in its history.
    Event.TRANSFERRED: N_("It was passed on to another agency."),
    # L10n: staff page of a request to see something, in its history.
    Event.PART_TRANSFERRED: N_("A part was passed on to another agency."),
    # L10n: staff page of a request to see something, in its history.
    Event.SEARCH_STARTED: N_("The search began."),
    # L10n: staff page of a request to see something, in its history.
    Event.REVIEW_STARTED: N_("What was found is looked at, item by item."),
    # L10n: staff page of a request to see something, in its history.
    Event.PROPOSED: N_("A worker proposed what to do."),
    # L10n: staff page of a request to see something, in its history.
    Event.SENT_BACK: N_("The proposal was sent back."),
    # L10n: staff page of a request to see something, in its history.
    Event.EXTENDED: N_("A later last day was set."),
    # L10n: staff page of a request to see something, in its history.
    Event.DECIDED: N_("It was decided."),
    # L10n: staff page of a request to see something, in its history.
    Event.FEE_ASKED: N_("They were asked to pay."),
    # L10n: staff page of a request to see something, in its history: about what the agency asks to be paid.
    Event.FEE_AGREED: N_("They said yes to the charge."),
    # L10n: staff page of a request to see something, in its history: about what the agency asks to be paid.
    Event.FEE_LESS: N_("They asked for less, so that it costs less."),
    # L10n: staff page of a request to see something, in its history: about what the agency asks to be paid.
    Event.FEE_PAID: N_("They paid."),
    # L10n: staff page of a request to see something, in its history: about what the agency asks to be paid.
    Event.FEE_WAIVED: N_("You let the charge go."),
    # L10n: staff page of a request to see something, in its history.
    Event.RELEASED: N_("It was handed over."),
    # L10n: staff page of a request to see something, in its history.
    Event.WITHDRAWN: N_("The person took it back."),
    # L10n: staff page of a request to see something, in its history.
    Event.OVERDUE: N_("The last day passed without an answer."),
    # L10n: staff page of a request to see something, in its history.
    Event.DUE_DATE_EARLIER: N_("The last day moved to an earlier one."),
}
