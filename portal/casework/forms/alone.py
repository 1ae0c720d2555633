"""The form of a talk with a person alone."""

from portal.delegations import rules
from portal.web.fields import DateField, LineField, PortalForm, TextField
from portal.web.text import lazy


class TalkForm(PortalForm):
    """Who talked with them, on which day, and how."""

    who = LineField(
        # L10n: staff page that notes a talk with a person alone, label.
        lazy("Who talked with them?"),
        # L10n: staff page that notes a talk with a person alone, below the label.
        description=lazy("The name of the worker."),
        most=120,
        # L10n: staff page that notes a talk with a person alone, error beside an empty name.
        needed=lazy("Write who talked with them."),
    )
    # L10n: staff page that notes a talk with a person alone, label of a date.
    on = DateField(lazy("On which day?"))
    how = TextField(
        # L10n: staff page that notes a talk with a person alone, label.
        lazy("How did you reach them, and how do you know that they were alone?"),
        most=rules.LONGEST_TALK,
        # L10n: staff page that notes a talk with a person alone, error beside an empty box.
        needed=lazy("Write how you made sure that they were alone."),
    )
