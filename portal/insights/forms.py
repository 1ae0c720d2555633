"""Forms of notes: three parts in each language, and the act of publishing."""

from portal.insights.rules import MAX_PART, PARTS, Words
from portal.language.rules import LANGUAGES, N_
from portal.web.fields import BooleanField, HiddenField, PortalForm, TextField, clean_line
from portal.web.text import lazy

LABELS: dict[str, str] = {
    # L10n: staff page of a public note, label of a text field.
    "heard": N_("What did people tell you?"),
    # L10n: staff page of a public note, label of a text field.
    "did": N_("What did you do?"),
    # L10n: staff page of a public note, label of a text field.
    "still": N_("What is still open? You can leave this empty."),
}


class ButtonForm(PortalForm):
    """A form that is one button."""


class NoteForm(PortalForm):
    """A note in each language; what is missing is said by the service, and nothing typed is lost."""

    def words(self) -> Words:
        """Give the parts as they were filled in."""
        return {tag: {part: self[f"{tag}_{part}"].data or "" for part in PARTS} for tag in LANGUAGES}


for _tag in LANGUAGES:
    for _part in PARTS:
        setattr(NoteForm, f"{_tag}_{_part}", TextField(lazy(LABELS[_part]), most=MAX_PART))


class PublishForm(PortalForm):
    """Publish a note as it was seen (`version`)."""

    version = HiddenField(default="0", filters=[clean_line])
    # L10n: staff page of a public note, label of a box to tick before it is published.
    about_nobody = BooleanField(lazy("I have read it. Nobody can be known from it."))
