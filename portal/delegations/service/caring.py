"""A person does not feel safe with somebody who helps, or acts for, them: it ends, or agencies are careful, quietly."""

from portal.base.problems import Invalid
from portal.base.work import Work
from portal.delegations import queries
from portal.delegations.queries import authority
from portal.delegations.queries.authority import AuthorityFacts
from portal.delegations.rules.authority import WRITTEN
from portal.delegations.service.authority import stop_authority
from portal.delegations.service.holding import put_holds
from portal.delegations.service.trusting import stop_helper
from portal.language.rules import N_

# L10n: quiet page on which a person says that they do not feel safe with somebody, error: an attorney or a parent was
# L10n: chosen, whose right an agency checked; the other answer is that agencies are careful.
THEIRS_TO_END = N_(
    "Only the agency can end this. Choose the other answer. Then they talk with you alone first."
)


def near(work: Work) -> list[tuple[int, str]]:
    """Give by ref and name who helps the actor now, and who acts for them. Two reads."""
    chosen = [(one.ref, one.name) for one in queries.helpers(work) if one.open]
    return chosen + [(one.ref, one.name) for one in authority.over_me(work) if one.open]


def be_careful(work: Work, ref: int) -> None:
    """Let the agencies of which somebody sees something be careful. Whoever it is goes on as before.

    Nobody is told but the staff who handle a request. Saying it twice changes nothing. Raises NotThere.
    """
    acting = _acting(work, ref)
    if acting is None:
        helper = queries.helper(work, ref)
        if helper.open:
            put_holds(work, helper.id, {group.agency_id for group in helper.groups})
    elif acting.open:
        put_holds(work, acting.id, {acting.agency_id})


def end_unsafe(work: Work, ref: int) -> None:
    """End what somebody may see, as if its time were over.

    Raises NotThere, and Invalid where an agency gave the right and the person cannot take it.
    """
    acting = _acting(work, ref)
    if acting is None:
        stop_helper(work, ref, True)
    elif acting.kind == WRITTEN:
        stop_authority(work, ref)
    else:
        raise Invalid(THEIRS_TO_END, "what")


def _acting(work: Work, ref: int) -> AuthorityFacts | None:
    return next((one for one in authority.over_me(work) if one.ref == ref), None)
