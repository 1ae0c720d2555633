"""A small town with a word of its own in every field: two people, two agencies' staff, a provider, an API key.

Each planted word knows who may ever read it. Everything is made by the services, at its own moment.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pyotp

from portal.agencies import queries as catalogue
from portal.agencies import service as agencies
from portal.agencies.service import linking
from portal.base import ids
from portal.base.outbox import OutboxRow
from portal.bundles import service as bundles
from portal.choices import rules
from portal.choices import service as choices
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM, Actor
from portal.identity.providers import ProviderFacts
from portal.identity.service import answers, challenges, passkeys
from portal.ingest import service as ingest
from portal.notices import service as notices
from portal.notices.queries import Way
from portal.notices.service.telling import queue
from portal.records import queries as records
from portal.records.service import downloads
from portal.story import service as story
from portal.web.core import Core
from tests.app.to_see import ask_to_see
from tests.app.world_asking import asks, asks_at_beta
from tests.app.world_authority import GUARDIANS, lets_act
from tests.app.world_beside import BESIDE, help_them
from tests.app.world_fixing import tell_each_other
from tests.app.world_helping import HELPERS, asks_for_ana, helpers_of, lets_help, readers_of
from tests.app.world_looks import look_and_ask
from tests.app.world_notes import write_notes
from tests.app.world_own import write_beside
from tests.app.world_sharing import shares_by_name, writes_back
from tests.identity.authenticator import Authenticator
from tests.records.factory import agency_document

BORN = date(1992, 5, 4)
PASSWORD = "three words and a tide"
PASSCODE = "482915"
PEOPLE = ("ana", "ben")
AGENCIES = ("alpha", "beta")
STAFF = {
    "pat": ("alpha", "caseworker"),
    "bo": ("beta", "caseworker"),
    "hemi": ("gamma", "frontline"),
    "ada": ("alpha", "administrator"),
    "vic": ("alpha", "privacy-officer"),
}
# Whose files were opened without a request: the agency, the worker, the person.
URGENT = (("alpha", "pat", "ana"), ("beta", "bo", "ben"))
SIGNED_IN = (*PEOPLE, *STAFF, *HELPERS, *GUARDIANS)
LETTERS = "abcdefghjkmnpqrstuvwxyz"


@dataclass
class World:
    """What was made: actors and session tokens by role, ids by kind and owner, planted words by reader."""

    core: Core
    kind: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    actors: dict[str, Actor] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    ids: dict[str, dict[str, object]] = field(default_factory=dict)

    def plant(self, what, *readers):
        """A new word; `what` says where it was put, `readers` are the roles that may ever see it.

        What the desk of alpha may read, its privacy officer may, unless it is for "only pat".
        """
        if "pat" in readers:
            readers = (*readers, "vic")
        # With a worker beside her Ana may see less, and nothing that she may not see alone.
        readers = (*readers, *(role for role, person in BESIDE.items() if person in readers))
        readers = tuple(reader.removeprefix("only ") for reader in readers)
        word = "zq" + "".join(secrets.choice(LETTERS) for _ in range(12))
        self.words[word] = (what, frozenset(readers))
        return word

    def do(self, verb, *args, role=None, hours=0, **more):
        """Carry out a verb as somebody, some hours ago."""
        work = self.core.work(self.actors[role] if role else SYSTEM, self.now - timedelta(hours=hours))
        try:
            return work.do(lambda opened: verb(opened, *args, **more))
        finally:
            work.session.close()

    def look(self, query, *args, role=None, **more):
        """Read something as somebody."""
        work = self.core.work(self.actors[role] if role else SYSTEM, self.now)
        try:
            return query(work, *args, **more)
        finally:
            work.session.close()

    def keep(self, kind, owner, value):
        """Note what stands for a kind of id, and give it back."""
        self.ids.setdefault(kind, {})[owner] = value
        return value


# Nobody listens at its address: what leads there says that it is down.
NOWHERE = ProviderFacts("government", "Government", "http://127.0.0.1:9", "portal", "secret", both_steps=True)


def build(core: Core, kind: str) -> World:
    """Make the town in an empty store."""
    world = World(core, kind)
    _organisations(world)
    for role in (*PEOPLE, *STAFF):
        _account(world, role)
    for person in PEOPLE:
        for slug in AGENCIES:
            _link_and_feed(world, person, slug)
        asks(world, person, *(f"only {worker}" for _, worker, whose in URGENT if whose == person == "ana"))
        _share(world, person)
        writes_back(world, person, PASSCODE)
        _passkey(world, person)
        _own_words(world, person)
        _take_along(world, person)
    shares_by_name(world)
    asks_at_beta(world)
    tell_each_other(world)
    write_notes(world)
    for slug, worker, person in URGENT:
        _open_urgently(world, slug, worker, person)
    for slug in AGENCIES:
        _sent_by_systems(world, slug)
        _put_aside(world, slug)
        _in_doubt(world, slug)
    look_and_ask(world)
    write_beside(world)
    lets_help(world)
    lets_act(world)
    world.keep("invitation", "alpha", _invitation(world))
    _people_of(world)
    _cannot_sign_in(world)
    ask_to_see(world, _as)
    asks_for_ana(world)
    help_them(world, PASSWORD)
    world.do(identity.put_provider, NOWHERE)
    return world


def _organisations(world: World) -> None:
    for slug in (*AGENCIES, "gamma"):
        document = agency_document(f"example-{slug}", f"Example {slug.title()}")
        document["kind"] = "provider" if slug == "gamma" else "agency"
        world.keep("agency", slug, world.do(agencies.put_agency, document, hours=90))
    world.keep("provider of the town", "gamma", world.ids["agency"]["gamma"])
    delta = agency_document("example-delta", "Delta") | {"kind": "provider"}
    world.keep("provider of the town", "delta", world.do(agencies.put_agency, delta, hours=90))
    catalogue.forget_catalogue()


def _account(world: World, role: str) -> None:
    person = role in PEOPLE
    # Names of staff stand in the log of those whose cases they saw; a person's name on their case and share.
    seen_by = {
        "ana": ("pat", "hemi"),
        "ben": ("pat", "bo"),
        "pat": (*PEOPLE, "ada"),
        "bo": ("ben",),
        # Beside Ben: his request at beta says so.
        "hemi": ("ana", "ben", "bo"),
        "ada": ("hemi",),
        "vic": (*PEOPLE, "ada", "pat"),
    }
    name = f"{role.title()} {world.plant(f'name of {role}', role, *seen_by[role], *helpers_of(role))}"
    secret = pyotp.random_base32()

    def _make(work):
        person_id = identity.add_person(work, name, BORN) if person else None
        given = {"person_id": person_id, "totp_secret": secret}
        number = identity.add_account(work, role, PASSWORD, name, **given)
        if person:
            notices.put_contact(
                work, person_id, "email", f"{world.plant(f'e-mail of {role}', role)}@example.test"
            )
        else:
            slug, hat = STAFF[role]
            identity.add_membership(work, number, world.ids["agency"][slug], hat)
        return number, person_id

    number, person_id = world.do(_make, hours=80)
    agency_id, hat = (None, None) if person else (world.ids["agency"][STAFF[role][0]], STAFF[role][1])
    world.actors[role] = Actor("account", number, person_id, agency_id, hat, name=name)
    first = world.do(identity.begin_sign_in, world.look(identity.check_password, role, PASSWORD), device="/")
    code = pyotp.TOTP(secret).at(world.now)
    world.cookies[role] = world.do(identity.finish_sign_in, identity.fingerprint(first), code)
    # A new factor ends the sessions elsewhere, and not the one in which it is added.
    world.actors[role] = replace(world.actors[role], session=identity.fingerprint(world.cookies[role]))


def _passkey(world: World, person: str) -> None:
    site = passkeys.site_of("http://localhost", "a secret of the town")
    who, name = world.actors[person], world.plant(f"what {person} calls a passkey", person)
    purpose = f"new {who.account_id}"

    def _make(work):
        challenge = challenges.fresh(site.key, b"phone", purpose, work.now)
        options = passkeys.options_to_make(work, site, challenge, "Example", name)
        answer = answers.read(Authenticator().make(options), b"phone")
        assert identity.add_passkey(work, site, answer, name, purpose)

    world.do(_make, role=person, hours=70)
    world.keep("passkey", person, world.look(identity.passkeys_of, role=person)[0].id)


def _take_along(world: World, person: str) -> None:
    """A file of what alpha holds, which holds every word that the person may read of it."""
    world.do(downloads.ask_files, [world.ids["agency"]["alpha"]], "json", "en", role=person, hours=1)
    found = world.look(records.downloads_of, role=person)[0]
    about = {"person_id": str(world.actors[person].person_id), "download_id": str(found.id)}
    made = downloads.draw_file(world.look(downloads.read_for_file, about))
    world.do(downloads.keep_file, about, made)
    world.keep("download", person, found.ref)


def _own_words(world: World, person: str) -> None:
    """A part of the person's story in two versions, and a choice with its receipt."""
    for seen, what in enumerate(("first words", "words")):
        said = world.plant(f"{what} of {person}'s story", person)
        world.do(story.keep, 1, seen, "", f"My aunt {said}", "en", role=person, hours=65 - seen)
    use = rules.ref_of(world.ids["agency"]["alpha"], "care")
    world.keep("receipt", person, ids.decode(world.do(choices.choose, use, "yes", role=person, hours=64)))


