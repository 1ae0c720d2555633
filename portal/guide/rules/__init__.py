"""What the guide's pages say that is more than words: what is kept here, who holds what, and the ready letter."""

from portal.guide.rules.holders import HOLDERS, PARTS, Holder
from portal.guide.rules.kept import KEPT, Kept
from portal.guide.rules.letter import FORMS, Asked, letter
from portal.guide.rules.letters import Agent, Fix, agent_letter, fix_letter

__all__ = [
    "FORMS",
    "HOLDERS",
    "KEPT",
    "PARTS",
    "Agent",
    "Asked",
    "Fix",
    "Holder",
    "Kept",
    "agent_letter",
    "fix_letter",
    "letter",
]
