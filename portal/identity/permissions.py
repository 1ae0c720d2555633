"""Who may do what: an enum with a sentence each, and one table from permission to named predicates.

Pure rules over facts that `web/guards.py` loads. Unknown means no. Objects are found within the actor's own
person, grants or agency by the services, so that another person's thing and no thing answer alike.
"""

from enum import StrEnum

from portal.identity.actors import ANYBODY, SYSTEM, Actor, Beside
from portal.identity.predicates import (
    AUDIENCES,
    DESK_ROLES,
    Predicate,
    anybody,
    asks_for_someone,
    has_an_account,
    has_the_device,
    is_a_person,
    is_administrator,
    is_adviser,
    is_agency_key,
    is_agency_staff,
    is_asked_to_agree,
    is_desk_staff,
    is_frontline,
    is_helped_here,
    is_privacy_officer,
    is_reading_key,
    is_signed_in,
    is_steward_or_officer,
    looks_for_someone,
)
from portal.language.rules import N_

# L10n: Every page of a helper who may not help any more, whatever ended it: nothing may tell the reasons apart.
OVER = N_("You cannot see this any more. Ask the person.")
__all__ = [
    "ANYBODY",
    "DESK_ROLES",
    "SYSTEM",
    "Actor",
    "Beside",
    "Permission",
    "allowed",
    "audience",
    "refusal",
]


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
    ACCESS_REQUESTS_HELPED = (
        "access_requests:helped:ask",
        # L10n: Refusal page: pages on which a person, or one who helps them, asks to see what an agency holds.
        N_("Only the person, and a helper who may ask, can do this."),
    )
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
    CORRECTIONS_ALONE = "corrections:own:alone", N_("Only the person can ask to fix their information.")
    CORRECTIONS_ASK = "corrections:own:ask", N_("Only the person can ask to fix their information.")
    CORRECTIONS_COPY = (
        "corrections:key:copy",
        # L10n: Refusal, to an agency's own system whose key cannot read.
        N_("Only an agency’s own system with a key that may read can take a copy."),
    )
    CORRECTIONS_HELPED = (
        "corrections:helped:ask",
        # L10n: Refusal page: pages on which a person, or one who helps them, asks to fix something.
        N_("Only the person, and a helper who may ask, can do this."),
    )
    DELEGATIONS_ASKED = (
        "delegations:helped:asked",
        # L10n: Refusal page: the list of what a helper asked for, for the person they help.
        N_("Only a helper who may ask can open this."),
    )
    DELEGATIONS_AUTHORITY = (
        "delegations:agency:authority",
        # L10n: Refusal page: pages with those who may act for clients of an agency.
        N_("Only staff of the agency can say who may act for its clients."),
    )
    # L10n: Refusal page: the button that leads a helper back to their own pages.
    DELEGATIONS_BACK = "delegations:own:back", N_("Sign in first.")
    # L10n: Refusal page: the page on which a person ends help, or lets agencies be careful.
    DELEGATIONS_CARE = "delegations:own:care", N_("Only the person can choose who helps them here.")
    # L10n: Refusal page: pages with the people who may see some of a person's information, to help them.
    DELEGATIONS_GIVE = "delegations:own:give", N_("Only the person can choose who helps them here.")
    # L10n: Refusal page: the page that begins to help somebody; a helper has to end that first.
    DELEGATIONS_HELP = "delegations:any:help", N_("Go back to your own pages first.")
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
    IDENTITY_LETTER = (
        "identity:provider:letter",
        # L10n: Refusal page: the page on which a worker of a provider makes a letter code for a client.
        N_("Only a worker of a provider can give out a letter code."),
    )
    # L10n: Refusal page: the page that prints a new card and codes for who signs in with paper.
    IDENTITY_PAPER = "identity:own:paper", N_("Only the person can print their card and codes.")
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
    RECORDS_LOOK = (
        "records:helped:look",
        # L10n: Refusal page: pages with what agencies hold about a person.
        N_("Only the person, and those who may help them, can see what agencies hold about them."),
    )
    RECORDS_SEE = "records:own:see", N_("Only the person can see what agencies hold about them.")
    # L10n: Refusal page: pages with what a person wrote about themselves.
    STORY_WRITE = "story:own:write", N_("Only the person can read and write their story.")


