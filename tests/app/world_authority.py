"""Those who act by an authority that alpha checked: Gus now, Gil until his child turned 16, Gem under an order.

Their children have accounts, and are no visitors of these tests. Ana and Ben each have somebody who might act.
"""

from datetime import date, timedelta

from sqlalchemy import update

from portal.agencies import service as agencies
from portal.base import ids
from portal.base.clock import nz_date
from portal.casework import service as casework
from portal.delegations import service
from portal.delegations.queries import authority
from portal.delegations.rules.authority import Draft
from portal.identity import service as identity
from portal.identity.models import SignInSession
from portal.identity.queries import actor_of
from portal.identity.rules import fingerprint
from portal.ingest import service as ingest
from tests.records.factory import agency_document

# By role, the child of whom they are the parent.
GUARDIANS = {"gus": "kit", "gil": "kai", "gem": "kit"}
ENDED = ("gil", "gem")
ADULT_BORN = date(1980, 2, 3)


def lets_act(world) -> None:
    """Alpha's desk records three parents of two children, who begin; then one child is 16, and an order comes."""
    entry = agency_document("example-alpha", "Example Alpha")
    world.do(agencies.put_agency, {**entry, "parents": {"ages": {"home": 16, "visit": 16}}}, hours=80)
    today = nz_date(world.now)
    births = {"kit": date(today.year - 8, 1, 15), "kai": today.replace(year=today.year - 16)}
    numbers = {child: _child(world, child, born) for child, born in births.items()}
    for role, child in GUARDIANS.items():
        name = f"{role.title()} {world.plant(f'name of {role}', role, 'pat')}"
        token = _adult(world, role, name)
        code = _record(world, "pat", numbers[child], births[child], name, "parent", "pat", hours=78)
        world.actors[role] = _actor(world, token)
        world.do(service.begin_to_help, code, role=role, hours=77)
        _awake(world, token)
        world.actors[role] = _actor(world, token)
    order = _order(world, "pat", numbers["kit"], births["kit"], _name(world, "Gem"))
    world.actors["gem"] = _actor(world, world.cookies["gem"])
    world.keep("order", "alpha", order)
    _might_act(world)


def _might_act(world) -> None:
    """At each agency somebody might act for a client, by a code that nobody used; at beta there is an order too."""
    for person, desk, slug in (("ana", "pat", "alpha"), ("ben", "bo", "beta")):
        number, born = world.ids[f"client-{slug}"][person], date(1992, 5, 4)
        name = world.plant(f"who might act for {person}", person, desk)
        _record(world, desk, number, born, name, "written", person, desk, hours=3)
        ref = world.look(authority.authorities, 1, role=desk)[0].ref
        world.keep("authority", slug, ref)
        world.keep("acting", person, ref)
        saw = world.plant(f"how {desk} knows of a death", desk)
        died = casework.DeathDraft(number, born, nz_date(world.now) - timedelta(days=9), saw)
        world.keep("death", slug, ids.decode(world.do(casework.record_death, died, role=desk, hours=2)))
    against = world.plant("whom an order at beta is against", "bo")
    world.keep(
        "order", "beta", _order(world, "bo", world.ids["client-beta"]["ben"], date(1992, 5, 4), against)
    )


def _child(world, child, born) -> str:
    """A child with an account, whose records at alpha only a parent may read, and of these not all."""
    number = world.plant(f"{child}'s number at alpha", "pat", "reader")
    parents = [role for role, whose in GUARDIANS.items() if whose == child and role not in ENDED]
    name = f"{child.title()} {world.plant(f'name of {child}', *parents)}"

    def make(work):
        person_id = identity.add_person(work, name, born)
        identity.add_account(work, f"child {child}", "calm shore", name, person_id=person_id)
        agencies.link(work, person_id, world.ids["agency"]["alpha"], number, "in-person")

    world.do(make, hours=79)
    for kind, readers in (("home", parents), ("visit", [])):
        # The address and the note are about the other parent; the desk says whom the note is about.
        seen_by = {"name": readers, "address": [], "note": ["pat"] if kind == "home" else []}
        body = {key: world.plant(f"{child}, {kind} {key}", *who) for key, who in seen_by.items()}
        sent = ingest.Incoming(kind, f"{kind}-1", body, third_party=["note"])
        taken = world.do(ingest.take, world.ids["agency"]["alpha"], number, [sent], hours=79)
        assert taken.records == 1, taken
    return number


def _adult(world, role, name) -> str:
    def make(work):
        person_id = identity.add_person(work, name, ADULT_BORN)
        return identity.add_account(work, role, "calm shore", name, person_id=person_id)

    number = world.do(make, hours=80)
    world.cookies[role] = world.do(identity.sessions.open_session, number, "full", factor_at=world.now)
    return world.cookies[role]


def _awake(world, token) -> None:
    """Let a session that began long ago be in use."""
    with world.core.sessions.begin() as session:
        mine = SignInSession.fingerprint == fingerprint(token)
        session.execute(update(SignInSession).where(mine).values(seen_at=world.now))


def _record(world, desk, number, born, name, kind, *readers, hours) -> str:
    today = nz_date(world.now - timedelta(hours=hours))
    draft = Draft(
        client_ref=number,
        born=born,
        kind=kind,
        name=name,
        holder_born=ADULT_BORN,
        form=world.plant(f"the paper of {name}", *readers, desk),
        saw=world.plant(f"what was seen of {name}", *readers, desk),
        types=frozenset({"home"}),
        from_on=today,
        until_on=None if kind == "parent" else today + timedelta(days=90),
        own_yes=True,
    )
    return world.do(service.record_authority, draft, role=desk, hours=hours)


def _order(world, desk, number, born, name) -> int:
    saw = world.plant(f"what an order against {name} says", desk)
    draft = service.OrderDraft(number, born, name, ADULT_BORN, saw, frozenset(), True)
    return ids.decode(world.do(service.record_order, draft, role=desk, hours=2))


def _name(world, first) -> str:
    return next(
        one.name for one in world.look(authority.authorities, 9, role="pat") if one.name.startswith(first)
    )


def _actor(world, token):
    return world.look(actor_of, fingerprint(token))[0]
