"""The form that asks an organisation about one look."""

from portal.access_log.rules import LONGEST_QUESTION
from portal.web.fields import PortalForm, TextField
from portal.web.text import lazy


class AskForm(PortalForm):
    """What the person wants to know about a look."""

    words = TextField(
        # L10n: page that asks about a look, label.
        lazy("Your question"),
        most=LONGEST_QUESTION,
        # L10n: page that asks about a look, error beside an empty field.
        needed=lazy("Write what you want to know."),
    )
