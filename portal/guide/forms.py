"""The forms of the guide: what they hold is shown back once, or drawn as a file once, and kept nowhere."""

from flask import request
from wtforms.fields.choices import SelectChoice

from portal.guide import rules
from portal.guide.rules import FORMS, HOLDERS, Agent, Asked, Fix
from portal.guide.rules.letter import Paragraph
from portal.language.rules import ENGLISH, LANGUAGES
from portal.web import negotiation
from portal.web.fields import (
    DateField,
    HiddenField,
    LineField,
    PortalForm,
    RadioField,
    SelectField,
    TextField,
    TicksField,
    clean_line,
)
from portal.web.text import lazy

# L10n: Guide, in a list of languages for a paper: it is in one language only.
ONE_ONLY = lazy("Just one language")


def beside_english() -> list[SelectChoice]:
    """Give the languages that may stand beside the English: those that are whole, and the page's own."""
    fit = (one for one in LANGUAGES.values() if one.complete or one.tag == negotiation.tag())
    return [SelectChoice(one.tag, one.endonym) for one in fit if one.tag != ENGLISH]


def _happened(part: str) -> TicksField:
    fit = [SelectChoice(one.key, lazy(one.when)) for one in HOLDERS if one.part == part]
    return TicksField(lazy(rules.PARTS[part]), choices=fit, validate_choice=False)


class FindForm(PortalForm):
    """What happened in a life, by part of it."""

    minds_language = True
    young = _happened("young")
    health = _happened("health")
    home = _happened("home")
    law = _happened("law")
    family = _happened("family")

    @property
    def parts(self) -> list[TicksField]:
        """Give the questions in order."""
        return [self.young, self.health, self.home, self.law, self.family]

    @property
    def ticked(self) -> list[rules.Holder]:
        """Give who holds something after what was ticked."""
        # What is none of the answers counts for nothing.
        keys = {key for part in self.parts for key in part.data or ()}
        return [one for one in HOLDERS if one.key in keys]

    @property
    def again(self) -> bool:
        """Whether the answers are to be shown again, to change them."""
        return "again" in request.form

    def validate(self, extra_validators=None) -> bool:
        """Ask for one tick at least."""
        fine = super().validate(extra_validators)
        if fine and not self.ticked and not self.again:
            # L10n: Guide, walk to find who holds what about a client, above the questions: nothing was ticked.
            return self.fail(lazy("Tick what fits. One is enough to begin."))
        return fine


class PaperForm(PortalForm):
    """What every letter says: to whom, from whom; and in which languages it stands."""

    minds_language = True
    agency = LineField(
        # L10n: Guide, ready letter, label: the name of an agency.
        lazy("Which agency is it for?"),
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write the name of the agency."),
    )
    names = TextField(
        # L10n: Guide, ready letter, label.
        lazy("All your names, now and before"),
        most=500,
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write your name, so that they can find you."),
    )
    birth_date = DateField(
        # L10n: Guide, ready letter, label.
        lazy("Your birth date"),
        # L10n: Guide, ready letter, error beside an empty date.
        needed=lazy("Write your birth date, so that they can find you."),
    )
    reach = TextField(
        # L10n: Guide, ready letter, label.
        lazy("What is a safe way to reach you?"),
        most=500,
        # L10n: Guide, ready letter, error beside an empty field.
        needed=lazy("Write one way to reach you."),
    )
    # L10n: Guide, ready letter, label of a list of languages: the letter is in English, and in this one beside it.
    second = SelectField(lazy("Language beside the English"), validate_choice=True)
    # What it is about, from the page that found it: the key of a row of the guide.
    holder = HiddenField(filters=[clean_line])

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        others = beside_english()
        self.second.choices = [SelectChoice("", ONE_ONLY), *others]
        if not self.second.raw_data:
            own = negotiation.tag()
            self.second.data = own if any(own == one.value for one in others) else ""

    @property
    def about(self) -> rules.Holder | None:
        """Give the row of the guide that led here."""
        return next((one for one in HOLDERS if one.key == self.holder.data), None)

    @property
    def begins(self) -> bool:
        """Whether it was only opened from another page: nothing is wrong with empty boxes then."""
        return "begin" in request.form

    @property
    def wants_file(self) -> bool:
        """Whether the letter is wanted as a file."""
        return "file" in request.form

    def paragraphs(self) -> list[Paragraph]:
        """Give the letter."""
        raise NotImplementedError


