"""How often a share may be opened."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("bundles_share", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_opens", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("bundles_share", schema=None) as batch_op:
        batch_op.drop_column("most_opens")
