"""Forms of a request to see something, at the desk: one small form for each act before the answer."""

from wtforms.fields.choices import SelectChoice

from portal.access_requests import rules
from portal.web.fields import DateField, LineField, PortalForm, SelectField, TextField
from portal.web.text import lazy


class ReasonForm(PortalForm):
    """Say why, in a sentence: for acts that need nothing else."""

    why = TextField(
        # L10n: staff page of a request to see something, label.
        lazy("Why?"),
        most=rules.MAX_REASON,
        # L10n: staff page of a request to see something, error beside an empty field.
        needed=lazy("Write why, in a sentence."),
    )


class IdentityForm(PortalForm):
    """Ask the person to show that it is them."""

    wanted = TextField(
        # L10n: staff page that asks for proof of identity, label.
        lazy("What is enough to be sure?"),
        most=rules.MAX_REASON,
        # L10n: staff page that asks for proof of identity, error beside an empty field.
        needed=lazy("Write what is enough, in plain words."),
    )


class KnownForm(PortalForm):
    """Note how staff know that it is the person."""

    how = TextField(
        # L10n: staff page that notes how a person showed who they are, label.
        lazy("How do you know that it is them?"),
        most=rules.MAX_REASON,
        # L10n: staff page that notes how a person showed who they are, error beside an empty field.
        needed=lazy("Write how you know."),
    )


class HoldForm(PortalForm):
    """Hold a request back because somebody may be forcing the person to ask."""

    plan = TextField(
        # L10n: staff page that holds a request back for safety, label.
        lazy("What makes you worry, and how will someone reach them safely?"),
        most=rules.MAX_REASON,
        needed=lazy(rules.REFUSED_BECAUSE["plan"]),
    )


class PassOnForm(PortalForm):
    """Pass a request on to another agency."""

    agency = SelectField(
        # L10n: staff page that passes a request on, label.
        lazy("Which agency holds it, or is closer to it?"),
        choices=[],
    )
    why = TextField(
        # L10n: staff page that passes a request on, label. The person reads it.
        lazy("Why them? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that passes a request on, error beside an empty field.
        needed=lazy("Write why you pass it on."),
    )
    # L10n: staff page that passes a request on, label.
    part = TextField(lazy("Which part? Leave empty for all of it."), most=rules.MAX_REASON)

    def offer(self, names: dict[str, str]) -> "PassOnForm":
        """Take the agencies that it may go to: name by what the form sends."""
        # L10n: first line of the list of agencies on a staff page.
        first = SelectChoice("", lazy("Choose an agency"))
        held = {"held": True}
        self.agency.choices = [first, *(SelectChoice(key, name, held) for key, name in names.items())]
        return self


class SearchForm(PortalForm):
    """Write down where was looked."""

    system = LineField(
        # L10n: staff page that notes a search, label. The person may read it in a letter.
        lazy("Where did you look?"),
        most=rules.MAX_LINE,
        # L10n: staff page that notes a search, error beside an empty field.
        needed=lazy("Write where you looked."),
    )
    what = LineField(
        # L10n: staff page that notes a search, label: the words or numbers that were searched for.
        lazy("What did you look for?"),
        most=rules.MAX_LINE,
        # L10n: staff page that notes a search, error beside an empty field.
        needed=lazy("Write what you looked for."),
    )
    # L10n: staff page that notes a search, label.
    found = TextField(lazy("What did you find? Leave empty for nothing."), most=rules.MAX_REASON)


class ItemForm(PortalForm):
    """Add one thing that was found."""

    title = LineField(
        # L10n: staff page that adds a thing that was found, label.
        lazy("What is it? The person reads this."),
        most=rules.MAX_LINE,
        # L10n: staff page that adds a thing that was found, error beside an empty field.
        needed=lazy("Write what it is, such as “Visit note”."),
    )
    # L10n: staff page that adds a thing that was found, label of a date.
    on = DateField(lazy("What day is it from? Leave empty if you do not know."))
    system = LineField(
        # L10n: staff page that adds a thing that was found, label.
        lazy("Where was it found?"),
        most=rules.MAX_LINE,
        # L10n: staff page that adds a thing that was found, error beside an empty field.
        needed=lazy("Write where it was found."),
    )
    text = TextField(
        # L10n: staff page that adds a thing that was found, label.
        lazy("What does it say?"),
        most=rules.MAX_TEXT,
        # L10n: staff page that adds a thing that was found, error beside an empty field.
        needed=lazy("Write or paste what it says."),
    )
