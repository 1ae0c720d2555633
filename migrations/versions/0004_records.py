"""Records, their versions, and what stands beside values."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "records_part",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_records_part")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "records_record",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("type_key", sa.String(length=60), nullable=False),
        sa.Column("source_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_records_record")),
        sqlite_with_rowid=False,
    )
    op.create_index("uq_records_record_ref", "records_record", ["person_id", "ref"], unique=True)
    op.create_index(
        "uq_records_record_source",
        "records_record",
        ["person_id", "agency_id", "type_key", "source_fingerprint"],
        unique=True,
    )
    op.create_table(
        "records_version",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("changed_by", sa.String(length=12), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "record_id", "no", name=op.f("pk_records_version")),
        sqlite_with_rowid=False,
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("records_version")
    op.drop_index("uq_records_record_source", table_name="records_record")
    op.drop_index("uq_records_record_ref", table_name="records_record")
    op.drop_table("records_record")
    op.drop_table("records_part")
