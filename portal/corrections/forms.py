"""Forms of asking for a fix, one question a page. Limits and sentences are those of the rules."""

from wtforms import SelectChoice

from portal.corrections import rules
from portal.language.rules import LANGUAGES
from portal.web.fields import (
    DateField,
    FileField,
    LineField,
    PortalForm,
    RadioField,
    SelectField,
    TextField,
    TicksField,
)
from portal.web.text import lazy

BESIDE_FIRST = frozenset({"opinion", "allegation", "decision", "score"})
"""Natures of values for which "add my words" and "ask how they checked" come before a change (principle 7)."""

_CHANGES = (rules.Wish.REPLACE, rules.Wish.REMOVE, rules.Wish.NOT_ME, rules.Wish.UNKNOWN)
_BESIDE = (rules.Wish.WORDS, rules.Wish.CHECKED)


class ButtonForm(PortalForm):
    """A form that is one button."""


class FieldsForm(PortalForm):
    """Step 1: which values are wrong."""

    # L10n: step 1 of asking for a fix, question above the list of values.
    fields = TicksField(lazy("Which parts are wrong?"), validate_choice=False)


class BoxesField(DateField):
    """A date in three boxes, read by the service: "31 2 1992" is kept as typed, and only an asked-for change counts."""

    def pre_validate(self, form) -> None:
        """Leave it to the service, which says it for every way in."""

    @property
    def typed(self) -> str:
        """Give what stands in the boxes as one text, so that it can be put back into them."""
        return "/".join(self.boxes) if any(self.boxes) else ""

    def put(self, typed: str, value: str | None) -> None:
        """Put a kept answer back into the boxes; `value` is its ISO date, None where it cannot be read."""
        parts = value.split("-")[::-1] if value else typed.split("/")
        day, month, year = [*(part.lstrip("0") or part for part in parts), "", "", ""][:3]
        self.boxes = (day, month, year)


