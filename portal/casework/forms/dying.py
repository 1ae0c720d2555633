"""Forms of the desk about a client's death: what one of the staff says, and what a second person checked."""

from portal.web.fields import DateField, LineField, PortalForm, TextField
from portal.web.text import lazy


class DeathForm(PortalForm):
    """Which client died, when, and what was seen."""

    client_ref = LineField(
        lazy("Client number"),
        most=60,
        needed=lazy("Write the client number."),
    )
    born = DateField(lazy("The client’s birth date"), needed=lazy("Write the client’s birth date."))
    # L10n: Staff page that records a client's death: label of a date, and the error beside it when it is empty.
    died_on = DateField(lazy("Day of death"), needed=lazy("Write the day on which they died."))
    saw = TextField(
        lazy("What did you see, and how do you know that it is real?"),
        most=1000,
        needed=lazy("Write what you saw. Do not copy the paper."),
    )


class WordsForm(PortalForm):
    """What a second person checked, or how somebody knows that the client lives."""

    # L10n: Staff page of a client's death: label of a text field, and the error beside it when it is empty.
    words = TextField(lazy("What did you check?"), most=1000, needed=lazy("Write what you checked."))
