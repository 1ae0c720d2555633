"""Forms of a request to fix something, at the desk: its decision value by value, and one small form for each act."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice

from portal.agencies.rules import MAX_READY, ReasonFacts
from portal.corrections import rules
from portal.language.rules import LANGUAGES
from portal.law import grounds
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.web.fields import DateField, LineField, PortalForm, RadioField, SelectField, TextField, TicksField
from portal.web.text import lazy


class DecideForm(PortalForm):
    """Decide each value of a request; its boxes are made to fit the request (`decide_form`)."""

    reasons: tuple[ReasonFacts, ...] = ()
    nos: tuple[int, ...] = ()

    def use_ready(self) -> None:
        """Fill in the ready reason that was chosen, where nothing was written, and the ground it is for."""
        by_id = {str(one.id): one for one in self.reasons}
        for no in self.nos:
            chosen = by_id.get(self[f"ready_{no}"].data or "")
            if chosen is None:
                continue
            ground, reason = self[f"ground_{no}"], self[f"reason_{no}"]
            if not (reason.data or "").strip():
                ground.data, reason.data = chosen.ground, chosen.english
            self[f"ready_{no}"].data = ""

    def answers(self) -> list[dict[str, Any]]:
        """Give what stands in the boxes of each value, as a decision takes it."""
        names = ("decision", "value", "ground", "reason")
        return [{"no": no} | {name: self[f"{name}_{no}"].data or "" for name in names} for no in self.nos]


def decide_form(items: Iterable[Any], reasons: tuple[ReasonFacts, ...], *, sent: bool = True) -> DecideForm:
    """Make the form for the values of a request, and fill it from what was sent; `reasons` are the agency's own."""
    items = list(items)
    fields: dict[str, Any] = {"reasons": reasons, "nos": tuple(item.no for item in items)}
    for item in items:
        fields |= _fields(item, reasons)
    made: type[DecideForm] = type("DecideForm", (DecideForm,), fields)
    return made() if sent else made(formdata=None)


def _fields(item: Any, reasons: tuple[ReasonFacts, ...]) -> dict[str, Any]:
    no = item.no
    # L10n: first line of the list of grounds on the staff decision form.
    nothing = SelectChoice("", lazy("Choose a reason in law"))
    fitting = grounds.decline_grounds(item.field.nature)
    chosen = [SelectChoice(ground.code, lazy(ground.plain)) for ground in fitting]
    decisions = [SelectChoice(one.value, lazy(rules.DECISION_WORDS[one])) for one in rules.Decision]
    codes = {ground.code for ground in fitting}
    # L10n: first line of the list of reasons that the agency keeps ready, on the staff decision form.
    none = SelectChoice("", lazy("I write my own"))
    ready = [SelectChoice(str(one.id), one.english, {"held": True}) for one in reasons if one.ground in codes]
    return {
        # L10n: question on the staff decision form, about one value.
        f"decision_{no}": RadioField(
            lazy("What do you decide?"), choices=decisions, name=f"decision-{no}", **_any()
        ),
        # L10n: label on the staff decision form.
        f"value_{no}": LineField(lazy("What it will say"), most=rules.MAX_VALUE, name=f"value-{no}"),
        # L10n: label on the staff decision form; a ground is a reason from the law's closed list.
        f"ground_{no}": SelectField(
            lazy("Ground for what is not fixed"), choices=[nothing, *chosen], name=f"ground-{no}", **_any()
        ),
        # L10n: label on the staff decision form: a list of reasons that the agency wrote down beforehand.
        f"ready_{no}": SelectField(
            lazy("A reason that you keep ready"), choices=[none, *ready], name=f"ready-{no}", **_any()
        ),
        # L10n: label on the staff decision form; the person reads this.
        f"reason_{no}": TextField(lazy("Reason, in plain words"), most=rules.MAX_REASON, name=f"reason-{no}"),
    }


def _any() -> dict[str, Any]:
    # The service says which answers are missing, in one place for every way in.
    return {"validate_choice": False}


