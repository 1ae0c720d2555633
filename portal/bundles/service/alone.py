"""A share that opens by its link alone: what may go in one."""

from typing import Any

from portal.agencies.queries import catalogue
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.bundles import rules
from portal.story.rules import ABOUT_OTHERS


def check_link_alone(work: Work, chosen: dict[str, Any]) -> None:
    """Raise Invalid where what was chosen may not open by its link alone. From the catalogue: no read."""
    book = catalogue(work)
    kinds = ((book.type(one["agency"], one["type"]), one["fields"]) for one in chosen["lines"])
    lines = [
        rules.Choice(key, kind.fields[key].nature, kind.fields[key].third_party, kind.sensitivity)
        for kind, fields in kinds
        if kind
        for key in fields
        if key in kind.fields
    ]
    others = any(one["goes"] and one["part"] in ABOUT_OTHERS for one in chosen.get("story", []))
    fault = rules.link_alone_fault(chosen["days"], lines, others)
    if fault:
        raise Invalid(fault, "opens")
