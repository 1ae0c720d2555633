"""What the worklist is narrowed to, as it stands in an address; and figures that may be shown to a team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.agencies.rules import KINDS
from portal.language.rules import LANGUAGES, N_

DUE = ("late", "week", "later")
OWNERS = ("mine", "nobody", "others")
STATES = ("new", "looking", "waiting")
GROUPS = (*KINDS, "other")
ROWS = (25, 50, 100)
MOST_VIEWS = 12
MAX_NAME = 60

KIND_WORDS: dict[str, str] = {
    # L10n: staff worklist, filter by kind of work: people ask to fix something
    "fix": N_("Fix something"),
    # L10n: staff worklist, filter by kind of work: people ask to see what is held about them
    "see": N_("See what you hold"),
    # L10n: staff worklist, filter by kind of work: questions about who looked, and looks that are shown later
    "look": N_("Questions about a look"),
    # L10n: staff worklist, filter by kind of work: people changed a value themselves
    "change": N_("They changed it themselves"),
    # L10n: staff worklist, filter by kind of work: people said yes or no to a use of their information
    "choice": N_("Choices"),
    # L10n: staff worklist, filter by kind of work: links between a person and a client number
    "link": N_("Links to check"),
    # L10n: staff worklist, filter by kind of work: records that the agency sent and that were held back
    "records": N_("Records held back"),
    # L10n: staff worklist, filter by kind of work: people who may act for a client, such as a parent
    "authority": N_("Who may act for clients"),
    # L10n: staff worklist of a privacy officer, filter by kind of work: what workers opened
    "worker": N_("What a worker opened"),
    # L10n: staff worklist, filter by kind of work: none of the others
    "other": N_("Something else"),
}
STATE_WORDS: dict[str, str] = {
    # L10n: staff worklist, state of a row: nobody has begun
    "new": N_("New"),
    # L10n: staff worklist, state of a row: somebody works on it
    "looking": N_("Looking"),
    # L10n: staff worklist, state of a row: it waits for somebody else
    "waiting": N_("Waiting"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of a worklist. `colleague` is a colleague's id for addresses; empty means all."""

    due: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    colleague: str = ""
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    rows: int = ROWS[0]

    def address(self) -> dict[str, Any]:
        """Give what stands in the address: only what narrows the list, or makes it longer."""
        found = {
            name: list(getattr(self, name))
            for name in ("due", "owner", "kind", "state", "language")
            if getattr(self, name)
        }
        alone = {"colleague": self.colleague} if self.colleague else {}
        longer = {"rows": str(self.rows)} if self.rows != ROWS[0] else {}
        return found | alone | longer

    @property
    def on(self) -> int:
        """How many filters narrow the list."""
        several = (self.due, self.owner, self.kind, self.state, self.language)
        return sum(map(len, several)) + bool(self.colleague)

    @property
    def more(self) -> bool:
        """Whether one of the filters that stand folded is on."""
        return bool(self.kind or self.state or self.language or self.rows != ROWS[0])


def chosen_from(asked: Mapping[str, Iterable[str]]) -> Chosen:
    """Read the filters of an address; whatever is none of ours is passed over."""

    def _some(name: str, known: Iterable[str]) -> tuple[str, ...]:
        given = set(asked.get(name, ()))
        return tuple(one for one in known if one in given)

    rows = [one for one in ROWS if str(one) in set(asked.get("rows", ()))]
    colleague = next(iter(asked.get("colleague", ())), "")
    return Chosen(
        due=_some("due", DUE),
        owner=_some("owner", OWNERS),
        colleague=colleague if len(colleague) <= 13 and colleague.isalnum() else "",
        kind=_some("kind", GROUPS),
        state=_some("state", STATES),
        language=_some("language", LANGUAGES),
        rows=rows[0] if rows else ROWS[0],
    )
