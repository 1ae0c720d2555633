"""Forms of signing in and of the account."""

from wtforms.validators import ValidationError

from portal.identity.rules import is_birth_date
from portal.web.core import work
from portal.web.fields import (
    BooleanField,
    DateField,
    HiddenField,
    LineField,
    PasswordField,
    PortalForm,
    clean_line,
)
from portal.web.text import lazy


class PasskeyForm(PortalForm):
    """A form that a passkey may answer: what the page's script writes then stands for all other fields."""

    credential = HiddenField()
    next = HiddenField(filters=[clean_line])

    def validate(self, extra_validators=None) -> bool:
        """Look at the other fields only where no passkey answered."""
        return bool(self.credential.data) or super().validate(extra_validators)


class SignInForm(PasskeyForm):
    """First step: name and password. Or both steps, by a passkey."""

    # L10n: Label of the first field of the sign-in page.
    username = LineField(
        lazy("User name"),
        # L10n: Error beside the user name field of the sign-in page, when it is empty.
        needed=lazy("Write your user name."),
        most=200,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    # L10n: Label of the password field of the sign-in page.
    password = PasswordField(lazy("Password"), render_kw={"autocomplete": "current-password"})
    # L10n: Tick box of the sign-in page. It makes the portal sign out sooner.
    shared_device = BooleanField(lazy("Other people use this phone or computer"))


class CodeForm(PasskeyForm):
    """Second step: a code from the app, a recovery code, or a passkey."""

    # L10n: Label of the only field of the second step of signing in.
    code = LineField(
        lazy("Code"),
        # L10n: Error beside the code field, when it is empty.
        needed=lazy("Write the code from your app, or a recovery code."),
        most=40,
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"},
    )


class ButtonForm(PortalForm):
    """A form that is one button."""


class OwnFacts:
    """Who a person is. Stands before the class of user name and password, so that it is asked first."""

    full_name = LineField(
        # L10n: Label on the page that makes an account. One field for any kind of name.
        lazy("Your full name"),
        # L10n: Hint of the full name when making an account.
        description=lazy("As it is on your papers. Any letters, and one name is fine."),
        # L10n: Error beside the full name when making an account.
        needed=lazy("Write your full name."),
        most=200,
    )
    birth_date = DateField(
        # L10n: Label on the page that makes an account.
        lazy("Your birth date"),
        # L10n: Hint of the birth date when making an account. Numbers: day, month, year.
        description=lazy("Such as 4 5 1992."),
        # L10n: Error beside the birth date when making an account.
        needed=lazy("Write your birth date."),
    )


class ColleagueForm(PortalForm):
    """What a colleague chooses who was invited: a user name and a password."""

    # L10n: Label on the page that makes an account.
    username = LineField(
        lazy("User name"),
        # L10n: Hint of the user name when making an account.
        description=lazy("You choose it. It does not have to be your name."),
        # L10n: Error beside the user name when making an account, when it is empty.
        needed=lazy("Choose a user name."),
        most=60,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    # L10n: Label of the password field of the page that makes an account.
    password = PasswordField(
        lazy("Password"),
        # L10n: Hint of the password when making an account.
        description=lazy("10 characters or more. Three or four words are easy to keep in mind."),
    )


class JoinForm(OwnFacts, ColleagueForm):
    """What a person gives who makes their own account."""

    def validate_birth_date(self, field: DateField) -> None:
        """Refuse a birth date that is not in the past."""
        if field.data is not None and not is_birth_date(field.data, work().now):
            # L10n: Error beside the birth date when making an account.
            raise ValidationError(lazy("Write a birth date in the past."))


class ConfirmForm(PasskeyForm):
    """The first code of the app: it proves that the app holds the key. Or a passkey in its place."""

    code = LineField(
        # L10n: Label of the only field of the page that sets up the app.
        lazy("Code from your app"),
        # L10n: Error beside the code when making an account, when it is empty.
        needed=lazy("Write the six numbers that your app shows now."),
        most=20,
    )


class AppForm(PortalForm):
    """The first code of a new app."""

    code = LineField(
        # L10n: Label of the only field of the page that sets up the app.
        lazy("Code from your app"),
        # L10n: Error beside the code when making an account, when it is empty.
        needed=lazy("Write the six numbers that your app shows now."),
        most=20,
    )


class HatForm(PortalForm):
    """One button for each organisation: which hat to wear."""

    agency = HiddenField(filters=[clean_line])


class BackCodeForm(PortalForm):
    """The card of two workers: whose it is, and its code."""

    # L10n: Label of the first field of the page for a code that a worker handed over.
    username = LineField(
        lazy("User name"),
        # L10n: Error beside the user name field of the page for a worker's code.
        needed=lazy("Write your user name."),
        most=200,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    code = LineField(
        # L10n: Label of the field for a code that a worker handed over.
        lazy("Code from the card"),
        # L10n: Hint of the field for a code that a worker handed over.
        description=lazy("16 letters and numbers. Spaces do not matter."),
        # L10n: Error beside the field for a code that a worker handed over.
        needed=lazy("Write the code from the card."),
        most=40,
    )


class NewFactorsForm(ConfirmForm):
    """A new password, and the first code of a new app."""

    # L10n: Label of the field for a new password, after somebody could not sign in.
    password = PasswordField(
        lazy("New password"),
        # L10n: Hint of the field for a new password.
        description=lazy("10 characters or more. Three or four words are easy to keep in mind."),
    )


class AnswerForm(PortalForm):
    """Two buttons: approve, or refuse."""

    answer = HiddenField(filters=[clean_line])


class WithForm(PortalForm):
    """The button that leads to another provider's sign-in page."""

    # L10n: Tick box of the page that leads to another sign-in service. It makes the portal sign out sooner.
    shared_device = BooleanField(lazy("Other people use this phone or computer"))
    next = HiddenField(filters=[clean_line])


class NewcomerForm(OwnFacts, PortalForm):
    """What a person adds who joins with another provider."""

    validate_birth_date = JoinForm.validate_birth_date


class InvitationForm(PortalForm):
    """The code of a colleague's invitation."""

    invitation = LineField(
        # L10n: Label of the only field of the page for staff who sign in with their organisation for the first time.
        lazy("Invitation code"),
        # L10n: Hint of the invitation code: it is the end of an address.
        description=lazy("The 16 letters and numbers at the end of the address you were given."),
        # L10n: Error beside the invitation code, when it is empty.
        needed=lazy("Write the code of your invitation."),
        most=60,
    )


class NewPasskeyForm(PasskeyForm):
    """What to call a passkey that is about to be made."""

    name = LineField(
        # L10n: Page of passkeys: label of the name that one gives a new passkey.
        lazy("A name for it"),
        # L10n: Page of passkeys: hint of the name that one gives a new passkey.
        description=lazy("Such as: my phone. You can leave it empty."),
        most=40,
        render_kw={"autocomplete": "off"},
    )


class EndOneForm(PortalForm):
    """One button for each device: end its session."""

    device = HiddenField(filters=[clean_line])


class FirstPasswordForm(PortalForm):
    """A password for an account that signs in without one."""

    new_password = PasswordField(
        # L10n: Label on the page that changes the password.
        lazy("New password"),
        # L10n: Hint of the new password.
        description=lazy("10 characters or more. Three or four words are easy to keep in mind."),
    )


class PasswordForm(FirstPasswordForm):
    """A new password in place of the present one."""

    # L10n: Label on the page that changes the password.
    present_password = PasswordField(lazy("Present password"))
