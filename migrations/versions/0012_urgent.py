"""Grants for one worker, and files opened without a case."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "delegations_urgent_look",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_urgent_look")),
    )
    with op.batch_alter_table("delegations_urgent_look", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delegations_urgent_look_agency_id_state", ["agency_id", "state"], unique=False
        )

    with op.batch_alter_table("delegations_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("delegations_grant", schema=None) as batch_op:
        batch_op.drop_column("account_id")

    with op.batch_alter_table("delegations_urgent_look", schema=None) as batch_op:
        batch_op.drop_index("ix_delegations_urgent_look_agency_id_state")

    op.drop_table("delegations_urgent_look")
