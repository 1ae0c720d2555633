"""Where a person may be reached: kept by themselves only, checked by a code, and told to the address before."""

import hmac
from typing import Any

from sqlalchemy import update

from portal.base import ids
from portal.base.db import rows_changed
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import N_
from portal.notices import queries, rules
from portal.notices.models import Contact
from portal.notices.queries import ContactFacts, Way, contact_place
from portal.notices.rules import Wanted
from portal.notices.service import telling

NEUTRAL = dict.fromkeys(rules.PURPOSES, "neutral")


def contacts(work: Work) -> dict[str, ContactFacts]:
    """Give the actor's own four channels."""
    return queries.contacts(work, work.actor.person_id)


def can_be_told(work: Work) -> bool:
    """Say whether the actor has a safe way by which an answer to a request may be told."""
    return bool(queries.ways(work, work.actor.person_id, "requests"))


def letter_is_safe(work: Work, person_id: int) -> bool:
    """Say whether a letter may go to a person: not where they said that others read their post.

    For staff and for letter codes (Privacy Act 2020 principle 5). A person who said nothing may get a letter.
    """
    row = work.session.get(Contact, (person_id, "post"))
    return row is None or not row.unsafe


def keep_contact(work: Work, channel: str, wanted: Wanted) -> str | None:
    """Keep what the actor chose for a channel; "code" if a code is on its way to a new address, else None.

    The new address is used once its code was typed. The address before is told that something changed, unless
    it was marked as unsafe. Raises Invalid about the address. Privacy Act 2020 principle 5.
    """
    row, kept = _row(work, channel)
    before = queries.ways(work, row.person_id, "safety")
    was = _chosen(row, kept)
    if wanted.use != "yes":
        unsafe = wanted.use == "unsafe"
        if was is not None or unsafe != row.unsafe:
            _announce(work, row, kept, [way for way in before if not unsafe or way.channel != channel])
        row.unsafe, row.confirmed_at = unsafe, None
        row.confirm_key = row.confirm_until = None
        old = kept.get("old", {})
        if unsafe:
            # Nothing that still waits goes to an address which is unsafe from now on.
            old = {number: one for number, one in old.items() if one["address"] != kept.get("address")}
        _seal(work, row, kept | {"address": "", "new": "", "note": "", "old": old})
        return None
    address = _parse(channel, wanted.address)
    row.unsafe, row.purposes = False, {**NEUTRAL, **wanted.purposes}
    row.safe_from, row.safe_until = wanted.safe_from, wanted.safe_until
    kept["note"] = wanted.note
    needs_code = channel in rules.SENDING and address != kept.get("address")
    now = _chosen(row, kept if needs_code else kept | {"address": address})
    if now != was:
        _announce(work, row, kept, before)
    if needs_code:
        return _send_code(work, row, kept | {"new": address})
    row.confirmed_at = row.confirmed_at or work.now
    _seal(work, row, kept | {"address": address, "new": ""})
    return None


def ask_code(work: Work, channel: str) -> str | None:
    """Send a fresh code to the new address that waits for one. Raises NotThere when none waits."""
    row, kept = _row(work, channel)
    if not kept.get("new"):
        raise NotThere()
    return _send_code(work, row, kept)


def confirm_contact(work: Work, channel: str, typed: str) -> str:
    """Take the code that was sent to a new address; gives done, wrong, over (too old, or tried too often) or none."""
    row, kept = _row(work, channel)
    if row.confirm_key is None or not kept.get("new"):
        return "none"
    tried = (
        update(Contact)
        .where(Contact.person_id == row.person_id, Contact.channel == channel, Contact.tries_left > 0)
        .values(tries_left=Contact.tries_left - 1)
        .execution_options(synchronize_session=False)
    )
    if row.confirm_until is None or row.confirm_until <= work.now or rows_changed(work.session, tried) != 1:
        return "over"
    if not hmac.compare_digest(row.confirm_key, _key(work, channel, ids.fold_code(typed))):
        return "wrong"
    _announce(work, row, kept, queries.ways(work, row.person_id, "safety"))
    row.unsafe, row.confirmed_at = False, work.now
    row.confirm_key = row.confirm_until = None
    _seal(work, row, kept | {"address": kept["new"], "new": ""})
    return "done"


