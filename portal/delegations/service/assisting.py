"""A worker helps a person at one device: handed over, taken over, agreed to, and ended by the person or the clock.

Privacy Act 2020 sections 42 and 61 (reasonable help to ask) and 57 (nobody is made to ask): the person signs in
themselves, and the worker gets no right to see anything.
"""

from datetime import datetime

from sqlalchemy import delete, select

from portal.access_log import service as access_log
from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.crypto import Place
from portal.base.db import rows_changed
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.delegations import rules
from portal.delegations.models import Assist, AssistCode, AssistRequest
from portal.identity import queries as identity_queries
from portal.identity import service as identity
from portal.identity.permissions import Beside
from portal.notices import service as notices


def hand_over(work: Work) -> str:
    """Put the session of the worker who acts aside, and give the token that stands for the device meanwhile.

    Nothing about any client is kept yet: nobody knows who it will be.
    """
    if _as_another(work):
        raise NotThere()
    return identity.put_aside(work)


def let_help(work: Work) -> str:
    """Make the code with which the actor signs in beside a worker, and give it: 15 minutes, once, the last one only."""
    account_id = work.actor.account_id
    if account_id is None or work.actor.person_id is None or _as_another(work):
        raise NotThere()
    work.session.execute(delete(AssistCode).where(AssistCode.account_id == account_id))
    code = ids.typed_code(rules.ASSIST_CODE_LETTERS)
    work.session.add(
        AssistCode(
            fingerprint=_key(work, code), account_id=account_id, expires_at=work.now + rules.ASSIST_CODE_LIFE
        )
    )
    return code


def take_over(work: Work, code: str) -> str | None:
    """Take a code that a person made on their own phone, once, and give the token of their session.

    None whatever is wrong: unknown, used, too old, or of somebody who cannot be helped here. The caller counts tries.
    """
    row = work.session.get(AssistCode, _key(work, ids.fold_code(code)))
    if row is None:
        return None
    account_id, expires_at = row.account_id, row.expires_at
    work.session.delete(row)
    work.session.flush()
    return identity.sign_in_beside(work, account_id) if expires_at > work.now else None


def agree(work: Work) -> str | None:
    """Begin to be helped, as the actor says yes to it, and give the token of the session.

    From now on it stands in the person's log, and they are told. None where a worker helps them somewhere else at
    this moment: then this session ends, and they are told of that.
    """
    beside, person_id = work.actor.beside, work.actor.person_id
    if beside is None or person_id is None or work.actor.helping is not None:
        raise NotThere()
    ref, until = work.new_id(), work.now + rules.ASSIST_FOR
    token = identity.agree_beside(work, ref, until)
    if token is None:
        notices.tell(work, person_id, "assist_twice")
        identity.end_session(work, work.actor.session)
        return None
    assist = Assist(
        person_id=person_id,
        id=ref,
        account_id=beside.account_id,
        agency_id=beside.agency_id,
        started_at=work.now,
        until=until,
    )
    work.session.add(assist)
    who = worker_name(work, beside)
    access_log.note_beside(work, person_id, beside.agency_id, who, beside.account_id, ref)
    notices.tell(work, person_id, "assist_begun", beside.agency_id)
    return token


def done(work: Work) -> None:
    """End the actor's session beside a worker: the person pressed "I am done"."""
    beside = work.actor.beside
    identity.end_session(work, work.actor.session)
    if beside is not None and beside.ref:
        _note_end(work, work.actor.person_id, [beside.ref])


def stop(work: Work) -> None:
    """End whatever session of the actor's has a worker beside it, from another device of theirs."""
    _note_end(work, work.actor.person_id, identity.end_beside(work))


def leave(work: Work, token: str) -> None:
    """End the session of a cookie, and note the end of the help that it stood for, if it did."""
    over = identity.beside_over(work, token)
    identity.end_session(work, identity.fingerprint(token))
    if over is not None and over.ref:
        _note_end(work, over.person_id, [over.ref])


