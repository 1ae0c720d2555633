"""A person without a phone: paper cards, who was seen before a letter code, and slips that ask after a request."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("identity_recovery_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tried_at", moment, nullable=True))
    op.create_table(
        "identity_card",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("tried_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_identity_card")),
    )
    op.create_index("ix_identity_card_account_id", "identity_card", ["account_id"])
    op.create_table(
        "identity_seen",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_seen")),
    )
    op.create_table(
        "agencies_slip",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_agencies_slip")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("agencies_slip")
    op.drop_table("identity_seen")
    op.drop_index("ix_identity_card_account_id", table_name="identity_card")
    op.drop_table("identity_card")
    with op.batch_alter_table("identity_recovery_code", schema=None) as batch_op:
        batch_op.drop_column("tried_at")
