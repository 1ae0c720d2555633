"""The closed lists of grounds on which an agency may say no: to showing information, and to fixing it.

Staff choose a ground and then write a plain reason; they can never write a ground of their own.

For a lawyer to check before release: the access grounds (see access_grounds.py), and the whole list of
decline grounds. Section 63 asks only for reasons; the Act lists no grounds for not correcting. These are
reasons why the steps asked for are not needed for information that is accurate, up to date, complete and not
misleading (principle 7), put into a list so that they can be checked, counted and translated.
"""

import re
from dataclasses import dataclass

from portal.language.rules import N_
from portal.law.access_grounds import ACCESS_GROUNDS, MUST_NAME_LAW, AccessGround

__all__ = [
    "ACCESS_GROUNDS",
    "DECLINE_GROUNDS",
    "MUST_NAME_LAW",
    "NATURES",
    "AccessGround",
    "DeclineGround",
    "access_ground",
    "access_grounds",
    "decline_ground",
    "decline_grounds",
    "names_a_law",
]

NATURES = ("fact", "opinion", "allegation", "decision", "score", "statement")
"""The values of the catalogue keyword `x-nature`: what kind of thing a field records."""


@dataclass(frozen=True)
class DeclineGround:
    """A ground for not fixing a value (Privacy Act 2020 s 63, principle 7).

    code: stored. section: for staff and letters. plain: msgid, read by staff in a list and by the person.
    natures: the `x-nature` values it may be used for. needs: what the reason must also say.
    """

    code: str
    section: str
    plain: str
    natures: frozenset[str]
    needs: tuple[str, ...] = ()


_PRINCIPLE_7 = "Privacy Act 2020, principle 7"

DECLINE_GROUNDS = (
    DeclineGround(
        "fact-right",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; staff choose it, the person reads it. Law: be exact.
        N_("It is right: the sources agree."),
        frozenset({"fact", "decision", "score"}),
    ),
    DeclineGround(
        "opinion",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; staff choose it, the person reads it. Law: be exact.
        N_("It is an opinion, truly recorded as one."),
        frozenset({"opinion"}),
    ),
    DeclineGround(
        "said",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; the record says that somebody said this, not that it is true.
        N_("It is what someone said, truly recorded as that and no more."),
        frozenset({"allegation", "statement"}),
    ),
    DeclineGround(
        "truly-made",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; the record shows what was decided or worked out at the time.
        N_("It shows a decision or a score as it was truly made."),
        frozenset({"decision", "score"}),
    ),
    DeclineGround(
        "history",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; staff choose it, the person reads it.
        N_("It was right at that date, and is kept as history."),
        frozenset({"fact", "decision", "score"}),
    ),
    DeclineGround(
        "misleading",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; "the change" is what the person asked for.
        N_("The change would leave it incomplete or misleading."),
        frozenset(NATURES),
    ),
    DeclineGround(
        "no-proof",
        _PRINCIPLE_7,
        # L10n: why a value is not changed; the agency has looked for proof itself.
        N_("The agency looked, and found nothing that shows it is wrong."),
        frozenset({"fact", "allegation", "decision", "score", "statement"}),
        ("what-was-checked",),
    ),
    DeclineGround(
        "not-held",
        "Privacy Act 2020, sections 62 and 63",
        # L10n: why a value is not changed; the agency has no such information.
        N_("The agency does not hold this."),
        frozenset(NATURES),
        ("transfer-considered",),
    ),
    DeclineGround(
        "other-law",
        "Privacy Act 2020, section 24",
        # L10n: why a value is not changed; the reason below it names the law.
        N_("Another law sets what must be kept."),
        frozenset(NATURES),
        (MUST_NAME_LAW,),
    ),
)

_ACCESS = {ground.code: ground for ground in ACCESS_GROUNDS}
_DECLINE = {ground.code: ground for ground in DECLINE_GROUNDS}
_NAMED_LAW = re.compile(r"\b(?:Act|Regulations|Rules|Order|Code|Ture)\b[^.!?\n]{0,60}?\b(?:18|19|20)\d\d\b")


def access_ground(code: str) -> AccessGround | None:
    """Give the access ground with this code, also one that is off; None if the list has none."""
    return _ACCESS.get(code)


def access_grounds() -> tuple[AccessGround, ...]:
    """List the access grounds that staff may choose now (Privacy Act 2020 ss 24, 49 to 53)."""
    return tuple(ground for ground in ACCESS_GROUNDS if ground.enabled)


def decline_ground(code: str) -> DeclineGround | None:
    """Give the decline ground with this code; None if the list has none."""
    return _DECLINE.get(code)


def decline_grounds(nature: str) -> tuple[DeclineGround, ...]:
    """List the grounds for not fixing a value of this nature, in the order staff see them.

    nature: a value of `x-nature`; a field without one is a fact. Privacy Act 2020 s 63, principle 7.
    """
    return tuple(ground for ground in DECLINE_GROUNDS if (nature or "fact") in ground.natures)


def names_a_law(reason: str) -> bool:
    """Say whether a reason names a law with its year, such as "Residential Tenancies Act 1986"."""
    return bool(_NAMED_LAW.search(reason))
