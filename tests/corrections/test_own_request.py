"""Staff who are also somebody's client do not answer their own requests."""

from dataclasses import replace

import pytest

from portal.base.problems import NotThere
from portal.casework import service as desk
from portal.corrections import service


@pytest.fixture
def both(town):
    """The person, who also has a role at the agency, and wears its hat."""
    return replace(town.sina, agency_id=town.agency_id, role="privacy-officer")


def test_nobody_takes_or_decides_their_own_request(town, both):
    ref = town.sent({"address": "14 Sample Street"})
    with pytest.raises(NotThere):
        town.do(service.take, ref, actor=both)
    with pytest.raises(NotThere):
        town.decide(ref, (1, "accept"), actor=both)
    assert town.held("address") == "12 Sample Street"
    town.decide(ref, (1, "accept"))
    with pytest.raises(NotThere):
        town.do(service.confirm_applied, ref, actor=both)
    assert service.to_apply(town.work(both)) == []
    town.do(service.confirm_applied, ref, actor=town.priya)
    assert town.held("address") == "14 Sample Street"


def test_the_next_request_to_take_is_never_ones_own(town, both):
    town.sent({"address": "14 Sample Street"})
    assert town.do(desk.take_next, actor=both) is None
    assert town.do(desk.take_next, actor=town.priya) is not None
