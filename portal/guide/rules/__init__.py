"""What the guide's pages say that is more than words: what is kept here, who holds what, and the ready letter."""

from portal.guide.rules.holders import HOLDERS, Holder
from portal.guide.rules.kept import KEPT, Kept
from portal.guide.rules.letter import FORMS, Asked, letter

__all__ = ["FORMS", "HOLDERS", "KEPT", "Asked", "Holder", "Kept", "letter"]
