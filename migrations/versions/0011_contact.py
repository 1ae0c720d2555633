"""Where a person may safely be told something, and each try to do so."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "notices_contact",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("safe_from", sa.SmallInteger(), nullable=True),
        sa.Column("safe_until", sa.SmallInteger(), nullable=True),
        sa.Column("unsafe", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirm_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("confirm_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "channel", name=op.f("pk_notices_contact")),
    )
    op.create_table(
        "notices_delivery",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=30), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_notices_delivery")),
    )
    with op.batch_alter_table("notices_delivery", schema=None) as batch_op:
        batch_op.create_index("ix_notices_delivery_agency_id_state", ["agency_id", "state"], unique=False)

    # An address without a word on how safe it is: the room of notices keeps both now, checked by a code.
    with op.batch_alter_table("identity_account", schema=None) as batch_op:
        batch_op.drop_column("email")


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("identity_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("notices_delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_delivery_agency_id_state")

    op.drop_table("notices_delivery")
    op.drop_table("notices_contact")
