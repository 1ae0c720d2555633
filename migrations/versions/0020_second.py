"""Who agreed to an invitation, whom the operator knows, and from when on access that was given back works."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("identity_invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.BigInteger(), nullable=True))
    # People's own invitations came from the operator. Those of staff that are open wait for a second administrator.
    op.execute("UPDATE identity_invitation SET asked_by = 0, approved_by = 0 WHERE agency_id IS NULL")
    with op.batch_alter_table("identity_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("identity_recovery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("identity_recovery", schema=None) as batch_op:
        batch_op.drop_column("ready_at")
    with op.batch_alter_table("identity_membership", schema=None) as batch_op:
        batch_op.drop_column("vouched_at")
    with op.batch_alter_table("identity_invitation", schema=None) as batch_op:
        batch_op.drop_column("approved_by")
        batch_op.drop_column("asked_by")
