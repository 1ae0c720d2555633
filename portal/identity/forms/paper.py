"""Forms of those who sign in with paper, and of the worker who gives them a letter code."""

from wtforms import HiddenField

from portal.web.fields import LineField, PasswordField, PortalForm, clean_line
from portal.web.text import lazy


class NewPasswordForm(PortalForm):
    """A new password, where paper stands in place of an app."""

    # L10n: Label of the field for a new password, after somebody could not sign in.
    password = PasswordField(
        lazy("New password"),
        # L10n: Hint of the field for a new password.
        description=lazy("10 characters or more. Three or four words are easy to keep in mind."),
    )


class OwnPaperForm(PortalForm):
    """The present password, before new paper is printed."""

    # L10n: Label of the password field of the page that prints new paper.
    password = PasswordField(lazy("Your password"), render_kw={"autocomplete": "current-password"})


class LetterCodeForm(PortalForm):
    """The code of a letter that a worker handed over."""

    code = LineField(
        # L10n: Label of the only field of the page that takes the code of a letter.
        lazy("Code from your letter"),
        # L10n: Hint of the field for a code that is on a letter.
        description=lazy("16 letters and numbers. Spaces do not matter."),
        # L10n: Error beside the field for a code that is on a letter, when it is empty.
        needed=lazy("Write the code from your letter."),
        most=40,
    )


class PrintedForm(PortalForm):
    """One of the printed codes: it proves that the paper is in hand."""

    code = LineField(
        # L10n: Label of the field for the first code of a sheet of printed codes.
        lazy("The first code on your paper"),
        # L10n: Hint of the field for a printed code.
        description=lazy("16 letters and numbers. Then cross it off: each one works once."),
        # L10n: Error beside the field for a printed code, when it is empty.
        needed=lazy("Write the first code from your paper."),
        most=40,
    )


class CardForm(PortalForm):
    """First step with paper: the card in place of the user name, and the password."""

    next = HiddenField(filters=[clean_line])
    card = LineField(
        # L10n: Label of the first field for signing in with a paper card.
        lazy("Code from your card"),
        # L10n: Hint of the field for the code of a paper card.
        description=lazy("8 letters and numbers. Spaces do not matter."),
        # L10n: Error beside the field for the code of a paper card, when it is empty.
        needed=lazy("Write the code from your card."),
        most=40,
    )
    # L10n: Label of the password field of the sign-in page.
    password = PasswordField(lazy("Password"), render_kw={"autocomplete": "current-password"})
