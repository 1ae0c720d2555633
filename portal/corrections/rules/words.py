"""The plain words for statuses, wishes, decisions and problems of a correction request."""

from portal.corrections.rules.states import Decision, Wish
from portal.corrections.rules.statuses import Status
from portal.language.rules import N_

STATUS_WORDS = {
    # L10n: tag on a request, one to three words; the agency has it but nobody has begun.
    Status.SENT: N_("Sent"),
    # L10n: tag on a request; staff of the agency are working on it.
    Status.LOOKING: N_("Looking"),
    # L10n: tag on a request; the agency asked the person something and waits for the answer.
    Status.QUESTION: N_("Question for you"),
    # L10n: tag on a request; the agency has missed its due date.
    Status.LATE: N_("Late"),
    # L10n: tag on a request; everything asked for was changed.
    Status.FIXED: N_("Fixed"),
    # L10n: tag on a request; some of what was asked for was changed.
    Status.PARTLY_FIXED: N_("Partly fixed"),
    # L10n: tag on a request; the agency changed nothing.
    Status.NOT_FIXED: N_("Not fixed"),
}

WISH_WORDS = {
    # L10n: choice under "What should it say?"; the person will write the right value.
    Wish.REPLACE: N_("Change it"),
    # L10n: choice under "What should it say?"; the agency should not hold this.
    Wish.REMOVE: N_("Take it away"),
    # L10n: choice under "What should it say?"; the value belongs to some other person.
    Wish.NOT_ME: N_("This is not about me"),
    # L10n: choice under "What should it say?".
    Wish.UNKNOWN: N_("It is wrong, but I do not know the right answer"),
    # L10n: choice under "What should it say?" for an opinion or a claim; the value stays, the words stand with it.
    Wish.WORDS: N_("Add my words beside it"),
    # L10n: choice under "What should it say?" for an opinion or a claim; the agency has to say how it checked.
    Wish.CHECKED: N_("Ask how they checked this"),
}

DECISION_WORDS = {
    # L10n: choice of agency staff about one value.
    Decision.ACCEPT: N_("Fix it"),
    # L10n: choice of agency staff about one value.
    Decision.PARTLY: N_("Fix part of it"),
    # L10n: choice of agency staff about one value.
    Decision.DECLINE: N_("Do not fix it"),
}

PROBLEM_WORDS = {
    # L10n: error on the staff decision form.
    "decision-missing": N_("Choose what to do: fix it, fix part of it, or do not fix it."),
    # L10n: error on the staff decision form.
    "value-missing": N_("Write what it will say."),
    # L10n: error under a box for a value; the limit is 2,000 characters.
    "value-too-long": N_("Use 2,000 characters or fewer here."),
    # L10n: error on the staff decision form; a ground is a reason from the law's list.
    "ground-missing": N_("Choose a reason in law."),
    # L10n: error on the staff decision form; the chosen ground is not on the list.
    "ground-unknown": N_("Choose a reason in law from the list."),
    # L10n: error on the staff decision form; for example "it is an opinion" chosen for a birth date.
    "ground-wrong-kind": N_(
        "This reason in law cannot be used for this kind of information. Choose another."
    ),
    # L10n: error on the staff decision form.
    "law-missing": N_("Name the law and its year in your reason, such as Public Records Act 2005."),
    # L10n: error on the staff decision form.
    "reason-missing": N_("Write the reason in plain words."),
    # L10n: error under a box for a reason; the limit is 5,000 characters.
    "reason-too-long": N_("Use 5,000 characters or fewer for the reason."),
    # L10n: error when asking for a fix; the question is "What should it say?".
    "wish-missing": N_("Choose what should happen to it."),
    # L10n: error when asking for a fix, under the box "You say".
    "wish-value-missing": N_("Write what it should say."),
    # L10n: error when asking for a fix; the question is "Which parts are wrong?".
    "items-missing": N_("Choose at least one part that is wrong."),
    # L10n: error when asking for a fix; one request can hold 20 parts.
    "items-too-many": N_("Choose 20 parts or fewer. You can send another request after this one."),
    # L10n: error when adding a statement of correction.
    "statement-missing": N_("Write your statement."),
    # L10n: error when adding a statement of correction; the limit is 5,000 characters.
    "statement-too-long": N_("Use 5,000 characters or fewer for your statement."),
}
"""One plain sentence for each problem code."""

REFUSED_BECAUSE = {
    # L10n: staff page of a request to fix something, error.
    "not-yours": N_("Only a privacy officer can do this."),
    # L10n: above the check page of a request; a question of an earlier page has no answer yet.
    "complete": N_("Some answers are missing. Look at each part, then send."),
    # L10n: staff page that asks for proof of identity, error beside a text field.
    "doubt": N_("Write what would be enough to show that it is them."),
    # L10n: staff page of a request to fix something, error.
    "owner": N_("Take this request first."),
    # L10n: staff page of a request to fix something, error.
    "in-ten-days": N_("The 10 working days for passing it on are over. You must answer it yourselves."),
    # L10n: staff page of a request to fix something, error.
    "may-pass-on": N_("The person does not want it passed on. You must answer it yourselves."),
    # L10n: staff page that passes a request on, error beside a text field.
    "closer": N_("Write why it is closer to their work."),
    # L10n: staff page of a request to fix something, error.
    "in-twenty-days": N_("The due date is over. The law allows no more time."),
    # L10n: staff page that asks for more time, error.
    "extension-ground": N_("Choose one of the law’s three reasons."),
    # L10n: staff page that asks for more time, error beside a date.
    "new-day": N_("Choose a day after the present due date."),
    # L10n: staff page of a request to fix something, error.
    "decided": N_("Decide about every value first."),
    # L10n: staff page of a request to fix something, error.
    "reasons": N_("Each no needs a reason in law, and a reason in plain words."),
    # L10n: staff page of a request to fix something, error.
    "second-person": N_("A second person has to look at this. You proposed it yourself."),
    # L10n: staff page of a request to fix something, error. The record is what the agency holds.
    "changed": N_("Something is not changed in the record yet."),
    # L10n: error when adding a statement of correction.
    "statement": N_("Write your statement."),
    # L10n: error when adding a statement of correction.
    "not-fixed": N_("Everything that you asked for was fixed."),
    # L10n: staff page of a request to fix something, error. Others: those who once got the wrong value.
    "settled": N_("Tell each of the others first, or write why that cannot be done."),
}
"""Why a move is refused, by the name of its guard."""
