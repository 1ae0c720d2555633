"""What stands in each address: for every rule of the application, real, foreign, unknown and broken ids."""

import re
from dataclasses import dataclass

from portal.base import ids
from portal.choices.rules import ref_of
from tests.app.world import AGENCIES, PEOPLE, STAFF
from tests.app.world_beside import BESIDE

# What the part after this path is. A person's own thing, an agency's own thing, or neither.
PARTS = {
    "/records/<ref:ref": "record",
    "/records/agency/<ref:ref": "agency",
    "/records/download/<ref:ref": "download",
    "/records/sector/<int:no": "first",
    "/records/*/note/<int:no": "first",
    "/records/*/change/<int:no": "fourth",
    "/corrections/<ref:ref": "request",
    "/corrections/*/letter/<int:no": "first",
    "/corrections/new/<ref:record": "record",
    "/corrections/draft/<ref:ref": "draft",
    "/corrections/draft/*/value/<int:no": "first",
    "/corrections/*/proof/<int:no": "first",
    "/corrections/*/proof/*/<int:at": "first",
    "/casework/*/proof/<int:no": "first",
    "/casework/*/proof/*/<int:at": "first",
    "/story/<int:no": "first",
    "/story/*/versions/<int:number": "first",
    "/choices/<ref:ref": "use",
    "/choices/receipt/<ref:ref": "receipt",
    "/bundles/<ref:ref": "share",
    "/bundles/lines/<ref:ref": "record",
    "/bundles/new/<ref:ref": "unfinished share",
    "/bundles/*/notes/<ref:at": "note back",
    "/open/<ref:ref": "share",
    "/open/people/<ref:ref": "shared by name",
    "/casework/<ref:ref": "task",
    "/casework/*/letter/<int:no": "first",
    "/casework/*/statement/<int:no": "first",
    "/casework/*/others/<int:no": "first",
    "/casework/reasons/<ref:ref": "ready reason",
    "/casework/told/<ref:ref": "told",
    "/insights/notes/<ref:ref": "note on what changed",
    "/casework/urgent/<ref:ref": "urgent file",
    "/casework/change/<ref:ref": "own change",
    "/casework/held/<ref:ref": "held records",
    "/casework/views/<ref:ref": "saved view",
    "/casework/looks/<ref:ref": "look question",
    "/casework/looks/later/<ref:ref": "looks shown later",
    "/access-log/<ref:ref": "look",
    "/casework/access/<ref:ref": "access case",
    "/casework/access/*/item/<int:no": "first",
    "/casework/access/*/letter/<int:no": "first",
    "/access-requests/<ref:ref": "access request",
    "/access-requests/*/letter/<int:no": "first",
    "/access-requests/sent/<ref:ref": "access batch",
    "/access-requests/draft/<ref:ref": "access draft",
    "/agencies/<ref:ref": "agency",
    "/agencies/link/<ref:ref": "agency",
    "/agencies/hidden/<ref:ref": "agency",
    "/agencies/held/<ref:ref": "link in doubt",
    "/agencies/team/colleague/<ref:ref": "colleague",
    "/agencies/team/change/<ref:ref": "change",
    "/agencies/team/invitation/<ref:ref": "open invitation",
    "/account/give-back/<ref:ref": "recovery",
    "/account/passkeys/<ref:ref": "passkey",
    "/delegations/<ref:ref": "helper",
    "/delegations/help/<ref:ref": "helped",
    "/delegations/acting/<ref:ref": "acting",
    "/delegations/authorities/<ref:ref": "authority",
    "/delegations/orders/<ref:ref": "order",
    "/casework/passages/<ref:ref": "authority",
    "/casework/deaths/<ref:ref": "death",
    "/join/<string:code": "invitation",
    "/sign-in/with/<string:key": "provider",
    "/account/providers/<string:key": "provider",
    "/notices/contact/<any:channel": "channel",
    "/notices/deliveries/<ref:ref": "delivery",
    "/guide/handouts/<string:slug": "handout",
    "/shl/<string:token": "door",
    "/shl/file/<string:token": "door",
    "/api/v1/clients/<string:ref": "client",
    "/api/v1/clients/*/records/<string:type": "type",
    "/api/v1/clients/*/records/*/<path:id": "source",
}
OF_PERSONS = {
    "acting",
    "helper",
    "helped",
    "look",
    "download",
    "record",
    "request",
    "draft",
    "share",
    "unfinished share",
    "passkey",
    "access request",
    "access batch",
    "access draft",
    "receipt",
    "note back",
}
OF_AGENCIES = {"task", "client", "colleague", "change", "open invitation", "recovery", "delivery"}
OF_AGENCIES |= {"access case", "ready reason", "note on what changed", "link in doubt", "urgent file"}
OF_AGENCIES |= {"shared by name", "authority", "death", "order"}
OF_AGENCIES |= {"told", "look question", "looks shown later", "own change", "held records", "saved view"}
# Of these, what only providers have.
OF_PROVIDERS = {"recovery", "shared by name"}
# What somebody who helps Ana has of their own.
HELPERS_OWN = {"draft": {"ari"}, "access draft": {"ari"}}
# Known to whoever holds them, or to everybody: there is no "other's".
PLAIN = {"first": 1, "fourth": 4, "type": "home", "source": "home-1", "provider": "government"}
PLAIN |= {"channel": "email", "handout": "before-you-start"}
MALFORMED = {"ref": ["x", "aaaaaaaaaaaaa", "zzzzzzzzzzzzz", "é" * 13, "0" * 13], "int": ["x", "-1", "9" * 40]}
WHICH = ("own", "other", "random", "malformed")


