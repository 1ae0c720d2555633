"""Pages of a charge: staff ask and settle, the person answers, and an agency that may not charge is told why."""

import pytest

from portal.agencies import service as agencies
from portal.base import ids
from tests.casework import asking
from tests.corrections.factory import browser, plain
from tests.records.factory import agency_document


@pytest.fixture
def room(town, sqlite_app):
    return asking.room(town, sqlite_app, "tui")


@pytest.fixture
def granted(town, room):
    ref = asking.ask(town)
    room.send(ref, "/search", system="Case notes", what="Sina Example", found="One note")
    room.send(ref, "/add", title="Visit note", system="Case notes", text="Visited at ten.")
    room.send(ref, "/item/1", outcome="release", text="Visited at ten.")
    assert room.send(ref, "/propose", outcome="granted").status_code == 303
    return ref


def test_a_public_agency_is_refused_with_the_reason_and_the_section(room, granted):
    assert "Ask for a charge" not in room.page(granted)
    refused = room.desk.get(asking.case(granted, "/charge"))
    assert refused.status_code == 403
    assert "sections 66 and 67" in plain(refused.text) and "Your agency may not ask for money" in refused.text


def test_a_private_agency_asks_the_person_wants_less_and_it_is_settled(town, sqlite_app, room, granted):
    town.store.work().do(agencies.put_agency, agency_document() | {"charges": {"sector": "private"}})
    assert "Ask for a charge" in room.page(granted)
    wrong = room.send(granted, "/charge", amount="much", why="Two boxes of paper.")
    assert wrong.status_code == 400 and "such as 12.50" in plain(wrong.text)
    assert "Two boxes of paper." in wrong.text
    assert room.send(granted, "/charge", amount="1200", why="Two boxes of paper.").status_code == 303
    sina, address = browser(town, sqlite_app), f"/en/access-requests/{ids.encode(granted)}"
    assert "They ask you to pay $1,200.00" in sina.page(address)
    assert "They ask for money" in sina.page("/en/access-requests")
    letter = sina.page(f"{address}/letter/3")
    assert "We ask you to pay $1,200.00" in letter and "Two boxes of paper." in letter
    bare = sina.send(f"{address}/charge", answer="less", less="")
    assert bare.status_code == 400 and "Write what you can do without" in plain(bare.text)
    assert sina.send(f"{address}/charge", answer="less", less="One letter will do.").status_code == 303
    assert "One letter will do." in room.page(granted)
    assert "$1,200.00" in sina.page(f"{address}/complaint")
    assert room.send(granted, "/settle", how="waived").status_code == 303
    assert "They ask for no money any more." in sina.page(address)
    sure = {"identity": "y", "safe": "y", "support": "y"}
    assert room.send(granted, "/release", **sure).status_code == 303
    assert sina.get(f"{address}/charge").status_code == 303