TABLE: dict[Permission, tuple[Predicate, ...]] = {
    Permission.ACCESS_LOG_SEE: (is_a_person,),
    Permission.ACCESS_REQUESTS_ALONE: (is_a_person,),
    Permission.ACCESS_REQUESTS_ASK: (is_a_person,),
    Permission.ACCESS_REQUESTS_HELPED: (is_a_person, asks_for_someone),
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
    Permission.CORRECTIONS_ALONE: (is_a_person,),
    Permission.CORRECTIONS_ASK: (is_a_person,),
    Permission.CORRECTIONS_COPY: (is_reading_key,),
    Permission.CORRECTIONS_HELPED: (is_a_person, asks_for_someone),
    Permission.DELEGATIONS_ASKED: (asks_for_someone,),
    Permission.DELEGATIONS_AUTHORITY: (is_desk_staff,),
    Permission.DELEGATIONS_BACK: (has_an_account,),
    Permission.DELEGATIONS_CARE: (is_a_person,),
    Permission.DELEGATIONS_GIVE: (is_a_person,),
    Permission.DELEGATIONS_HELP: (is_signed_in,),
    Permission.DELEGATIONS_AGREE: (is_asked_to_agree,),
    Permission.DELEGATIONS_ASSIST: (is_frontline,),
    Permission.DELEGATIONS_DONE: (is_helped_here,),
    Permission.DELEGATIONS_LET: (is_a_person,),
    Permission.DELEGATIONS_TAKE: (has_the_device,),
    Permission.IDENTITY_ACCOUNT: (is_signed_in,),
    Permission.IDENTITY_GIVE_BACK: (is_frontline,),
    Permission.IDENTITY_JOIN: (anybody,),
    Permission.IDENTITY_OTHER_WAYS: (anybody,),
    Permission.IDENTITY_LETTER: (is_frontline,),
    Permission.IDENTITY_PAPER: (is_a_person,),
    Permission.IDENTITY_SAFETY: (is_a_person,),
    Permission.IDENTITY_SIGN_IN: (anybody,),
    Permission.IDENTITY_STEP_UP: (is_signed_in, looks_for_someone),
    Permission.IDENTITY_TEAM: (is_administrator,),
    Permission.INGEST_SEND: (is_agency_key,),
    Permission.INSIGHTS_WRITE: (is_steward_or_officer,),
    Permission.NOTICES_CONTACT: (is_a_person,),
    Permission.NOTICES_DELIVERIES: (is_steward_or_officer,),
    Permission.NOTICES_SEE: (is_a_person,),
    Permission.PUBLIC_READ: (anybody,),
    Permission.RECORDS_ALONE: (is_a_person,),
    Permission.RECORDS_LOOK: (is_a_person, looks_for_someone),
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
            Permission.ACCESS_REQUESTS_HELPED,
            Permission.CORRECTIONS_ASK,
            Permission.CORRECTIONS_HELPED,
            Permission.DELEGATIONS_CARE,
            Permission.DELEGATIONS_DONE,
            # Codes that run low are printed with a worker there; the person's password is asked for it.
            Permission.IDENTITY_PAPER,
            Permission.IDENTITY_SIGN_IN,
            Permission.IDENTITY_STEP_UP,
            Permission.PUBLIC_READ,
            Permission.RECORDS_LOOK,
            Permission.RECORDS_SEE,
        }
    ),
}


def refusal(actor: Actor, permission: Permission) -> str:
    """Give the sentence (a msgid) with which somebody is refused.

    Whoever may help somebody no longer reads the same one on every page, whatever ended it.
    """
    over = actor.helping is not None and not actor.helping.live
    return OVER if over else permission.sentence


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
