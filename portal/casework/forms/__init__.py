"""Forms of the desk that are no request's own: a button, a file opened when it is urgent, and its review."""

from wtforms.fields.choices import SelectChoice

from portal.web.fields import LineField, PortalForm, RadioField, TextField
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class UrgentForm(PortalForm):
    """Open a file without a request: whose, by the agency's own number, and why now."""

    client_ref = LineField(
        # L10n: staff page that opens a file without a request, label: the agency's own number of a client.
        lazy("Client number"),
        most=60,
        # L10n: staff page that opens a file without a request, error beside an empty field.
        needed=lazy("Write the client number."),
    )
    reason = TextField(
        # L10n: staff page that opens a file without a request, label.
        lazy("Why do you need to see it now?"),
        most=1000,
        # L10n: staff page that opens a file without a request, error beside an empty field.
        needed=lazy("Write why you need to see it now, in a sentence."),
    )


class ReviewForm(PortalForm):
    """A second person's view of a file that was opened without a request."""

    verdict = RadioField(
        # L10n: staff page that reviews a file opened without a request, question.
        lazy("Was it right to open this file?"),
        choices=[
            # L10n: staff page that reviews a file opened without a request, answer.
            SelectChoice("fine", lazy("Yes, it was needed")),
            # L10n: staff page that reviews a file opened without a request, answer.
            SelectChoice("wrong", lazy("No, it was not")),
        ],
    )
    note = TextField(
        # L10n: staff page that reviews a file opened without a request, label.
        lazy("What did you find?"),
        most=1000,
        # L10n: staff page that reviews a file opened without a request, error beside an empty field.
        needed=lazy("Write what you found."),
    )
