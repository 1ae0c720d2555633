"""Helpers who may ask too, what they asked for, drafts of their own; and holds while somebody may be pressed."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None
DRAFTS = ("corrections_draft", "access_requests_draft")


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("delegations_helper") as batch:
        batch.add_column(_moment("asks_at", nullable=True))
    for name in DRAFTS:
        with op.batch_alter_table(name) as batch:
            batch.add_column(sa.Column("helper_id", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "delegations_helper_request",
        *(_number("person_id"), _number("helper_id"), _number("ref"), _number("batch"), _number("agency_id")),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("person_id", "helper_id", "ref", name=op.f("pk_delegations_helper_request")),
    )
    op.create_table(
        "delegations_hold",
        *(_number("person_id"), _number("id"), _number("helper_id"), _number("agency_id")),
        *(_moment("at"), _moment("lifted_at", nullable=True)),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_hold")),
    )
    op.create_table(
        "delegations_talk",
        *(_number("person_id"), _number("id"), _number("agency_id"), _number("ref"), _number("account_id")),
        _moment("at"),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_talk")),
    )


def downgrade() -> None:
    """Take the schema down. A helper's drafts go: they must not become the person's own unawares."""
    op.drop_table("delegations_talk")
    op.drop_table("delegations_hold")
    op.drop_table("delegations_helper_request")
    op.execute("DELETE FROM corrections_draft WHERE helper_id <> 0")
    op.execute("DELETE FROM access_requests_draft WHERE helper_id <> 0")
    for name in DRAFTS:
        with op.batch_alter_table(name) as batch:
            batch.drop_column("helper_id")
    with op.batch_alter_table("delegations_helper") as batch:
        batch.drop_column("asks_at")
