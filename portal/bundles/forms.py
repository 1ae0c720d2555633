"""Forms of choosing, sharing and opening."""

from flask import request
from wtforms.fields.choices import SelectChoice

from portal.agencies.rules import AgencyFacts
from portal.base import ids
from portal.bundles import rules
from portal.bundles.rules.occasions import OCCASIONS, OWN_CHOICE
from portal.web.fields import (
    BooleanField,
    LineField,
    PortalForm,
    RadioField,
    SelectField,
    TextField,
    TicksField,
)
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class OccasionForm(PortalForm):
    """Before step 1: what a share is for, so that something can be proposed; or that the person chooses alone."""

    occasion = RadioField(
        # L10n: Page before the steps of sharing, question above the answers.
        lazy("What is it for?"),
        choices=[
            *(SelectChoice(key, lazy(one.label)) for key, one in OCCASIONS.items()),
            # L10n: Page before the steps of sharing, last answer: nothing is proposed.
            SelectChoice(OWN_CHOICE, lazy("Something else: I choose myself")),
        ],
        coerce=str,
    )


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

    @property
    def ticking(self) -> str:
        """Say whether all or no lines are to be ticked: `all` or `none`; then nothing is carried out. Else empty."""
        asked = request.form.get("tick", "")
        return asked if asked in ("all", "none") else ""


class WhoForm(PortalForm):
    """Step 4: for whom, why, and how long."""

    how = RadioField(
        # L10n: Step 4 of sharing, question above two answers.
        lazy("Who can open it?"),
        choices=[
            # L10n: Step 4 of sharing, an answer: whoever holds the card and the passcode.
            SelectChoice("code", lazy("Anyone I give the code to")),
            # L10n: Step 4 of sharing, an answer: workers of one organisation, who sign in to this site.
            SelectChoice("name", lazy("A provider here")),
        ],
        coerce=str,
        default="code",
    )
    # L10n: Step 4 of sharing, label of a text field.
    recipient = LineField(lazy("Who is it for?"), most=120)
    # L10n: Step 4 of sharing, label of a box to search for an organisation.
    find = LineField(lazy("Find a provider"), most=120)
    # L10n: Step 4 of sharing, question above a list of organisations.
    provider = RadioField(lazy("Which provider?"), choices=[], validate_choice=False, coerce=str)
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
    # L10n: Step 4 of sharing, question above the titles of what is in the share.
    quiet = TicksField(lazy("Is there something they should not ask you again?"), validate_choice=False)
    # L10n: Step 4 of sharing, label of a tick: those who open a share cannot write to the person.
    no_notes = BooleanField(lazy("They may not write a note back to me"))

    @property
    def browsing(self) -> bool:
        """Whether a provider was searched for: what is filled in stays, and nothing is carried out.

        Who presses Enter in a box presses the page's first button, which is the one that searches.
        """
        return "search" in request.form and (self.how.data == "name" or bool(self.find.data))

    @property
    def wishes(self) -> rules.Wishes:
        """Give what is wished of those who open it."""
        named = ids.decode(self.provider.data or "") if self.how.data == "name" else None
        return rules.Wishes(named or 0, tuple(self.quiet.data or ()), not self.no_notes.data)

    @property
    def terms(self) -> tuple[str, str, int, bool]:
        """Give for whom, why, for how many days, and whether it opens once."""
        return self.recipient.data or "", self.purpose.data or "", int(self.days.data), self.once.data

    def offer(self, providers: list[AgencyFacts]) -> None:
        """Let one of these organisations be chosen."""
        self.provider.choices = [SelectChoice(ids.encode(one.id), one.name) for one in providers]

    def validate(self, extra_validators=None) -> bool:
        """Say what is missing of the answer that was chosen, with all else that is."""
        fine = super().validate(extra_validators)
        if self.how.data == "name" and not self.wishes.provider:
            # L10n: Error beside the list of providers to share with, step 4 of sharing.
            self.provider.errors = [lazy("Choose a provider from the list.")]
            return False
        if self.how.data != "name" and not self.recipient.data:
            # L10n: Step 4 of sharing, error beside an empty field.
            self.recipient.errors = [lazy("Write who it is for.")]
            return False
        return fine


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


class StopForm(PortalForm):
    """Stop a share with what stands on paper, and the passcode."""

    code = LineField(
        # L10n: Page that stops a share with what stands on paper, label.
        lazy("Code of your part"),
        most=40,
        # L10n: Page that stops a share with what stands on paper, error beside an empty code.
        needed=lazy("Write the code from your part of the card."),
    )
    passcode = LineField(
        # L10n: Page that opens a share, label of the passcode.
        lazy("Passcode"),
        most=30,
        # L10n: Page that stops a share with what stands on paper, error beside an empty passcode.
        needed=lazy("Write the passcode."),
    )


class ReasonForm(PortalForm):
    """Open a share that names the worker's organisation: the reason."""

    why = LineField(
        # L10n: Page that opens a share, label of the reason for opening it.
        lazy("Why are you opening it?"),
        most=200,
        # L10n: Page that opens a share, error beside an empty reason.
        needed=lazy("Write why you are opening it."),
    )


class NoteForm(PortalForm):
    """Write back to the person who shares."""

    text = TextField(
        # L10n: Page where a reader writes back to the person who shares, label of the text.
        lazy("Your note"),
        most=rules.LONGEST_NOTE,
        # L10n: Page where a reader writes back to the person who shares, error beside an empty text.
        needed=lazy("Write your note."),
    )


class AnswerForm(PortalForm):
    """Answer a note that came back."""

    text = TextField(
        # L10n: Page where a person answers a note, label of the text.
        lazy("Your answer"),
        most=rules.LONGEST_NOTE,
        # L10n: Page where a person answers a note, error beside an empty text.
        needed=lazy("Write your answer."),
    )
