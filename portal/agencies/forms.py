"""The form that links a person to what an agency holds about them."""

from portal.web.fields import HiddenField, LineField, PortalForm, RadioField, clean_line
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


class InviteForm(PortalForm):
    """Whom an administrator invites, and to which role."""

    full_name = LineField(
        # L10n: Staff page that invites a colleague: label.
        lazy("Full name"),
        # L10n: Staff page that invites a colleague: hint.
        description=lazy("As colleagues write it. The people whose requests they answer see it too."),
        # L10n: Staff page that invites a colleague: error.
        needed=lazy("Write their full name."),
        most=200,
    )
    # L10n: Staff page that invites a colleague: question above a list of roles.
    role = RadioField(lazy("Role"), choices=[])


class RoleForm(PortalForm):
    """Another role for a colleague, or none."""

    # L10n: Staff page that changes a colleague's role: question above a list of roles.
    role = RadioField(lazy("New role"), choices=[])


class AnswerForm(PortalForm):
    """Two buttons: approve, or refuse."""

    answer = HiddenField(filters=[clean_line])
