"""Reads of rights to see a person: files opened without a request, whom a person lets help them, help at one device."""

from portal.delegations.queries.assisted import HelpedAsk, helped_by, helped_until
from portal.delegations.queries.trusted import (
    HelpedFacts,
    HelperFacts,
    behind_code,
    code_key,
    grants_of,
    helped,
    helper,
    helpers,
    name_place,
    on_call,
    scope_rows,
)
from portal.delegations.queries.urgent import (
    UrgentFile,
    UrgentLookFacts,
    file,
    last_days,
    look,
    one_at_a_time,
    opened_in,
    place,
    waiting,
)

__all__ = [
    "HelpedAsk",
    "HelpedFacts",
    "HelperFacts",
    "UrgentFile",
    "UrgentLookFacts",
    "behind_code",
    "code_key",
    "file",
    "grants_of",
    "helped",
    "helped_by",
    "helped_until",
    "helper",
    "helpers",
    "last_days",
    "look",
    "name_place",
    "on_call",
    "one_at_a_time",
    "opened_in",
    "place",
    "scope_rows",
    "waiting",
]
