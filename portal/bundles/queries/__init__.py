"""Reads of shares: a person's own, those that a code or link leads to, and what exactly a share shows."""

from portal.bundles.queries.changes import ChangedLine, ToTell, changed_in, to_tell
from portal.bundles.queries.choices import (
    STORY,
    LineChoice,
    Offer,
    RecordChoice,
    StoryChoice,
    held_kinds,
    in_draft,
    offer,
    story_in,
    ticked_by_one_press,
    ticked_in,
    unlinked,
)
from portal.bundles.queries.doors import Door, Stay, behind, by_address, by_pass
from portal.bundles.queries.lines import RecordShared, SharedWith, shared_lines
from portal.bundles.queries.named import SharesWithUs, ending_first, share_with_us, shares_with_us
from portal.bundles.queries.notes import NoteBack, NoteWords
from portal.bundles.queries.pauses import Now, Paused, now_shared, paused_since, pauses_in
from portal.bundles.queries.preview import (
    Preview,
    PreviewLine,
    PreviewRecord,
    Said,
    Told,
    choice_of,
    preview,
    told,
)
from portal.bundles.queries.quiet import askable, quiet_titles
from portal.bundles.queries.shares import Opened, ShareFacts, draft, openings, secrets_of, share, shares_of

__all__ = [
    "STORY",
    "ChangedLine",
    "Door",
    "LineChoice",
    "NoteBack",
    "NoteWords",
    "Now",
    "Offer",
    "Opened",
    "Paused",
    "Preview",
    "PreviewLine",
    "PreviewRecord",
    "RecordChoice",
    "RecordShared",
    "Said",
    "ShareFacts",
    "SharesWithUs",
    "ending_first",
    "Stay",
    "SharedWith",
    "StoryChoice",
    "ToTell",
    "Told",
    "behind",
    "askable",
    "by_address",
    "by_pass",
    "changed_in",
    "choice_of",
    "draft",
    "held_kinds",
    "in_draft",
    "offer",
    "now_shared",
    "openings",
    "paused_since",
    "pauses_in",
    "preview",
    "quiet_titles",
    "secrets_of",
    "share",
    "share_with_us",
    "shared_lines",
    "shares_of",
    "shares_with_us",
    "story_in",
    "ticked_by_one_press",
    "ticked_in",
    "to_tell",
    "told",
    "unlinked",
]
