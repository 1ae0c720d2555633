"""Reasons in plain words that the demonstration's agencies keep ready, so that a no is as quick as a yes."""

import json
from pathlib import Path
from typing import Any

from portal.agencies import service as agencies
from portal.demo.stories import officer_of

REASONS = Path(__file__).with_name("ready_reasons.json")
AGENCIES = ("example-housing", "example-income-support", "example-children-agency")
"""Those whose staff can sign in."""


def keep_reasons(demo, now) -> None:
    """Let the privacy officer of each agency keep a reason or two for each ground of the law's list."""
    known = json.loads(REASONS.read_text(encoding="utf-8"))["reasons"]
    for slug in AGENCIES:
        demo.do(_keep, known, actor=officer_of(demo, demo.agency_ids[slug]), now=now)


def _keep(work, reasons: list[dict[str, Any]]) -> None:
    for one in reasons:
        agencies.keep_reason(work, one["ground"], one["words"])