def close(work: Work, token: str, path: str | None) -> None:
    """End a session beside a worker whose time was up. `path` leads the person to what they were writing, if they were.

    Of what was kept the person is told: they go on with it on a device of their own.
    """
    over = identity.beside_over(work, token)
    if over is None:
        return
    identity.end_session(work, identity.fingerprint(token))
    assist = work.session.get(Assist, (over.person_id, over.ref))
    if assist is None:
        return
    assist.ended_at = assist.ended_at or min(work.now, assist.until)
    if path:
        assist.left = work.keys.seal(_left_place(assist), path)
        assist.left_at = work.now
        notices.tell(work, over.person_id, "assist_kept")


def helped_words(work: Work) -> dict[str, dict[str, str]]:
    """Give what a request carries that is made beside a worker: {"helped": {"name", "organisation"}}; else nothing."""
    beside = work.actor.beside
    if beside is None:
        return {}
    name, agency = worker_name(work, beside), agencies.catalogue(work).agency(beside.agency_id)
    return {"helped": {"name": name, "organisation": agency.name}}


def note_helped(work: Work, agency_id: int, ref: int, reference: str) -> None:
    """Note for the worker beside the actor that a request was made: its reference, and whose worklist it is on.

    The worker sees when an answer is due and whether it came, and nothing else.
    """
    beside = work.actor.beside
    if beside is None:
        return
    work.session.add(
        AssistRequest(
            agency_id=beside.agency_id,
            account_id=beside.account_id,
            id=work.new_id(),
            to_agency_id=agency_id,
            ref=ref,
            reference=reference,
            made_at=work.now,
        )
    )


def ends_of(work: Work, person_id: int, refs: list[int]) -> dict[int, tuple[datetime, bool]]:
    """Give by id when help at one device ended (aware UTC), and whether that is known or only the latest it can be."""
    if not refs:
        return {}
    rows = work.session.execute(
        select(Assist.id, Assist.ended_at, Assist.until).where(
            Assist.person_id == person_id, Assist.id.in_(refs)
        )
    )
    return {row.id: (row.ended_at or row.until, row.ended_at is not None) for row in rows}


def worker_name(work: Work, beside: Beside) -> str:
    """Give the name of the worker beside the actor."""
    return work.keys.open(identity_queries.name_place(beside.account_id), beside.sealed_name)


def left_behind(work: Work) -> tuple[str, datetime] | None:
    """Give where the actor was writing when help at one device ended, and when (aware UTC), while that is kept."""
    one = work.session.scalars(
        select(Assist)
        .where(Assist.person_id == work.actor.person_id, Assist.left_at > work.now - rules.KEPT_FOR)
        .order_by(Assist.id.desc())
        .limit(1)
    ).first()
    if one is None or one.left is None or one.left_at is None:
        return None
    return work.keys.open(_left_place(one), one.left), one.left_at


def forget_help(work: Work) -> int:
    """Delete codes that are over, and what workers have seen for long enough; give how many (the worker calls this)."""
    codes = rows_changed(work.session, delete(AssistCode).where(AssistCode.expires_at < work.now))
    old = AssistRequest.made_at < work.now - rules.SHOWN_FOR
    return codes + rows_changed(work.session, delete(AssistRequest).where(old))


def _as_another(work: Work) -> bool:
    """Say whether the actor is not alone as themselves: they help somebody, or a worker sits beside them already."""
    return work.actor.helping is not None or work.actor.beside is not None


def _note_end(work: Work, person_id: int | None, refs: list[int]) -> None:
    for assist in work.session.scalars(
        select(Assist).where(Assist.person_id == person_id, Assist.id.in_(refs), Assist.ended_at.is_(None))
    ):
        assist.ended_at = min(work.now, assist.until)


def _left_place(assist: Assist) -> Place:
    return Place("delegations_assist", "left", assist.id, assist.person_id)


def _key(work: Work, code: str) -> bytes:
    return work.keys.digest("assist-code", code)
