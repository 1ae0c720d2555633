"""What a frontline worker saw of somebody who sits there, and who that is."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.web.fields import LineField, PortalForm, TextField, TicksField
from portal.web.text import lazy


class _UserName:
    """Stands before what was seen, so that it is asked first."""

    username = LineField(
        # L10n: Staff page that asks for a way back in for somebody: label.
        lazy("Their user name"),
        # L10n: Staff page that asks for a way back in for somebody: hint.
        description=lazy("Let them write it. Nobody is told whether it exists."),
        # L10n: Staff page that asks for a way back in for somebody: error.
        needed=lazy("Write their user name."),
        most=200,
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class _FullName:
    """Stands before what was seen, so that it is asked first."""

    full_name = LineField(
        # L10n: Staff page that makes a letter with which somebody makes an account: label.
        lazy("Their full name"),
        # L10n: Staff page that makes a letter with which somebody makes an account: hint.
        description=lazy("As they say it. They can change it when they make their account."),
        # L10n: Staff page that makes a letter with which somebody makes an account: error.
        needed=lazy("Write their full name."),
        most=200,
        render_kw={"autocomplete": "off"},
    )


class SawFields:
    """What a frontline worker saw of somebody who sits there. Stands after the fields of who that is."""

    saw = TicksField(
        # L10n: Staff page that asks for a way back in for somebody: question above tick boxes.
        lazy("How do you know that it is them?"),
        choices=[
            # L10n: Answer of a worker: an identity document with a photo was seen.
            SelectChoice("photo", lazy("I saw a photo identity that shows them")),
            # L10n: Answer of a worker who knows the person.
            SelectChoice("known", lazy("I have known them for a year or longer")),
            # L10n: Answer of a worker; it is then described in words.
            SelectChoice("other", lazy("Something else, which I describe below")),
        ],
        validate_choice=False,
    )
    words = TextField(
        # L10n: Staff page that asks for a way back in for somebody: label.
        lazy("What you saw"),
        # L10n: Staff page that asks for a way back in for somebody: hint.
        description=lazy("No numbers of documents. Your colleague reads this."),
        most=500,
    )

    def validate_saw(self, field: TicksField) -> None:
        """Ask for at least one of the answers."""
        if not field.data or set(field.data) - {one.value for one in field.choices}:
            # L10n: Staff page that asks for a way back in for somebody: error.
            raise ValidationError(lazy("Tick at least one. If none fits, do not go on."))
        if "other" in field.data and not (self.words.data or "").strip():
            # L10n: Staff page that asks for a way back in for somebody: error.
            raise ValidationError(lazy("Describe below what you saw."))


class AskBackForm(_UserName, SawFields, PortalForm):
    """What a frontline worker saw of somebody who cannot sign in."""


class LetterForm(_FullName, SawFields, PortalForm):
    """What a frontline worker saw of somebody who makes an account on paper."""