class AskForm(PortalForm):
    """Ask the person something about their request."""

    words = TextField(
        # L10n: staff page that asks the person of a request a question, label. The person reads it.
        lazy("What do you want to know? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that asks the person of a request a question, error beside an empty field.
        needed=lazy("Write your question."),
    )


class PassOnForm(PortalForm):
    """Pass a request on to another agency, all of it or value by value."""

    agency = SelectField(
        # L10n: staff page that passes a request to fix something on, label.
        lazy("Whose work is it closer to?"),
        choices=[],
    )
    why = TextField(
        # L10n: staff page that passes a request on, label. The person reads it.
        lazy("Why them? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that passes a request on, error beside an empty field.
        needed=lazy("Write why you pass it on."),
    )
    # L10n: staff page that passes a request to fix something on, question above a list of values with ticks.
    parts = TicksField(lazy("What do you pass on?"), choices=[], validate_choice=False)

    def offer(self, names: dict[str, str], values: dict[str, str]) -> "PassOnForm":
        """Take the agencies that it may go to, and the values of the request: name by what the form sends."""
        # L10n: first line of the list of agencies on a staff page.
        first = SelectChoice("", lazy("Choose an agency"))
        held = {"held": True}
        self.agency.choices = [first, *(SelectChoice(key, name, held) for key, name in names.items())]
        self.parts.choices = [SelectChoice(no, name, held) for no, name in values.items()]
        if not self.is_submitted():
            self.parts.data = list(values)
        return self

    def nos(self) -> list[int]:
        """Give the numbers of the values that were ticked."""
        return [int(one) for one in self.parts.data or [] if one.isascii() and one.isdigit() and len(one) < 4]


class MoreTimeForm(PortalForm):
    """Propose a later date for the answer to a request to fix something."""

    ground = RadioField(
        # L10n: staff page that asks for more time, question.
        lazy("Why does the law allow it?"),
        choices=[SelectChoice(code, lazy(msgid)) for code, msgid in EXTENSION_GROUNDS.items()],
        validate_choice=False,
    )
    until = DateField(
        # L10n: staff page that asks for more time, label of a date.
        lazy("What is the new last day?"),
        # L10n: staff page that asks for more time, error beside an empty date.
        needed=lazy("Write the new last day."),
    )
    # L10n: staff page that asks for more time, label. The person reads it.
    reason = TextField(
        lazy("Why do you need it here? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that asks for more time, error beside an empty field.
        needed=lazy("Write why you need more time."),
    )


class TakeOffForm(PortalForm):
    """Propose that a person's words do not stand beside a value any more."""

    reason = TextField(
        # L10n: staff page that asks to take a person's own words away from beside a value, label. The person reads it.
        lazy("Why must these words not stand there? The person reads this."),
        most=rules.MAX_REASON,
        # L10n: staff page that asks to take a person's own words away, error beside an empty field.
        needed=lazy("Write why, in a sentence."),
    )


class AppliedForm(PortalForm):
    """Say which accepted changes stand in the agency's own record now."""

    # L10n: staff list of changes that wait, question above rows with ticks.
    rows = TicksField(
        lazy("Which of these are changed in your own record?"), choices=[], validate_choice=False
    )
    # L10n: staff list of changes that wait, label of a note; only staff read it.
    note = LineField(lazy("A note for the file, if you like"), most=500)


class TellForm(PortalForm):
    """Say how one who got the old value was told, or why they cannot be."""

    how = RadioField(
        # L10n: staff page about one who got a value that was wrong, question.
        lazy("How did you tell them?"),
        choices=[],
        validate_choice=False,
    )
    # L10n: staff page about one who got a value that was wrong, label. The person reads it.
    reason = TextField(lazy("Why can they not be told? The person reads this."), most=rules.MAX_REASON)


class ReasonForm(PortalForm):
    """A plain reason that an agency keeps ready for a ground, in each language that it has."""

    ground = SelectField(
        # L10n: staff page of a reason that an agency keeps ready, label; a ground is a reason from the law's list.
        lazy("Which reason in law is it for?"),
        choices=[
            # L10n: first line of the list of grounds on the staff decision form.
            SelectChoice("", lazy("Choose a reason in law")),
            *(SelectChoice(one.code, lazy(one.plain)) for one in grounds.DECLINE_GROUNDS),
        ],
        validate_choice=False,
    )

    def words(self) -> dict[str, str]:
        """Give the text in each language that was filled in."""
        return {tag: self[tag].data or "" for tag in LANGUAGES}


for _tag, _language in LANGUAGES.items():
    # The name of a language is its own: no catalogue has it.
    setattr(ReasonForm, _tag, TextField(_language.endonym, most=MAX_READY))
