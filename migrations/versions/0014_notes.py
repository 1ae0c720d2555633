"""The day from which a person is asked whether a record is still right; notes and marks are parts of records."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    # Without batch: the table's copy would lose that it has no rowid.
    op.add_column("records_record", sa.Column("check_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    op.drop_column("records_record", "check_on")
