"""The law's whole way of a correction request: clocks, proposals, questions, letters, recipients.

Every new column of a row that the ledger covers may be empty, so that rows from before stay as their leaf says.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OF_A_REQUEST = (
    ("transfer_by_on", sa.Date()),
    ("extended_to_on", sa.Date()),
    ("overdue_at", sa.DateTime(timezone=True)),
    ("statement_due_on", sa.Date()),
    ("asked_at", sa.DateTime(timezone=True)),
    ("reminded_at", sa.DateTime(timezone=True)),
    ("file", sa.LargeBinary()),
    ("proposed", sa.String(length=20)),
    ("proposed_by", sa.BigInteger()),
)
OF_AN_ITEM = (
    ("apply_by_on", sa.Date()),
    ("applied_at", sa.DateTime(timezone=True)),
    ("moved_to", sa.BigInteger()),
)
KEY = ("person_id", "request_id", "no")


def _key() -> list[sa.Column]:
    return [
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
    ]


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("corrections_request", schema=None) as batch_op:
        for name, kind in OF_A_REQUEST:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index("ix_corrections_request_agency_id_due_on", ["agency_id", "due_on"])
    with op.batch_alter_table("corrections_item", schema=None) as batch_op:
        for name, kind in OF_AN_ITEM:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index("ix_corrections_item_agency_id_apply_by_on", ["agency_id", "apply_by_on"])
    op.create_table(
        "corrections_question",
        *_key(),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_corrections_question")),
    )
    op.create_table(
        "corrections_recipient",
        *_key(),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_corrections_recipient")),
    )
    op.create_table(
        "corrections_letter",
        *_key(),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_corrections_letter")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("corrections_letter")
    op.drop_table("corrections_recipient")
    op.drop_table("corrections_question")
    with op.batch_alter_table("corrections_item", schema=None) as batch_op:
        batch_op.drop_index("ix_corrections_item_agency_id_apply_by_on")
        for name, _kind in reversed(OF_AN_ITEM):
            batch_op.drop_column(name)
    with op.batch_alter_table("corrections_request", schema=None) as batch_op:
        batch_op.drop_index("ix_corrections_request_agency_id_due_on")
        for name, _kind in reversed(OF_A_REQUEST):
            batch_op.drop_column(name)
