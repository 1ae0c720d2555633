"""A worker beside a person at one device: on the session, in the person's own list, and codes and references."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None
NUMBERS = ("beside_account_id", "beside_agency_id", "beside_ref")


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("identity_session", schema=None) as batch_op:
        for name in NUMBERS:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("beside_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "delegations_assist",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.LargeBinary(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_assist")),
    )
    op.create_table(
        "delegations_assist_code",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_delegations_assist_code")),
    )
    op.create_index("ix_delegations_assist_code_account_id", "delegations_assist_code", ["account_id"])
    op.create_table(
        "delegations_assist_request",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "account_id", "id", name=op.f("pk_delegations_assist_request")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("delegations_assist_request")
    op.drop_index("ix_delegations_assist_code_account_id", table_name="delegations_assist_code")
    op.drop_table("delegations_assist_code")
    op.drop_table("delegations_assist")
    # Nobody keeps such a session where it would be one like any other.
    op.execute("DELETE FROM identity_session WHERE beside_account_id IS NOT NULL")
    with op.batch_alter_table("identity_session", schema=None) as batch_op:
        batch_op.drop_column("beside_until")
        for name in reversed(NUMBERS):
            batch_op.drop_column(name)
