"""Forms of writing beside a record: a note, a change of one's own, and "still right"."""

from datetime import date
from typing import Any

from wtforms import SelectChoice

from portal.language.rules import LANGUAGES
from portal.records import rules
from portal.web.fields import (
    DateField,
    HiddenField,
    LineField,
    PortalForm,
    RadioField,
    SelectField,
    TextField,
    clean_line,
)
from portal.web.text import lazy

LONGEST = 5000


class ButtonForm(PortalForm):
    """A form that is one button."""


class NoteForm(PortalForm):
    """A note of one's own, in any language."""

    # L10n: page of a note of one's own beside a record, label of the box.
    text = TextField(lazy("Your note"), most=rules.MOST_NOTE)
    language = SelectField(
        # L10n: page of a note of one's own, label of a list of languages.
        lazy("What language are your words in?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )
    shown = RadioField(
        # L10n: page of a note of one's own, question.
        lazy("Who can read it?"),
        choices=[
            # L10n: page of a note of one's own, answer to "Who can read it?".
            SelectChoice("no", lazy("Only me")),
            # L10n: page of a note of one's own, answer to "Who can read it?".
            SelectChoice("yes", lazy("The agency too, and those I share this with")),
        ],
    )


class CheckForm(PortalForm):
    """A value that is still right: `value` names the record and the number of its field."""

    value = HiddenField(filters=[clean_line])


class ChangeBase(PortalForm):
    """A change of one value; `seen` is the number of the version that the person read."""

    seen = HiddenField(filters=[clean_line])

    @property
    def typed(self) -> str:
        """Give the answer as one text, as it is read from any way in."""
        answer = self["value"].data
        return answer.isoformat() if isinstance(answer, date) else answer or ""

    @property
    def version(self) -> int:
        """Give the version that was seen; 0 where somebody wrote something else there."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def change_form(kind: str, options: dict[str, str]) -> type[ChangeBase]:
    """Make the form for one value; `kind` is that of its field, `options` {code: words} of a code."""
    return type("ChangeForm", (ChangeBase,), {"value": _value_field(kind, options)})


def filled(kind: str, value: Any) -> Any:
    """Give what stands in the box of a value before it is changed."""
    if value is None:
        return None
    if kind == "date":
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
    if kind == "boolean":
        return "yes" if value else "no"
    if kind == "list" and isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return str(value)


def _value_field(kind: str, options: dict[str, str]):
    # L10n: page on which a person changes a value themselves, label of the box.
    label = lazy("What should it say?")
    if kind == "date":
        return DateField(label)
    if kind in ("code", "boolean"):
        # L10n: first line of a list of answers.
        nothing = SelectChoice("", lazy("Choose an answer"))
        # L10n: answers to a question.
        plain = {"yes": lazy("Yes"), "no": lazy("No")}
        given = plain if kind == "boolean" else options
        choices = [nothing, *(SelectChoice(value, words) for value, words in given.items())]
        return SelectField(label, choices=choices, validate_choice=False)
    if kind in ("money", "integer", "number"):
        return LineField(label, most=LONGEST)
    return TextField(label, most=LONGEST)
