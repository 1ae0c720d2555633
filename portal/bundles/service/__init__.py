"""Verbs of sharing: choose, preview, share, open, read and stop. Privacy Act 2020 principle 11(1)(c)."""

from portal.bundles.queries.changes import ToTell, to_tell
from portal.bundles.queries.received import Received, who_received
from portal.bundles.service.changes import note_changed, share_changed, told_them
from portal.bundles.service.choosing import (
    completed_lines,
    drop,
    keep_lines,
    keep_passcode,
    keep_records,
    keep_who,
    start,
)
from portal.bundles.service.document import fhir_document, preview, sealed_document, titles
from portal.bundles.service.occasions import start_for
from portal.bundles.service.opening import (
    Admitted,
    Knock,
    Visit,
    admit,
    file,
    knock,
    manifest,
    open_by_code,
    read,
    sealed_for,
)
from portal.bundles.service.pausing import nearly_all, pause, resume
from portal.bundles.service.receipts import receipt
from portal.bundles.service.sharing import (
    Shown,
    code_of,
    expire,
    link_from,
    link_of,
    make,
    ready,
    share,
    shares_of,
    show_share,
    stop,
)

__all__ = [
    "Admitted",
    "Knock",
    "Received",
    "Shown",
    "ToTell",
    "Visit",
    "admit",
    "code_of",
    "completed_lines",
    "drop",
    "expire",
    "fhir_document",
    "file",
    "keep_lines",
    "keep_passcode",
    "keep_records",
    "keep_who",
    "knock",
    "link_from",
    "link_of",
    "make",
    "manifest",
    "nearly_all",
    "note_changed",
    "open_by_code",
    "pause",
    "preview",
    "read",
    "ready",
    "receipt",
    "resume",
    "sealed_document",
    "sealed_for",
    "share",
    "share_changed",
    "shares_of",
    "show_share",
    "start",
    "start_for",
    "stop",
    "titles",
    "to_tell",
    "told_them",
    "who_received",
]
