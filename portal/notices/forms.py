"""Forms about how a person may be reached: one for each channel."""

from wtforms import SelectChoice
from wtforms.validators import ValidationError

from portal.web.fields import LineField, PortalForm, RadioField, SelectField, TextField
from portal.web.text import Lazy, lazy

HOURS = [f"{hour:02}:00" for hour in range(24)]


class ButtonForm(PortalForm):
    """A form that is one button."""


def _use(label: Lazy) -> RadioField:
    return RadioField(
        label,
        choices=[
            # L10n: How we may reach you: answer to "Is it safe to …?"
            SelectChoice("yes", lazy("Yes, it is safe")),
            # L10n: How we may reach you: answer to "Is it safe to …?"
            SelectChoice("unsafe", lazy("No, someone else may see it")),
            # L10n: How we may reach you: answer to "Is it safe to …?": the person does not want it.
            SelectChoice("no", lazy("Do not use it")),
        ],
    )


def _how_much(label: Lazy) -> SelectField:
    return SelectField(
        label,
        default="neutral",
        choices=[
            # L10n: How we may reach you: how much a message may say.
            SelectChoice("neutral", lazy("Say only that there is an update")),
            # L10n: How we may reach you: how much a message may say.
            SelectChoice("allowed", lazy("Say what kind of update it is")),
            # L10n: How we may reach you: how much a message may say.
            SelectChoice("never", lazy("Send nothing")),
        ],
    )


def _hour(label: Lazy) -> SelectField:
    hours = [SelectChoice(str(hour), text) for hour, text in enumerate(HOURS)]
    # L10n: How we may reach you: in a list of hours of the day.
    return SelectField(label, default="", choices=[SelectChoice("", lazy("Any time")), *hours])


class ChannelForm(PortalForm):
    """What every channel asks: is it safe?"""

    use: RadioField


class Hours:
    """Between which hours of the day something may be sent."""

    # L10n: How we may reach you: first of two hours of the day.
    safe_from = _hour(lazy("From"))
    # L10n: How we may reach you: second of two hours of the day.
    safe_until = _hour(lazy("Until"))

    def validate_safe_until(self, field: SelectField) -> None:
        """Refuse one hour without the other."""
        if bool(field.data) != bool(self.safe_from.data):
            # L10n: How we may reach you: error beside two hours of the day.
            raise ValidationError(lazy("Choose both hours, or any time for both."))


class Purposes:
    """How much may be said of what."""

    # L10n: How we may reach you: what a message is about.
    requests = _how_much(lazy("Answers to what I asked to fix"))
    # L10n: How we may reach you: what a message is about.
    shares = _how_much(lazy("When someone opens what I share"))
    # L10n: How we may reach you: what a message is about.
    safety = _how_much(lazy("Changes to my account"))


class EmailForm(ChannelForm, Purposes, Hours):
    """E-mail."""

    # L10n: How we may reach you: question about e-mail.
    use = _use(lazy("Is it safe to send you e-mail?"))
    # L10n: How we may reach you: label of the e-mail address.
    address = LineField(lazy("E-mail address"), most=254)


class TextMessageForm(ChannelForm, Purposes, Hours):
    """Text messages."""

    # L10n: How we may reach you: question about text messages.
    use = _use(lazy("Is it safe to send you text messages?"))
    # L10n: How we may reach you: label of a mobile number.
    address = LineField(lazy("Mobile number"), most=40)


class PhoneForm(ChannelForm, Hours):
    """Calls by staff."""

    # L10n: How we may reach you: question about phone calls.
    use = _use(lazy("Is it safe to ring you?"))
    # L10n: How we may reach you: label of a phone number.
    address = LineField(lazy("Phone number"), most=40)
    requests = SelectField(
        # L10n: How we may reach you: question about phone calls.
        lazy("May they leave a message?"),
        default="neutral",
        choices=[
            # L10n: How we may reach you: answer to "May they leave a message?"
            SelectChoice("neutral", lazy("Yes, but only a name and a number")),
            # L10n: How we may reach you: answer to "May they leave a message?"
            SelectChoice("never", lazy("No")),
        ],
    )
    # L10n: How we may reach you: what staff need to know before they ring.
    note = TextField(lazy("What to know before they ring"), most=300)


class PostForm(ChannelForm):
    """Letters."""

    # L10n: How we may reach you: question about letters.
    use = _use(lazy("Is it safe to send you letters?"))
    # L10n: How we may reach you: label of an address for letters.
    address = TextField(lazy("Address for letters"), most=500)


FORMS: dict[str, type[ChannelForm]] = {
    "email": EmailForm,
    "text": TextMessageForm,
    "phone": PhoneForm,
    "post": PostForm,
}


class CodeForm(PortalForm):
    """The code that was sent to a new address."""

    code = LineField(
        # L10n: Label of the code that checks an address.
        lazy("Code"),
        # L10n: Error beside the code that checks an address, when it is empty.
        needed=lazy("Write the six letters and numbers that we sent."),
        most=40,
    )

    def refuse(self, why: Lazy) -> None:
        """Put a sentence beside the code."""
        self.status, self.code.errors = 400, [why]
