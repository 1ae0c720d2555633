"""The form of one choice: nothing is ticked before the person ticks it."""

from wtforms import SelectChoice

from portal.web.fields import PortalForm, RadioField
from portal.web.text import lazy


class ChoiceForm(PortalForm):
    """Yes or no to one use."""

    answer = RadioField(
        # L10n: Page of one use of information, question about a use that is the person's own choice.
        lazy("May they do this?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
        ],
    )


class LimitedForm(ChoiceForm):
    """Yes or no to the part of a use that is not fixed."""

    answer = RadioField(
        # L10n: Page of one use of information, question about the part of it that is not fixed.
        lazy("May they do the part that you can choose?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
        ],
    )
