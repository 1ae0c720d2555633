"""Pauses of all that a person shares, and shares that start only after a time to think again."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "bundles_pause",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_bundles_pause")),
    )
    with op.batch_alter_table("bundles_share") as batch:
        batch.add_column(sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("bundles_share") as batch:
        batch.drop_column("starts_at")
    op.drop_table("bundles_pause")
