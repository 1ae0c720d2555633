"""Forms of the page for files to take along."""

from wtforms.fields.choices import SelectChoice

from portal.records import rules
from portal.web.fields import PortalForm, RadioField, TicksField
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class FilesForm(PortalForm):
    """Of which agencies, and in what kind of file. The page lists the agencies."""

    # L10n: Page for files to take along, name of the list of agencies.
    agencies = TicksField(lazy("Which agencies?"), validate_choice=False)
    kind = RadioField(
        # L10n: Page for files to take along, question above the kinds of files.
        lazy("What kind of file?"),
        choices=[SelectChoice(kind, lazy(label)) for kind, label in rules.FILES.items()],
        coerce=str,
        default="pdf",
    )