def put_contact(work: Work, person_id: int, channel: str, address: str, **choices: Any) -> None:
    """Keep an address that is known to be right, without a code (demonstration, tests); nobody is told.

    `choices` are columns of the contact: purposes, safe_from, safe_until, unsafe.
    """
    row = work.session.get(Contact, (person_id, channel))
    if row is None:
        row = _new(person_id, channel)
        work.session.add(row)
    row.confirmed_at = work.now
    row.purposes = {**NEUTRAL, **choices.pop("purposes", {})}
    for name, value in choices.items():
        setattr(row, name, value)
    _seal(work, row, {"address": address})


def demo_code(work: Work, channel: str) -> str | None:
    """Give the code that was sent to the actor's new address. Demo mode on loopback only: nothing is really sent."""
    row = work.session.get(Contact, (work.actor.person_id, channel))
    if row is None or row.confirm_key is None:
        return None
    kept = work.keys.open_json(contact_place(channel, row.person_id), row.document)
    return code_of(work, row.person_id, int(kept["asked"])) if kept.get("asked") else None


def code_of(work: Work, person_id: int, delivery_id: int) -> str:
    """Give the code that a message carries: worked out by a key of ours, so that it is kept nowhere."""
    return rules.typed_code(work.keys.digest("contact-code", f"{person_id}/{delivery_id}"))


def _send_code(work: Work, row: Contact, kept: dict[str, Any]) -> str:
    # At once, whatever the safe hours are: the person asked for it and waits.
    number = telling.queue(work, row.person_id, "code", Way(row.channel, "neutral", None, None))
    kept["asked"] = str(number)
    row.confirm_key = _key(work, row.channel, code_of(work, row.person_id, number))
    row.confirm_until, row.tries_left = work.now + rules.CODE_LASTS, rules.CODE_TRIES
    _seal(work, row, kept)
    return "code"


def _announce(work: Work, row: Contact, kept: dict[str, Any], ways: list[Way]) -> None:
    """Tell by every way that was safe before the change: the old address by its own, whatever it is now."""
    telling.note(work, row.person_id, "contact_changed")
    for way in ways:
        number = telling.queue(work, row.person_id, "contact_changed", way)
        if way.channel == row.channel:
            old = {"address": kept["address"], "from": way.safe_from, "until": way.safe_until}
            kept["old"] = {**kept.get("old", {}), str(number): old}


def _row(work: Work, channel: str) -> tuple[Contact, dict[str, Any]]:
    person_id = work.actor.person_id
    if person_id is None or channel not in rules.CHANNELS:
        raise NotThere()
    row = work.session.get(Contact, (person_id, channel))
    if row is None:
        return _new(person_id, channel), {}
    return row, work.keys.open_json(contact_place(channel, person_id), row.document)


def _new(person_id: int, channel: str) -> Contact:
    return Contact(person_id=person_id, channel=channel, purposes=NEUTRAL, unsafe=False, tries_left=0)


def _seal(work: Work, row: Contact, kept: dict[str, Any]) -> None:
    row.document = work.keys.seal_json(contact_place(row.channel, row.person_id), kept)
    work.session.add(row)


def _chosen(row: Contact, kept: dict[str, Any]) -> tuple | None:
    if row.confirmed_at is None:
        return None
    return kept.get("address"), row.purposes, row.safe_from, row.safe_until, kept.get("note", "")


def _key(work: Work, channel: str, code: str) -> bytes:
    return work.keys.digest(f"contact-confirm-{channel}", f"{work.actor.person_id}/{code}")


def _parse(channel: str, typed: str) -> str:
    if channel == "email":
        # L10n: Error beside a mail address.
        fault, address = N_("Write one e-mail address, such as name@example.org."), rules.mail_address(typed)
    elif channel == "text":
        # L10n: Error beside a number for text messages.
        fault = N_("Write a mobile number, such as 021 123 4567.")
        address = rules.phone_number(typed, mobile=True)
    elif channel == "phone":
        # L10n: Error beside a phone number.
        fault, address = N_("Write a phone number, such as 021 123 4567."), rules.phone_number(typed)
    else:
        # L10n: Error beside an address for letters.
        fault, address = N_("Write the address where letters are safe."), typed.strip() or None
    if address is None:
        raise Invalid(fault, "address")
    return address
