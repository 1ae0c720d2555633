"""Passkeys, other providers, devices, kept forms, access given back, changes of role."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "identity_external",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_identity_external")),
    )
    with op.batch_alter_table("identity_external", schema=None) as batch_op:
        batch_op.create_index("ix_identity_external_account_id", ["account_id"], unique=False)

    op.create_table(
        "identity_flow",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("bound", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_identity_flow")),
    )
    op.create_table(
        "identity_kept_form",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "fingerprint", name=op.f("pk_identity_kept_form")),
    )
    op.create_table(
        "identity_passkey",
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_identity_passkey")),
    )
    with op.batch_alter_table("identity_passkey", schema=None) as batch_op:
        batch_op.create_index("ix_identity_passkey_account_id", ["account_id"], unique=False)

    op.create_table(
        "identity_provider",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("both_steps", sa.Boolean(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_identity_provider")),
    )
    op.create_table(
        "identity_recovery",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_recovery")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_identity_recovery_fingerprint")),
    )
    op.create_table(
        "identity_role_change",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_identity_role_change")),
    )
    with op.batch_alter_table("identity_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("ask_again", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("link_locked", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column("password_hash", existing_type=sa.Text(), nullable=True)
        batch_op.alter_column("totp_secret", existing_type=sa.LargeBinary(), nullable=True)

    with op.batch_alter_table("identity_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_on", sa.Date(), nullable=True))

    # Everybody signs in once more: an old session has no id of its own.
    op.execute("delete from identity_session")
    with op.batch_alter_table("identity_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("id", sa.BigInteger(), nullable=False))
        batch_op.add_column(sa.Column("device", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("identity_session", schema=None) as batch_op:
        batch_op.drop_column("device")
        batch_op.drop_column("id")

    with op.batch_alter_table("identity_membership", schema=None) as batch_op:
        batch_op.drop_column("seen_on")

    # No password and no app's code match an empty one: such an account signs in again after an upgrade.
    op.execute("update identity_account set password_hash = '' where password_hash is null")
    op.execute("update identity_account set totp_secret = '' where totp_secret is null")
    with op.batch_alter_table("identity_account", schema=None) as batch_op:
        batch_op.alter_column("totp_secret", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.alter_column("password_hash", existing_type=sa.Text(), nullable=False)
        batch_op.drop_column("link_locked")
        batch_op.drop_column("ask_again")
        batch_op.drop_column("discreet")

    op.drop_table("identity_role_change")
    op.drop_table("identity_recovery")
    op.drop_table("identity_provider")
    with op.batch_alter_table("identity_passkey", schema=None) as batch_op:
        batch_op.drop_index("ix_identity_passkey_account_id")

    op.drop_table("identity_passkey")
    op.drop_table("identity_kept_form")
    op.drop_table("identity_flow")
    with op.batch_alter_table("identity_external", schema=None) as batch_op:
        batch_op.drop_index("ix_identity_external_account_id")

    op.drop_table("identity_external")
