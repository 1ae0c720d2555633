"""Forms of signing in and of the account."""

from portal.web.fields import BooleanField, HiddenField, LineField, PasswordField, PortalForm, clean_line
from portal.web.text import lazy


class SignInForm(PortalForm):
    """First step: name and password."""

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
    next = HiddenField(filters=[clean_line])


class CodeForm(PortalForm):
    """Second step: a code from the app, or a recovery code."""

    # L10n: Label of the only field of the second step of signing in.
    code = LineField(
        lazy("Code"),
        # L10n: Error beside the code field, when it is empty.
        needed=lazy("Write the code from your app, or a recovery code."),
        most=40,
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"},
    )
    next = HiddenField(filters=[clean_line])


class ButtonForm(PortalForm):
    """A form that is one button."""
