"""How a link was proved, agencies that a person hides, codes for a counter, clients without letters."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "agencies_counter_code",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_agencies_counter_code")),
    )
    op.create_table(
        "agencies_no_letter",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "fingerprint", name=op.f("pk_agencies_no_letter")),
    )
    with op.batch_alter_table("agencies_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("proved_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("proof", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("client_fingerprint", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_index(
            "ix_agencies_link_agency_id_client_fingerprint", ["agency_id", "client_fingerprint"]
        )
    with op.batch_alter_table("agencies_link_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("agencies_link_code", schema=None) as batch_op:
        batch_op.drop_column("used_at")
    with op.batch_alter_table("agencies_link", schema=None) as batch_op:
        batch_op.drop_index("ix_agencies_link_agency_id_client_fingerprint")
        batch_op.drop_column("client_fingerprint")
        batch_op.drop_column("proof")
        batch_op.drop_column("proved_by")
        batch_op.drop_column("hidden_at")

    op.drop_table("agencies_no_letter")
    op.drop_table("agencies_counter_code")
