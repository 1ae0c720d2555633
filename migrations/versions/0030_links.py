"""Shares that open by their link alone."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("bundles_share", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_alone", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("bundles_share", schema=None) as batch_op:
        batch_op.drop_column("link_alone")
