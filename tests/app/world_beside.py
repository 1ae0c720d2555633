"""Help at one device in the town: Hemi sits beside Ana just now, and once sat beside Ben, who asked for a fix.

So Hemi is "a worker after one" in every test, and "ana beside" is a person in an assisted session.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from portal.base import ids
from portal.corrections import service as corrections
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.identity.models import SignInSession
from portal.identity.permissions import ANYBODY

# Roles whose session has a worker beside it, with the person whose it is.
BESIDE = {"ana beside": "ana"}


def help_them(world, password) -> None:
    """Let Hemi help Ben make a request at beta and leave again, and begin with Ana."""
    token = _begin(world, "ben", password, hours=6)
    who = _who(world, token, hours=6)
    _asks(world, who)
    _as(world, who, 5.9, delegations.done)
    token = _begin(world, "ana", password, hours=0)
    world.cookies["ana beside"] = token
    world.actors["ana beside"] = _who(world, token, hours=0)
    # They outlast its hour too.
    with world.core.sessions.begin() as session:
        mine = SignInSession.fingerprint == identity.fingerprint(token)
        session.execute(update(SignInSession).where(mine).values(beside_until=world.now + timedelta(days=9)))


def still_there(world, role) -> None:
    """Let the session of a role with a worker beside it be in use: the tests outlast its rest."""
    key = identity.fingerprint(world.cookies[role])
    with world.core.sessions.begin() as session:
        session.execute(
            update(SignInSession).where(SignInSession.fingerprint == key).values(seen_at=datetime.now(UTC))
        )


def _begin(world, person, password, hours):
    hemi = _signs_in(world, "hemi", password, ANYBODY, hours)
    device = _as(world, _who(world, hemi, hours), hours, delegations.hand_over)
    agreeing = _signs_in(world, person, password, _who(world, device, hours), hours)
    return _as(world, _who(world, agreeing, hours), hours, delegations.agree)


def _signs_in(world, role, password, over, hours):
    """Sign in with a recovery code: those of the app are for the visitors of today."""
    codes = _as(
        world, world.actors[role], hours, identity.fresh_recovery_codes, world.actors[role].account_id
    )
    first = _as(
        world, over, hours, identity.begin_sign_in, world.look(identity.check_password, role, password)
    )
    half = _who(world, first, hours)
    return _as(world, half, hours, identity.finish_sign_in, half.session, codes[0])


def _who(world, token, hours):
    work = world.core.work(ANYBODY, world.now - timedelta(hours=hours))
    try:
        return identity.actor_of(work, token)[0]
    finally:
        work.session.close()


def _as(world, actor, hours, verb, *args):
    work = world.core.work(actor, world.now - timedelta(hours=hours))
    try:
        return work.do(verb, *args)
    finally:
        work.session.close()


def _asks(world, who) -> None:
    view = world.ids["visit-beta"]["ben"]
    said = world.plant("what Ben asks for beside Hemi", "ben", "bo")
    ref = ids.own(_as(world, who, 6, corrections.start, view.ref, "note"))
    steps = {
        "fields": {"fields": ["note"]},
        "value": {"field": "note", "wish": "replace", "value": said, "words": said},
        "reason": {"reason": said},
        "reply": {"by": "here", "language": "en", "urgent": "no", "why": ""},
    }
    for step, answers in steps.items():
        _as(world, who, 6, corrections.keep, ref, step, answers)
    _as(world, who, 6, corrections.submit, ref)
