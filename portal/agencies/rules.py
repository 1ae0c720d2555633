"""What an agency's catalogue says, as plain facts; and whether a letter is for the person who holds it."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.language.rules import ENGLISH, LANGUAGES, search_key

TOPICS = ("health", "education", "welfare", "child-wellbeing", "justice", "housing")
CODE_LETTERS = 8
CODE_DAYS = 21
CODE_TRIES = 5
# After its end a code is still known for so long, so that who holds the letter is told that it is too old.
KEEP_LETTERS = timedelta(days=30)
COUNTER_LIFE = timedelta(minutes=15)
# Working days within which staff tell a client of a new link, or look at one that is in doubt.
TELL_WITHIN = 2
# Reasons that an agency can keep ready, and the characters of one in each language.
MOST_READY, MAX_READY = 60, 1_000
STRENGTHS = ("letter", "in-person", "verified")  # How a link was proved, the weakest first.
# What the worklist can be narrowed to, and the kinds of work in each; any further kind belongs to "other".
KINDS: dict[str, tuple[str, ...]] = {
    "fix": (
        *("correction", "correction_apply", "correction_tell", "correction_told"),
        *("correction_late", "correction_complaint"),
    ),
    "see": ("access", "access_late"),
    "look": ("look_question", "look_hold", "look_wrong"),
    "change": ("self_edit",),
    "choice": ("choice",),
    "link": ("link_held", "link_disowned", "link_made"),
    "authority": ("authority_review", "authority_object", "authority_code"),
    "records": ("held", "came_back", "came-back"),
    "worker": ("urgent_review", "urgent_many", "many_read"),
}
# A decision that took longer counts as one that took so many working days.
MOST_DAYS = 99


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language it is in; `lang` is the value of a `lang` attribute."""

    text: str
    lang: str


def in_language(english: str, l10n: dict[str, str], tag: str) -> Words:
    """Give a catalogue text in the language of a page, or in English marked as English."""
    if tag != ENGLISH and l10n.get(tag) and tag in LANGUAGES:
        return Words(l10n[tag], LANGUAGES[tag].bcp47)
    return Words(english, LANGUAGES[ENGLISH].bcp47)


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field of a record type. `kind` is text, long-text, date, money, integer, number, boolean, code, list
    or object; `masked` says that only the last characters may be shown."""

    key: str
    label: str
    label_l10n: dict[str, str]
    explain: str
    explain_l10n: dict[str, str]
    nature: str
    third_party: bool
    sensitive: bool
    self_edit: bool
    held_at: str | None
    kind: str
    masked: bool
    options: dict[str, str]
    options_l10n: dict[str, dict[str, str]]
    required: bool
    maximum: int | None
    schema: dict[str, Any]

    def label_in(self, tag: str) -> Words:
        """Give the label for a page in the language `tag`."""
        return in_language(self.label, self.label_l10n, tag)

    def explain_in(self, tag: str) -> Words:
        """Give the line that explains the field, for a page in the language `tag`."""
        return in_language(self.explain, self.explain_l10n, tag)

    def option_in(self, const: Any, tag: str) -> Words:
        """Give the words of a coded value; a code that the catalogue does not know stands as it is."""
        title = self.options.get(str(const), str(const))
        return in_language(title, self.options_l10n.get(str(const), {}), tag)


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """One kind of record of one agency."""

    agency_id: int
    key: str
    title: str
    title_l10n: dict[str, str]
    purpose: str
    sensitivity: str
    schema: dict[str, Any]
    fields: dict[str, FieldFacts]

    def title_in(self, tag: str) -> Words:
        """Give the title for a page in the language `tag`."""
        return in_language(self.title, self.title_l10n, tag)


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An agency or provider as every page may show it. `unreachable_since` is an aware UTC datetime."""

    id: int
    slug: str
    name: str
    kind: str
    topic: str
    reports_looks: bool
    unreachable_since: Any
    facts: dict[str, Any]
    purposes: dict[str, dict[str, Any]] = field(default_factory=dict)
    types: dict[str, TypeFacts] = field(default_factory=dict)
    reasons: tuple["ReasonFacts", ...] = ()

    @property
    def has_desk(self) -> bool:
        """Whether it has staff with a worklist here. Whoever is a provider alone opens shares, and has none."""
        return self.kind != "provider"

    def ready(self, ground: str, text: str) -> "ReasonFacts | None":
        """Give the reason of the library whose English words for a ground are exactly these."""
        said = text.strip()
        return next((one for one in self.reasons if one.ground == ground and one.english == said), None)

    @property
    def may_charge(self) -> bool:
        """Whether it may ask for money before it hands over what was asked for; by default it may not."""
        charges = self.facts.get("charges")
        return charges is not None and charges_fault(charges) is None

    def wants_proof(self, strength: str) -> bool:
        """Say whether a link of this strength would not open everything that an agency of this kind may hold.

        It follows from the catalogue alone, so that it tells nothing of whether anything is held.
        """
        return any(not shows(strength, kind.sensitivity) for kind in self.types.values())

    @property
    def in_letters(self) -> dict[str, str]:
        """Name it in its letters, with whom to ask for and the phone number it gives."""
        contact = self.facts.get("contact", {})
        return {
            "agency": self.name,
            "ask_for": contact.get("ask_for") or "Privacy officer",
            "phone": contact.get("phone", ""),
        }

    @property
    def in_others_letters(self) -> dict[str, str]:
        """Name it in a letter of another agency that passed something on to it."""
        named = self.in_letters
        return {"to": named["agency"], "to_ask_for": named["ask_for"], "to_phone": named["phone"]}


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """A reason that an agency keeps ready for a ground; `words` by a language's URL word, English always."""

    id: int
    ground: str
    words: dict[str, str]
    version: int

    @property
    def english(self) -> str:
        """Its English words."""
        return self.words[ENGLISH]


