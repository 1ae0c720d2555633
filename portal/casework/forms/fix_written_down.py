"""Forms of a request to fix that came by phone, on paper or in person: three pages, each carries the ones before."""

from wtforms.fields.choices import SelectChoice

from portal.casework.forms.writing_down import WhoForm
from portal.corrections import rules
from portal.language.rules import LANGUAGES
from portal.web.fields import LineField, RadioField, SelectField, TextField, TicksField
from portal.web.text import lazy

WISHES = {
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.REPLACE: lazy("It should say this:"),
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.REMOVE: lazy("It should be taken away"),
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.NOT_ME: lazy("It is about somebody else"),
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.UNKNOWN: lazy("It is wrong, and they do not know what is right"),
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.WORDS: lazy("It stays, and these words of theirs stand beside it:"),
    # L10n: staff page that writes down a request to fix, what the person wants done with a value.
    rules.Wish.CHECKED: lazy("It stays, and you say how it was checked"),
}


class WhichForm(WhoForm):
    """Page 2: which values of one of their records; a tick is a record's ref and a field's key."""

    # L10n: staff page that writes down a request to fix, question above lists of values.
    fields = TicksField(lazy("What do they say is wrong?"), validate_choice=False)


class WhatForm(WhichForm):
    """Page 3: what each should say, in the person's words, and how they want to be answered."""

    # L10n: staff page that writes down a request to fix, label of a box. It may stay empty.
    reason = TextField(lazy("What is wrong, in their words?"), most=rules.MAX_REASON)
    by = RadioField(
        # L10n: staff page that writes down a request to fix, question.
        lazy("How do they want to be answered?"),
        choices=[
            # L10n: staff page that writes down a request to fix, answer.
            SelectChoice("here", lazy("On this site only")),
            # L10n: staff page that writes down a request to fix, answer.
            SelectChoice("email", lazy("On this site, with a message that there is something")),
        ],
    )
    language = SelectField(
        # L10n: staff page that writes down a request made by phone or on paper, label of a list of languages.
        lazy("In what language do they want letters?"),
        choices=[SelectChoice(one.tag, one.endonym) for one in LANGUAGES.values()],
        default="en",
    )
    urgent = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("Do they say it is urgent?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
        ],
    )
    # L10n: staff page that writes down a request made by phone or on paper, label of a text field.
    why = LineField(lazy("If so: why, in their words?"), most=500)
    hand_on = RadioField(
        # L10n: staff page that writes down a request made by phone or on paper, question.
        lazy("If another agency holds it, may you pass it on?"),
        choices=[
            # L10n: answer to a question.
            SelectChoice("yes", lazy("Yes")),
            # L10n: answer to a question.
            SelectChoice("no", lazy("No")),
        ],
    )


def what_form(count: int) -> type[WhatForm]:
    """Make the form of page 3 for so many values: each has wish_N, value_N and words_N, N from 1."""
    made: dict[str, object] = {}
    for no in range(1, count + 1):
        choices = [SelectChoice(wish.value, words) for wish, words in WISHES.items()]
        # L10n: staff page that writes down a request to fix, question about one value.
        asked = lazy("What should become of it?")
        made[f"wish_{no}"] = RadioField(asked, choices=choices, validate_choice=False)
        # L10n: staff page that writes down a request to fix, label of a box: the right value.
        made[f"value_{no}"] = TextField(lazy("What it should say"), most=rules.MAX_VALUE)
        # L10n: staff page that writes down a request to fix, label of a box: words to stand beside a value.
        made[f"words_{no}"] = TextField(lazy("Their words"), most=rules.MAX_STATEMENT)
    return type("WhatForm", (WhatForm,), made)
