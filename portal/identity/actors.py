"""Who is asking: the facts that every request loads, and that the table of permissions decides by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP_UP = timedelta(minutes=5)


@dataclass(frozen=True)
class Helping:
    """For whom a session acts that is not its own person. Once the right is over, `live` is all that is said.

    `id` is the helper's, by which what may be seen is told, and `sealed_called` what the person calls them;
    `account_id` and `sealed_name` are of the one helped; `kind` is chosen, or the authority by which somebody acts.
    """

    live: bool = False
    id: int = 0
    account_id: int = 0
    sealed_name: bytes | None = None
    sealed_called: bytes | None = None
    kind: str = "chosen"

    @property
    def by_authority(self) -> bool:
        """Say whether an agency checked that they may act, and not the person chose them."""
        return self.kind != "chosen"


@dataclass(frozen=True)
class Beside:
    """A worker who sits beside the person at one device: the worker's account and name (sealed), and organisation.

    `until` (aware UTC) is None before the person has agreed; `ref` is the id under which the person sees it.
    """

    account_id: int
    agency_id: int
    sealed_name: bytes
    until: datetime | None = None
    ref: int = 0


@dataclass(frozen=True)
class Actor:
    """Who is asking. `kind` is anonymous, account, key or system; `agency_id` the hat that is worn.

    `role` is that of a member of an organisation, or what a key may do: send or read. While `helping` is set,
    `person_id` is that of the person who is helped, and of nobody once the right is over.
    """

    kind: str = "anonymous"
    account_id: int | None = None
    person_id: int | None = None
    agency_id: int | None = None
    role: str | None = None
    session: bytes | None = None
    factor_at: datetime | None = None
    name: str = ""
    language: str = "en"
    # Neutral titles and notices; the second factor again before sensitive topics.
    discreet: bool = False
    ask_again: bool = False
    # Display name as stored, opened only by the pages that show it.
    sealed_name: bytes | None = None
    # Set while this is somebody's helper, and not a person about their own.
    helping: Helping | None = None
    # Set from the moment a worker hands over the device until the session ends: then little is open (`BESIDE`).
    # Never together with `helping`.
    beside: Beside | None = None

    @property
    def signed_in(self) -> bool:
        """Say whether this is an account that passed both steps."""
        return self.kind == "account"

    def fresh(self, now: datetime) -> bool:
        """Say whether a second factor was given in the last five minutes."""
        return self.factor_at is not None and now - self.factor_at <= STEP_UP


ANYBODY = Actor()
SYSTEM = Actor(kind="system", name="system")
