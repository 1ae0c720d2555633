"""Forms of the desk about looks: an answer, a wish that looks are shown later, and a second person's word."""

from wtforms.fields.choices import SelectChoice

from portal.access_log.rules import LONGEST_ANSWER, hold_grounds
from portal.web.fields import DateField, LineField, PortalForm, RadioField, SelectField, TextField
from portal.web.text import lazy


class LookAnswerForm(PortalForm):
    """The answer to a question about a look."""

    outcome = RadioField(
        # L10n: staff page that answers a question about a look, question.
        lazy("Was this look right?"),
        choices=[
            # L10n: staff page that answers a question about a look, answer.
            SelectChoice("fine", lazy("Yes, it was for our work")),
            # L10n: staff page that answers a question about a look, answer. The person reads that it was not right.
            SelectChoice("wrong", lazy("No, it was not right. We are looking into it")),
        ],
    )
    words = TextField(
        # L10n: staff page that answers a question about a look, label.
        lazy("Your answer"),
        most=LONGEST_ANSWER,
        # L10n: staff page that answers a question about a look, error beside an empty field.
        needed=lazy("Write your answer."),
    )


class HoldForm(PortalForm):
    """A wish that looks at a client are shown later."""

    client_ref = LineField(
        # L10n: staff page that asks to show looks later, label: the agency's own number of a client.
        lazy("Client number"),
        most=60,
        # L10n: staff page that asks to show looks later, error beside an empty field.
        needed=lazy("Write the client number."),
    )
    ground = SelectField(
        # L10n: staff page that asks to show looks later, label: a reason from the law's closed list.
        lazy("Ground in law"),
        choices=[
            # L10n: staff page that asks to show looks later, first line of the list of grounds.
            SelectChoice("", lazy("Choose a reason in law")),
            *(SelectChoice(one.code, lazy(one.plain)) for one in hold_grounds()),
        ],
        validate_choice=False,
    )
    reason = TextField(
        # L10n: staff page that asks to show looks later, label.
        lazy("Why these looks cannot be shown yet"),
        most=2000,
        # L10n: staff page that asks to show looks later, error beside an empty field.
        needed=lazy("Write why these looks cannot be shown yet."),
    )
    # L10n: staff page that asks to show looks later, label of a date, and the error beside it when it is empty.
    from_on = DateField(lazy("First day"), needed=lazy("Write the day."))
    # L10n: staff page that asks to show looks later, label of a date, and the error beside it when it is empty.
    until_on = DateField(lazy("Last day"), needed=lazy("Write the day."))


class RenewForm(PortalForm):
    """A wish that looks are shown later still."""

    # L10n: staff page about looks that are shown later, label of a date, and the error when it is empty.
    until_on = DateField(lazy("New last day"), needed=lazy("Write the day."))
    reason = TextField(
        # L10n: staff page about looks that are shown later, label.
        lazy("Why they still cannot be shown"),
        most=2000,
        # L10n: staff page that asks to show looks later, error beside an empty field.
        needed=lazy("Write why these looks cannot be shown yet."),
    )


class SecondForm(PortalForm):
    """A second person's word on looks that are shown later."""

    # L10n: staff page about looks that are shown later, label, and the error when it is empty.
    note = TextField(lazy("What did you check?"), most=1000, needed=lazy("Write what you checked."))
