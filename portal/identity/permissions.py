"""Who may do what: an enum with a sentence each, and one table from permission to named predicates.

Pure rules over facts that `web/guards.py` loads. Unknown means no. Objects are found within the actor's own
person, grants or agency by the services, so that another person's thing and no thing answer alike.
"""

from collections.abc import Callable
from enum import StrEnum

from portal.identity.actors import ANYBODY, SYSTEM, Actor, Beside
from portal.language.rules import N_

__all__ = ["ANYBODY", "SYSTEM", "Actor", "Beside", "Permission", "allowed", "audience"]


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
    ACCESS_REQUESTS_ALONE = "access_requests:own:alone", N_("Only the person can ask to see what is held.")
    # L10n: Refusal page: pages on which a person asks to see what an agency holds.
    ACCESS_REQUESTS_ASK = "access_requests:own:ask", N_("Only the person can ask to see what is held.")
    AGENCIES_LINK = "agencies:own:link", N_("Only the person can link what an agency holds about them.")
    AGENCIES_PROVE = "agencies:agency:prove", N_("Only staff of the agency can say whom they saw.")
    BUNDLES_OPEN = "bundles:any:open", N_("Anyone with a link or code and its passcode can open a share.")
    BUNDLES_PROVIDER = "bundles:provider:see", N_("Only a worker of a provider can open this page.")
    BUNDLES_SHARE = "bundles:own:share", N_("Only the person can share their information.")
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
    CORRECTIONS_ALONE = "corrections:own:alone", N_("Only the person can ask to fix their information.")
    CORRECTIONS_ASK = "corrections:own:ask", N_("Only the person can ask to fix their information.")
    DELEGATIONS_AGREE = (
        "delegations:own:agree",
        # L10n: Refusal page: the page on which a person says yes to help on one device.
        N_("Only the person who is helped can say yes to it."),
    )
    # L10n: Refusal page: the pages of a worker of a provider who sits beside a client.
    DELEGATIONS_ASSIST = "delegations:provider:assist", N_("Only a worker of a provider can open this page.")
    # L10n: Refusal page: the button that ends help on one device.
    DELEGATIONS_DONE = "delegations:own:done", N_("Nobody helps you on this device just now.")
    DELEGATIONS_LET = (
        "delegations:own:let",
        # L10n: Refusal page: the page on which a person lets a worker help them on one device.
        N_("Only the person can let someone help them."),
    )
    # L10n: Refusal page: pages that a client sees once a worker has handed over the device.
    DELEGATIONS_TAKE = "delegations:any:take", N_("A worker has to hand over this device first.")
    # L10n: Refusal page: this can be seen by anyone who signed in.
    IDENTITY_ACCOUNT = "identity:own:account", N_("Sign in first.")
    IDENTITY_GIVE_BACK = (
        "identity:provider:give-back",
        # L10n: Refusal page: pages where workers of a provider help somebody who cannot sign in.
        N_("Only a worker of a provider can help someone to sign in again."),
    )
    IDENTITY_JOIN = "identity:any:join", N_("Anyone can make an account.")
    # L10n: Refusal page: ways to sign in that are shut while a worker hands a device to a client.
    IDENTITY_OTHER_WAYS = "identity:any:other-ways", N_("You cannot sign in this way here.")
    IDENTITY_SAFETY = "identity:own:safety", N_("Only the person can choose how this site keeps them safe.")
    IDENTITY_SIGN_IN = "identity:any:sign-in", N_("Anyone can sign in.")
    IDENTITY_STEP_UP = "identity:own:step-up", N_("Sign in first.")
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
    RECORDS_ALONE = "records:own:alone", N_("Only the person can see what agencies hold about them.")
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


def has_the_device(actor: Actor) -> bool:
    """Whoever holds the device that a worker has handed over, before anybody is signed in."""
    return actor.beside is not None and actor.kind in ("handing", "half")


def is_asked_to_agree(actor: Actor) -> bool:
    """A person who has signed in beside a worker, and has not said yet that they want the help."""
    return actor.beside is not None and actor.kind == "agreeing"


def is_helped_here(actor: Actor) -> bool:
    """A person whom a worker helps on one device, and who agreed to it."""
    return actor.beside is not None and is_a_person(actor)


def is_administrator(actor: Actor) -> bool:
    """A member of an organisation who looks after its people, and sees nothing of its clients."""
    return actor.signed_in and actor.agency_id is not None and actor.role == "administrator"


def is_agency_key(actor: Actor) -> bool:
    """An agency's own system, by its API key."""
    return actor.kind == "key" and actor.agency_id is not None