@dataclass(frozen=True)
class Address:
    """One address of a rule for a role; `parts` are the ids that make it this role's, another's, or nobody's."""

    endpoint: str
    path: str
    which: str
    parts: tuple[str, ...] = ()


def parts_of(rule) -> list[tuple[str, str, str]]:
    """Give (converter, name, kind) for each variable part of a rule; fails with what to add for a new one."""
    path = rule.rule.replace("/<tag:l>", "")
    found = []
    for match in re.finditer(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", path):
        before = re.sub(r"<[^>]*>", "*", path[: match.start()])
        place = f"{before}<{match[1]}:{match[2]}"
        assert place in PARTS, (
            f"{rule.rule} is new: say in PARTS of tests/app/addresses.py what {match[0]} after {before!r} is, "
            "and make one for each person or agency in tests/app/world.py, so that the matrix can try it."
        )
        found.append((match[1], match[2], PARTS[place]))
    return found


def addresses(world, rule, role, which) -> list[Address]:
    """Give the addresses of a rule that are a role's own, another's, nobody's, or broken."""
    parts = parts_of(rule)
    owned = [part for part in parts if part[2] in OF_PERSONS | OF_AGENCIES]
    if not parts:
        return [Address(rule.endpoint, _fill(rule, {}), which)] if which == "own" else []
    if which == "other" and not owned:
        return []
    if which == "malformed":
        return list(_broken(world, rule, role, parts))
    values = {name: _value(world, kind, role, which) for _, name, kind in parts}
    shown = tuple(str(values[name]) for _, name, kind in parts if kind not in PLAIN)
    return [Address(rule.endpoint, _fill(rule, values), which, shown)]


def _broken(world, rule, role, parts):
    for converter, name, _kind in parts:
        for text in MALFORMED.get(converter or "", ["%00", "é" * 200]):
            values = {other: _value(world, kind, role, "own") for _, other, kind in parts}
            path = _fill(rule, {**values, name: text})
            yield Address(rule.endpoint, path, f"malformed {converter}", (text,))


def _fill(rule, values) -> str:
    path = rule.rule.replace("<tag:l>", "en")
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda m: str(values[m[1]]), path)


def _value(world, kind, role, which):
    if kind in PLAIN:
        return PLAIN[kind]
    if kind == "agency":
        number = world.ids["agency"]["alpha"] if which == "own" else ids.random63()
        return ids.encode(number)
    if kind == "use":
        number = ref_of(world.ids["agency"]["alpha"], "care") if which == "own" else ids.random63()
        return ids.encode(number)
    if kind == "invitation":
        return world.ids["invitation"]["alpha"] if which == "own" else ids.typed_code(16)
    if kind == "door":
        return ids.token()
    if which == "random":
        return ids.encode(ids.random63()) if kind != "client" else f"zr{ids.random63()}"
    owner = _owner(kind, role, which)
    if kind == "client":
        return world.ids[f"client-{owner}"]["ana"]
    return ids.encode(world.ids[kind][owner])


def _owner(kind, role, which):
    role = BESIDE.get(role, role)
    if kind in OF_PROVIDERS:
        return "gamma" if which == "own" else "alpha"
    names = PEOPLE if kind in OF_PERSONS else AGENCIES
    if role in HELPERS_OWN.get(kind, ()):
        # Another's is, to a helper, that of the very person they help.
        return role if which == "own" else names[0]
    slug = "beta" if role == "key-beta" else STAFF.get(role, ("alpha", ""))[0]
    mine = role if role in PEOPLE else names[0]
    if kind in OF_AGENCIES:
        mine = slug if slug in AGENCIES else "alpha"
    return mine if which == "own" else next(name for name in names if name != mine)
