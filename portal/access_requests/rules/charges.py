"""What may be asked for handing over: a sum, its reason, the person's answer (Privacy Act 2020 ss 66 and 67)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.language.rules import N_

# L10n: page that refuses staff whose agency may not ask for money. Law: be exact.
MAY_NOT = N_(
    "Your agency may not ask for money for this. The law lets public agencies charge only with an authority "
    "of its own (Privacy Act 2020, sections 66 and 67)."
)
# L10n: staff page that asks for money, error beside a sum.
NO_SUM = N_("Write an amount in dollars, such as 12.50.")
# L10n: staff page that asks for money, error beside a sum; %(before)s is a sum such as $20.00.
NOT_MORE = N_("You said %(before)s before. You can ask for less now, not for more.")
# L10n: page on which a person answers what an agency wants to be paid, error beside a text field.
SAY_WHAT = N_("Write what you can do without, or what you want most.")
ANSWERS = ("yes", "less")
ENDS = ("paid", "waived")


def amount_of(typed: str) -> Decimal | None:
    """Read a sum of New Zealand dollars, such as "12", "$12.50" or "1,200"; None for nothing, nought or no sum."""
    bare = (typed or "").replace("$", "").replace(",", "").replace(" ", "")
    if not re.fullmatch(r"\d{1,5}(\.\d{1,2})?", bare, re.ASCII) or not Decimal(bare):
        return None
    return Decimal(bare)


def is_unanswered(state: str, charge: Mapping[str, Any] | None) -> bool:
    """Say whether an agency asked for money and waits for the person's word."""
    return state == "fee_wait" and charge is not None and not (charge["answer"] or charge["settled"])


def is_settled(charge: Mapping[str, Any] | None) -> bool:
    """Say whether what was asked is paid or no longer asked; nothing asked is settled."""
    return charge is None or charge["settled"] in ENDS
