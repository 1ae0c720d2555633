"""What agencies changed because of what people told them: notes, as drafts and as everybody reads them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "insights_note",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("shown_id", sa.BigInteger(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_insights_note")),
    )
    op.create_index(
        "ix_insights_note_shown",
        "insights_note",
        ["shown_id"],
        sqlite_where=sa.text("shown_id is not null"),
        postgresql_where=sa.text("shown_id is not null"),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_index("ix_insights_note_shown", table_name="insights_note")
    op.drop_table("insights_note")
