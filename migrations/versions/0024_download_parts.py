"""Files that a person takes along may come in parts: which one, and of how many."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("records_download", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parts", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("records_download", schema=None) as batch_op:
        batch_op.drop_column("parts")
        batch_op.drop_column("part")
