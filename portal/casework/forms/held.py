"""Form of records that were held back: the linked person's all the same, or somebody else's."""

from wtforms.fields.choices import SelectChoice

from portal.web.fields import PortalForm, RadioField, TextField
from portal.web.text import lazy


class HeldForm(PortalForm):
    """What staff found out, and how they know."""

    verdict = RadioField(
        # L10n: staff page about records that were held back, question.
        lazy("Whose records are these?"),
        choices=[
            # L10n: staff page about records that were held back, answer.
            SelectChoice("show", lazy("The linked person’s. Show them.")),
            # L10n: staff page about records that were held back, answer.
            SelectChoice("back", lazy("Someone else’s. Send them back.")),
        ],
    )
    why = TextField(
        # L10n: staff page about records that were held back, label.
        lazy("How do you know?"),
        most=1000,
        # L10n: staff page about records that were held back, error beside an empty field.
        needed=lazy("Write how you know, in a sentence."),
    )
