"""Forms of the desk: one block of answers for each value of a request, made to fit that request."""

from typing import Any

from wtforms.fields.choices import SelectChoice

from portal.corrections import rules
from portal.law import grounds
from portal.web.fields import LineField, PortalForm, RadioField, SelectField, TextField
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class UrgentForm(PortalForm):
    """Open a file without a request: whose, by the agency's own number, and why now."""

    client_ref = LineField(
        # L10n: staff page that opens a file without a request, label: the agency's own number of a client.
        lazy("Client number"),
        most=60,
        # L10n: staff page that opens a file without a request, error beside an empty field.
        needed=lazy("Write the client number."),
    )
    reason = TextField(
        # L10n: staff page that opens a file without a request, label.
        lazy("Why do you need to see it now?"),
        most=1000,
        # L10n: staff page that opens a file without a request, error beside an empty field.
        needed=lazy("Write why you need to see it now, in a sentence."),
    )


class ReviewForm(PortalForm):
    """A second person's view of a file that was opened without a request."""

    verdict = RadioField(
        # L10n: staff page that reviews a file opened without a request, question.
        lazy("Was it right to open this file?"),
        choices=[
            # L10n: staff page that reviews a file opened without a request, answer.
            SelectChoice("fine", lazy("Yes, it was needed")),
            # L10n: staff page that reviews a file opened without a request, answer.
            SelectChoice("wrong", lazy("No, it was not")),
        ],
    )
    note = TextField(
        # L10n: staff page that reviews a file opened without a request, label.
        lazy("What did you find?"),
        most=1000,
        # L10n: staff page that reviews a file opened without a request, error beside an empty field.
        needed=lazy("Write what you found."),
    )


def decide_form(items, natures: dict[int, str]) -> PortalForm:
    """Make the form for a request's items; `natures` says what kind of thing each value is."""
    fields: dict[str, Any] = {}
    for item in items:
        fields |= _fields(item, natures[item.no])
    return type("DecideForm", (PortalForm,), fields)()


def _fields(item, nature: str) -> dict:
    no = item.no
    # L10n: first line of the list of grounds on the staff decision form.
    nothing = SelectChoice("", lazy("Choose a reason in law"))
    chosen = [SelectChoice(ground.code, lazy(ground.plain)) for ground in grounds.decline_grounds(nature)]
    decisions = [SelectChoice(one.value, lazy(rules.DECISION_WORDS[one])) for one in rules.Decision]
    return {
        # L10n: question on the staff decision form, about one value.
        f"decision_{no}": RadioField(
            lazy("What do you decide?"), choices=decisions, name=f"decision-{no}", **_any()
        ),
        # L10n: label on the staff decision form.
        f"value_{no}": LineField(lazy("What it will say"), most=rules.MAX_VALUE, name=f"value-{no}"),
        # L10n: label on the staff decision form; a ground is a reason from the law's closed list.
        f"ground_{no}": SelectField(
            lazy("Ground for what is not fixed"), choices=[nothing, *chosen], name=f"ground-{no}", **_any()
        ),
        # L10n: label on the staff decision form; the person reads this.
        f"reason_{no}": TextField(lazy("Reason, in plain words"), most=rules.MAX_REASON, name=f"reason-{no}"),
    }


def _any() -> dict:
    # The service says which answers are missing, in one place for every way in.
    return {"validate_choice": False}
