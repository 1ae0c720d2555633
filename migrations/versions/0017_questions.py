"""Tables for questions about a look, and looks held back."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "access_log_question",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("look_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "look_id", name=op.f("pk_access_log_question")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_log_hold",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_access_log_hold")),
    )
    with op.batch_alter_table("access_log_hold", schema=None) as batch_op:
        batch_op.create_index(
            "ix_access_log_hold_agency_id_until_at", ["agency_id", "until_at"], unique=False
        )
    with op.batch_alter_table("access_log_look", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_fingerprint", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_index(
            "ix_access_log_look_source", ["person_id", "agency_id", "source_fingerprint"], unique=True
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("access_log_look", schema=None) as batch_op:
        batch_op.drop_index("ix_access_log_look_source")
        batch_op.drop_column("source_fingerprint")
    with op.batch_alter_table("access_log_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_access_log_hold_agency_id_until_at")
    op.drop_table("access_log_hold")
    op.drop_table("access_log_question")
