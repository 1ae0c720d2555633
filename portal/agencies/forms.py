"""The form that links a person to what an agency holds about them."""

from portal.web.fields import LineField, PortalForm
from portal.web.text import lazy


class LinkForm(PortalForm):
    """Client number and code, both from the agency's letter."""

    client_ref = LineField(
        # L10n: Label: the number that an agency gives each person, printed on its letters.
        lazy("Your client number"),
        # L10n: Below the label of the client number.
        description=lazy("It is on the letter with your code."),
        most=60,
        # L10n: Error beside the client number.
        needed=lazy("Write the client number from the letter."),
    )
    code = LineField(
        # L10n: Label: the code from the agency's letter.
        lazy("The code from the letter"),
        # L10n: Below the label of the letter's code.
        description=lazy("8 letters and numbers. Spaces do not matter."),
        most=30,
        # L10n: Error beside the letter's code.
        needed=lazy("Write the code from the letter."),
    )
