"""The law's limits on an act, said before it is tried: the sentence, the section, and what can be done instead."""

from dataclasses import dataclass
from datetime import date

from portal.base.clock import nz_date
from portal.casework.views.fix_words import LIMITS, SAID
from portal.corrections import rules
from portal.corrections.service import CaseView
from portal.web.core import work
from portal.web.fields import PortalForm


@dataclass(frozen=True)
class Limit:
    """Why an act cannot be done now: a sentence, the section that says so, what can be done (msgids)."""

    says: str
    law: str
    way_on: str


def limit_of(act: str, form: PortalForm, case: CaseView) -> Limit | None:
    """Give what stands against an act now, or against what was just sent; None where nothing does."""
    keys = {**rules.REFUSED_BECAUSE, **SAID}
    problem = form.problem.msgid if form.problem else ""
    refused = next((key for key in LIMITS if keys[key] == problem), None)
    found = refused or _stands_against(act, case, nz_date(work().now))
    if found is None:
        return None
    law, way_on = LIMITS[found]
    return Limit(keys[found], law, way_on)


def _stands_against(act: str, case: CaseView, today: date) -> str | None:
    ask = case.request
    if act == "pass-on":
        if ask.state not in (rules.State.RECEIVED, rules.State.ID_CHECK):
            return "begun"
        # What they said of one value counts before what they said of all.
        own = [item for item in ask.items if not item.moved_to]
        if all((item.hand_on or ask.reply["hand_on"]) != "yes" for item in own):
            return "may-pass-on"
        return "in-ten-days" if today > (ask.transfer_by_on or ask.received_on) else None
    if act == "more-time":
        if ask.extended_to_on is not None:
            return "once"
        if today > ask.due_on:
            return "in-twenty-days"
        return "take-first" if ask.state != rules.State.IN_REVIEW else None
    return None
