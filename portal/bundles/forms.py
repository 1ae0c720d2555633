"""Forms of choosing, sharing and opening."""

from flask import request
from wtforms.fields.choices import SelectChoice

from portal.agencies.rules import AgencyFacts
from portal.base import ids
from portal.bundles import rules
from portal.web.fields import BooleanField, LineField, PortalForm, RadioField, SelectField, TicksField
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class RecordsForm(PortalForm):
    """Step 1: which records. The page lists them by agency."""

    # L10n: Step 1 of sharing, name of the list of records.
    records = TicksField(lazy("Records to share"), validate_choice=False)
    # L10n: My story, title. Also in the menu and as a group of what can be shared.
    story = BooleanField(lazy("My story"))
    # L10n: Timeline of records, label of a list of agencies.
    agency = SelectField(lazy("Agency"), choices=[], validate_choice=False)

    @property
    def browsing(self) -> bool:
        """Whether other records were asked for: what is ticked goes along, and nothing is carried out."""
        return "show" in request.form or "after" in request.form

    @property
    def wanted(self) -> tuple[str | None, int | None]:
        """Give the agency whose records are wanted, by its slug, and the record that they follow."""
        return self.agency.data or None, ids.decode(request.form.get("after", ""))

    @property
    def ticked(self) -> set[int | None]:
        """Give the refs of the records that were ticked."""
        return {ids.decode(ref) for ref in self.records.data or []}

    def offer(self, agencies: list[AgencyFacts]) -> None:
        """Let one of these agencies be chosen, or all of them."""
        # L10n: Timeline of records, in a list of agencies: no single one of them.
        every = SelectChoice("", lazy("All of them"))
        self.agency.choices = [every, *(SelectChoice(one.slug, one.name) for one in agencies)]


class LinesForm(PortalForm):
    """Step 2: which lines of them. Each value is "record ref.field key"."""

    # L10n: Step 2 of sharing, name of the list of lines.
    lines = TicksField(lazy("Lines to share"), validate_choice=False)


class WhoForm(PortalForm):
    """Step 4: for whom, why, and how long."""

    recipient = LineField(
        # L10n: Step 4 of sharing, label of a text field.
        lazy("Who is it for?"),
        most=120,
        # L10n: Step 4 of sharing, error beside an empty field.
        needed=lazy("Write who it is for."),
    )
    purpose = LineField(
        # L10n: Step 4 of sharing, label of a text field.
        lazy("What is it for?"),
        most=200,
        # L10n: Step 4 of sharing, error beside an empty field.
        needed=lazy("Write what it is for."),
    )
    days = RadioField(
        # L10n: Step 4 of sharing, question above the answers.
        lazy("How long can they see it?"),
        choices=[SelectChoice(str(days), lazy(label)) for days, label in rules.DAYS.items()],
        coerce=str,
    )
    # L10n: Step 4 of sharing, label of a tick.
    once = BooleanField(lazy("It can be opened one time only"))


class PasscodeForm(PortalForm):
    """Step 5: how it opens, by a passcode or by the link alone, and whether later changes show.

    Who sends no answer gets the safe one: with a passcode.
    """

    opens = RadioField(
        # L10n: Step 5 of sharing, question above two answers.
        lazy("What do they need to open it?"),
        choices=[
            # L10n: Step 5 of sharing, an answer: a passcode is needed.
            SelectChoice("passcode", lazy("The card or link, with a passcode")),
            # L10n: Step 5 of sharing, an answer: no passcode is needed.
            SelectChoice("link", lazy("The link alone")),
        ],
        coerce=str,
        default="passcode",
    )
    passcode = LineField(
        # L10n: Step 5 of sharing, label of the passcode.
        lazy("Passcode"),
        most=30,
    )
    later = RadioField(
        # L10n: Step 5 of sharing, question above two answers: changes after the share was made.
        lazy("Do they see later changes?"),
        choices=[
            # L10n: Step 5 of sharing, an answer: later changes are seen.
            SelectChoice("yes", lazy("Yes, they see what is new")),
            # L10n: Step 5 of sharing, an answer: later changes are not seen.
            SelectChoice("no", lazy("No, it stays as it is today")),
        ],
        coerce=str,
        default="yes",
    )


class OpenForm(PortalForm):
    """Open a share: code, passcode, who and why."""

    code = LineField(
        # L10n: Page that opens a share, label of the code from the card.
        lazy("Code"),
        most=40,
        # L10n: Page that opens a share, error beside an empty code.
        needed=lazy("Write the code from the card."),
    )
    passcode = LineField(
        # L10n: Page that opens a share, label of the passcode.
        lazy("Passcode"),
        most=30,
        # L10n: Page that opens a share, error beside an empty passcode.
        needed=lazy("Write the passcode that the person gave you."),
    )
    name = LineField(
        # L10n: Page that opens a share, label of the opener's own name.
        lazy("Your name"),
        most=120,
        # L10n: Page that opens a share, error beside an empty name.
        needed=lazy("Write your name and where you work."),
    )
    why = LineField(
        # L10n: Page that opens a share, label of the reason for opening it.
        lazy("Why are you opening it?"),
        most=200,
        # L10n: Page that opens a share, error beside an empty reason.
        needed=lazy("Write why you are opening it."),
    )
