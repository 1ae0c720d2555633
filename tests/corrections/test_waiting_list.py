"""Accepted changes that wait for the agency's own record, page by page."""

from portal.corrections import service as corrections
from tests.corrections.factory import LATER, NOW


def test_the_list_goes_on_where_it_stopped_and_leaves_out_nothing(town):
    first = town.sent({"address": "14 Sample Street"})
    town.decide(first, (1, "accept"), now=NOW)
    second = town.sent({"people": "5", "review_on": "1 2 2027"})
    town.decide(second, (1, "accept"), (2, "accept"), now=LATER)

    def page(after=None):
        return corrections.to_apply(town.work(town.priya, LATER), most=1, after=after)

    third = town.sent({"note": "Tenant was calm."})
    town.decide(third, (1, "accept"), now=LATER)
    found, after = [], None
    while rows := page(after):
        found += [(one.ref, one.no) for one in rows]
        after = (rows[-1].apply_by_on, rows[-1].person_id, rows[-1].request_id, rows[-1].no)
    assert found[0] == (first, 1) and sorted(found) == sorted(
        [(first, 1), (second, 1), (second, 2), (third, 1)]
    )
