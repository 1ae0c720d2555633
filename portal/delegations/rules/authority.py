"""Rules of authority: who may act for a person at an agency that checked it, until when, and what goes before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from portal.access_log.rules import end_of, start_of
from portal.agencies.rules import AgencyFacts, TypeFacts
from portal.delegations.rules import SAFETY, months_after
from portal.language.rules import N_

CHOSEN = "chosen"
"""The kind of a helper whom the person chose: no authority."""
WRITTEN, PARENT, EXECUTOR = "written", "parent", "executor"
KINDS: dict[str, str] = {
    # L10n: A kind of authority to act for somebody. The person put it in writing.
    WRITTEN: N_("Written authority"),
    # L10n: A kind of authority to act for somebody: an enduring power of attorney, or another power of attorney.
    "attorney": N_("Attorney"),
    # L10n: A kind of authority to act for a child.
    PARENT: N_("Parent or guardian"),
    # L10n: A kind of authority to act for somebody who died: named in the will, or by the court.
    EXECUTOR: N_("Executor or administrator, after a death"),
}
WHYS: dict[str, str] = {
    # L10n: on the page "Who has looked": why somebody saw something. The person put it in writing.
    WRITTEN: N_("You let them act for you in writing"),
    # L10n: on the page "Who has looked": why somebody saw something. They have a power of attorney.
    "attorney": N_("They are your attorney"),
    # L10n: on the page "Who has looked": why somebody saw something about a child.
    PARENT: N_("They are your parent or guardian"),
    # L10n: on the page "Who has looked": why somebody saw something. The person had died.
    EXECUTOR: N_("They look after what is left after a death"),
}
ADULT = 16
"""The age from which nobody sees anything as a parent any more (security.md T28)."""
MOST_MONTHS = 12
"""For how long any other authority may stand before it is checked again (security.md P05)."""
REVIEW_BEFORE = timedelta(days=28)
REVIEW_KIND, OBJECT_KIND, CODE_KIND = "authority_review", "authority_object", "authority_code"
MOST_AT_ONCE = 12
"""How many may act for one person at one agency at the same time."""
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Draft:
    """What staff write of somebody's authority. `born` is the client's birth date, `holder_born` that of who acts.

    `types` are keys of record types of the agency. `own_yes` says that the child said yes. Days are New Zealand's;
    `until_on` is the last day, None for a parent whose authority ends at the child's birthday.
    """

    client_ref: str
    born: date | None
    kind: str
    name: str
    holder_born: date | None
    form: str
    saw: str
    types: frozenset[str]
    from_on: date | None
    until_on: date | None
    own_yes: bool = False


# L10n: Staff page that records who may act for a client: error beside a date.
NO_DAY = N_("Write the day.")
# L10n: Staff page that records who may act for a client: error beside what was seen.
NOT_SEEN = N_("Write what you saw. Do not copy the paper.")


def draft_fault(draft: Draft, today: date) -> tuple[str, str] | None:
    """Say what is wrong with what staff wrote, as (field, msgid); None when it will do. `today` is New Zealand's."""
    if draft.kind not in KINDS:
        # L10n: Staff page that records who may act for a client: error beside the kinds.
        return "kind", N_("Choose what kind of authority it is.")
    if not draft.name.strip():
        # L10n: Staff page that records who may act for a client: error beside a name.
        return "name", N_("Write their full name.")
    if draft.holder_born is None:
        # L10n: Staff page that records who may act for a client: error beside a birth date.
        return "holder_born", N_("Write their birth date, as on the paper.")
    if draft.holder_born >= today:
        # L10n: Staff page that records who may act for a client: error beside a birth date.
        return "holder_born", N_("This birth date lies ahead. Check the year.")
    if not draft.form.strip():
        # L10n: Staff page that records who may act for a client: error beside the name of a paper.
        return "form", N_("Write which paper it is.")
    if not draft.saw.strip():
        return "saw", NOT_SEEN
    if not draft.types:
        # L10n: Staff page that records who may act for a client: error beside the kinds of records.
        return "types", N_("Tick what they may see.")
    return days_fault(draft.kind, draft.from_on, draft.until_on, today)


def days_fault(kind: str, from_on: date | None, until_on: date | None, today: date) -> tuple[str, str] | None:
    """Say what is wrong with the first and last day of an authority, as (field, msgid); None when they will do."""
    if from_on is None:
        return "from_on", NO_DAY
    if from_on > today:
        # L10n: Staff page that records who may act for a client: error beside the first day.
        return "from_on", N_("This day lies ahead. Record it once it has begun.")
    return last_day_fault(kind, from_on, until_on, today)


