"""How a request reached an agency that did not come over this site; the law asks for no form (ss 40 and 59)."""

from portal.language.rules import N_

WAYS = {
    # L10n: how a person's request reached an agency, written down by staff: by phone.
    "phone": N_("By phone"),
    # L10n: how a person's request reached an agency, written down by staff: in a letter or on a form.
    "paper": N_("On paper"),
    # L10n: how a person's request reached an agency, written down by staff: face to face.
    "in-person": N_("In person"),
}
