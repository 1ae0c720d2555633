"""Authority: who may act for a person at an agency that checked it; and orders, which go before every right."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0035"
branch_labels = None
depends_on = None
BY_AUTHORITY_GRANTS = """DELETE FROM delegations_grant WHERE kind = 'helper' AND EXISTS (
    SELECT 1 FROM delegations_helper h WHERE h.kind <> 'chosen'
    AND h.person_id = delegations_grant.person_id AND h.id = delegations_grant.about)"""
BY_AUTHORITY_SCOPES = """DELETE FROM delegations_scope WHERE EXISTS (
    SELECT 1 FROM delegations_helper h WHERE h.kind <> 'chosen'
    AND h.person_id = delegations_scope.person_id AND h.id = delegations_scope.helper_id)"""
BY_AUTHORITY_CODES = """DELETE FROM delegations_helper_code WHERE EXISTS (
    SELECT 1 FROM delegations_helper h WHERE h.kind <> 'chosen'
    AND h.person_id = delegations_helper_code.person_id AND h.id = delegations_helper_code.helper_id)"""
BY_AUTHORITY_HELPED = """DELETE FROM delegations_helped WHERE EXISTS (
    SELECT 1 FROM delegations_helper h WHERE h.kind <> 'chosen'
    AND h.person_id = delegations_helped.person_id AND h.id = delegations_helped.helper_id)"""


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Bring the schema up. Whoever helps already was chosen by the person."""
    with op.batch_alter_table("delegations_helper") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=12), nullable=False, server_default="chosen"))
    with op.batch_alter_table("delegations_helper") as batch:
        batch.alter_column("kind", server_default=None, existing_type=sa.String(length=12))
    op.create_table(
        "delegations_authority",
        *(_number("person_id"), _number("id"), _number("ref"), _number("agency_id")),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        *(_number("checked_by"), _moment("checked_at"), _moment("objected_at", nullable=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_authority")),
    )
    op.create_index("ix_delegations_authority_agency_id_ref", "delegations_authority", ["agency_id", "ref"])
    op.create_index("ix_delegations_authority_agency_id_id", "delegations_authority", ["agency_id", "id"])
    op.create_table(
        "delegations_order",
        *(_number("person_id"), _number("id"), _number("ref"), _number("agency_id")),
        _number("account_id", nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        *(_moment("made_at"), _moment("lifted_at", nullable=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_delegations_order")),
    )
    op.create_index("ix_delegations_order_agency_id_ref", "delegations_order", ["agency_id", "ref"])
    op.create_table(
        "delegations_order_scope",
        *(_number("person_id"), _number("order_id")),
        sa.Column("type_key", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "order_id", "type_key", name=op.f("pk_delegations_order_scope")),
    )
    op.create_table(
        "casework_death",
        *(_number("person_id"), _number("id"), _number("ref"), _number("agency_id")),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        *(_number("asked_by"), _moment("asked_at"), _moment("decided_at", nullable=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name=op.f("pk_casework_death")),
    )
    op.create_index("ix_casework_death_agency_id_ref", "casework_death", ["agency_id", "ref"])


def downgrade() -> None:
    """Take the schema down. What only an authority allows must not become a person's own choice: it ends."""
    op.drop_index("ix_casework_death_agency_id_ref", table_name="casework_death")
    op.drop_table("casework_death")
    op.drop_table("delegations_order_scope")
    op.drop_index("ix_delegations_order_agency_id_ref", table_name="delegations_order")
    op.drop_table("delegations_order")
    op.drop_index("ix_delegations_authority_agency_id_id", table_name="delegations_authority")
    op.drop_index("ix_delegations_authority_agency_id_ref", table_name="delegations_authority")
    op.drop_table("delegations_authority")
    for what in (BY_AUTHORITY_GRANTS, BY_AUTHORITY_SCOPES, BY_AUTHORITY_CODES, BY_AUTHORITY_HELPED):
        op.execute(what)
    op.execute("DELETE FROM delegations_helper WHERE kind <> 'chosen'")
    with op.batch_alter_table("delegations_helper") as batch:
        batch.drop_column("kind")
