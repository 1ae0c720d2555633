"""Alembic, called from the program: upgrade, downgrade, and whether models and database agree."""

import importlib
import importlib.util
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def load_models() -> None:
    """Import every room's tables, so that the metadata is whole: for migrations, backups and the ledger."""
    import portal

    for room in pkgutil.iter_modules(portal.__path__):
        if room.ispkg and importlib.util.find_spec(f"portal.{room.name}.models"):
            importlib.import_module(f"portal.{room.name}.models")


def config(engine: Engine) -> Config:
    """Give Alembic's configuration for an open engine."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["engine"] = engine
    return made


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up to a revision."""
    command.upgrade(config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take the database down to a revision (`base` or `-1`)."""
    command.downgrade(config(engine), to)


def at_head(engine: Engine) -> bool:
    """Say whether the database is at the newest revision."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(config(engine)).get_current_head()


def differences(engine: Engine) -> list:
    """Give what differs between models and database (empty when they agree)."""
    from alembic.autogenerate import compare_metadata

    from portal.base.db import Base

    load_models()
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)
