"""Verbs of notices: tell a person that something happened, by the ways that are safe for them."""

from portal.notices.queries import ContactFacts, NoticeFacts, ParkedFacts
from portal.notices.rules import Wanted
from portal.notices.service.contact import (
    ask_code,
    can_be_told,
    confirm_contact,
    contacts,
    demo_code,
    keep_contact,
    letter_is_safe,
    put_contact,
)
from portal.notices.service.deliveries import all_parked, expire, redrive, redrive_all, redrive_everywhere
from portal.notices.service.sending import close, write
from portal.notices.service.telling import mark_read, newest, of_hidden, tell, tell_apart, told_at, unread

__all__ = [
    "ContactFacts",
    "NoticeFacts",
    "ParkedFacts",
    "Wanted",
    "all_parked",
    "ask_code",
    "can_be_told",
    "close",
    "confirm_contact",
    "contacts",
    "demo_code",
    "expire",
    "keep_contact",
    "letter_is_safe",
    "mark_read",
    "newest",
    "of_hidden",
    "put_contact",
    "redrive",
    "redrive_all",
    "redrive_everywhere",
    "tell",
    "tell_apart",
    "told_at",
    "unread",
    "write",
]
