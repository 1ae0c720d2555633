"""Forms of help: whom a person lets help them and how far, and the code with which a helper begins."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from portal.delegations import rules
from portal.web.fields import LineField, PortalForm, RadioField, TicksField
from portal.web.text import lazy


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
