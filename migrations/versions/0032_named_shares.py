"""Shares with a named provider are found by its grants; notes back from those who opened a share."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "bundles_note",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("share_id", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("opening_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_bundles_note")),
    )
    op.create_index(
        "uq_bundles_note_writer", "bundles_note", ["person_id", "share_id", "fingerprint"], unique=True
    )
    with op.batch_alter_table("bundles_pass", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opening_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_delegations_grant_open",
        "delegations_grant",
        ["agency_id", "kind", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_index("ix_delegations_grant_open", table_name="delegations_grant")
    with op.batch_alter_table("bundles_pass", schema=None) as batch_op:
        batch_op.drop_column("opening_id")
    op.drop_table("bundles_note")
