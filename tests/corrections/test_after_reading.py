"""A fix, or the person's own words, after somebody read the value in a share: the person is told, and may tell them."""

import pytest

from portal.base import ids
from portal.base.problems import Invalid
from portal.bundles import queries as bundle_queries
from portal.bundles import service as bundles
from portal.corrections import service
from portal.identity.permissions import ANYBODY
from portal.notices import service as notices
from tests.corrections.test_after_the_answer import PASSCODE, SOON, accepted, shared, staff  # noqa: F401


def changed(town, ref):
    found = bundle_queries.share(town.work(now=SOON), ref)
    return [(one.field, one.kind) for one in bundle_queries.changed_in(town.work(now=SOON), found)]


def waiting(town):
    return [(one.ref, one.recipient) for one in bundles.to_tell(town.work(now=SOON))]


@pytest.fixture
def fixed(town, accepted):  # noqa: F811
    """Two shares that were read and one that was not, of a value that was then fixed; gives the refs of the first."""
    read = shared(town, "address", recipient="Ana at the refuge")
    other = shared(town, "people", recipient="Somebody else")
    staff(town, service.confirm_applied, accepted)
    return read, other


def test_who_shared_it_learns_that_it_was_fixed_after_it_was_read(town, fixed):
    read, other = fixed
    assert changed(town, read) == [("address", "fixed")] and changed(town, other) == []
    assert waiting(town) == [(read, "Ana at the refuge")]
    listed = {one.ref: one.changed for one in bundles.shares_of(town.work(now=SOON))[0]}
    assert listed == {read: True, other: False}
    told = [(one.kind, one.about) for one in notices.newest(town.work(now=SOON))]
    assert ("share_changed", read) in told and ("share_changed", other) not in told


def test_a_statement_that_came_after_counts_like_a_fix(town):
    ref = town.declined("note")
    read = shared(town, "note")
    town.do(service.attach_statement, ref, "note", "I was calm.", "en", now=SOON)
    assert changed(town, read) == [("note", "stated")]


def test_once_they_were_told_or_opened_it_again_nothing_is_left_to_tell(town, fixed):
    read, _ = fixed
    code = ids.fold_code(bundles.code_of(town.work(), read))
    tried = bundles.knock(town.work(ANYBODY), "code", code, PASSCODE)
    town.do(bundles.admit, tried, bundles.Visit("code", "Ana"), actor=ANYBODY, now=SOON)
    assert changed(town, read) == [] and waiting(town) == []


def test_the_person_says_that_they_told_them(town, fixed):
    read, _ = fixed
    town.do(bundles.told_them, read, now=SOON)
    assert changed(town, read) == [] and waiting(town) == []


def test_what_changed_is_shared_again_by_itself_with_the_same_recipient(town, fixed):
    read, other = fixed
    town.do(bundles.stop, read, now=SOON)
    draft = ids.own(town.do(bundles.share_changed, read, now=SOON))
    found = bundle_queries.draft(town.work(now=SOON), draft)
    assert [one["fields"] for one in found.lines] == [["address"]]
    assert (found.recipient, found.purpose) == ("Ana at the refuge", "to help")
    assert waiting(town) == [(read, "Ana at the refuge")], "until the person says so, or they open it"
    with pytest.raises(Invalid):
        town.do(bundles.share_changed, other, now=SOON)


def test_what_the_person_hid_is_not_named_to_them(town, fixed):
    from portal.agencies import service as agencies

    read, _ = fixed
    agency_id = town.record(now=SOON).agency.id
    town.do(agencies.hide, agency_id, now=SOON)
    assert changed(town, read) == [] and waiting(town) == []
