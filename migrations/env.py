"""Alembic's environment: runs each migration in one transaction on the engine that the program opened."""

from alembic import context
from sqlalchemy import text

from portal.base import attempts, checkpoints, crypto, ledger, outbox, work  # noqa: F401  (their tables)
from portal.base.db import WRITE, Base
from portal.base.migrations import load_models

load_models()
engine = context.config.attributes["engine"]
with engine.connect().execution_options(**{WRITE: True}) as connection:
    if engine.dialect.name == "postgresql":
        # A migration must not queue behind a long read and stop the whole service meanwhile.
        connection.execute(text("set lock_timeout = '5s'"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