def _body(world, where, *readers, fields=("name", "address", "note", "tip")):
    return {key: world.plant(f"{where} {key}", *readers) for key in fields} | {"people": 3, "alone": True}


def _link_and_feed(world: World, person: str, slug: str) -> None:
    agency_id = world.ids["agency"][slug]
    # An agency's staff know the numbers that the agency itself gave.
    desk = {"alpha": "pat", "beta": "bo"}[slug]
    home = ["reader"] if slug == "alpha" else []
    number = world.plant(f"{person}'s number at {slug}", desk, *home)
    ref = world.keep(f"client-{slug}", person, number)
    world.do(agencies.link, world.actors[person].person_id, agency_id, ref, "in-person", hours=72)
    staff = {"alpha": ["pat"], "beta": ["bo"] if person == "ben" else []}[slug]
    opener = ["hemi"] if (person, slug) == ("ana", "alpha") else []
    hasty = [f"only {worker}" for agency, worker, whose in URGENT if (slug, person) == (agency, whose)]
    where = f"{person} at {slug}"
    withheld = {"field": "tip", "lines": 1, "ground": "53-c", "decided_by": "Privacy officer"}
    withheld |= {
        "decided_on": "2026-05-04",
        "told": True,
        "plain": world.plant(f"{where} plain", person),
    }
    shared_with = {"on": "2026-06-01", "why": "to visit", "law": "tenancy"}
    shared_with["to"] = world.plant(f"{where} disclosure", person)
    helpers = {kind: readers_of(person, slug, kind) for kind in ("home", "visit")}
    read_by = (person, *staff, *helpers["home"])
    home = _body(world, f"{where}, home", *read_by, fields=("name", "address", "note"))
    for hours, kind, body, more in (
        (70, "home", _body(world, f"{where}, first home", person), {}),
        (60, "home", home, {"disclosures": [shared_with], "withheld": [withheld]}),
        (59, "visit", _body(world, f"{where}, visit", person, *opener, *hasty, *helpers["visit"]), {}),
        (58, "mark", _body(world, f"{where}, mark", person, *hasty), {}),
    ):
        sent = ingest.Incoming(kind, f"{kind}-1", body, why={"source": "a letter"}, **more)
        outcome = world.do(ingest.take, agency_id, ref, [sent], hours=hours)
        assert outcome.records == 1, outcome
    for view in world.look(records.all_shareable, role=person):
        if view.agency.id == agency_id:
            world.keep(f"{view.type.key}-{slug}", person, view)
    world.keep("record", person, world.ids["home-alpha"][person].ref)


