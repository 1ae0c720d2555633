"""Forms of help at one device: what a worker makes sure of, the code of a person, and their yes."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.delegations.rules import CHECKS
from portal.web.fields import HiddenField, LineField, PortalForm, TicksField, clean_line
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


class ChecksForm(PortalForm):
    """Five things a worker makes sure of before a device changes hands. Nothing of it is kept."""

    checks = TicksField(
        # L10n: Page of a worker who starts with a client: above five things to tick.
        lazy("Before you start, tick each one that is done"),
        choices=[SelectChoice(key, _CHECKS[key]) for key in CHECKS],
        validate_choice=False,
    )

    def validate_checks(self, field: TicksField) -> None:
        """Ask for every one of them."""
        if not set(CHECKS) <= set(field.data or ()):
            # L10n: Page of a worker who starts with a client: error above the things to tick.
            raise ValidationError(lazy("Some things are not done yet."))

    def faults(self) -> list[tuple[str, Lazy]]:
        """List in the summary each thing that is missing, and lead to its box."""
        if not self.checks.errors:
            return super().faults()
        ticked = set(self.checks.data or ())
        boxes = [self.checks.id, *(f"{self.checks.id}-{no}" for no in range(1, len(CHECKS)))]
        return [(box, _MISSING[key]) for box, key in zip(boxes, CHECKS, strict=True) if key not in ticked]


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


class ButtonForm(PortalForm):
    """A form that is one button."""
