"""Words for who looked and at what."""

from portal.language.rules import N_

ROLES: dict[str, str] = {
    # L10n: Who has looked: the role of a worker of an agency.
    "caseworker": N_("Adviser"),
    # L10n: Who has looked: the role of a worker of an agency.
    "privacy-officer": N_("Privacy officer"),
    # L10n: Who has looked: the role of a worker of an agency who cares for its records.
    "steward": N_("Data steward"),
    # L10n: Who has looked: the role of a worker who sits beside the person.
    "frontline": N_("Frontline worker"),
}
# L10n: Who has looked: somebody who opened a share without an account.
BY_LINK = N_("Someone with the code of your share")
WHATS: dict[str, str] = {
    # L10n: Who has looked: at what. A request to fix something.
    "request": N_("Your request, and what it is about"),
    # L10n: Who has looked: at what. What the person shared.
    "share": N_("What you shared"),
    # L10n: Who has looked: at what. Something an agency holds.
    "record": N_("What is held about you"),
}
