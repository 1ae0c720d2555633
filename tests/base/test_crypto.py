"""Sealed values open in their own place only, and never without the master key."""

import pytest

from portal.base.crypto import Keyring, Master, Place, rewrap_all
from portal.base.problems import Tampered

PLACE = Place("records_version", "body", 4, 77, 5)


def test_a_value_opens_in_its_place_with_macrons_and_glottals(store):
    work = store.work()
    sealed = work.do(lambda w: w.keys.seal(PLACE, "kōrero ʻofa"))
    assert store.work().keys.open(PLACE, sealed) == "kōrero ʻofa"
    assert "kōrero".encode() not in sealed


@pytest.mark.parametrize(
    "column, row, owner, agency", [("why", 4, 77, 5), ("body", 5, 77, 5), ("body", 4, 77, 6)]
)
def test_a_value_moved_to_another_place_does_not_open(store, column, row, owner, agency):
    sealed = store.work().do(lambda w: w.keys.seal(PLACE, "secret"))
    store.work().do(lambda w: w.keys.seal(Place("records_version", "body", 4, 77, 6), "x"))
    with pytest.raises(Tampered):
        store.work().keys.open(Place("records_version", column, row, owner, agency), sealed)


def test_another_master_key_opens_nothing(store):
    sealed = store.work().do(lambda w: w.keys.seal(PLACE, "secret"))
    with store.core.sessions() as session, pytest.raises(Tampered):
        Keyring(session, Master(Master.fresh_line())).open(PLACE, sealed)


def test_a_rotated_master_key_opens_all_and_the_old_one_can_go(store):
    sealed = store.work().do(lambda w: w.keys.seal(PLACE, "secret"))
    old_line = (store.settings.instance / "master.key").read_text()
    new_line = Master.fresh_line()
    both, new = Master(f"{new_line}\n{old_line}"), Master(new_line)
    work = store.work()
    work.master = both
    assert work.do(lambda w: rewrap_all(w.session, both)) == 1
    with store.core.sessions() as session:
        assert Keyring(session, new).open(PLACE, sealed) == "secret"


def test_erasing_the_data_key_erases_what_it_sealed(store):
    sealed = store.work().do(lambda w: w.keys.seal(PLACE, "secret"))
    store.work().do(lambda w: w.keys.erase(77, 5))
    with pytest.raises(Tampered):
        store.work().keys.open(PLACE, sealed)
