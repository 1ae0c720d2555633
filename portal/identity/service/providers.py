"""Providers that an operator registered, and what an account has with them."""

import hashlib

from sqlalchemy import delete, func, select

from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.identity.models import External, Provider
from portal.identity.providers import ProviderFacts


def put_provider(work: Work, facts: ProviderFacts) -> None:
    """Register a provider, or bring it up to date; who is connected to it stays so while the issuer is the same."""
    values = {
        "agency_id": facts.agency_id,
        "label": facts.label,
        "issuer": facts.issuer,
        "client_id": facts.client_id,
        "client_secret": work.keys.seal(_place(facts.key), facts.client_secret),
        "verified": facts.verified,
        "both_steps": facts.both_steps,
        "origins": " ".join(facts.origins),
        "state": "active",
    }
    row = work.session.get(Provider, facts.key)
    if row is None:
        work.session.add(Provider(key=facts.key, **values))
        return
    for name, value in values.items():
        setattr(row, name, value)


def remove_provider(work: Work, key: str) -> int:
    """Take a provider away, and give how many accounts were connected to it. Raises NotThere.

    Their connections stay, for the day on which it is added again; until then nobody gets in by them.
    """
    row = work.session.get(Provider, key)
    if row is None:
        raise NotThere()
    work.session.delete(row)
    counted = select(func.count()).select_from(External).where(External.provider == key)
    return work.session.execute(counted).scalar_one()


def all_providers(work: Work) -> list[ProviderFacts]:
    """Give all registered providers, those of people first, without their secrets."""
    rows = work.session.scalars(select(Provider).where(Provider.state == "active")).all()
    found = [_facts(row) for row in rows]
    return sorted(found, key=lambda one: (one.agency_id is not None, one.label.casefold()))


def provider_of(work: Work, key: str) -> ProviderFacts:
    """Give a registered provider with its secret. Raises NotThere."""
    row = work.session.get(Provider, key) if key.isascii() and key.isprintable() else None
    if row is None or row.state != "active":
        raise NotThere()
    return _facts(row, work.keys.open(_place(key), row.client_secret))


def connected(work: Work) -> set[str]:
    """Give the keys of the providers that the actor's account is connected to."""
    return set(
        work.session.scalars(select(External.provider).where(External.account_id == work.actor.account_id))
    )


def second_steps(work: Work) -> list[ProviderFacts]:
    """Give the providers whose two steps the actor can take when a second factor is asked for again."""
    rows = work.session.scalars(
        select(Provider)
        .join(External, External.provider == Provider.key)
        .where(External.account_id == work.actor.account_id, Provider.both_steps, Provider.state == "active")
    )
    return [_facts(row) for row in rows]


def is_verified(work: Work) -> bool:
    """Say whether a provider that checks who people are has said the actor's own name and birth date.

    Such a person may be linked to an agency's client with the strength "verified" (Privacy Act 2020, section 57).
    """
    row = work.session.execute(
        select(External.fingerprint)
        .join(Provider, Provider.key == External.provider)
        .where(
            External.account_id == work.actor.account_id,
            External.verified_at.is_not(None),
            Provider.verified,
            Provider.agency_id.is_(None),
            Provider.state == "active",
        )
    ).first()
    return row is not None


def external_key(work: Work, facts: ProviderFacts, subject: str) -> bytes:
    """Give the keyed fingerprint of a provider's subject: the same subject of another issuer is somebody else."""
    return work.keys.digest("external", f"{facts.key}\x1f{facts.issuer}\x1f{subject}")


def forget_connection(work: Work, key: str) -> None:
    """Delete what the actor's account has with a provider."""
    work.session.execute(
        delete(External).where(External.account_id == work.actor.account_id, External.provider == key)
    )


def _facts(row: Provider, secret: str = "") -> ProviderFacts:
    return ProviderFacts(
        key=row.key,
        label=row.label,
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=secret,
        agency_id=row.agency_id,
        verified=row.verified,
        both_steps=row.both_steps,
        origins=tuple(row.origins.split()),
    )


def _place(key: str) -> Place:
    # The row's own number, out of its key, so that moved rows do not open.
    row = int.from_bytes(hashlib.sha256(key.encode()).digest()[:7], "big")
    return Place("identity_provider", "client_secret", row, SYSTEM_OWNER)
