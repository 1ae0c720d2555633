"""Forms of help: whom a person lets help them and how far, the code of a helper; and help at one device."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from portal.delegations import rules
from portal.web.fields import HiddenField, LineField, PortalForm, RadioField, TicksField, clean_line
from portal.web.text import Lazy, lazy

_CHECKS: dict[str, Lazy] = {
    # L10n: Page of a worker who starts with a client: a thing to tick.
    "place": lazy("We are in a private place. Nobody else can see the screen or hear us."),
    # L10n: Page of a worker who starts with a client: a thing to tick.
    "language": lazy("I asked which language they want, and if they want an interpreter."),
    # L10n: Page of a worker who starts with a client: a thing to tick.
    "told": lazy("I told them that I see what is on the screen while I sit beside them."),
    # L10n: Page of a worker who starts with a client: a thing to tick.
    "agrees": lazy("They want this now. Nobody makes them do it."),
    # L10n: Page of a worker who starts with a client: a thing to tick.
    "ends": lazy("I told them how it ends: they can stop at any time, and it is over after one hour."),
}
# What the summary of errors says about each that is not ticked.
_MISSING: dict[str, Lazy] = {
    # L10n: Page of a worker who starts with a client: error, the first thing is not ticked.
    "place": lazy("Find a private place first."),
    # L10n: Page of a worker who starts with a client: error, the second thing is not ticked.
    "language": lazy("Ask about language and an interpreter."),
    # L10n: Page of a worker who starts with a client: error, the third thing is not ticked.
    "told": lazy("Tell them what you can see."),
    # L10n: Page of a worker who starts with a client: error, the fourth thing is not ticked.
    "agrees": lazy("Ask if they want this now. If not, stop here: nothing is saved."),
    # L10n: Page of a worker who starts with a client: error, the fifth thing is not ticked.
    "ends": lazy("Tell them how it ends."),
}


class ButtonForm(PortalForm):
    """A form that is one button."""


class HelperForm(PortalForm):
    """Whom, what they may see, and for how long. What the ticks stand for, `views.offering` says."""

    name = LineField(
        # L10n: Page that adds a helper, label of a text field.
        lazy("What do you call them?"),
        # L10n: Page that adds a helper, below the label: the name is for the person's own pages.
        description=lazy("Such as Ria, or my son. It helps you tell them apart."),
        most=120,
        # L10n: Page that adds a helper, error beside an empty name.
        needed=lazy("Write what you call them."),
    )
    groups = TicksField(
        # L10n: Page that adds a helper, question above the list of what agencies hold.
        lazy("What may they see?"),
        # L10n: Page that adds a helper, error beside the list of what they may see.
        validators=[DataRequired(lazy("Choose what they may see."))],
        validate_choice=False,
    )
    months = RadioField(
        # L10n: Page that adds a helper, question above the answers.
        lazy("For how long?"),
        choices=[SelectChoice(str(months), lazy(label)) for months, label in rules.MONTHS.items()],
        coerce=str,
    )


class CodeForm(PortalForm):
    """The one-time code of the person who wants help."""

    code = LineField(
        # L10n: Page on which somebody begins to help another person, label of the code from that person.
        lazy("Their code"),
        # L10n: Below the label of the code.
        description=lazy("8 letters and numbers. Spaces do not matter."),
        most=40,
        # L10n: Error beside the code.
        needed=lazy("Write the code that they gave you."),
    )


class ChecksForm(PortalForm):
    """Five things a worker makes sure of before a device changes hands. Nothing of it is kept."""

    checks = TicksField(
        # L10n: Page of a worker who starts with a client: above five things to tick.
        lazy("Before you start, tick each one that is done"),
        choices=[SelectChoice(key, _CHECKS[key]) for key in rules.CHECKS],
        validate_choice=False,
    )

    def validate_checks(self, field: TicksField) -> None:
        """Ask for every one of them."""
        if not set(rules.CHECKS) <= set(field.data or ()):
            # L10n: Page of a worker who starts with a client: error above the things to tick.
            raise ValidationError(lazy("Some things are not done yet."))

    def faults(self) -> list[tuple[str, Lazy]]:
        """List in the summary each thing that is missing, and lead to its box."""
        if not self.checks.errors:
            return super().faults()
        ticked = set(self.checks.data or ())
        boxes = [self.checks.id, *(f"{self.checks.id}-{no}" for no in range(1, len(rules.CHECKS)))]
        return [
            (box, _MISSING[key]) for box, key in zip(boxes, rules.CHECKS, strict=True) if key not in ticked
        ]


class TakeForm(PortalForm):
    """The code that a person made on their own phone."""

    code = LineField(
        # L10n: Page that a client sees on a worker's device: label of the box for the code from their own phone.
        lazy("Your code"),
        # L10n: Page that a client sees on a worker's device: error, the box is empty.
        needed=lazy("Write the code from your phone."),
        most=40,
        render_kw={"autocomplete": "off"},
    )


class AnswerForm(PortalForm):
    """Two buttons: yes, help me; or no."""

    answer = HiddenField(filters=[clean_line])
