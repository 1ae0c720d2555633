"""Form of a request to see something that came by phone, on paper or in person: staff write down what they heard."""

from wtforms.fields.choices import SelectChoice

from portal.access_requests import rules
from portal.language.rules import LANGUAGES
from portal.web.fields import DateField, LineField, PortalForm, RadioField, SelectField, TextField
from portal.web.text import lazy

_NO_YES = [
    # L10n: answer to a question.
    SelectChoice("no", lazy("No")),
    # L10n: answer to a question.
    SelectChoice("yes", lazy("Yes")),
]


class WhoForm(PortalForm):
    """Whose request it is, when and how it came: the same for a request to see and for one to fix."""

    client_ref = LineField(
        # L10n: staff page that writes down a request made by phone or on paper, label.
        lazy("Client number"),
        most=60,
        # L10n: staff page that opens a file without a request, error beside an empty field.
        needed=lazy("Write the client number."),
    )
    born = DateField(
        # L10n: staff page that writes down a request made by phone or on paper, label of a date.
        lazy("Their birth date, to be sure of the number"),
        # L10n: staff page that writes down a request made by phone or on paper, error beside an empty date.
        needed=lazy("Write their birth date."),
    )
    received_on = DateField(
        # L10n: staff page that writes down a request made by phone or on paper, label of a date.
        lazy("What day did it reach you?"),
        # L10n: staff page that writes down a request made by phone or on paper, error beside an empty date.
        needed=lazy("Write the day on which the request reached you."),
    )
    how = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("How did it reach you?"),
        choices=[SelectChoice(key, lazy(words)) for key, words in rules.WAYS.items()],
    )


class WriteDownForm(WhoForm):
    """Whose request it is, when and how it came, and what they ask for."""

    scope = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("What do they want to see?"),
        choices=[
            # L10n: staff page that writes down a request made by phone or on paper, answer.
            SelectChoice("all", lazy("All that you hold about them")),
            # L10n: staff page that writes down a request made by phone or on paper, answer; two dates follow.
            SelectChoice("dates", lazy("What is from a certain time")),
            # L10n: staff page that writes down a request made by phone or on paper, answer; a text box follows.
            SelectChoice("topic", lazy("What is about one thing")),
        ],
    )
    # L10n: staff page that writes down a request made by phone or on paper, label of the first of two dates.
    since = DateField(lazy("From this day on"))
    # L10n: staff page that writes down a request made by phone or on paper, label of the second of two dates.
    until = DateField(lazy("Until this day. It can stay empty."))
    # L10n: staff page that writes down a request made by phone or on paper, label of the box for a topic.
    topic = TextField(lazy("What is it about, in their words?"), most=rules.MAX_TOPIC)
    # L10n: staff page that writes down a request made by phone or on paper, label. It may stay empty.
    names = LineField(lazy("Other names you may know them by"), most=rules.MAX_LINE)
    # L10n: staff page that writes down a request made by phone or on paper, label. It may stay empty.
    births = LineField(lazy("Other birth dates you may have for them"), most=rules.MAX_LINE)
    form = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("How do they want to get it?"),
        choices=[SelectChoice(key, lazy(words)) for key, words in rules.FORMS.items()],
    )
    language = SelectField(
        # L10n: staff page that writes down a request made by phone or on paper, label of a list of languages.
        lazy("In what language do they want letters?"),
        choices=[SelectChoice(one.tag, one.endonym, {"held": True}) for one in LANGUAGES.values()],
        default="en",
    )
    # L10n: staff page that writes down a request made by phone or on paper, question.
    urgent = RadioField(lazy("Do they say it is urgent?"), choices=_NO_YES)
    # L10n: staff page that writes down a request made by phone or on paper, label of a text field.
    why = LineField(lazy("If so: why, in their words?"), most=rules.MAX_LINE)
    hand_on = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("If another agency holds it, may you pass it on?"),
        choices=_NO_YES[::-1],
    )
