"""Migrations run up and down over data on both databases; a backup moves from one to the other."""

import pytest

from portal.base import backups, db, migrations
from portal.identity.service import add_account, add_membership, begin_sign_in, check_password
from tests.conftest import open_store


def some_data(work):
    """An account and a membership."""
    account_id = add_account(work, "mere", "a long password", "Mere Pōtae")
    add_membership(work, account_id, 5, "caseworker")


def test_models_and_migrations_agree(store):
    assert migrations.at_head(store.core.engine)
    assert migrations.differences(store.core.engine) == []


def test_every_migration_goes_down_and_up_again_over_data(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'up-and-down.db'}"
    _down_and_up(db.make_engine(url))


def test_every_migration_goes_down_and_up_again_over_data_on_postgresql(postgres_server):
    _down_and_up(db.make_engine(postgres_server.new_database("updown")))


def _down_and_up(engine):
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into agencies_agency (id, slug, name, kind, topic, reports_looks, facts)"
            " values (1, 'a', 'A', 'agency', 'health', false, '{}')"
        )
    migrations.downgrade(engine, "base")
    migrations.upgrade(engine)
    assert migrations.at_head(engine)
    assert migrations.differences(engine) == []
    engine.dispose()


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_a_backup_can_be_restored_into_either_database(store, there, request, tmp_path):
    store.work().do(some_data)
    kept = backups.write(store.core.engine, tmp_path / "backup.gz")
    if there == store.kind == "postgresql":
        return
    (tmp_path / "other").mkdir()
    for other in open_store(request, tmp_path / "other", there):
        assert backups.read(other.core.engine, tmp_path / "backup.gz") == kept
        work = other.core.work()
        work.master = store.settings.master
        work.keys._master = store.settings.master
        assert work.do(begin_sign_in, check_password(work, "mere", "a long password"))


def test_a_damaged_backup_is_refused_in_a_sentence_and_changes_nothing(store, tmp_path):
    store.work().do(some_data)
    path = tmp_path / "backup.gz"
    backups.write(store.core.engine, path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(backups.CannotRestore):
        backups.read(store.core.engine, path)
