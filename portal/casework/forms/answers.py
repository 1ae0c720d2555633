"""Forms of the answer to a request to see something: item by item, all of it, a second person's view, hand-over."""

from wtforms.fields.choices import SelectChoice

from portal.access_requests import rules
from portal.access_requests.rules.letters import EXTENSION_GROUNDS
from portal.law.access_grounds import ACCESS_GROUNDS
from portal.web.fields import (
    BooleanField,
    DateField,
    LineField,
    PortalForm,
    RadioField,
    SelectField,
    TextField,
)
from portal.web.text import Lazy, lazy

GROUNDS = [one for one in ACCESS_GROUNDS if one.enabled]
NEEDS = {
    # L10n: staff page that decides about one item, label of a note that only staff read.
    "risk-note": lazy("Who could come to harm, and how?"),
    # L10n: staff page that decides about one item, label of a note that only staff read.
    "facts": lazy("Which facts make you think so?"),
    # L10n: staff page that decides about one item, label of a note that only staff read. A doctor or the like.
    "consultation-record": lazy("Who was asked about the person’s health, when, and what did they say?"),
    # L10n: staff page that decides about one item, label of a note that only staff read.
    "promise-shown": lazy("Who was promised that it stays private, and where is that written?"),
    # L10n: staff page that decides about one item, label of a note that only staff read. Law: be exact.
    "public-interest-test": lazy("Why does the public interest not outweigh the harm?"),
    # L10n: staff page that decides about one item, label of a note that only staff read. About another person.
    "balancing-note": lazy("What speaks for showing it, what against, and why does that weigh more?"),
    # L10n: staff page that decides about one item, label of a note that only staff read.
    "order-cited": lazy("Which order or rule says so?"),
}
"""What a ground must have on file, and how the form asks for it."""


OUTCOMES = [
    # L10n: staff page that decides about one item, answer.
    SelectChoice("release", lazy("Show it")),
    # L10n: staff page that decides about one item, answer. The two brackets stand around a passage.
    SelectChoice("redact", lazy("Show it without the marked parts")),
    # L10n: staff page that decides about one item, answer.
    SelectChoice("refuse", lazy("Keep it from them, and say so")),
]
# L10n: staff page that decides about one item, answer of a privacy officer. Law: be exact (s 47).
SILENT = SelectChoice("silent", lazy("Neither confirm nor deny that it exists"))


class DecideItemForm(PortalForm):
    """Decide about one thing that was found."""

    # L10n: staff page that decides about one item, label. The two brackets stand around a passage.
    text = TextField(lazy("What it says. Put [[ and ]] around what must go."), most=rules.MAX_TEXT)
    # L10n: staff page that decides about one item, question.
    outcome = RadioField(lazy("What do you decide?"), choices=OUTCOMES, validate_choice=False)
    ground = SelectField(
        # L10n: staff page that decides about one item, label; a ground is a reason from the law's closed list.
        lazy("Ground for what they do not see"),
        # L10n: first line of the list of grounds on the staff decision form.
        choices=[SelectChoice("", lazy("Choose a reason in law"))]
        + [SelectChoice(one.code, lazy(one.plain)) for one in GROUNDS],
        validate_choice=False,
    )
    # L10n: label on the staff decision form; the person reads this.
    reason = TextField(lazy("Reason, in plain words"), most=rules.MAX_REASON)
    # L10n: staff page that decides about one item, label of a note that only staff read.
    silence = TextField(lazy("Why would saying yes or no itself do harm?"), most=rules.MAX_REASON)

    def notes(self) -> dict[str, str]:
        """Give what was written for each need, and for silence."""
        return {need: self[f"note_{need}"].data or "" for need in NEEDS} | {
            "silence": self.silence.data or ""
        }


for _need, _label in NEEDS.items():
    setattr(DecideItemForm, f"note_{_need}", TextField(_label, most=rules.MAX_REASON, name=f"note-{_need}"))


