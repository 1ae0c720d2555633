"""Who may do what: an enum with a sentence each, and one table from permission to named predicates.

Pure rules over facts that `web/guards.py` loads. Unknown means no. Objects are found within the actor's own
person, grants or agency by the services, so that another person's thing and no thing answer alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.language.rules import N_

STEP_UP = timedelta(minutes=5)


@dataclass(frozen=True)
class Actor:
    """Who is asking. `kind` is anonymous, account, key or system; `agency_id` the hat that is worn.

    `role` is that of a member of an organisation, or what a key may do: send or read.
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

    @property
    def signed_in(self) -> bool:
        """Say whether this is an account that passed both steps."""
        return self.kind == "account"

    def fresh(self, now: datetime) -> bool:
        """Say whether a second factor was given in the last five minutes."""
        return self.factor_at is not None and now - self.factor_at <= STEP_UP


ANYBODY = Actor()
SYSTEM = Actor(kind="system", name="system")


class Permission(StrEnum):
    """Every act that a route may offer; the sentence is shown where the act is refused."""

    sentence: str

    def __new__(cls, value: str, sentence: str):
        """Make a member that carries its sentence (a msgid)."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    # L10n: Refusal page, after "You cannot open this with this sign-in."
    ACCESS_LOG_SEE = "access_log:own:see", N_("Only the person can see who has looked at their information.")
    # L10n: Refusal page: pages on which a person asks to see what an agency holds.
    ACCESS_REQUESTS_ASK = "access_requests:own:ask", N_("Only the person can ask to see what is held.")
    AGENCIES_LINK = "agencies:own:link", N_("Only the person can link what an agency holds about them.")
    AGENCIES_PROVE = "agencies:agency:prove", N_("Only staff of the agency can say whom they saw.")
    BUNDLES_OPEN = "bundles:any:open", N_("Anyone with a link or code and its passcode can open a share.")
    BUNDLES_PROVIDER = "bundles:provider:see", N_("Only a worker of a provider can open this page.")
    BUNDLES_SHARE = "bundles:own:share", N_("Only the person can share their information.")
    CASEWORK_COPY = (
        "casework:agency:copy",
        # L10n: Refusal page: the page with files that an agency takes into its own system.
        N_("Only a privacy officer or data steward can open this."),
    )
    CASEWORK_DECIDE = "casework:agency:decide", N_("Only staff of the agency can answer its requests.")
    CASEWORK_REASONS = (
        "casework:agency:reasons",
        # L10n: Refusal page: pages with the reasons in plain words that an agency keeps ready.
        N_("Only a privacy officer or data steward can open this."),
    )
    # L10n: Refusal page: pages on which a privacy officer looks at what workers opened without a request.
    CASEWORK_REVIEW = "casework:agency:review", N_("Only a privacy officer of the agency can open this.")
    CASEWORK_SEE = "casework:agency:see", N_("Only staff of the agency can see its requests.")
    CASEWORK_TEAM = (
        "casework:agency:team",
        # L10n: Refusal page: the page with numbers about an agency's team.
        N_("Only a privacy officer, data steward or administrator of the agency can open this."),
    )
    # L10n: Refusal page: the page that opens a client's file without a request, when it is urgent.
    CASEWORK_URGENT = "casework:agency:urgent", N_("Only an adviser of the agency can open this.")
    CHOICES_MAKE = (
        "choices:own:make",
        # L10n: Refusal page: pages with a person's choices about the use of their information.
        N_("Only the person can choose how their information is used."),
    )
    CORRECTIONS_ASK = "corrections:own:ask", N_("Only the person can ask to fix their information.")
    CORRECTIONS_COPY = (
        "corrections:key:copy",
        # L10n: Refusal, to an agency's own system whose key cannot read.
        N_("Only an agency’s own system with a key that may read can take a copy."),
    )
    # L10n: Refusal page: this can be seen by anyone who signed in.
    IDENTITY_ACCOUNT = "identity:own:account", N_("Sign in first.")
    IDENTITY_GIVE_BACK = (
        "identity:provider:give-back",
        # L10n: Refusal page: pages where workers of a provider help somebody who cannot sign in.
        N_("Only a worker of a provider can help someone to sign in again."),
    )
    IDENTITY_JOIN = "identity:any:join", N_("Anyone can make an account.")
    IDENTITY_SAFETY = "identity:own:safety", N_("Only the person can choose how this site keeps them safe.")
    IDENTITY_SIGN_IN = "identity:any:sign-in", N_("Anyone can sign in.")
    # L10n: Refusal page: pages with the people of an organisation and their roles.
    IDENTITY_TEAM = "identity:agency:team", N_("Only an administrator of the organisation can open this.")
    INGEST_SEND = "ingest:key:send", N_("Only an agency's own system can send records.")
    INSIGHTS_WRITE = (
        "insights:agency:write",
        # L10n: Refusal page: pages on which an agency writes public notes about what it changed.
        N_("Only a privacy officer or data steward can open this."),
    )
    NOTICES_CONTACT = "notices:own:contact", N_("Only the person can say how they may be reached.")
    NOTICES_DELIVERIES = (
        "notices:agency:deliveries",
        # L10n: Refusal page: the page of messages that could not be sent.
        N_("Only a privacy officer or data steward can open this."),
    )
    NOTICES_SEE = "notices:own:see", N_("Only the person can see their notices.")
    PUBLIC_READ = "public:any:read", N_("Anyone can read this.")
    RECORDS_SEE = "records:own:see", N_("Only the person can see what agencies hold about them.")
    # L10n: Refusal page: pages with what a person wrote about themselves.
    STORY_WRITE = "story:own:write", N_("Only the person can read and write their story.")


Predicate = Callable[[Actor], bool]
DESK_ROLES = frozenset({"caseworker", "privacy-officer"})


def anybody(actor: Actor) -> bool:
    """Everyone, signed in or not."""
    return True


def is_signed_in(actor: Actor) -> bool:
    """An account that passed both steps."""
    return actor.signed_in


def is_a_person(actor: Actor) -> bool:
    """An account acting as its own person, wearing no organisation's hat."""
    return actor.signed_in and actor.person_id is not None and actor.agency_id is None


