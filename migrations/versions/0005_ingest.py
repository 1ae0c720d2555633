"""What agencies sent and is waiting or held back; receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "ingest_call",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "fingerprint", name=op.f("pk_ingest_call")),
    )
    op.create_table(
        "ingest_held",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_ingest_held")),
    )
    op.create_index("uq_ingest_held_fingerprint", "ingest_held", ["agency_id", "fingerprint"], unique=True)
    op.create_table(
        "ingest_receipt",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_ingest_receipt")),
    )
    op.create_table(
        "ingest_waiting",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("source_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "agency_id", "client_fingerprint", "source_fingerprint", name=op.f("pk_ingest_waiting")
        ),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("ingest_waiting")
    op.drop_table("ingest_receipt")
    op.drop_index("uq_ingest_held_fingerprint", table_name="ingest_held")
    op.drop_table("ingest_held")
    op.drop_table("ingest_call")
