"""Signing in with paper only: a letter code from a worker, a card in place of the user name, and printed codes.

The card stands for the user name, so that alone it opens nothing: the password, which is nowhere on paper, and one
of the printed codes, which are kept apart from the card, are asked as of everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import aliased

from portal.base import ids
from portal.base.crypto import SYSTEM_OWNER, Place
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.identity import passwords, queries, rules
from portal.identity.models import Account, Invitation, PaperCard, RecoveryCode, Seen
from portal.identity.passwords import Hashed
from portal.identity.service.accounts import fresh_recovery_codes
from portal.identity.service.devices import factors_changed
from portal.identity.service.joining import finish_join, invite
from portal.identity.service.regaining import replace_factors
from portal.identity.service.sessions import Checked, begin_sign_in
from portal.identity.service.tried import try_ended_card, use_printed
from portal.language.rules import N_

LETTER_LASTS = timedelta(days=14)


@dataclass(frozen=True, repr=False)
class Sheet:
    """What is printed once for somebody: the card's code and the printed codes, in fours. `card` may be left out."""

    card: str
    codes: list[str]


@dataclass(frozen=True, slots=True)
class SeenBy:
    """By whom the reader was seen before the account was made: the organisation, the worker, and what they saw."""

    agency_id: int
    worker: str
    saw: list[str]


def give_letter(work: Work, name: str, saw: Sequence[str], words: str) -> str:
    """Make the letter code with which somebody who sits here makes an account on paper, and give it: 14 days, once.

    `saw` holds what the worker saw (photo, known, other). It gives no more than anybody has who joins by
    themselves, so no second worker has to agree; who handed it out stands in the ledger. Raises NotThere.
    """
    who = work.actor
    if who.account_id is None or who.agency_id is None:
        raise NotThere()
    code = invite(work, None, rules.PAPER, name, LETTER_LASTS, who.account_id, agreed=True)
    work.session.flush()
    invitation = work.session.get_one(Invitation, work.keys.digest("invitation", ids.fold_code(code)))
    document = {"saw": list(saw), "words": words}
    work.session.add(
        Seen(
            id=invitation.id,
            agency_id=who.agency_id,
            asked_by=who.account_id,
            document=work.keys.seal_json(_seen_place(invitation.id, who.agency_id), document),
            at=work.now,
        )
    )
    return code


def codes_and_seen(work: Work) -> tuple[int, SeenBy | None]:
    """Give how many of the actor's codes are unused, and who saw them before the account was made, if anybody."""
    worker, me = aliased(Account), work.actor.account_id
    unused = select(func.count()).where(RecoveryCode.account_id == me, RecoveryCode.used_at.is_(None))
    row = work.session.execute(
        select(Seen, worker.name, unused.scalar_subquery().label("unused"))
        .select_from(Account)
        .outerjoin(Seen, Seen.id == Account.id)
        .outerjoin(worker, worker.id == Seen.asked_by)
        .where(Account.id == me)
    ).one()
    if row.Seen is None:
        return row.unused, None
    seen: Seen = row.Seen
    document = work.keys.open_json(_seen_place(seen.id, seen.agency_id), seen.document)
    name = work.keys.open(queries.name_place(seen.asked_by), row.name)
    return row.unused, SeenBy(seen.agency_id, name, document["saw"])


def join_sheet(work: Work) -> Sheet:
    """Make card and codes for the account that the actor is making with a letter code. Raises NotThere else."""
    return _new_sheet(work, _joining(work).id)


def confirm_by_paper(work: Work, code: str) -> str | None:
    """Finish the actor's account with one of its printed codes, and give the first session's token; None if wrong.

    Only who has the paper in hand can do it: an account whose paper was never printed is not made.
    """
    account = _joining(work)
    if not use_printed(work, account.id, ids.fold_code(code)):
        return None
    # There is no app that could hold it.
    account.totp_secret = None
    return finish_join(work, account, fresh=False).token


def check_card(work: Work, card: str, password: str) -> Checked:
    """Compare a password with that of the account of a card, before the transaction. The same work for every card."""
    found = work.session.execute(
        select(Account.id, Account.password_hash)
        .join(PaperCard, PaperCard.account_id == Account.id)
        .where(PaperCard.fingerprint == _key(work, card), PaperCard.ended_at.is_(None))
    ).first()
    stored = found.password_hash if found else None
    return Checked(found.id if found else 0, stored or "", passwords.matches(stored, password))


def begin_by_card(work: Work, card: str, checked: Checked, device: str | None = None) -> str | None:
    """Give the token of a session that waits for a printed code; None whatever is wrong.

    The device counts as somebody else's. Of a card that was replaced its owner is told when they next sign in.
    """
    try_ended_card(work, _key(work, card))
    return begin_sign_in(work, checked, True, device)


def has_card(work: Work) -> bool:
    """Say whether the actor has a paper card."""
    live = exists().where(PaperCard.account_id == work.actor.account_id, PaperCard.ended_at.is_(None))
    return bool(work.session.scalar(select(live)))


def own_sheet(work: Work, checked: Checked) -> Sheet:
    """Make new paper for the actor, whose password was compared; all other sessions end, and they are told.

    With a worker beside them the card stays as it is, and only codes are made. Raises Invalid for a wrong password.
    """
    account = work.session.get(Account, work.actor.account_id)
    if account is None:
        raise NotThere()
    if not checked.right or checked.stored != account.password_hash:
        # L10n: Error beside the password on the page that prints a new card and codes.
        raise Invalid(N_("That is not your password. Try again."), "password")
    factors_changed(work)
    return _new_sheet(work, account.id, card=work.actor.beside is None)


def back_on_paper(work: Work, password: Hashed) -> tuple[str, Sheet]:
    """Replace every factor of the actor's account by a new password and new paper; give the session's token and those.

    For who came with the code of two workers. Raises Ended when that was stopped or is too old meanwhile, NotThere.
    """
    token, account = replace_factors(work, password)
    account.totp_secret = None
    return token, _new_sheet(work, account.id)


def _joining(work: Work) -> Account:
    account = work.session.get(Account, work.actor.account_id)
    if account is None or account.state != "new":
        raise NotThere()
    letter = exists().where(
        Invitation.id == account.id, Invitation.role == rules.PAPER, Invitation.used_at.is_(None)
    )
    if not work.session.scalar(select(letter)):
        raise NotThere()
    return account


def _new_sheet(work: Work, account_id: int, *, card: bool = True) -> Sheet:
    codes = fresh_recovery_codes(work, account_id, rules.PAPER_CODES)
    if not card:
        return Sheet("", codes)
    live = (PaperCard.account_id == account_id, PaperCard.ended_at.is_(None))
    work.session.execute(update(PaperCard).where(*live).values(ended_at=work.now))
    code = ids.typed_code(rules.CARD_LENGTH)
    made = {"fingerprint": _key(work, code), "account_id": account_id, "made_at": work.now}
    work.session.add(PaperCard(**made))
    return Sheet(ids.in_fours(code), codes)


def _key(work: Work, card: str) -> bytes:
    return work.keys.digest("paper-card", ids.fold_code(card))


def _seen_place(seen_id: int, agency_id: int) -> Place:
    return Place("identity_seen", "document", seen_id, SYSTEM_OWNER, agency_id)