AUTHORITY = 20
"""Characters that the note of an authority to charge has at least: who gave it, when, for what."""


def charges_fault(charges: Any) -> str | None:
    """Give what is wrong with an entry's `charges`; None where it may stand (Privacy Act 2020 ss 66 and 67)."""
    if charges is None:
        return None
    if not isinstance(charges, dict) or set(charges) - {"sector", "authority"}:
        return "charges holds sector, and authority for a public agency, and nothing else."
    if charges.get("sector") == "private":
        return None
    if charges.get("sector") == "public" and len(str(charges.get("authority") or "").strip()) >= AUTHORITY:
        return None
    return "A public agency may charge only with an authority (section 67): write who gave it, when, and for what."


def fields_of(schema: dict[str, Any]) -> dict[str, FieldFacts]:
    """Read the fields of a record type from its JSON Schema, in the schema's order."""
    required = schema.get("required", [])
    return {key: _field(key, part, key in required) for key, part in schema.get("properties", {}).items()}


def _field(key: str, part: dict[str, Any], required: bool) -> FieldFacts:
    choices = part.get("oneOf", [])
    return FieldFacts(
        key=key,
        label=part.get("x-label", key),
        label_l10n=part.get("x-label-l10n", {}),
        explain=part.get("x-explain", ""),
        explain_l10n=part.get("x-explain-l10n", {}),
        nature=part.get("x-nature", "fact"),
        third_party=bool(part.get("x-third-party")),
        sensitive=bool(part.get("x-sensitive")),
        self_edit=bool(part.get("x-self-edit")),
        held_at=part.get("x-held-at"),
        kind=kind_of(part),
        masked=part.get("x-format") == "masked-identifier",
        options={str(one["const"]): one.get("title", str(one["const"])) for one in choices},
        options_l10n={str(one["const"]): one.get("x-title-l10n", {}) for one in choices},
        required=required,
        maximum=part.get("maxLength"),
        schema=part,
    )


def kind_of(part: dict[str, Any]) -> str:
    """Name the kind of a field from its part of the schema."""
    if part.get("oneOf"):
        return "code"
    if part.get("format") == "date":
        return "date"
    if part.get("x-format") == "money-nzd":
        return "money"
    if part.get("x-format") == "long-text":
        return "long-text"
    plain = {
        "integer": "integer",
        "number": "number",
        "boolean": "boolean",
        "array": "list",
        "object": "object",
    }
    return plain.get(str(part.get("type")), "text")


def same_person(letter_name: str, letter_birth: date | None, own_name: str, own_birth: date) -> bool:
    """Say whether a letter may be for this person: same birth date, and the names agree.

    Marks, case, commas and the order of names do not count; a middle name may be missing on one side.
    """
    letter, own = _name_words(letter_name), _name_words(own_name)
    if letter_birth != own_birth or not letter or not own:
        return False
    shorter = min(letter, own, key=len)
    return letter == own or (len(shorter) > 1 and (letter <= own or own <= letter))


def contradicted(
    names: tuple[str, ...], birth_date: date | None, known: list[tuple[str, date]]
) -> tuple[str, ...]:
    """Give what of a feed's name and birth date is not the linked person's: name, birth_date, both or nothing.

    known: the pairs that are theirs. Where each agrees with another pair only, both count.
    """
    said = [(name, birth_date or born) for name in names for _name, born in known]
    if any(same_person(name, day, *pair) for name, day in said for pair in known):
        return ()
    name_off = bool(names) and not any(
        same_person(name, born, own, born) for name in names for own, born in known
    )
    day_off = birth_date is not None and all(birth_date != born for _own, born in known)
    if not names and not day_off:
        return ()
    found = (*(["name"] if name_off else []), *(["birth_date"] if day_off else []))
    return found or ("name", "birth_date")


def _name_words(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"[^\w\s]", " ", search_key(name)).split())


def shows(strength: str, sensitivity: str) -> bool:
    """Say whether a link is proved well enough for a type of record: a letter opens ordinary ones only."""
    return sensitivity == "ordinary" or strength != "letter"


def due_ranges(today: date) -> dict[str, tuple[date, date]]:
    """Give the first and last day of each filter of a worklist: late, week (seven days from today), later."""
    return {
        "late": (date.min, today - timedelta(days=1)),
        "week": (today, today + timedelta(days=6)),
        "later": (today + timedelta(days=7), date.max),
    }


def group_of(kind: str) -> str:
    """Give the key of KINDS that a kind of work belongs to, or "other"."""
    return next((group for group, kinds in KINDS.items() if kind in kinds), "other")
