"""What `portal doctor` looks at."""

from sqlalchemy import func, select

from portal.base import clock, migrations
from portal.base.crypto import DataKey, Keyring
from portal.base.ledger import Leaf
from portal.base.outbox import OutboxRow
from portal.base.problems import Tampered


def examine(core) -> list[tuple[bool, str]]:
    """Give (fine, sentence) for database, migrations, keys, outbox and ledger of an open core."""
    findings = [(True, f"The database is {core.engine.dialect.name}, with the settings that it needs.")]
    fine = migrations.at_head(core.engine)
    findings.append(
        (
            fine,
            "The schema is at the newest migration."
            if fine
            else "Run `portal db upgrade`: the schema is old.",
        )
    )
    if not fine:
        return findings
    with core.sessions() as session:
        findings.append(_keys(session, core))
        parked = session.scalar(select(func.count()).where(OutboxRow.state == "parked"))
        more = "" if parked == 0 else ": `portal notices retry` sends messages again"
        findings.append((parked == 0, f"{parked} jobs of the outbox failed too often and are parked{more}."))
        oldest = session.scalar(select(func.min(Leaf.at)).where(Leaf.position.is_(None)))
        late = oldest is not None and (clock.utc_now() - oldest).total_seconds() > 3600
        findings.append(
            (
                not late,
                "The ledger is sealed late: is the worker running?" if late else "The ledger is sealed.",
            )
        )
    return findings


def _keys(session, core) -> tuple[bool, str]:
    owner = session.scalar(select(DataKey.owner_id).limit(1))
    try:
        Keyring(session, core.settings.master).holds(owner or 0)
    except Tampered:
        return False, "The master key does not open the data keys. Set PORTAL_MASTER_KEY to the one in use."
    return True, "The master key opens the data keys."
