"""Those whom Ana and Ben let help them: who look, and who may ask; now, not any more, and at something else."""

from portal.access_requests import service as access
from portal.base import ids
from portal.corrections import service as corrections
from portal.delegations import queries, service
from portal.delegations.rules import Group
from portal.identity import service as identity
from portal.identity.queries import actor_of
from portal.identity.rules import fingerprint

# By role: whom they help, and which records, as (agency, type). Moe's help has ended.
HELPERS = {"ria": ("ana", "alpha", "home"), "moe": ("ana", "alpha", "home"), "ruth": ("ana", "beta", "visit")}
# Those who may ask too. Because of Ari alpha is careful; nothing that he sees tells of it.
ASKS = ("ari", "tui", "wai")
HELPERS |= {"ari": HELPERS["ria"], "tui": HELPERS["moe"], "wai": HELPERS["ruth"]}
ENDED = ("moe", "tui")


def readers_of(person: str, slug: str, kind: str) -> list[str]:
    """The helpers who read a person's records of a type at an agency."""
    return [role for role, what in HELPERS.items() if what == (person, slug, kind) and role not in ENDED]


def helpers_of(person: str) -> list[str]:
    """The helpers who may help a person now."""
    return [role for role, what in HELPERS.items() if what[0] == person and role not in ENDED]


def lets_help(world) -> None:
    """Everybody has a helper; those of Ana have begun, each with an account that has no person of its own."""
    for role, (person, slug, kind) in HELPERS.items():
        name = f"{role.title()} {world.plant(f'name of {role}', role, person, *(['pat'] if role == 'ari' else []))}"
        number = world.do(lambda work: identity.add_account(work, role, "calm shore", name), hours=80)  # noqa: B023
        open_one = identity.sessions.open_session
        token = world.do(open_one, number, "full", factor_at=world.now)
        world.cookies[role] = token
        world.actors[role] = _actor(world, token)
        code, called = _code(world, person, role, slug, kind, role in ASKS)
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


def asks_for_ana(world) -> None:
    """Ari has drafts of his own and sent a request to see; then Ana marks that she does not feel safe with him."""
    world.keep("draft", "ari", _begins_fix(world))
    world.keep("access draft", "ari", _begins_to_see(world, "a draft of Ari's", "ari"))
    sent = _begins_to_see(world, "what Ari asks to see", "ari", "ana", "pat")
    world.do(access.submit, sent, role="ari")
    alpha = world.ids["agency"]["alpha"]
    for one in world.look(queries.helpers, role="ana"):
        if one.asks_at and one.open and alpha in {group.agency_id for group in one.groups}:
            world.do(service.be_careful, one.ref, role="ana")


def _begins_fix(world) -> int:
    ref = ids.decode(world.do(corrections.start, world.ids["home-alpha"]["ana"].ref, "note", role="ari"))
    said = world.plant("Ari's wish for a note", "ari")
    world.do(corrections.keep, ref, "fields", {"fields": ["note"]}, role="ari")
    answers = {"field": "note", "wish": "replace", "value": said, "words": said}
    world.do(corrections.keep, ref, "value", answers, role="ari")
    world.do(corrections.keep, ref, "reason", {"reason": world.plant("Ari's reason", "ari")}, role="ari")
    world.do(corrections.keep, ref, "reply", {"by": "here", "language": "en", "urgent": "no"}, role="ari")
    return ref


def _begins_to_see(world, what, *readers) -> int:
    ref = ids.decode(world.do(access.start, [world.ids["agency"]["alpha"]], role="ari"))
    about = {"scope": "topic", "since": None, "until": None, "topic": world.plant(what, *readers)}
    reply = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
    for step, given in (("about", about), ("names", {"names": "", "births": ""}), ("reply", reply)):
        world.do(access.keep, ref, step, given, role="ari")
    return ref


def _code(world, person, role, slug, kind, asks=False) -> tuple[str, str]:
    called = world.plant(f"what {person} calls {role}", person)
    groups = frozenset({Group(world.ids["agency"][slug], kind)})
    draft = service.HelperDraft(called, groups, 3, asks=asks)
    return world.do(service.add_helper, draft, role=person, hours=3), called


def _ref(world, person, called) -> int:
    return next(one.ref for one in world.look(queries.helpers, role=person) if one.name == called)


def _actor(world, token):
    return world.look(actor_of, fingerprint(token))[0]