def _open_urgently(world: World, slug: str, worker: str, person: str) -> None:
    reason = world.plant(f"why {worker} opened {person}'s file", *(["vic"] if slug == "alpha" else []))
    given = (world.ids[f"client-{slug}"][person], f"The line went dead after {reason}")
    ref = world.do(delegations.open_urgently, *given, role=worker)
    world.keep("urgent file", slug, ids.decode(ref))


def _share(world: World, person: str) -> None:
    opener = ["hemi"] if person == "ana" else []
    chosen = [{"record": world.ids["visit-alpha"][person].id, "fields": ["name", "address", "note", "tip"]}]
    given = {
        "chosen": chosen,
        "recipient": world.plant(f"who {person} shares with", person, *opener),
        "purpose": world.plant(f"what {person} shares for", person, *opener),
        "days": 7,
        "passcode": PASSCODE,
    }
    ref = ids.decode(world.do(bundles.make, role=person, hours=9, **given))
    world.keep("share", person, ref)
    world.keep("code", person, world.look(bundles.code_of, ref, role=person))
    world.keep("link", person, world.look(bundles.link_of, ref, "http://localhost", role=person))
    stopped = ids.decode(world.do(bundles.make, role=person, hours=8, **given))
    world.do(bundles.stop, stopped, role=person, hours=7)
    visit = ids.encode(world.ids["visit-alpha"][person].ref)
    draft = ids.decode(world.do(bundles.start, [visit], role=person, hours=6))
    who = [world.plant(f"{part} of {person}'s unfinished share", person) for part in ("recipient", "purpose")]
    world.do(bundles.keep_who, draft, *who, 7, role=person, hours=6)
    world.keep("unfinished share", person, draft)


