"""Forms with which a person finds their way among their records: words to look for, and a part of the timeline."""

from datetime import date

from flask import request
from wtforms.fields.choices import SelectChoice

from portal.agencies.rules import AgencyFacts
from portal.base import ids
from portal.web.fields import DateField, HiddenField, LineField, PortalForm, SelectField, clean_line
from portal.web.text import lazy

# L10n: Search page, error when nothing was written, or nothing but marks.
_NOTHING = lazy("Write a word to look for.")


class SearchForm(PortalForm):
    """Words to look for. Sent, and never part of an address: addresses stay in the history of a shared phone."""

    minds_language = True
    words = LineField(
        # L10n: Search page, label: words that stand in the person's records.
        lazy("Words to look for"),
        most=200,
        needed=_NOTHING,
    )
    after = HiddenField(filters=[clean_line])

    @property
    def after_ref(self) -> int | None:
        """The last result of the page before."""
        return ids.decode(self.after.data or "")

    def refuse(self) -> None:
        """Say that there is nothing to look for in marks without a letter or number."""
        self.words.errors, self.status = [_NOTHING], 400


class TimeForm(PortalForm):
    """What part of the timeline is wanted. It is read from the address: an opaque id and days say nothing."""

    # L10n: Timeline of records, label of a list of agencies.
    agency = SelectField(lazy("Agency"), validate_choice=False)
    # L10n: Timeline of records, label of a date: show what is from this day on.
    first = DateField(lazy("From"))
    # L10n: Timeline of records, label of a date: show what is up to this day.
    last = DateField(lazy("To"))

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.agency.choices = []

    def validate(self, extra_validators=None) -> bool:
        """Refuse days that are none, and a last day before the first."""
        fine = super().validate(extra_validators)
        if fine and self.first.data and self.last.data and self.last.data < self.first.data:
            # L10n: Timeline of records, error beside the second of two dates.
            self.last.errors = [lazy("Write a day that is not before the first one.")]
            fine = False
        self.status = 200 if fine else 400
        return fine

    def wanted(self) -> tuple[int | None, date, date, tuple[int, int]]:
        """Give agency, first day, last day, and the event (record, version) after which the page starts.

        Days that cannot be used leave the timeline whole.
        """
        fine = self.validate()
        days = (self.first.data, self.last.data) if fine else (None, None)
        ref, _, no = clean_line(request.args.get("after", "")).partition(".")
        number = int(no) if no.isascii() and no.isdigit() and len(no) < 6 else 0
        return (
            ids.decode(self.agency.data or ""),
            days[0] or date.min,
            days[1] or date.max,
            (ids.decode(ref) or 0, number),
        )

    def offer(self, agencies: list[AgencyFacts]) -> None:
        """Let one of these agencies be chosen, or all of them."""
        # L10n: Timeline of records, in a list of agencies: no single one of them.
        every = SelectChoice("", lazy("All of them"))
        self.agency.choices = [every, *(SelectChoice(ids.encode(one.id), one.name) for one in agencies)]

    def asked(self) -> dict[str, str]:
        """Give what was asked for as it stands in the address, so that the next page asks for the same."""
        names = ["agency"] + [
            f"{day}-{part}" for day in ("first", "last") for part in ("day", "month", "year")
        ]
        return {name: request.args[name] for name in names if request.args.get(name)}
