"""The kinds of notice and their words."""

from portal.language.rules import N_

WORDS: dict[str, str] = {
    # L10n: List of messages: an agency has received the person's request.
    "request_received": N_("%(agency)s has your request to fix something."),
    # L10n: List of messages: an agency has answered the person's request.
    "request_decided": N_("%(agency)s has answered your request."),
    # L10n: List of messages: the person's own words now stand beside what an agency holds.
    "statement_attached": N_("Your words now stand beside what %(agency)s holds."),
    # L10n: List of messages: somebody opened what the person shared.
    "share_opened": N_("Someone opened what you shared."),
    # L10n: List of messages: what an agency holds can now be seen.
    "records_linked": N_("You can now see what %(agency)s holds about you."),
    # L10n: List of messages: an agency sent again a value that was fixed; nothing was overwritten.
    "value_came_back": N_("%(agency)s sent an old value again. We kept the fixed one, and told their staff."),
}
# L10n: List of messages: a message of a kind that this page does not know.
UNKNOWN = N_("Something changed in what %(agency)s holds.")
