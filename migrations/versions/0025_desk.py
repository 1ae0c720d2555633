"""The desk: filters by language, who was told that their request was seen, saved views, figures of decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OPEN = sa.text("state <> 'closed'")
SOME = sa.text("n > 0")
NARROW = ("agency_id", "due_on", "kind", "state", "owner_id")
WIDE = (*NARROW, "language")


def upgrade() -> None:
    """Bring the schema up."""
    op.drop_index("ix_agencies_task_open", table_name="agencies_task")
    with op.batch_alter_table("agencies_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=8), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("opened", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("agencies_task", schema=None) as batch_op:
        batch_op.alter_column("language", server_default=None)
    for room in ("corrections_request", "access_requests_request"):
        found = f"FROM {room} r WHERE r.person_id = agencies_task.person_id AND r.ref = agencies_task.ref"
        op.execute(
            f"UPDATE agencies_task SET language = (SELECT r.language {found}) WHERE EXISTS (SELECT 1 {found})"  # noqa: S608
        )
    op.create_index(
        "ix_agencies_task_open",
        "agencies_task",
        ["agency_id", "due_on", "ref", "owner_id", "kind", "state", "language"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.drop_table("agencies_task_count")
    _counts(WIDE, "state <> 'closed'")
    op.create_index(
        "ix_agencies_task_count_open",
        "agencies_task_count",
        [*WIDE, "n"],
        sqlite_where=SOME,
        postgresql_where=SOME,
    )
    op.create_table(
        "agencies_outcome",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            *("agency_id", "on", "kind", "outcome", "ground", "language", "on_time", "days"),
            name=op.f("pk_agencies_outcome"),
        ),
    )
    op.create_table(
        "casework_saved_view",
        sa.Column("agency_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "account_id", "id", name=op.f("pk_casework_saved_view")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("casework_saved_view")
    op.drop_table("agencies_outcome")
    op.drop_table("agencies_task_count")
    _counts(NARROW, "1 = 1")
    op.drop_index("ix_agencies_task_open", table_name="agencies_task")
    with op.batch_alter_table("agencies_task", schema=None) as batch_op:
        batch_op.drop_column("opened")
        batch_op.drop_column("told_at")
        batch_op.drop_column("language")
    op.create_index(
        "ix_agencies_task_open",
        "agencies_task",
        ["agency_id", "due_on", "ref"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _counts(key: tuple[str, ...], rows: str) -> None:
    """Make the table of counters with a key, and count the rows of the worklist into it."""
    kinds = {
        "agency_id": sa.BigInteger(),
        "due_on": sa.Date(),
        "kind": sa.String(length=20),
        "state": sa.String(length=12),
        "owner_id": sa.BigInteger(),
        "language": sa.String(length=8),
    }
    op.create_table(
        "agencies_task_count",
        *(sa.Column(name, kinds[name], autoincrement=False, nullable=False) for name in key),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_agencies_task_count")),
    )
    names = ", ".join(key)
    op.execute(
        f"INSERT INTO agencies_task_count ({names}, n) SELECT {names}, count(*) FROM agencies_task "  # noqa: S608
        f"WHERE {rows} GROUP BY {names}"
    )
