"""Tables for choices about how information is used."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PRESENT = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "choices_choice",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_choices_choice")),
    )
    op.create_index("uq_choices_choice_ref", "choices_choice", ["person_id", "ref"], unique=True)
    op.create_index(
        "uq_choices_choice_present",
        "choices_choice",
        ["person_id", "agency_id", "purpose"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_index("uq_choices_choice_present", table_name="choices_choice")
    op.drop_index("uq_choices_choice_ref", table_name="choices_choice")
    op.drop_table("choices_choice")
