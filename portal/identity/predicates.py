"""Predicates over who is asking: each a role, with the words for it. The table that uses them is in `permissions`."""

from collections.abc import Callable

from portal.identity.actors import Actor

Predicate = Callable[[Actor], bool]
DESK_ROLES = frozenset({"caseworker", "privacy-officer"})


def anybody(actor: Actor) -> bool:
    """Everyone, signed in or not."""
    return True


def is_signed_in(actor: Actor) -> bool:
    """An account that passed both steps, and acts for nobody but itself or its organisation."""
    return actor.signed_in and actor.helping is None


def has_an_account(actor: Actor) -> bool:
    """An account that passed both steps, whomever it acts for, and also where it may act for them no more."""
    return actor.signed_in


def is_a_person(actor: Actor) -> bool:
    """An account acting as its own person, wearing no organisation's hat, and helping nobody."""
    return is_signed_in(actor) and actor.person_id is not None and actor.agency_id is None


def looks_for_someone(actor: Actor) -> bool:
    """Somebody whom a person chose as a helper, while that holds: reads what was chosen for them."""
    return (
        actor.signed_in
        and actor.helping is not None
        and actor.helping.live
        and actor.person_id is not None
        and actor.agency_id is None
    )


def asks_for_someone(actor: Actor) -> bool:
    """A helper whom the person chose and lets ask too, while that holds; never one whom an agency checked."""
    helping = actor.helping
    return (
        looks_for_someone(actor)
        and helping is not None
        and bool(helping.asks_at)
        and not helping.by_authority
    )


def is_desk_staff(actor: Actor) -> bool:
    """A member of an agency who answers requests."""
    return actor.signed_in and actor.agency_id is not None and actor.role in DESK_ROLES


def is_adviser(actor: Actor) -> bool:
    """A member of an agency who works with its clients."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "caseworker"


def is_privacy_officer(actor: Actor) -> bool:
    """A member of an agency who watches over how it handles what it holds."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "privacy-officer"


def is_agency_staff(actor: Actor) -> bool:
    """A member of an agency's desk, or its data steward."""
    return is_desk_staff(actor) or (
        actor.signed_in and actor.agency_id is not None and actor.role == "steward"
    )


def is_steward_or_officer(actor: Actor) -> bool:
    """A privacy officer or data steward of an agency."""
    return actor.signed_in and actor.agency_id is not None and actor.role in {"privacy-officer", "steward"}


def is_frontline(actor: Actor) -> bool:
    """A worker of a provider who sits beside a client."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "frontline"


def has_the_device(actor: Actor) -> bool:
    """Whoever holds the device that a worker has handed over, before anybody is signed in."""
    return actor.beside is not None and actor.kind in ("handing", "half")


def is_asked_to_agree(actor: Actor) -> bool:
    """A person who has signed in beside a worker, and has not said yet that they want the help."""
    return actor.beside is not None and actor.kind == "agreeing"


def is_helped_here(actor: Actor) -> bool:
    """A person whom a worker helps on one device, and who agreed to it."""
    return actor.beside is not None and is_a_person(actor)


def is_administrator(actor: Actor) -> bool:
    """A member of an organisation who looks after its people, and sees nothing of its clients."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "administrator"


def is_agency_key(actor: Actor) -> bool:
    """An agency's own system, by an API key that sends, and reads nothing (T17 of security.md)."""
    return actor.kind == "key" and actor.agency_id is not None and actor.role == "send"


def is_reading_key(actor: Actor) -> bool:
    """An agency's own system, by an API key that takes its copy home, and sends nothing."""
    return actor.kind == "key" and actor.agency_id is not None and actor.role == "read"


AUDIENCES: dict[Predicate, str] = {
    anybody: "anyone",
    is_signed_in: "signed in",
    has_an_account: "signed in, helping or not",
    is_a_person: "person",
    looks_for_someone: "helper",
    asks_for_someone: "helper who may ask",
    is_desk_staff: "desk staff",
    is_adviser: "adviser",
    is_privacy_officer: "privacy officer",
    is_agency_staff: "agency staff",
    is_steward_or_officer: "privacy officer or data steward",
    is_frontline: "frontline worker",
    has_the_device: "who was handed a device",
    is_asked_to_agree: "person asked to agree to help",
    is_helped_here: "person in an assisted session",
    is_administrator: "administrator",
    is_agency_key: "agency system",
    is_reading_key: "agency system that reads",
}
