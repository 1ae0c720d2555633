"""Helpers: who may see a part of a person's information, how far, until when; and for whom a session acts."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "delegations_helper",
        *(_number("person_id"), _number("id"), _number("ref")),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("unsafe", sa.Boolean(), nullable=False),
        _number("account_id", nullable=True),
        *(_moment("made_at"), _moment("until"), _moment("used_at", nullable=True)),
        _moment("ended_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_helper")),
    )
    op.create_index("uq_delegations_helper_ref", "delegations_helper", ["person_id", "ref"], unique=True)
    op.create_table(
        "delegations_scope",
        *(_number("person_id"), _number("helper_id"), _number("agency_id")),
        sa.Column("type_key", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "helper_id", "agency_id", "type_key", name=op.f("pk_delegations_scope")
        ),
    )
    op.create_table(
        "delegations_helper_code",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        *(_number("person_id"), _number("helper_id"), _moment("expires_at")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_delegations_helper_code")),
    )
    op.create_index(
        "ix_delegations_helper_code_helper_id", "delegations_helper_code", ["person_id", "helper_id"]
    )
    op.create_table(
        "delegations_helped",
        *(_number("account_id"), _number("ref"), _number("person_id"), _number("helper_id")),
        sa.PrimaryKeyConstraint("account_id", "ref", name=op.f("pk_delegations_helped")),
    )
    with op.batch_alter_table("identity_session") as batch:
        batch.add_column(sa.Column("for_person_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("for_grant_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take the schema down. A session that acted for somebody must not go on as its own person unawares: it ends."""
    op.execute("DELETE FROM identity_session WHERE for_person_id IS NOT NULL")
    with op.batch_alter_table("identity_session") as batch:
        batch.drop_column("for_grant_id")
        batch.drop_column("for_person_id")
    op.drop_table("delegations_helped")
    op.drop_index("ix_delegations_helper_code_helper_id", table_name="delegations_helper_code")
    op.drop_table("delegations_helper_code")
    op.drop_table("delegations_scope")
    op.drop_index("uq_delegations_helper_ref", table_name="delegations_helper")
    op.drop_table("delegations_helper")