class ExtendForm(PortalForm):
    """Propose a later date for the answer."""

    ground = RadioField(
        # L10n: staff page that asks for more time, question.
        lazy("Why does the law allow it?"),
        choices=[SelectChoice(code, lazy(msgid)) for code, msgid in EXTENSION_GROUNDS.items()],
    )
    until = DateField(
        # L10n: staff page that asks for more time, label of a date.
        lazy("What is the new last day?"),
        # L10n: staff page that asks for more time, error beside an empty date.
        needed=lazy("Write the new last day."),
    )
    # L10n: staff page that asks for more time, label. The person reads it.
    reason = TextField(
        lazy("Why do you need it here? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that asks for more time, error beside an empty field.
        needed=lazy("Write why you need more time."),
    )


class ProposeForm(PortalForm):
    """Propose the answer, and say who else may hold what was not found."""

    # L10n: staff page that proposes a decision, question.
    outcome = RadioField(lazy("What is the answer?"), choices=[])
    elsewhere = LineField(
        # L10n: staff page that proposes a decision, label. The person reads it in a letter.
        lazy("If you do not hold it: who may?"),
        most=rules.MAX_LINE,
    )
    # L10n: staff page that proposes a decision, label of a tick, below "If you do not hold it: who may?".
    nobody = BooleanField(lazy("I know of no one else who may hold it."))

    def others(self) -> str | None:
        """Give who else may hold it, "" for nobody known, None when nobody thought about it."""
        return self.elsewhere.data or ("" if self.nobody.data else None)


class SilenceForm(PortalForm):
    """Neither confirm nor deny: the ground, and why saying yes or no would itself do harm."""

    ground = SelectField(
        # L10n: staff page that neither confirms nor denies, label; a ground is a reason from the law's closed list.
        lazy("Ground that allows it"),
        # L10n: first line of the list of grounds on the staff decision form.
        choices=[SelectChoice("", lazy("Choose a reason in law"))]
        + [SelectChoice(one.code, lazy(one.plain)) for one in GROUNDS if one.may_neither_confirm],
        validate_choice=False,
    )
    reason = TextField(
        # L10n: staff page that decides about one item, label of a note that only staff read.
        lazy("Why would saying yes or no itself do harm?"),
        most=rules.MAX_REASON,
    )


class AnswerForm(PortalForm):
    """A second person's answer to a proposal."""

    verdict = RadioField(
        # L10n: staff page on which a privacy officer looks at a proposal, question.
        lazy("Do you agree?"),
        choices=[
            # L10n: staff page on which a privacy officer looks at a proposal, answer.
            SelectChoice("approve", lazy("Yes, I agree")),
            # L10n: staff page on which a privacy officer looks at a proposal, answer.
            SelectChoice("back", lazy("No, send it back")),
        ],
    )
    # L10n: staff page on which a privacy officer looks at a proposal, label.
    why = TextField(lazy("If you send it back: what has to change?"), most=rules.MAX_REASON)


class HandOverForm(PortalForm):
    """What has to be so before anything is handed over (s 57)."""

    # L10n: staff page that hands over, label of a tick.
    identity = BooleanField(lazy("I am sure who they are."))
    # L10n: staff page that hands over, label of a tick.
    safe = BooleanField(lazy("It is safe to hand it over in this way, and nobody forces them."))
    # L10n: staff page that hands over, label of a tick.
    support = BooleanField(lazy("I offered them someone to read it with."))

    def how(self) -> dict[str, bool]:
        """Give what was ticked."""
        return {name: bool(self[name].data) for name in ("identity", "safe", "support")}


class ChargeForm(PortalForm):
    """What handing over costs, and why (ss 66 and 67)."""

    amount = LineField(
        # L10n: staff page that asks for money before handing over, label of a sum.
        lazy("How much, in dollars?"),
        most=20,
        # L10n: staff page that asks for money, error beside a sum.
        needed=lazy("Write an amount in dollars, such as 12.50."),
    )
    why = TextField(
        # L10n: staff page that asks for money before handing over, label. The person reads it.
        lazy("What is it for, and why so much? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that asks for money before handing over, error beside an empty field.
        needed=lazy("Write what it is for, in plain words."),
    )


class SettleForm(PortalForm):
    """How a charge ends."""

    how = RadioField(
        # L10n: staff page that notes how a charge ended, question.
        lazy("How does it end?"),
        choices=[
            # L10n: staff page that notes how a charge ended, answer.
            SelectChoice("paid", lazy("They paid")),
            # L10n: staff page that notes how a charge ended, answer.
            SelectChoice("waived", lazy("We ask for nothing any more")),
        ],
    )


DECISIONS: dict[str, Lazy] = {
    # L10n: staff page that proposes a decision, answer.
    "granted": lazy("Yes, to all of it"),
    # L10n: staff page that proposes a decision, answer.
    "granted_in_part": lazy("Yes, to part of it"),
    # L10n: staff page that proposes a decision, answer.
    "refused": lazy("No"),
    # L10n: staff page that proposes a decision, answer.
    "not_held": lazy("We looked, and do not hold it"),
    # L10n: staff page that decides about one item, answer of a privacy officer. Law: be exact (s 47).
    "ncnd": lazy("Neither confirm nor deny that it exists"),
    # L10n: staff page: what a colleague proposed; not a decision, but a later date.
    "extended": lazy("More time"),
}