def _sent_by_systems(world: World, slug: str) -> None:
    """Something held back, something that waits, and the agency's key."""
    agency_id = world.ids["agency"][slug]
    desk = {"alpha": "pat", "beta": "bo"}[slug]
    wrong = ingest.Who((world.plant(f"wrong name sent by {slug}", desk),), date(1950, 1, 1))
    held = ingest.Incoming("home", "held-1", _body(world, f"held back at {slug}"))
    outcome = world.do(ingest.take, agency_id, world.ids[f"client-{slug}"]["ana"], [held], wrong, hours=5)
    assert outcome.kinds["held"] == 1
    world.keep("held records", slug, world.look(ingest.held_list, role=desk)[0].ref)
    waiting = ingest.Incoming("home", "wait-1", _body(world, f"waits at {slug}"))
    stranger = world.plant(f"number of a stranger at {slug}")
    world.do(ingest.take, agency_id, stranger, [waiting], hours=4)
    world.keep("key", slug, world.do(identity.add_api_key, agency_id, "feed"))
    world.keep("reader", slug, world.do(identity.add_api_key, agency_id, "copy", "read"))


def _in_doubt(world: World, slug: str) -> None:
    """A letter that reached somebody with another name: staff are asked to look."""
    number = world.plant(f"a number in doubt at {slug}", {"alpha": "pat", "beta": "bo"}[slug])
    given = (world.ids["agency"][slug], "letter_differs", number)
    world.keep("link in doubt", slug, world.do(linking.hold, *given, hours=5))


def _put_aside(world: World, slug: str) -> None:
    """A message of an agency that Ana's mail server did not take."""

    def _make(work):
        way, agency_id = Way("email", "neutral", None, None), world.ids["agency"][slug]
        number = queue(work, world.actors["ana"].person_id, "records_linked", way, agency_id)
        work.session.flush()
        notices.close(work, work.session.get(OutboxRow, number), "refused")
        return number

    world.keep("delivery", slug, world.do(_make, hours=3))


def _as(world: World, role: str, slug: str, hat: str) -> str:
    """Let an account of the town act for an organisation without being one of its visitors."""
    actor = replace(world.actors[role], agency_id=world.ids["agency"][slug], role=hat)
    world.actors[f"{role} at {slug}"] = actor
    return f"{role} at {slug}"


def _people_of(world: World) -> None:
    """At both agencies a change of role that waits, and an open invitation."""
    for slug, who, whom in (
        ("alpha", "ada", "pat"),
        ("beta", _as(world, "bo", "beta", "administrator"), "bo"),
    ):
        name = world.plant(f"name invited to {slug}", *(["ada"] if slug == "alpha" else []))
        world.do(identity.invite_colleague, name, "steward", "agency", role=who, hours=3)
        team = world.look(identity.team, role=who)
        one = next(one for one in team.colleagues if one.account_id == world.actors[whom].account_id)
        change = world.do(identity.ask_change, one.ref, "steward", "agency", role=who, hours=3)
        world.keep("colleague", slug, one.ref)
        world.keep("change", slug, ids.decode(change))
        invited = [one.ref for one in team.invitations if one.name == name]
        world.keep("open invitation", slug, invited[0])


def _cannot_sign_in(world: World) -> None:
    """At the provider and elsewhere a worker asked for a way in for somebody; nobody decided yet."""
    helper = (world.actors["ada"].account_id, world.ids["agency"]["gamma"], "frontline")
    world.do(identity.add_membership, *helper, hours=80)
    for slug, readers in (("gamma", ["hemi"]), ("alpha", [])):
        name, words = (
            world.plant(f"{what} of one who cannot sign in", *readers) for what in ("name", "look")
        )
        who = _as(world, "ada", slug, "frontline")
        ref = world.do(identity.ask_back, name, ["photo"], words, role=who, hours=2)
        world.keep("recovery", slug, ids.decode(ref))


def _invitation(world: World) -> str:
    name = world.plant("name in an invitation", "ada")
    agency_id = world.ids["agency"]["alpha"]
    return world.do(identity.invite, agency_id, "caseworker", name, timedelta(days=7))
