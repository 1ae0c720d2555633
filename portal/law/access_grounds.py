"""The closed list of grounds on which an agency may say no to showing information that was asked for.

For a lawyer to check before release: the section letters (the list was drawn from guidance and an older copy
of the Act), and that "readily retrievable" is in force and where it stands: it is off until then.
"""

from dataclasses import dataclass
from typing import Any

from portal.language.rules import N_

MUST_NAME_LAW = "law-named"
"""The need of grounds that rest on another law: the reason must name it and its year."""


@dataclass(frozen=True)
class AccessGround:
    """A ground for not showing information that was asked for (Privacy Act 2020 ss 24, 49 to 53).

    code: stored and written in files. section: for staff and letters. plain: msgid, what a person reads.
    may_neither_confirm: s 47 allows not saying whether it is held, after a second test of its own.
    needs: what must be on file before it is used. enabled: False while the law is not confirmed.
    """

    code: str
    section: str
    plain: str
    may_neither_confirm: bool = False
    needs: tuple[str, ...] = ()
    enabled: bool = True


def _access(number: str, code: str, plain: str, **more: Any) -> AccessGround:
    return AccessGround(code, f"Privacy Act 2020, section {number}", plain, **more)


ACCESS_GROUNDS = (
    _access(
        "49(1)(a)(i)",
        "49-1-a-i",
        # L10n: legal ground, why a part is kept from the person.
        N_("Showing it would put someone’s life, health or safety in serious danger."),
        may_neither_confirm=True,
        needs=("risk-note", "second-approver"),
    ),
    _access(
        "49(1)(a)(ii)",
        "49-1-a-ii",
        # L10n: legal ground, why a part is kept from the person.
        N_("Showing it would very likely lead to someone being seriously harassed."),
        needs=("facts",),
    ),
    _access(
        "49(1)(a)(iii)",
        "49-1-a-iii",
        # L10n: legal ground, why a part is kept from the person.
        N_("It is about the victim of an offence, who would be badly hurt if it were shown."),
        needs=("facts",),
    ),
    _access(
        "49(1)(b)",
        "49-1-b",
        # L10n: legal ground, why a part is kept from the person. "Doctor" stands for any health practitioner.
        N_("Seeing it would be likely to harm your own health. Your doctor was asked where possible."),
        needs=("consultation-record",),
    ),
    _access(
        "49(1)(c)",
        "49-1-c",
        # L10n: legal ground, why a part is kept from the person.
        N_("Showing it would go against the interests of a person under 16."),
    ),
    _access(
        "49(1)(d)",
        "49-1-d",
        # L10n: legal ground, why a part is kept from the person. About people in prison or on a sentence.
        N_("Showing it would harm a convicted person’s safe custody or way back into the community."),
        may_neither_confirm=True,
    ),
    _access(
        "50",
        "50",
        # L10n: legal ground, why a part is kept from the person. Example: a reference for a job.
        N_("It is someone’s view of you, given in return for a promise to keep it private."),
        needs=("promise-shown",),
    ),
    _access(
        "51",
        "51",
        # L10n: legal ground, why a part is kept from the person.
        N_("Showing it would harm the country’s security, defence or dealings with other countries."),
        may_neither_confirm=True,
    ),
    _access(
        "52",
        "52",
        # L10n: legal ground, why a part is kept from the person.
        N_("Showing it would give away a trade secret, or harm someone’s business unfairly."),
        may_neither_confirm=True,
        needs=("public-interest-test",),
    ),
    _access(
        "53(a)",
        "53-a",
        # L10n: legal ground, why something is not shown.
        N_("It does not exist, or cannot be found after a proper search."),
        needs=("search-log",),
    ),
    _access(
        "53(b)",
        "53-b",
        # L10n: legal ground, why a part is kept from the person. The other person may be living or dead.
        N_("It would show another person’s private affairs without good cause."),
        needs=("balancing-note",),
    ),
    _access(
        "53(c)",
        "53-c",
        # L10n: legal ground, why a part is kept from the person. About preventing and looking into offences.
        N_("Showing it would get in the way of keeping the law."),
        may_neither_confirm=True,
    ),
    _access(
        "53(d)",
        "53-d",
        # L10n: legal ground, why a part is kept from the person (legal professional privilege).
        N_("It is private advice between a lawyer and the one they act for."),
    ),
    _access(
        "53(e)",
        "53-e",
        # L10n: legal ground, why a part is kept from the person.
        N_("It was given to a library, museum or archive on the condition that it is not shown."),
    ),
    _access(
        "53(f)",
        "53-f",
        # L10n: legal ground, why a part is kept from the person. "The House": the House of Representatives.
        N_("A court order, or a rule of a court or of the House, says it must not be shown."),
        needs=("order-cited",),
    ),
    _access(
        "53(g)",
        "53-g",
        # L10n: legal ground, why a part is not shown here. Names an Act: keep its English name.
        N_("It belongs to a criminal case. The Criminal Disclosure Act 2008 says how to ask for it."),
    ),
    _access(
        "53(h)",
        "53-h",
        # L10n: legal ground, why a request is turned down.
        N_("The request is not a serious one, or what it asks for is trivial."),
        needs=("senior-approver",),
    ),
    _access(
        "53",
        "readily-retrievable",
        # L10n: legal ground, why something is not shown.
        N_("It cannot be got out of the agency’s systems without great difficulty."),
        needs=("search-log",),
        enabled=False,
    ),
    _access(
        "24",
        "s24",
        # L10n: legal ground, why a part is kept from the person.
        N_("Another law says it must not be shown, or says how to ask for it."),
        needs=(MUST_NAME_LAW,),
    ),
)
