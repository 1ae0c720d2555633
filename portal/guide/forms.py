"""The form behind the ready letter: what it holds is shown back once, and kept nowhere."""

from wtforms.fields.choices import SelectChoice

from portal.guide.rules import FORMS, Asked
from portal.web.fields import DateField, LineField, PortalForm, RadioField, TextField
from portal.web.text import lazy


class LetterForm(PortalForm):
    """Who writes to whom, for what, and how they may be answered."""

    minds_language = True
    agency = LineField(
        # L10n: Guide, ready letter, label: the name of an agency.
        lazy("Which agency is it for?"),
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write the name of the agency."),
    )
    names = TextField(
        # L10n: Guide, ready letter, label.
        lazy("All your names, now and before"),
        most=500,
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write your name, so that they can find you."),
    )
    birth_date = DateField(
        # L10n: Guide, ready letter, label.
        lazy("Your birth date"),
        # L10n: Guide, ready letter, error beside an empty date.
        needed=lazy("Write your birth date, so that they can find you."),
    )
    # L10n: Guide, ready letter, label.
    what = TextField(lazy("What do you want to get?"), most=2000)
    how = RadioField(
        # L10n: Guide, ready letter, question.
        lazy("How do you want to get it?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in FORMS.items()],
        default="paper",
    )
    reach = TextField(
        # L10n: Guide, ready letter, label.
        lazy("What is a safe way to reach you?"),
        most=500,
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write one way to reach you."),
    )
    # L10n: Guide, ready letter, label.
    urgent = TextField(lazy("Is it urgent? Say why"), most=1000)

    def asked(self) -> Asked:
        """Give what was written, for the letter."""
        return Asked(
            agency=self.agency.data,
            names=self.names.data,
            birth_date=self.birth_date.data,
            what=self.what.data or "",
            how=self.how.data,
            reach=self.reach.data,
            urgent=self.urgent.data or "",
        )
