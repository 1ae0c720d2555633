"""With whom a line was shared, when, and whether they opened it: on a page of its own, for the record's person."""

import pytest

from portal.base import ids
from portal.base.problems import NotThere
from portal.bundles import queries, service
from portal.bundles.service import Visit
from portal.identity.permissions import ANYBODY
from tests.bundles.factory import a_person, persons_browser
from tests.bundles.test_occasions import ref_of


@pytest.fixture
def sina(store):
    return a_person(store)


def open_it(person, ref):
    tried = person.knock("code", ids.fold_code(person.doors(ref)[1]))
    person.do(service.open_by_code, tried, Visit("code", "Hemi", "Help"), "b" * 43, actor=ANYBODY)


def history(person, short):
    found = person.look(queries.shared_lines, ids.decode(ref_of(person, short)))
    return {
        ", ".join(label.text for label in labels): [
            (one.share.ref, one.opened_at is not None) for one in shares
        ]
        for labels, shares in found.lines
    }


def test_each_line_names_its_own_shares_newest_first_and_whether_they_were_opened(sina):
    first = sina.share([{"record": sina.records["tenancy"], "fields": ["address"]}])
    open_it(sina, first)
    sina.do(service.stop, first)
    second = sina.share([{"record": sina.records["tenancy"], "fields": ["address", "pets", "owing"]}])
    assert history(sina, "tenancy") == {
        "Home": [(second, False), (first, True)],
        "Rent owing, Pets": [(second, False)],
    }
    assert history(sina, "allergy") == {}


def test_nobody_elses_record_has_a_history(sina, store):
    tame = a_person(store, "Tame Example")
    with pytest.raises(NotThere):
        tame.look(queries.shared_lines, ids.decode(ref_of(sina, "tenancy")))


def test_a_draft_is_no_history(sina):
    sina.do(service.start, [ref_of(sina, "tenancy")])
    assert history(sina, "tenancy") == {}


def test_the_records_page_leads_to_it(sqlite_store, sqlite_app):
    sina = a_person(sqlite_store)
    mine, record = persons_browser(sina, sqlite_app), ref_of(sina, "tenancy")
    assert "You have shared nothing of this." in mine.get(f"/en/bundles/lines/{record}").get_data(
        as_text=True
    )
    open_it(sina, sina.share())
    assert f"/en/bundles/lines/{record}" in mine.get(f"/en/records/{record}").get_data(as_text=True)
    page = mine.get(f"/en/bundles/lines/{record}").get_data(as_text=True)
    assert "Hemi at the budget service" in page and "Opened last" in page
