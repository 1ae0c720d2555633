"""Form fields at the edge: NFC, no NUL or control characters, limits; and a form that loses nothing."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, PasswordField, SelectMultipleField
from wtforms import RadioField as _RadioField
from wtforms import SelectField as _SelectField
from wtforms import StringField as _StringField
from wtforms import TextAreaField as _TextAreaField
from wtforms.validators import DataRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from portal.base import ids
from portal.base.problems import Busy, Conflict, Invalid, StorageFull, TooMany
from portal.language.rules import N_
from portal.web import kept, switching
from portal.web.core import Stale, work
from portal.web.text import Lazy, lazy

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff]|[\ud800-\udfff]")
# Marks that turn the order of the letters after them, also outside the answer. Each answer stands in an element of
# its own, where right-to-left letters find their order without them. Joiners (U+200C, U+200D) stay: words need them.
_TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: Any) -> Any:
    """Give typed text in NFC, with plain line ends, without control characters; other things as they are."""
    if not isinstance(text, str):
        return text
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _TURNING.sub("", _CONTROL.sub("", plain))


def clean_line(text: Any) -> Any:
    """Give one line of typed text: cleaned, outer spaces gone."""
    text = clean(text)
    return " ".join(text.split()) if isinstance(text, str) else text


class LineField(_StringField):
    """One line of text."""

    def __init__(self, label, *, most: int = 200, needed: Lazy | None = None, **options):
        super().__init__(label, _rules(most, needed), filters=[clean_line], **options)


class TextField(_TextAreaField):
    """Several lines of text."""

    def __init__(self, label, *, most: int = 5000, needed: Lazy | None = None, **options):
        super().__init__(label, _rules(most, needed), filters=[clean], **options)


# L10n: Error beside a question that has a list of answers.
_CHOOSE = lazy("Choose one of the answers.")


class RadioField(_RadioField):
    """One of several answers, all of them shown."""

    def __init__(self, label=None, **options):
        super().__init__(label, **({"invalid_choice_message": _CHOOSE} | options))


class SelectField(_SelectField):
    """One of several answers, in a list that opens."""

    def __init__(self, label=None, **options):
        super().__init__(label, **({"invalid_choice_message": _CHOOSE} | options))


class TicksField(SelectMultipleField):
    """Checkboxes, none or many."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DateField(_StringField):
    """A date in three boxes `name-day`, `name-month`, `name-year`; `data` is a date, `boxes` what was typed."""

    boxes: tuple[str, str, str] = ("", "", "")

    def __init__(self, label, *, needed: Lazy | None = None, **options):
        super().__init__(label, [], **options)
        self.needed = needed

    def process(self, formdata, data=None, extra_filters=None) -> None:
        """Read the three boxes."""
        self.process_errors = []  # type: ignore[var-annotated]
        # What was not sent at all is no date either: WTForms then gives a mark of its own.
        given: Any = data if isinstance(data, date) else None
        self.data = self.object_data = given
        if formdata and f"{self.name}-day" in formdata:
            names = (f"{self.name}-day", f"{self.name}-month", f"{self.name}-year")
            self.boxes = tuple(clean_line(formdata.get(name, ""))[:10] for name in names)
            self.data = self._read()
        elif isinstance(data, date):
            self.boxes = (str(data.day), str(data.month), str(data.year))

    def _read(self) -> date | None:
        try:
            day, month, year = (int(box) for box in self.boxes)
            return date(year, month, day)
        except (ValueError, OverflowError):
            return None

    def pre_validate(self, form) -> None:
        """Say what to do when the boxes hold no date, such as 31 February."""
        if any(self.boxes) and self.data is None:
            # L10n: Error beside a date of three boxes.
            raise StopValidation(lazy("Write a date that exists, such as 4 5 1992."))
        if not any(self.boxes) and self.needed:
            raise StopValidation(self.needed)


def _rules(most: int, needed: Lazy | None) -> list:
    # L10n: Error beside a text field. %(max)s is a number of characters.
    length = Length(max=most, message=lazy("Use %(max)s characters or fewer.", max=most))
    return [DataRequired(needed), length] if needed else [Optional(), length]


@dataclass(frozen=True)
class Sent:
    """A form was carried out; `result` is what the verb gave."""

    result: Any


