"""What a purpose of an agency leaves to choose, how it stands, and what follows from yes and no."""

import hashlib
from typing import Any

from portal.language.rules import N_

KINDS = ("some", "limited", "none")
"""How much choice a purpose leaves, in the order of the page: the person's own first."""
ANSWERS = ("yes", "no")
# Working days within which an agency must stop a use in its own systems, or may take it up again.
ACT_WITHIN = 2

HEADINGS: dict[str, str] = {
    # L10n: Choices, heading above uses about which the person alone decides.
    "some": N_("Yours to choose"),
    # L10n: Choices, heading above uses of which a part is fixed.
    "limited": N_("Yours in part"),
    # L10n: Choices, heading above uses that a law decides.
    "none": N_("No choice: the law"),
}
STANDING: dict[str, str] = {
    # L10n: Choices, how a use stands: the person said yes; %(date)s is a date.
    "yes": N_("You said yes on %(date)s."),
    # L10n: Choices, how a use stands: the person said no; %(date)s is a date.
    "no": N_("You said no on %(date)s."),
    # L10n: Choices, how a use stands that happens until the person says no.
    "on": N_("You have not chosen. It is on."),
    # L10n: Choices, how a use stands that waits for the person's yes.
    "off": N_("You have not chosen. It is off."),
    # L10n: Choices, how a use stands about which the person cannot choose.
    "law": N_("The law lets them do this."),
}


def kind_of(purpose: dict[str, Any]) -> str:
    """Give how much choice a purpose leaves; what a catalogue does not say is no choice."""
    return purpose["choice"] if purpose.get("choice") in KINDS else "none"


def may_choose(purpose: dict[str, Any]) -> bool:
    """Say whether there is anything to choose: without that no page may offer a button (DPUP)."""
    return kind_of(purpose) != "none"


def waits_for_yes(purpose: dict[str, Any]) -> bool:
    """Say whether a use is off until the person says yes: uses beyond what the information was given for."""
    return kind_of(purpose) == "some" and purpose.get("default") == "no"


def standing(purpose: dict[str, Any], answer: str | None) -> str:
    """Name how a use stands: a key of STANDING. `answer` is the person's last one, None where they gave none."""
    if not may_choose(purpose):
        return "law"
    if answer in ANSWERS:
        return str(answer)
    return "off" if waits_for_yes(purpose) else "on"


def allows(purpose: dict[str, Any], answer: str | None) -> bool:
    """Say whether what the person can choose of a use may happen. Privacy Act 2020 principle 10."""
    return standing(purpose, answer) in ("yes", "on", "law")


def ref_of(agency_id: int, key: str) -> int:
    """Give the 63-bit id by which an address names a purpose of an agency; it says neither agency nor purpose."""
    digest = hashlib.sha256(f"purpose\x1f{agency_id}\x1f{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1 or 1
