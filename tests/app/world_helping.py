"""Those whom Ana and Ben let help them: one who may now, one who might, and one who sees something else."""

from portal.base import ids
from portal.delegations import queries, service
from portal.delegations.rules import Group
from portal.identity import service as identity
from portal.identity.queries import actor_of
from portal.identity.rules import fingerprint

# By role: whom they help, and which records, as (agency, type). Moe's help has ended.
HELPERS = {"ria": ("ana", "alpha", "home"), "moe": ("ana", "alpha", "home"), "ruth": ("ana", "beta", "visit")}
ENDED = ("moe",)


def readers_of(person: str, slug: str, kind: str) -> list[str]:
    """The helpers who read a person's records of a type at an agency."""
    return [role for role, what in HELPERS.items() if what == (person, slug, kind) and role not in ENDED]


def helpers_of(person: str) -> list[str]:
    """The helpers who may help a person now."""
    return [role for role, what in HELPERS.items() if what[0] == person and role not in ENDED]


def lets_help(world) -> None:
    """Everybody has a helper; those of Ana have begun, each with an account that has no person of its own."""
    for role, (person, slug, kind) in HELPERS.items():
        name = f"{role.title()} {world.plant(f'name of {role}', role, person)}"
        number = world.do(lambda work: identity.add_account(work, role, "calm shore", name), hours=80)  # noqa: B023
        open_one = identity.sessions.open_session
        token = world.do(open_one, number, "full", factor_at=world.now)
        world.cookies[role] = token
        world.actors[role] = _actor(world, token)
        code, called = _code(world, person, role, slug, kind)
        world.do(service.begin_to_help, code, role=role)
        world.actors[role] = _actor(world, token)
        if role in ENDED:
            world.do(service.stop_helper, _ref(world, person, called), role=person)
            world.actors[role] = _actor(world, token)
    for person in ("ana", "ben"):
        _, called = _code(world, person, "nobody yet", "alpha", "visit")
        world.keep("helper", person, _ref(world, person, called))
    world.keep("helped", "ana", ids.random63())
    world.keep("helped", "ben", ids.random63())


def _code(world, person, role, slug, kind) -> tuple[str, str]:
    called = world.plant(f"what {person} calls {role}", person)
    groups = frozenset({Group(world.ids["agency"][slug], kind)})
    draft = service.HelperDraft(called, groups, 3)
    return world.do(service.add_helper, draft, role=person, hours=3), called


def _ref(world, person, called) -> int:
    return next(one.ref for one in world.look(queries.helpers, role=person) if one.name == called)


def _actor(world, token):
    return world.look(actor_of, fingerprint(token))[0]
