"""Forms that link a person to what an agency holds about them, and of an organisation's own people."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from portal.web.fields import HiddenField, LineField, PortalForm, RadioField, TicksField, clean_line
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


class ButtonForm(PortalForm):
    """A form that is one button."""


def _shown_code() -> LineField:
    return LineField(
        # L10n: Staff page, label: the code that a person shows at the counter.
        lazy("The code they show you"),
        # L10n: Staff page, below the label of the code that a person shows.
        description=lazy("8 letters and numbers. It works for 15 minutes."),
        most=30,
        # L10n: Staff page, error beside the code that a person shows.
        needed=lazy("Write the code that they show you."),
    )


def _saw() -> TicksField:
    return TicksField(
        # L10n: Staff page, question above a list of kinds of proof.
        lazy("What did you see?"),
        choices=[
            # L10n: Staff page, a kind of proof.
            SelectChoice("photo", lazy("A passport, driver licence or other card with a photo")),
            # L10n: Staff page, a kind of proof.
            SelectChoice("papers", lazy("Two papers with their name, such as a birth certificate")),
            # L10n: Staff page, a kind of proof: the worker has known the person for long.
            SelectChoice("known", lazy("I have known them in my work for six months or more")),
        ],
        # L10n: Staff page, error beside the kinds of proof.
        validators=[DataRequired(lazy("Tick what you saw. Without it they cannot be linked."))],
    )


class ProveForm(PortalForm):
    """What staff type when a person shows a code at the counter."""

    code = _shown_code()
    client_ref = LineField(
        # L10n: Staff page, label of the agency's own number of a client.
        lazy("Their client number with you"),
        most=60,
        # L10n: Staff page, error beside the client number.
        needed=lazy("Write their client number."),
    )
    saw = _saw()


class SettleForm(PortalForm):
    """What staff type when one of those who claim a client stands at the counter."""

    code = _shown_code()
    saw = _saw()


class RoleForm(PortalForm):
    """Another role for a colleague, or none."""

    # L10n: Staff page that changes a colleague's role: question above a list of roles.
    role = RadioField(lazy("New role"), choices=[])

    def offer(self, roles: dict[str, str]) -> "RoleForm":
        """Offer these roles: their key, and their name (a msgid)."""
        self.role.choices = [SelectChoice(key, lazy(name)) for key, name in roles.items()]
        return self


class InviteForm(RoleForm):
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


class AnswerForm(PortalForm):
    """Two buttons: approve, or refuse."""

    answer = HiddenField(filters=[clean_line])