class PortalForm(FlaskForm):
    """A form that carries its own nonce, keeps what was typed, and turns every Problem into a sentence."""

    class Meta:
        """The token is checked by the guard for every request, so the form does not check it again."""

        csrf = False

    nonce = HiddenField(default=ids.token, filters=[clean_line])
    status = 200
    problem: Lazy | None = None
    # What stands in it was sent from a page whose session was over.
    kept = False
    # Its view answers to another language itself: by a result in that language, or by keeping what was typed.
    minds_language = False

    def sent(self) -> bool:
        """Say whether the form was sent and everything in it can be used; another language sends nothing."""
        if request.method != "POST":
            return False
        if work().kept:
            self.kept = True
            return False
        if switching.pressed() and not self.minds_language:
            switching.go_on()
            return False
        fine = self.validate()
        if work().stale:
            # L10n: At the top of a form whose page was open for too long. Nothing that was typed is lost.
            return self.fail(
                lazy("This page was open for a long time. Check your answers and send them again.")
            )
        if not fine:
            self.status = 400
        else:
            kept.sent_again()
        return fine

    def carry_out(self, verb, *args, once: bool = True) -> Sent | None:
        """Do `verb(work, *args)` in one transaction; None when a problem now stands on the form.

        A second send of the same form gives the first one's result, which must be text or None. With `once`
        false nothing is kept of the result (it is a secret, such as a session's token).
        """
        return self.prepare(work().do, verb, *args, nonce=(self.nonce.data or None) if once else None)

    def prepare(self, call, *args, **more) -> Sent | None:
        """Do `call(*args)`; None when a problem now stands on the form.

        For what takes its time, and so comes before the transaction: comparing and hashing passwords.
        """
        try:
            return Sent(call(*args, **more))
        except Invalid as fault:
            self._put(fault)
        except (Conflict, StorageFull, Busy, Stale, TooMany) as fault:
            if work().kept:
                self.kept = True
            else:
                self.fail(sentence(fault), STATUS[type(fault)])
        return None

    def fail(self, message: Lazy, status: int = 400) -> bool:
        """Put a sentence above the form."""
        self.problem, self.status = message, status
        return False

    def faults(self) -> list[tuple[str, Any]]:
        """Give (id of the field, sentence) for the summary above the form, in the order of the fields."""
        return [(field.id, field.errors[0]) for field in self if field.errors]

    def _put(self, fault: Invalid) -> None:
        message = lazy(fault.message, **fault.values_)
        self.status = 400
        about = [field for field in self if fault.field == field.name]
        if about:
            about[0].errors = [message]
        else:
            self.problem = message


STATUS = {Conflict: 409, StorageFull: 503, Busy: 503, Stale: 400, TooMany: 429}


def sentence(fault: Exception) -> Lazy:
    """Give the sentence for a problem that can happen to any form."""
    # L10n: Above a form, after somebody else changed the same thing.
    conflict = N_("Someone changed this while you were writing. Look at it again, then send.")
    # L10n: Above a form, when the server's disk is full.
    full = N_("We cannot save anything just now. Nothing was sent. Keep this page open and try again later.")
    # L10n: Above a form, when the server is busy.
    busy = N_("We are very busy. Nothing was sent. Wait a minute and send it again.")
    # L10n: Above a form, after too many tries.
    many = N_("There were too many tries. Wait a few minutes, then try again.")
    # L10n: Above a form, after too many tries, where the wait is short.
    soon = N_("There were too many tries. Wait one minute, then try again.")
    # L10n: Above a form whose page was open for too long.
    stale = N_("This page was open for a long time. Check your answers and send them again.")
    if isinstance(fault, TooMany) and fault.retry_after <= 60:
        return lazy(soon)
    words = {Conflict: conflict, StorageFull: full, Busy: busy, TooMany: many, Stale: stale}
    return lazy(words[type(fault)])


__all__ = [
    "BooleanField",
    "DateField",
    "FileField",
    "HiddenField",
    "LineField",
    "PasswordField",
    "PortalForm",
    "RadioField",
    "SelectField",
    "Sent",
    "TextField",
    "TicksField",
    "clean",
    "clean_line",
]
