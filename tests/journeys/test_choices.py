"""A person says no to research without their name, and a feed leaves them out; where the law decides, it says so."""

import json
import os
import subprocess
import sys

import pytest

from portal.config import ROOT
from tests.journeys.people import Person

RESEARCH = "Research without your name"
CHECKING = "Checking a tip-off or a match"


@pytest.fixture(params=[("en", False), ("mi", True)], ids=["en without script", "mi with script"])
def sina(request, fresh_site, browser):
    tag, scripts = request.param
    who = Person.at(fresh_site, browser, tag, scripts)
    yield who
    who.leaves()


def feed(site):
    """What the agency's own system would be given for its next study."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    environment["PORTAL_INSTANCE"] = str(site.core.settings.instance)
    command = [sys.executable, "-m", "portal", "choices", "feed", "example-income-support", "research"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {json.loads(line)["id"] for line in done.stdout.splitlines()}


def opens_research(sina):
    """From the list to the use of the agency that pays: three taps from the first page to a change."""
    sina.goes("/choices")
    row = sina.page.locator("dl.facts > div", has_text=RESEARCH).filter(has_text="Example Income Support")
    sina.taps(row.locator("a"))


def answers(sina, answer):
    assert sina.page.locator("input[name=answer]:checked").count() == 0, "nothing is ticked for the person"
    sina.ticks("answer", answer)
    sina.goes_on()


def test_a_choice_is_made_kept_and_has_effect(sina):
    sina.signs_in("sina")
    opens_research(sina)
    sina.goes_on()
    assert sina.page.locator(".errors").count() == 1, "an answer is asked for, not guessed"
    answers(sina, "yes")
    assert sina.page.locator("[role=status]").count() == 1
    sina.sees(RESEARCH, "Example Income Support")
    included = feed(sina.site)
    assert len(included) == 1
    opens_research(sina)
    answers(sina, "no")
    sina.sees_in_english("Saved", "You said no.")
    assert feed(sina.site) == set(), "the next study leaves her out"
    receipt = sina.path
    sina.goes("/choices")
    sina.sees_in_english("You said no on")
    where_the_law_decides(sina)
    assert sina.goes(receipt).status == 200


def where_the_law_decides(sina):
    row = sina.page.locator("dl.facts > div", has_text=CHECKING)
    sina.taps(row.first.locator("a"))
    sina.sees(CHECKING)
    sina.sees_in_english("No choice: the law", "What keeps it fair", "Who to talk to", "complain for free")
    assert sina.page.locator("main form, main button").count() == 0, "no button where there is no choice"