TABLE: dict[Permission, tuple[Predicate, ...]] = {
    Permission.ACCESS_LOG_SEE: (is_a_person,),
    Permission.ACCESS_REQUESTS_ALONE: (is_a_person,),
    Permission.ACCESS_REQUESTS_ASK: (is_a_person,),
    Permission.AGENCIES_LINK: (is_a_person,),
    Permission.AGENCIES_PROVE: (is_desk_staff,),
    Permission.BUNDLES_OPEN: (anybody,),
    Permission.BUNDLES_PROVIDER: (is_frontline,),
    Permission.BUNDLES_SHARE: (is_a_person,),
    Permission.CASEWORK_DECIDE: (is_desk_staff,),
    Permission.CASEWORK_REASONS: (is_steward_or_officer,),
    Permission.CASEWORK_REVIEW: (is_privacy_officer,),
    Permission.CASEWORK_SEE: (is_agency_staff,),
    Permission.CASEWORK_TEAM: (is_steward_or_officer, is_administrator),
    Permission.CASEWORK_URGENT: (is_adviser,),
    Permission.CHOICES_MAKE: (is_a_person,),
    Permission.CORRECTIONS_ALONE: (is_a_person,),
    Permission.CORRECTIONS_ASK: (is_a_person,),
    Permission.DELEGATIONS_AGREE: (is_asked_to_agree,),
    Permission.DELEGATIONS_ASSIST: (is_frontline,),
    Permission.DELEGATIONS_DONE: (is_helped_here,),
    Permission.DELEGATIONS_LET: (is_a_person,),
    Permission.DELEGATIONS_TAKE: (has_the_device,),
    Permission.IDENTITY_ACCOUNT: (is_signed_in,),
    Permission.IDENTITY_GIVE_BACK: (is_frontline,),
    Permission.IDENTITY_JOIN: (anybody,),
    Permission.IDENTITY_OTHER_WAYS: (anybody,),
    Permission.IDENTITY_SAFETY: (is_a_person,),
    Permission.IDENTITY_SIGN_IN: (anybody,),
    Permission.IDENTITY_STEP_UP: (is_signed_in,),
    Permission.IDENTITY_TEAM: (is_administrator,),
    Permission.INGEST_SEND: (is_agency_key,),
    Permission.INSIGHTS_WRITE: (is_steward_or_officer,),
    Permission.NOTICES_CONTACT: (is_a_person,),
    Permission.NOTICES_DELIVERIES: (is_steward_or_officer,),
    Permission.NOTICES_SEE: (is_a_person,),
    Permission.PUBLIC_READ: (anybody,),
    Permission.RECORDS_ALONE: (is_a_person,),
    Permission.RECORDS_SEE: (is_a_person,),
    Permission.STORY_WRITE: (is_a_person,),
}
# What is open with a worker beside the person, by the actor's kind (decision 0035): all that is not named is shut.
BESIDE: dict[str, frozenset[Permission]] = {
    "handing": frozenset({Permission.DELEGATIONS_TAKE, Permission.IDENTITY_SIGN_IN, Permission.PUBLIC_READ}),
    "half": frozenset({Permission.DELEGATIONS_TAKE, Permission.IDENTITY_SIGN_IN, Permission.PUBLIC_READ}),
    "agreeing": frozenset(
        {Permission.DELEGATIONS_AGREE, Permission.IDENTITY_SIGN_IN, Permission.PUBLIC_READ}
    ),
    "account": frozenset(
        {
            Permission.ACCESS_REQUESTS_ASK,
            Permission.CORRECTIONS_ASK,
            Permission.DELEGATIONS_DONE,
            Permission.IDENTITY_SIGN_IN,
            Permission.IDENTITY_STEP_UP,
            Permission.PUBLIC_READ,
            Permission.RECORDS_SEE,
        }
    ),
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
    has_the_device: "who was handed a device",
    is_asked_to_agree: "person asked to agree to help",
    is_helped_here: "person in an assisted session",
    is_administrator: "administrator",
    is_agency_key: "agency system",
}


def allowed(actor: Actor, permission: Permission) -> bool:
    """Say whether the actor's role has the permission: any one predicate suffices, none known means no.

    With a worker beside the person only what `BESIDE` names is open, whatever the role.
    """
    if actor.beside is not None and permission not in BESIDE.get(actor.kind, frozenset()):
        return False
    return any(predicate(actor) for predicate in TABLE.get(permission, ()))


def audience(permission: Permission) -> str:
    """Name who has a permission, for `portal routes`."""
    return ", ".join(AUDIENCES[predicate] for predicate in TABLE.get(permission, ())) or "no one"
