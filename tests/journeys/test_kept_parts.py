"""What is kept from a person is said plainly. (Leaving at once: tests/threats/test_leaving.py.)"""

import pytest

from tests.journeys.people import Person, record_ref


@pytest.fixture(params=[False, True], ids=["no script", "script"])
def tame(request, fresh_site, browser):
    someone = Person.at(fresh_site, browser, "en", request.param)
    someone.signs_in("tame")
    yield someone
    someone.leaves()


def opens_a_record_with_a_part_kept(tame):
    ref = record_ref(tame.site, "tame", "example-children-agency", "care_arrangement", "CA-0442-2")
    tame.goes(f"/records/{ref}")
    tame.sees("Hillside")


def test_tame_reads_what_is_kept_from_him_and_why(tame):
    opens_a_record_with_a_part_kept(tame)
    tame.sees("kept from you", "Why, and what you can do", "Decided by:", "How to complain")
    tame.taps("a[href$='#kept']")
    assert tame.page.url.endswith("#kept") and tame.page.locator("#kept").is_visible()
