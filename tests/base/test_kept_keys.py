"""What rides along with a page seals with the keys that the page has read; a key that was not saved is never used."""

from portal.base.crypto import Place
from tests.records.factory import counted

PLACE = Place("a_table", "words", 1, 7, 5)


def test_what_rides_along_reads_no_key_again(store):
    sealed = store.work().do(lambda work: work.keys.seal(PLACE, "shore"))
    work, kept = store.work(), []
    assert work.keys.open(PLACE, sealed) == "shore"
    work.also(lambda opened: kept.append(opened.keys.seal(PLACE, "tide")))
    with counted(store.core.engine) as asked:
        work.finish()
    assert not [one for one in asked if "base_data_key" in one]
    assert store.work().keys.open(PLACE, kept[0]) == "tide"


def test_a_key_that_was_made_while_reading_is_made_anew_where_it_is_saved(store):
    work, kept = store.work(), []
    work.keys.seal(PLACE, "never saved")
    work.also(lambda opened: kept.append(opened.keys.seal(PLACE, "tide")))
    work.finish()
    assert store.work().keys.open(PLACE, kept[0]) == "tide"