class ReasonForm(PortalForm):
    """Step 3: in the person's own words, in any language, or not at all."""

    # L10n: step 3 of asking for a fix, label of the box. It may stay empty.
    reason = TextField(lazy("What is wrong? You can leave this empty."), most=rules.MAX_REASON)
    # L10n: step 3 of asking for a fix, label of the box for words that stand with the value if it is not fixed.
    beside = TextField(lazy("Your statement"), most=rules.MAX_STATEMENT)
    beside_lang = SelectField(
        lazy("What language are your words in?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )


class AnswerForm(PortalForm):
    """What the person says to a question of the agency."""

    # L10n: page on which a person answers a question of an agency, label of the box.
    text = TextField(lazy("Your answer"), most=rules.MAX_REASON)
    language = SelectField(
        lazy("What language are your words in?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )


class ComplaintForm(PortalForm):
    """What the person tells the agency's privacy officer, or nothing."""

    # L10n: page on which a person complains to an agency, label of the box. It may stay empty.
    text = TextField(lazy("What went wrong? You can leave this empty."), most=rules.MAX_REASON)
    language = SelectField(
        lazy("What language are your words in?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )


class ProofForm(PortalForm):
    """Step 4: something that shows it, or nothing. The file stands last: what comes before it is read first."""

    # It keeps what was chosen, and the file, on the way to another language.
    minds_language = True
    how = RadioField(
        # L10n: step 4 of asking for a fix, question: a letter, a card, a photo. Nobody has to have anything.
        lazy("Do you have something that shows it?"),
        choices=[
            # L10n: step 4 of asking for a fix, answer: no letter, photo or paper.
            SelectChoice("none", lazy("I have none")),
            # L10n: step 4 of asking for a fix, answer: the person shows it at the agency's counter.
            SelectChoice("bring", lazy("I will bring it in")),
            # L10n: step 4 of asking for a fix, answer; a button to choose a photo or file follows.
            SelectChoice("here", lazy("I add it here")),
        ],
        validate_choice=False,
    )
    # L10n: step 4 of asking for a fix, label of the button that chooses a file; on a phone it opens the camera too.
    file = FileField(lazy("Photo or file"))


class ReplyForm(PortalForm):
    """Step 5: where, in what language and how soon the agency should answer."""

    by = RadioField(
        # L10n: step 5 of asking for a fix, question.
        lazy("How can they answer you?"),
        choices=[
            # L10n: step 5 of asking for a fix, answer: no letters, calls or mails.
            SelectChoice("here", lazy("Here only")),
            # L10n: step 5 of asking for a fix, answer.
            SelectChoice("email", lazy("Here, and send me a message")),
        ],
        validate_choice=False,
    )
    language = SelectField(
        # L10n: step 5 of asking for a fix, label of a list of languages.
        lazy("In what language?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )
    urgent = RadioField(
        # L10n: step 5 of asking for a fix, question.
        lazy("Is it urgent?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
        ],
        validate_choice=False,
    )
    # L10n: step 5 of asking for a fix, label of a text field below "Is it urgent? Yes".
    why = LineField(lazy("Why is it urgent?"), most=500)
    hand_on = RadioField(
        # L10n: step 4 of asking for a fix, question: may the agency pass the request on to another.
        lazy("If another agency holds it, may they pass your request on?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
        ],
        validate_choice=False,
    )


class StatementForm(PortalForm):
    """The person's own words, to stand beside a value."""

    # L10n: page of a statement of correction, label of the box.
    text = TextField(lazy("Your words"), most=rules.MAX_STATEMENT)
    language = SelectField(
        # L10n: page of a statement of correction, label of a list of languages.
        lazy("What language are your words in?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        validate_choice=False,
    )


def value_form(
    kind: str, nature: str, options: dict[str, str], held: bool, holder: str = ""
) -> type[PortalForm]:
    """Make the form of step 2 for one value.

    `kind` and `nature` are those of the field; `options` {code: words} of a code; `held` whether the record says
    anything now (only then can it be taken away), `holder` names the agency that holds the original of a copy.
    """
    # L10n: step 2 of asking for a fix, question about one value.
    question = lazy("What should it say?")
    offered = [SelectChoice(one.value, lazy(rules.WISH_WORDS[one])) for one in _wishes(nature, held)]
    return type(
        "ValueForm",
        (PortalForm,),
        {
            **({"hand_on": _hand_on(holder)} if holder else {}),
            "wish": RadioField(question, choices=offered, validate_choice=False),
            "value": _value_field(kind, options),
            # L10n: step 2 of asking for a fix, label of the box for a statement of correction.
            "words": TextField(lazy("Your words"), most=rules.MAX_STATEMENT),
        },
    )


def _hand_on(holder: str):
    return RadioField(
        # L10n: step 2 of asking for a fix, question about a value that is a copy; %(holder)s is an agency.
        lazy("May this part be passed on to %(holder)s?", holder=holder),
        choices=[
            # L10n: step 2 of asking for a fix, answer: pass it on to the agency that holds the original.
            SelectChoice("yes", lazy("Yes, pass it on")),
            # L10n: step 2 of asking for a fix, answer: do not pass it on.
            SelectChoice("no", lazy("No, do not pass it on")),
        ],
        validate_choice=False,
    )


def _wishes(nature: str, held: bool) -> tuple[rules.Wish, ...]:
    if not held:
        return (rules.Wish.REPLACE,)
    return (*_BESIDE, *_CHANGES) if nature in BESIDE_FIRST else _CHANGES


def _value_field(kind: str, options: dict[str, str]):
    # L10n: step 2 of asking for a fix, label of the box for the right value.
    label = lazy("You say")
    if kind == "date":
        return BoxesField(label)
    if kind in ("code", "boolean"):
        # L10n: first line of a list of answers.
        nothing = SelectChoice("", lazy("Choose an answer"))
        # L10n: answers to a question.
        plain = {"yes": lazy("Yes"), "no": lazy("No")}
        given = plain if kind == "boolean" else options
        choices = [nothing, *(SelectChoice(value, words) for value, words in given.items())]
        return SelectField(label, choices=choices, validate_choice=False)
    if kind in ("money", "integer", "number"):
        return LineField(label, most=rules.MAX_VALUE)
    return TextField(label, most=rules.MAX_VALUE)