def last_day_fault(kind: str, from_on: date, until_on: date | None, today: date) -> tuple[str, str] | None:
    """Say what is wrong with the last day of an authority, as (field, msgid); only a parent's may be left out."""
    if until_on is None:
        return None if kind == PARENT else ("until_on", NO_DAY)
    if until_on < from_on:
        # L10n: Staff page that records who may act for a client: error beside the last day.
        return "until_on", N_("The last day is before the first. Check both.")
    if until_on < today:
        # L10n: Staff page that records who may act for a client: error beside the last day.
        return "until_on", N_("This day is over. They can see nothing by it.")
    if kind != PARENT and until_on > months_after(today, MOST_MONTHS):
        # L10n: Staff page that records who may act for a client: error beside the last day.
        return "until_on", N_("Choose a day within one year. You can check it again then.")
    return None


def parents_of(facts: dict[str, Any]) -> tuple[frozenset[str], dict[str, int]]:
    """Give what an entry says of parents: types that are the child's own, and per type the age of the child's yes.

    A type that is not named needs the child's own yes at any age (Privacy Act 2020 section 57; security.md T28).
    """
    said = facts.get("parents") or {}
    return frozenset(said.get("own", ())), dict(said.get("ages", {}))


def birthday(born: date, years: int) -> date:
    """Give the day on which somebody is so many years old; who was born on 29 February, on the 28th."""
    return months_after(born, 12 * years)


def offered(agency: AgencyFacts, kind: str) -> list[TypeFacts]:
    """List the record types of an agency that an authority of a kind may reach.

    Never to a parent: what the agency marks as the child's own, and what is about safety.
    """
    own, _ = parents_of(agency.facts)
    return [
        one
        for one in agency.types.values()
        if kind != PARENT or (one.key not in own and one.sensitivity != SAFETY)
    ]


def parent_until(
    agency: AgencyFacts, types: Collection[str], born: date, own_yes: bool, today: date
) -> tuple[datetime | None, tuple[str, str] | None]:
    """Give when a parent's authority is over (aware UTC), or what is wrong, as (field, msgid).

    That is the midnight in New Zealand that begins the child's 16th birthday; or, where the child has not said yes,
    an earlier one from which the agency needs the child's own yes for one of these types.
    """
    if born >= today:
        # L10n: Staff page that records who may act for a client: error beside the client's birth date.
        return None, ("born", N_("This birth date lies ahead. Check the year."))
    if birthday(born, ADULT) <= today:
        # L10n: Staff page that records who may act for a client: error beside the kinds of authority.
        return None, ("kind", N_("They are 16 or older. A parent sees nothing from then on."))
    _, ages = parents_of(agency.facts)
    years = ADULT if own_yes else min(ADULT, *(ages.get(key, 0) for key in types))
    if birthday(born, years) <= today:
        # L10n: Staff page that records who may act for a client: error beside the box for the child's own yes.
        return None, (
            "own_yes",
            N_("They are old enough to be asked first. Ask the child alone, or tick less."),
        )
    return start_of(birthday(born, years)), None


def until_of(until_on: date | None, latest: datetime | None) -> datetime:
    """Give when an authority is over (aware UTC): the end of its last day, or what ends it earlier."""
    ends = [end_of(until_on)] if until_on is not None else []
    return min(ends + ([latest] if latest is not None else []))


def is_near(until: datetime, now: datetime) -> bool:
    """Say whether an authority will be over soon, so that staff look at it again. Both aware UTC."""
    return timedelta() < until - now <= REVIEW_BEFORE


def order_fault(name: str, saw: str, types: Collection[str], everything: bool) -> tuple[str, str] | None:
    """Say what is wrong with an order as staff wrote it, as (field, msgid); None when it will do."""
    if not name.strip():
        return "name", N_("Write their full name.")
    if not saw.strip():
        return "saw", NOT_SEEN
    if not everything and not types:
        # L10n: Staff page that records a court's order: error beside the list of what somebody may not see.
        return "types", N_("Tick what they may not see, or everything.")
    return None


def words_of(checks: list[dict[str, Any]]) -> list[tuple[str, str, date]]:
    """Give each check of an authority, the newest first: who checked it, what they saw, on which day."""
    return [(one["by"], one["saw"], date.fromisoformat(one["on"])) for one in reversed(checks)]
