"""What staff decided about records that were held back: an entry of its own for each step, for the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "ingest_settlement",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("held_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_ingest_settlement")),
    )
    op.create_index(
        "ix_ingest_settlement_agency_id_held_id", "ingest_settlement", ["agency_id", "held_id"], unique=False
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_index("ix_ingest_settlement_agency_id_held_id", table_name="ingest_settlement")
    op.drop_table("ingest_settlement")
