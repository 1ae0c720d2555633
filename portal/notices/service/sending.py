"""One message on its way: written just before it is sent, and closed after, each in its own short transaction."""

from portal.base import ids, outbox
from portal.base.work import Work
from portal.config import Settings
from portal.identity.queries import Reader
from portal.language import service as language
from portal.notices import queries, rules
from portal.notices.channels import Message, opened
from portal.notices.models import Contact, Delivery
from portal.notices.queries import contact_place
from portal.notices.service.contact import code_of


def write(work: Work, settings: Settings, row: outbox.OutboxRow) -> Message | None:
    """Write the message of a job, in the reader's language; None if there is nothing to send now.

    What the person chose is read again: a way that became unsafe is not used, and outside the safe hours the
    job is put off. Privacy Act 2020 principle 5.
    """
    person_id = int(row.about["person_id"])
    delivery = work.session.get(Delivery, (person_id, row.id))
    if delivery is None or delivery.state != "waiting":
        outbox.done(row)
        return None
    contact = work.session.get(Contact, (person_id, delivery.channel))
    reader = queries.reader_of(work, person_id)
    found = _address(work, delivery, contact) if contact is not None and reader is not None else None
    about = delivery.agency_id
    if about and queries.hides(work, person_id, about):
        # Hidden since it was queued: it would say that there is something to be found.
        found = None
    if found is None or reader is None or opened(settings, delivery.channel) is None:
        _end(work, delivery, contact, "dropped")
        outbox.done(row)
        return None
    address, text, hours = found
    due_at = rules.next_safe(work.now, *hours)
    if due_at > work.now:
        outbox.later(row, due_at)
        row.tries -= 1
        return None
    row.leased_until = work.now + outbox.LEASE
    return _message(work, settings, delivery, reader, address, text)


def close(work: Work, row: outbox.OutboxRow, fault: str) -> None:
    """Note what became of a message; one that failed is tried again later, and parked in the end."""
    delivery = work.session.get(Delivery, (int(row.about["person_id"]), row.id))
    if delivery is None:
        outbox.done(row)
        return
    delivery.tries += 1
    delivery.fault = fault
    contact = work.session.get(Contact, (delivery.person_id, delivery.channel))
    wait = rules.try_again_after(row.tries)
    if not fault:
        _end(work, delivery, contact, "sent")
        outbox.done(row)
    elif wait is None or fault in rules.FINAL:
        delivery.state, delivery.done_at = "parked", work.now
        outbox.park(row)
    else:
        outbox.later(row, work.now + wait)


Found = tuple[str, str, tuple[int | None, int | None]]


def _address(work: Work, delivery: Delivery, contact: Contact) -> Found | None:
    """Give address, text (a msgid) and safe hours of a message; None if it may not be sent any more."""
    kept = work.keys.open_json(contact_place(contact.channel, contact.person_id), contact.document)
    before = kept.get("old", {}).get(str(delivery.id))
    if before:
        return before["address"], rules.TO_OLD, (before["from"], before["until"])
    if delivery.kind == "code":
        fits = kept.get("asked") == str(delivery.id) and contact.confirm_key is not None
        if not fits or contact.confirm_until is None or work.now >= contact.confirm_until:
            return None
        return kept["new"], rules.CODE, (None, None)
    text = _text(delivery.kind, contact)
    if text is None or contact.unsafe or contact.confirmed_at is None:
        return None
    return kept["address"], text, (contact.safe_from, contact.safe_until)


def _text(kind: str, contact: Contact) -> str | None:
    if kind == "several":
        chosen = {contact.purposes.get(purpose, "neutral") for purpose in ("requests", "shares")}
        return None if chosen == {"never"} else rules.NEUTRAL
    purpose = rules.purpose_of(kind)
    how_much = contact.purposes.get(purpose, "neutral")
    if how_much == "never":
        return None
    return rules.SAID[purpose] if how_much == "allowed" else rules.NEUTRAL


def _message(
    work: Work, settings: Settings, delivery: Delivery, reader: Reader, address: str, text: str
) -> Message:
    words = language.translator(reader.language if language.known(reader.language) else "en")
    if reader.discreet and text not in (rules.CODE, rules.TO_OLD):
        text = rules.NEUTRAL
    page = f"{settings.base_url}/{words.tag}/"
    values = {
        "address": f"{page}guide/contact" if text == rules.TO_OLD else page,
        "code": code_of(work, delivery.person_id, delivery.id) if text == rules.CODE else "",
    }
    return Message(
        id=ids.encode(delivery.id),
        channel=delivery.channel,
        address=address,
        subject=words.attr(rules.SUBJECT),
        text=words.attr(text, **values),
        at=work.now,
    )


def _end(work: Work, delivery: Delivery, contact: Contact | None, state: str) -> None:
    delivery.state, delivery.done_at = state, work.now
    if contact is None:
        return
    place = contact_place(contact.channel, contact.person_id)
    kept = work.keys.open_json(place, contact.document)
    # The address before is kept only until it was told that it is no longer used.
    if kept.get("old", {}).pop(str(delivery.id), None):
        contact.document = work.keys.seal_json(place, kept)