class LetterForm(PaperForm):
    """A request to see."""

    # L10n: Guide, ready letter, label.
    what = TextField(lazy("What do you want to get?"), most=2000)
    how = RadioField(
        # L10n: Guide, ready letter, question.
        lazy("How do you want to get it?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in FORMS.items()],
        default="paper",
    )
    # L10n: Guide, ready letter, label.
    urgent = TextField(lazy("Is it urgent? Say why"), most=1000)

    def paragraphs(self) -> list[Paragraph]:
        """Give the letter that asks for what is held."""
        return rules.letter(
            Asked(
                agency=self.agency.data,
                names=self.names.data,
                birth_date=self.birth_date.data,
                what=self.what.data or "",
                how=self.how.data,
                reach=self.reach.data,
                urgent=self.urgent.data or "",
            )
        )


class AgentForm(PaperForm):
    """A letter by which somebody lets a worker ask for them."""

    worker = LineField(
        # L10n: Guide, letter that lets a worker ask for somebody, label.
        lazy("Who may ask for you?"),
        # L10n: Guide, letter that lets a worker ask for somebody, error beside an empty field.
        needed=lazy("Write the name of the worker."),
    )
    works_at = LineField(
        # L10n: Guide, letter that lets a worker ask for somebody, label.
        lazy("Where do they work?"),
        # L10n: Guide, letter that lets a worker ask for somebody, error beside an empty field.
        needed=lazy("Write where the worker works."),
    )
    what = TextField(
        # L10n: Guide, letter that lets a worker ask for somebody, label.
        lazy("What may they ask for?"),
        most=2000,
        # L10n: Guide, letter that lets a worker ask for somebody, error beside an empty field.
        needed=lazy("Write what they may ask for, so that it is no more than you want."),
    )
    ends_on = DateField(
        # L10n: Guide, letter that lets a worker ask for somebody, label of a date.
        lazy("When does it end?"),
        # L10n: Guide, letter that lets a worker ask for somebody, error beside an empty date.
        needed=lazy("Write the day when it ends. Three months are enough for most."),
    )

    def paragraphs(self) -> list[Paragraph]:
        """Give the authority."""
        return rules.agent_letter(
            Agent(
                agency=self.agency.data,
                names=self.names.data,
                birth_date=self.birth_date.data,
                worker=self.worker.data,
                works_at=self.works_at.data,
                what=self.what.data,
                ends_on=self.ends_on.data,
                reach=self.reach.data,
            )
        )


class FixForm(PaperForm):
    """A letter that asks to put something right."""

    wrong = TextField(
        # L10n: Guide, letter that asks to put something right, label.
        lazy("What is wrong or missing?"),
        most=2000,
        # L10n: Guide, letter that asks to put something right, error beside an empty field.
        needed=lazy("Write what is wrong or missing."),
    )
    right = TextField(
        # L10n: Guide, letter that asks to put something right, label.
        lazy("What should it say?"),
        most=2000,
        # L10n: Guide, letter that asks to put something right, error beside an empty field.
        needed=lazy("Write what it should say, or “take it away”."),
    )
    # L10n: Guide, letter that asks to put something right, label.
    shows = TextField(lazy("What shows it?"), most=1000)

    def paragraphs(self) -> list[Paragraph]:
        """Give the request to correct."""
        return rules.fix_letter(
            Fix(
                agency=self.agency.data,
                names=self.names.data,
                birth_date=self.birth_date.data,
                wrong=self.wrong.data,
                right=self.right.data,
                shows=self.shows.data or "",
                reach=self.reach.data,
            )
        )
