"""Words for who looked and at what; the clock of a question; grounds and ends of looks that are shown later."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.language.rules import N_
from portal.law.grounds import MUST_NAME_LAW, AccessGround, access_grounds, names_a_law

NZ = ZoneInfo("Pacific/Auckland")
ROLES: dict[str, str] = {
    # L10n: Who has looked: the role of a worker of an agency.
    "caseworker": N_("Adviser"),
    # L10n: Who has looked: the role of a worker of an agency.
    "privacy-officer": N_("Privacy officer"),
    # L10n: Who has looked: the role of a worker of an agency who cares for its records.
    "steward": N_("Data steward"),
    # L10n: Who has looked: the role of a worker who sits beside the person.
    "frontline": N_("Frontline worker"),
    # L10n: Who has looked: somebody whom the person lets help them.
    "helper": N_("Your helper"),
    # L10n: Who has looked: somebody who may act for the person, such as a parent or an attorney. An agency checked it.
    "acting": N_("Acts for you"),
}
# L10n: Who has looked: somebody who opened a share without an account.
BY_LINK = N_("Someone with the code of your share")
WHATS: dict[str, str] = {
    # L10n: Who has looked: at what. A request to fix something.
    "request": N_("Your request, and what it is about"),
    # L10n: Who has looked: at what. Photos and files that the person sent with a request to fix something.
    "proof": N_("What you sent with your request"),
    # L10n: Who has looked: at what. A request to see what an agency holds.
    "access": N_("Your request to see what they hold"),
    # L10n: Who has looked: at what. A question that the person asked about an earlier look.
    "question": N_("Your question about a look"),
    # L10n: Who has looked: at what. What the person shared.
    "share": N_("What you shared"),
    # L10n: Who has looked: at what. Something an agency holds.
    "record": N_("What is held about you"),
    # L10n: Who has looked: at what. A worker sat beside the person and helped them, in the person's own sign-in.
    "beside": N_("The pages you opened while they sat beside you"),
    # L10n: Who has looked: at what. The agency took into its own system what stands beside its values: words of the
    # person, and what was fixed.
    "copy": N_("Your own words and what was fixed, for their own system"),
    # L10n: Who has looked: at what. The agency told the portal of a look in its own system.
    "system": N_("What they hold, in their own system"),
}
LONGEST_QUESTION = 2000
LONGEST_ANSWER = 4000
QUESTION_KIND = "look_question"
WRONG_KIND = "look_wrong"
HOLD_KIND = "look_hold"
# A look of this code is held back as it comes: it concerns violence in a family (Family Violence Act 2018 s 20).
CODE = "FV"
CODE_GROUND = "s24"
CODE_REASON = "Family Violence Act 2018, section 20. The agency coded this look itself."
# Within this a second person has to agree, or a coded look is shown.
CODE_DAYS = 30
MOST_DAYS = 90
# Looks of so many days back may be held too: staff cannot always ask before they look.
BACK_DAYS = 7
CHECK_WITHIN = timedelta(days=1)
# L10n: staff page that asks to show looks later, error beside an empty field.
NEEDS_REASON = N_("Write why these looks cannot be shown yet.")
# L10n: staff page that asks to show looks later, error: the client is the worker.
OWN_FILE = N_("This file is about you. Someone else has to do this.")
# L10n: staff page where a second person agrees that looks are shown later, to the one who asked.
SOMEBODY_ELSE = N_("You asked for this. Someone else has to agree.")
# Danger to somebody, harassment, a victim, keeping the law, another law (law.md section 4; P16 of security.md).
HOLD_GROUNDS = ("49-1-a-i", "49-1-a-ii", "49-1-a-iii", "53-c", "s24")


def is_ours(by: str, what: str) -> bool:
    """Say whether a look's reason is a msgid of ours: of staff, a helper, or an agency's system that took its copy."""
    return by in ("staff", "helper") or what == "copy"


def hold_grounds() -> tuple[AccessGround, ...]:
    """List the grounds on which looks may be shown later, in the order staff see them."""
    return tuple(ground for ground in access_grounds() if ground.code in HOLD_GROUNDS)


def question_fault(words: str) -> str | None:
    """Say what is wrong with a question, as a msgid; None when it will do."""
    if not words.strip():
        # L10n: page that asks about a look, error beside an empty field.
        return N_("Write what you want to know.")
    return None


def hold_fault(
    ground: str, reason: str, from_on: date, until_on: date, today: date
) -> tuple[str, str] | None:
    """Say what is wrong with a wish to show looks later, as (field, msgid); None when it will do.

    All days are Pacific/Auckland days. Privacy Act 2020 ss 24, 49, 53; Family Violence Act 2018 s 20.
    """
    if ground not in HOLD_GROUNDS:
        # L10n: staff page that asks to show looks later, error beside the ground.
        return "ground", N_("Choose a reason in law.")
    if not reason.strip():
        return "reason", NEEDS_REASON
    needs = next(one.needs for one in hold_grounds() if one.code == ground)
    if MUST_NAME_LAW in needs and not names_a_law(reason):
        # L10n: staff page that asks to show looks later, error beside the reason. An Act with its year.
        return "reason", N_("Name the law and its year, such as Family Violence Act 2018.")
    if not today - timedelta(days=BACK_DAYS) <= from_on <= today:
        # L10n: staff page that asks to show looks later, error beside the first day.
        return "from_on", N_("Choose today, or a day of the last 7 days.")
    return end_fault(until_on, today)


def end_fault(until_on: date, today: date) -> tuple[str, str] | None:
    """Say what is wrong with the last day on which looks are not shown, as (field, msgid); None when it will do."""
    if not today < until_on <= today + timedelta(days=MOST_DAYS):
        # L10n: staff page that asks to show looks later, error beside the last day.
        return "until_on", N_("Choose a day after today, at most 90 days ahead.")
    return None


def start_of(day: date) -> datetime:
    """Give the moment (aware UTC) at which a day begins in New Zealand."""
    return datetime.combine(day, time(), NZ).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Give the moment (aware UTC) at which a day is over in New Zealand."""
    return start_of(day + timedelta(days=1))
