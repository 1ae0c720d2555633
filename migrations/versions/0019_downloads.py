"""Tables for files that a person takes with them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "records_download",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_records_download")),
    )
    op.create_index("uq_records_download_ref", "records_download", ["person_id", "ref"], unique=True)
    op.create_index(op.f("ix_records_download_expires_at"), "records_download", ["expires_at"])
    op.create_table(
        "records_download_part",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("download_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "download_id", "no", name=op.f("pk_records_download_part")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("records_download_part")
    op.drop_index(op.f("ix_records_download_expires_at"), table_name="records_download")
    op.drop_index("uq_records_download_ref", table_name="records_download")
    op.drop_table("records_download")
