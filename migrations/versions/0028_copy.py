"""The agency's own copy: when what belongs beside a value came about, and keys that may read it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SOME = sa.text("outcome_at IS NOT NULL")
LETTER = (
    "FROM corrections_letter l WHERE l.person_id = corrections_item.person_id "
    "AND l.request_id = corrections_item.request_id AND l.kind IN ('L7', 'L6S')"
)


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("corrections_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE corrections_item SET outcome_at = applied_at WHERE applied_at IS NOT NULL")
    # Words are sealed; the letter that says how they were attached has their moment.
    op.execute(
        f"UPDATE corrections_item SET outcome_at = (SELECT max(l.at) {LETTER}) "  # noqa: S608
        f"WHERE (decision IN ('decline', 'partly') OR wish = 'words') AND EXISTS (SELECT 1 {LETTER})"
    )
    op.create_index(
        "ix_corrections_item_outcome",
        "corrections_item",
        ["agency_id", "outcome_at", "request_id", "no"],
        sqlite_where=SOME,
        postgresql_where=SOME,
    )
    with op.batch_alter_table("identity_api_key", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(length=8), nullable=False, server_default="send"))
    with op.batch_alter_table("identity_api_key", schema=None) as batch_op:
        batch_op.alter_column("scope", server_default=None)


def downgrade() -> None:
    """Take the schema down. Keys that only read are ended: the older release would let them send."""
    op.execute("DELETE FROM identity_api_key WHERE scope <> 'send'")
    with op.batch_alter_table("identity_api_key", schema=None) as batch_op:
        batch_op.drop_column("scope")
    op.drop_index("ix_corrections_item_outcome", table_name="corrections_item")
    with op.batch_alter_table("corrections_item", schema=None) as batch_op:
        batch_op.drop_column("outcome_at")