def is_desk_staff(actor: Actor) -> bool:
    """A member of an agency who answers requests."""
    return actor.signed_in and actor.agency_id is not None and actor.role in DESK_ROLES


def is_adviser(actor: Actor) -> bool:
    """A member of an agency who works with its clients."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "caseworker"


def is_privacy_officer(actor: Actor) -> bool:
    """A member of an agency who watches over how it handles what it holds."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "privacy-officer"


def is_agency_staff(actor: Actor) -> bool:
    """A member of an agency's desk, or its data steward."""
    return is_desk_staff(actor) or (
        actor.signed_in and actor.agency_id is not None and actor.role == "steward"
    )


def is_steward_or_officer(actor: Actor) -> bool:
    """A privacy officer or data steward of an agency."""
    return actor.signed_in and actor.agency_id is not None and actor.role in {"privacy-officer", "steward"}


def is_frontline(actor: Actor) -> bool:
    """A worker of a provider who sits beside a client."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "frontline"


def is_administrator(actor: Actor) -> bool:
    """A member of an organisation who looks after its people, and sees nothing of its clients."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "administrator"


def is_agency_key(actor: Actor) -> bool:
    """An agency's own system, by an API key that sends, and reads nothing (T17 of security.md)."""
    return actor.kind == "key" and actor.agency_id is not None and actor.role == "send"


def is_reading_key(actor: Actor) -> bool:
    """An agency's own system, by an API key that takes its copy home, and sends nothing."""
    return actor.kind == "key" and actor.agency_id is not None and actor.role == "read"


TABLE: dict[Permission, tuple[Predicate, ...]] = {
    Permission.ACCESS_LOG_SEE: (is_a_person,),
    Permission.ACCESS_REQUESTS_ASK: (is_a_person,),
    Permission.AGENCIES_LINK: (is_a_person,),
    Permission.AGENCIES_PROVE: (is_desk_staff,),
    Permission.BUNDLES_OPEN: (anybody,),
    Permission.BUNDLES_PROVIDER: (is_frontline,),
    Permission.BUNDLES_SHARE: (is_a_person,),
    Permission.CASEWORK_COPY: (is_steward_or_officer,),
    Permission.CASEWORK_DECIDE: (is_desk_staff,),
    Permission.CASEWORK_REASONS: (is_steward_or_officer,),
    Permission.CASEWORK_REVIEW: (is_privacy_officer,),
    Permission.CASEWORK_SEE: (is_agency_staff,),
    Permission.CASEWORK_TEAM: (is_steward_or_officer, is_administrator),
    Permission.CASEWORK_URGENT: (is_adviser,),
    Permission.CHOICES_MAKE: (is_a_person,),
    Permission.CORRECTIONS_ASK: (is_a_person,),
    Permission.CORRECTIONS_COPY: (is_reading_key,),
    Permission.IDENTITY_ACCOUNT: (is_signed_in,),
    Permission.IDENTITY_GIVE_BACK: (is_frontline,),
    Permission.IDENTITY_JOIN: (anybody,),
    Permission.IDENTITY_SAFETY: (is_a_person,),
    Permission.IDENTITY_SIGN_IN: (anybody,),
    Permission.IDENTITY_TEAM: (is_administrator,),
    Permission.INGEST_SEND: (is_agency_key,),
    Permission.INSIGHTS_WRITE: (is_steward_or_officer,),
    Permission.NOTICES_CONTACT: (is_a_person,),
    Permission.NOTICES_DELIVERIES: (is_steward_or_officer,),
    Permission.NOTICES_SEE: (is_a_person,),
    Permission.PUBLIC_READ: (anybody,),
    Permission.RECORDS_SEE: (is_a_person,),
    Permission.STORY_WRITE: (is_a_person,),
}
AUDIENCES: dict[Predicate, str] = {
    anybody: "anyone",
    is_signed_in: "signed in",
    is_a_person: "person",
    is_desk_staff: "desk staff",
    is_adviser: "adviser",
    is_privacy_officer: "privacy officer",
    is_agency_staff: "agency staff",
    is_steward_or_officer: "privacy officer or data steward",
    is_frontline: "frontline worker",
    is_administrator: "administrator",
    is_agency_key: "agency system",
    is_reading_key: "agency system that reads",
}


def allowed(actor: Actor, permission: Permission) -> bool:
    """Say whether the actor's role has the permission: any one predicate suffices, none known means no."""
    return any(predicate(actor) for predicate in TABLE.get(permission, ()))


def audience(permission: Permission) -> str:
    """Name who has a permission, for `portal routes`."""
    return ", ".join(AUDIENCES[predicate] for predicate in TABLE.get(permission, ())) or "no one"
