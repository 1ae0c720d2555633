"""Reads of shares: a person's own, those that a code or link leads to, and what exactly a share shows."""

from portal.bundles.queries.choices import (
    STORY,
    LineChoice,
    Offer,
    RecordChoice,
    StoryChoice,
    in_draft,
    offer,
    story_in,
    ticked_in,
)
from portal.bundles.queries.doors import Door, Stay, behind, by_address, by_pass
from portal.bundles.queries.named import SharesWithUs, share_with_us, shares_with_us
from portal.bundles.queries.notes import NoteBack, NoteWords
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
    "Door",
    "LineChoice",
    "NoteBack",
    "NoteWords",
    "Offer",
    "Opened",
    "Preview",
    "PreviewLine",
    "PreviewRecord",
    "RecordChoice",
    "Said",
    "ShareFacts",
    "SharesWithUs",
    "Stay",
    "StoryChoice",
    "Told",
    "behind",
    "askable",
    "by_address",
    "by_pass",
    "choice_of",
    "draft",
    "in_draft",
    "offer",
    "openings",
    "preview",
    "quiet_titles",
    "secrets_of",
    "share",
    "share_with_us",
    "shares_of",
    "shares_with_us",
    "story_in",
    "ticked_in",
    "told",
]
