"""A letter's page: every part that the law asks for, in the letter's language and in English beside it."""

import re

import pytest
import time_machine
from sqlalchemy import select

from portal.access_requests import queries
from portal.access_requests.models import AccessRequest
from portal.access_requests.rules import letters as rules
from portal.access_requests.service import letters
from portal.base import ids
from portal.base.problems import Invalid
from portal.language.service import translator
from tests.access_requests.test_letter_rules import ASKED_BY_LAW, OWN, facts
from tests.casework import asking
from tests.corrections import factory as corrections


@pytest.fixture
def town(sqlite_store):
    with time_machine.travel(corrections.NOW, tick=False):
        yield corrections.town(sqlite_store)


def write(town, ref, kind, given):
    def _write(work):
        row = work.session.scalars(select(AccessRequest).where(AccessRequest.ref == ref)).one()
        letters.write(work, row, kind, **given)

    town.do(_write, actor=town.priya)


@pytest.mark.parametrize("tag", ["en", "mi", "sm"])
def test_every_part_stands_on_the_page_in_the_letters_language_and_in_english(town, sqlite_app, tag):
    _actor, other = town.other_agency()
    ref = asking.ask(town, language=tag)
    # The first letter was written when the request came in.
    kinds = [kind for kind in rules.LETTERS if kind != "L1"]
    for kind in kinds:
        own = {name: fact for name, fact in OWN[kind].items() if not name.startswith("to_")}
        write(town, ref, kind, own | ({"to": other} if kind == "L3" else {}))
    sina = corrections.browser(town, sqlite_app)
    own, english = translator(tag), translator("en")
    for no, kind in enumerate(["L1", *kinds], 1):
        page = sina.get(f"/{tag}/access-requests/{ids.encode(ref)}/letter/{no}").text
        parts = dict(re.findall(rf'data-part="{kind}-([a-z-]+)"[^>]*>(.*?)</section>', page, re.DOTALL))
        assert set(ASKED_BY_LAW[kind]) <= set(parts), (kind, tag)
        for key, said in parts.items():
            sides = re.findall(r'<div lang="([^"]+)">', said)
            assert sides == list(dict.fromkeys([own.language.bcp47, "en-NZ"])), (kind, key)
        whole = rules.composed(kind, facts(kind))
        spoken = [one.msgid for key, all_of in whole if key != "asked" for one in all_of]
        plain = [msgid for msgid in spoken if msgid and "%(" not in msgid]
        for msgid in plain:
            assert str(own.gettext(msgid)) in page and str(english.gettext(msgid)) in page, msgid


def test_a_letter_that_lacks_a_part_is_not_written_and_nobody_is_told(town):
    ref = asking.ask(town)
    with pytest.raises(Invalid):
        write(town, ref, "L4", {"extension": "b", "until_on": "2027-02-01"})
    assert [one.kind for one in queries.show(town.work(), ref).letters] == ["L1"]
