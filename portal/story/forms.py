"""Forms of My story."""

from wtforms import SelectChoice

from portal.language.rules import LANGUAGES
from portal.story import rules
from portal.web.fields import HiddenField, LineField, PortalForm, SelectField, TextField, clean_line
from portal.web.text import lazy


class ButtonForm(PortalForm):
    """A form that is one button."""


class PartForm(PortalForm):
    """One part. What is too long is said by the service, which knows by how much; nothing typed is lost."""

    minds_language = True
    # The version that the page shows: a second page that is open does not write over the first one's words.
    seen = HiddenField(default="0", filters=[clean_line])
    title = LineField(
        # L10n: My story, label of the person's own heading.
        lazy("Your own heading. You can leave this empty."),
        most=rules.MOST_TITLE,
    )
    # L10n: My story, label of the box.
    text = TextField(lazy("Your words. You can leave this empty."), most=1_000_000)
    language = SelectField(
        # L10n: page of a statement of correction, label of a list of languages.
        lazy("What language are your words in?"),
        choices=[
            *(SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()),
            # L10n: My story, last in the list of languages.
            SelectChoice(rules.ANOTHER, lazy("Another language")),
        ],
        validate_choice=False,
    )
