"""What staff are told when a proposal cannot be made, or nothing is proposed."""

from portal.language.rules import N_

# L10n: staff page of a request to fix something, error: a colleague proposed something already.
WAITS = N_("A decision waits for a second person already.")
# L10n: staff page that approves a decision, error: a colleague was faster.
NOTHING = N_("Nothing waits for your approval.")
# L10n: staff page that sends a proposal back, error beside an empty field.
WHAT = N_("Write what has to change.")
