"""Forms of asking to see what is held, one question a page. What can be used is said by the service."""

from wtforms.fields.choices import SelectChoice

from portal.access_requests import rules
from portal.language.rules import LANGUAGES
from portal.web.fields import DateField, LineField, PortalForm, RadioField, SelectField, TextField, TicksField
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class SlipForm(PortalForm):
    """The code of a slip."""

    code = LineField(
        # L10n: page on which anybody asks with a printed code where a request is, label.
        lazy("Code of your slip"),
        # L10n: page on which anybody asks with a printed code where a request is, hint.
        description=lazy("12 letters and numbers. Spaces do not matter."),
        most=40,
        # L10n: page on which anybody asks with a printed code where a request is, error.
        needed=lazy("Write the code from your slip."),
    )


class BoxesField(DateField):
    """A date in three boxes that counts only where dates were chosen: what stands in it is kept as it is."""

    def pre_validate(self, form) -> None:
        """Leave it to the service."""


class AgenciesForm(PortalForm):
    """Step 1: who is asked."""

    # L10n: step 1 of asking to see what is held, question above a list of agencies.
    agencies = TicksField(lazy("Which agencies do you want to ask?"), validate_choice=False)


class AboutForm(PortalForm):
    """Step 2: what the person wants to see."""

    scope = RadioField(
        # L10n: step 2 of asking to see what is held, question.
        lazy("What do you want to see?"),
        choices=[
            # L10n: step 2 of asking to see what is held, answer.
            SelectChoice("all", lazy("Everything you hold about me")),
            # L10n: step 2 of asking to see what is held, answer; two dates follow.
            SelectChoice("dates", lazy("What is from a certain time")),
            # L10n: step 2 of asking to see what is held, answer; a text box follows.
            SelectChoice("topic", lazy("What is about one thing")),
        ],
        validate_choice=False,
    )
    # L10n: step 2 of asking to see what is held, label of the first of two dates.
    since = BoxesField(lazy("From this day on"))
    # L10n: step 2 of asking to see what is held, label of the second of two dates.
    until = BoxesField(lazy("Until this day. You can leave this empty."))
    # L10n: step 2 of asking to see what is held, label of the box for a topic.
    topic = TextField(lazy("What is it about?"), most=rules.MAX_TOPIC)


class NamesForm(PortalForm):
    """Step 3: under what other names or birth dates the agency may have filed the person."""

    # L10n: step 3 of asking to see what is held, label. It may stay empty.
    names = LineField(lazy("Other names they may know you by"), most=rules.MAX_LINE)
    # L10n: step 3 of asking to see what is held, label. It may stay empty.
    births = LineField(lazy("Other birth dates they may have for you"), most=rules.MAX_LINE)


_NO_YES = [
    # L10n: answer to a question.
    SelectChoice("no", lazy("No")),
    # L10n: answer to a question.
    SelectChoice("yes", lazy("Yes")),
]


class ChargeForm(PortalForm):
    """What the person says to a charge."""

    answer = RadioField(
        # L10n: page on which a person answers what an agency wants to be paid, question.
        lazy("What do you want to do?"),
        choices=[
            # L10n: page on which a person answers what an agency wants to be paid, answer.
            SelectChoice("yes", lazy("I will pay this")),
            # L10n: page on which a person answers what an agency wants to be paid, answer.
            SelectChoice("less", lazy("I want less, so that it costs less or nothing")),
        ],
    )
    less = TextField(
        # L10n: page on which a person answers what an agency wants to be paid, label, below "I want less".
        lazy("What can you do without, or what do you want most?"),
        most=rules.MAX_TOPIC,
    )


class ReplyForm(PortalForm):
    """Step 4: in what form and language, how soon, and whether it may go to another agency."""

    form = RadioField(
        # L10n: step 4 of asking to see what is held, question.
        lazy("How do you want to get it?"),
        choices=[SelectChoice(key, lazy(words)) for key, words in rules.FORMS.items()],
        validate_choice=False,
    )
    language = SelectField(
        # L10n: step 4 of asking for a fix, label of a list of languages.
        lazy("In what language?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )
    # L10n: step 4 of asking for a fix, question.
    urgent = RadioField(lazy("Is it urgent?"), choices=_NO_YES, validate_choice=False)
    # L10n: step 4 of asking for a fix, label of a text field below "Is it urgent? Yes".
    why = LineField(lazy("Why is it urgent?"), most=rules.MAX_LINE)
    hand_on = RadioField(
        # L10n: step 4 of asking to see what is held, question: may the agency pass the request on to another.
        lazy("If another agency holds it, may they pass your request on?"),
        choices=_NO_YES[::-1],
        validate_choice=False,
    )
