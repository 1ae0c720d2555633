"""Every page of the demonstration: walked to by links, and the steps of each form by answering them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.agencies.service import linking
from portal.base import ids
from portal.identity import queries
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM, Actor
from portal.identity.providers import ProviderFacts, Said
from portal.identity.rules import fold_name
from portal.identity.service import answers, challenges, passkeys
from tests.identity.authenticator import Authenticator
from tests.looks.visiting import Place, Walker, form_pages
from tests.site import Site

# Sent empty these say what is missing; to send any other form empty would carry it out.
CAN_BE_SENT_EMPTY = {
    "agencies.held", "agencies.link_one", "agencies.prove",
    "agencies.team_colleague", "agencies.team_invite", "bundles.lines", "bundles.new", "choices.show",
    "casework.later_new", "casework.later_one", "casework.later_renew", "casework.look",
    "casework.review", "casework.urgent", "access_log.ask",
    "casework.access_add", "casework.access_answer", "casework.access_hold", "casework.access_identity",
    "casework.access_item", "casework.access_known", "casework.access_lift", "casework.access_more_time",
    "casework.access_pass_on", "casework.access_propose", "casework.access_release", "casework.access_search",
    "casework.access_silence",
    "bundles.open", "bundles.passcode", "bundles.who", "corrections.fields", "corrections.statement",
    "corrections.value", "identity.code", "identity.give_back_new", "identity.help_code", "identity.join",
    "identity.join_app", "identity.join_invited", "identity.join_with", "identity.sign_in",
    "identity.step_up", "notices.channel", "notices.code", "guide.letter", "records.search",
    "records.change", "records.download", "records.note",
}  # fmt: skip


@dataclass
class Crawl:
    """All places, each with who can open it."""

    walkers: dict[str, Walker]

    @property
    def places(self) -> list[Place]:
        """Every page that answered."""
        return [place for walker in self.walkers.values() for place in walker.places.values()]

    def of(self, who: str) -> list[Place]:
        """The places of one visitor, with their forms sent empty."""
        mine = list(self.walkers[who].places.values())
        return mine + form_pages(mine, CAN_BE_SENT_EMPTY)

    def one_of_each(self, who: str) -> list[Place]:
        """One place for each kind of page of one visitor."""
        firsts = {(place.endpoint, place.faulty): place for place in reversed(self.of(who))}
        # Help pages differ only by the frame: without a menu, and with one.
        helps = who in ("stranger", "sina")
        return [place for place in firsts.values() if helps or not place.endpoint.startswith("guide.")]


def crawl(site: Site) -> Crawl:
    """Walk the whole demonstration as everybody in it."""
    held_back(site)
    a_passkey(site)
    other_services(site)
    walkers = {name: Walker(site, name) for name in VISITORS}
    for name, walker in walkers.items():
        VISITORS[name](walker)
    walkers["hemi"].notes(opened_by(walkers["hemi"], site))
    return Crawl(walkers)


def held_back(site: Site) -> None:
    """Put something that was held back on the housing agency's worklist: the demonstration has none."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        due = date.today() + timedelta(days=3)
        summary = {"initials": "S F", "title": "Tenancy", "labels": [], "language": "en"}
        tasks.add(work, agency.id, ids.random63(), "ingest_held", due, 0, summary)
        linking.hold(work, agency.id, "letter_differs", "HA-0")

    _do(site, put)


def a_passkey(site: Site) -> None:
    """Give Sina a passkey: the demonstration has none, and its address is a number, at which none is made."""
    named = passkeys.site_of("http://localhost", "a secret of the walk")

    def put(work):
        account = queries.account_by_name(work, fold_name(site.facts["accounts"]["sina"]["username"]))
        purpose = f"new {account.id}"
        options = {"user": {"id": "c2luYQ"}, "challenge": passkeys.encoded(_challenge(purpose, work.now))}
        answer = answers.read(Authenticator().make(options), b"phone")
        assert passkeys.keep_passkey(work, account.id, "Sina's phone", named, answer, purpose)

    def _challenge(purpose, now):
        return challenges.fresh(named.key, b"phone", purpose, now)

    _do(site, put)


GOVERNMENT = ProviderFacts(
    "government", "Government sign-in", "http://127.0.0.1:9", "portal", both_steps=True
)


def other_services(site: Site) -> None:
    """Let people and the housing agency's staff sign in with other services: the demonstration has none."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-housing")
        identity.put_provider(work, GOVERNMENT)
        identity.put_provider(
            work, replace(GOVERNMENT, key="homes", label="Example Housing", agency_id=agency.id)
        )

    _do(site, put)


def newcomer(walker: Walker) -> None:
    """Somebody whom another service named, and who has no account yet."""
    _comes_from(walker, "government", "Mere Example")
    walker.notes("/sign-in/with?why=late")


def colleague(walker: Walker) -> None:
    """Somebody who works for an organisation, and came from its sign-in for the first time."""
    _comes_from(walker, "homes", "")


def _comes_from(walker: Walker, key: str, name: str) -> None:
    said = Said(f"a subject of {key}", name)
    entered = _do(walker.site, lambda work: identity.enter(work, identity.provider_of(work, key), said))
    walker.client.set_cookie("portal", entered.token, domain="127.0.0.1")
    walker.notes("/join/with")


def stranger(walker: Walker) -> None:
    """Nobody: public pages, and an account that is being made."""
    walker.walks("/", "/guide", "/sign-in", "/sign-in/help", "/join")
    code = _do(walker.site, lambda work: identity.invite(work, None, "", "Mere", timedelta(days=7)))
    walker.notes(f"/join/{code}")


def joiner(walker: Walker) -> None:
    """Somebody in the middle of making an account."""
    born = {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992"}
    given = {"username": "mere.new", "password": "calm shore of 1992", "full_name": "Mere Example"}
    walker.notes(walker.send("/join", given | born))


def half(walker: Walker) -> None:
    """Somebody after the first step of signing in."""
    account = walker.site.facts["accounts"]["ria"]
    given = {"username": account["username"], "password": account["password"]}
    walker.notes(walker.send("/sign-in", given))


def sina(walker: Walker) -> None:
    """A person with records everywhere: walks, then goes through every step of asking and sharing."""
    walker.signs_in()
    walker.walks(
        *(
            "/records",
            "/story",
            "/choices",
            "/account",
            "/account/devices",
            "/account/password",
            "/account/codes",
        ),
        *("/account/providers", "/sign-in/again", "/agencies/link"),
        *(f"/notices/contact/{channel}" for channel in ("email", "text", "phone", "post")),
    )
    hours = {"safe_from": "9", "safe_until": "17"}
    purposes = {"requests": "neutral", "shares": "allowed", "safety": "neutral"}
    mail = {"use": "yes", "address": "sina@mail.example", **purposes, **hours}
    walker.notes(walker.send("/notices/contact/email", mail))
    walker.notes("/notices/contact")
    files = {"agencies": ref_of(walker.site, "example-housing"), "kind": "json"}
    walker.notes(walker.send("/records/download", files))
    for slug in ("example-medical-centre", "example-housing"):
        walker.notes(f"/agencies/link/{ref_of(walker.site, slug)}/linked")
    walker.notes(f"/agencies/link/{ref_of(walker.site, 'example-student-support')}/check")
    housing = ref_of(walker.site, "example-housing")
    walker.walks("/agencies/counter", "/agencies/lock", "/agencies/unlock", "/agencies/hidden")
    for path in (f"/agencies/{housing}/hide", f"/agencies/{housing}/not-me", "/agencies/not-me/done"):
        walker.notes(path)
    fixes = [
        one.path for one in walker.places.values() if "/corrections/new/" in one.path and "?" in one.path
    ]
    beginnings = list({path.split("?")[0]: path for path in fixes}.values())
    walker.notes(asks(walker, beginnings[1]))
    walker.notes(shares(walker))
    # Another of each is sent; its steps would then lead on to what became of it.
    kept = dict(walker.places)
    sent, share = walker.send(asks(walker, beginnings[0]), {}), walker.send(shares(walker), {})
    walker.places = kept
    walker.notes(sent)
    walker.walks(share)
    reads_answers(walker)


def ref_of(site: Site, slug: str) -> str:
    """What stands for an agency in an address."""
    return _do(site, lambda work: ids.encode(agencies.catalogue(work).by_slug(slug).id))


def asks(walker: Walker, beginning: str) -> str:
    """Go through the steps of asking for a fix, and give the last, from which it can be sent."""
    step = walker.send(beginning, {})
    while not step.endswith("/check"):
        walker.notes(step)
        page = walker.get(step).get_data(as_text=True)
        answers = {
            "fields": {"fields": re.findall(r'name="fields" value="(\w+)" checked', page)},
            "value": {"wish": "unknown"},
            "reason": {"reason": "It is wrong."},
            "reply": {"by": "here", "language": "en", "urgent": "no"},
        }
        step = walker.send(step, next(given for name, given in answers.items() if f"/{name}" in step))
    return step


def reads_answers(walker: Walker) -> None:
    """Open what can be done about each request: take it back, or add a statement."""
    for path in [place.path for place in walker.places.values() if place.endpoint == "corrections.show"]:
        links = re.findall(
            r'href="/en(/corrections/[^"]*?(?:statement|withdraw)[^"]*)"', walker.get(path).text
        )
        for link in links[:1]:
            walker.notes(link.replace("&amp;", "&"))


def shares(walker: Walker) -> str:
    """Go through the steps of sharing, and give the last, from which it can be shared."""
    record = re.search(r'name="records" value="(\w+)"', walker.get("/bundles/new").text)
    assert record
    step = walker.send("/bundles/new", {"records": [record[1]]})
    line = re.search(r'name="lines" value="([^"]+)"', walker.get(step).text)
    assert line
    walker.notes(step)
    walker.notes(step.replace("/lines", "/records"))
    step = walker.send(step, {"lines": [line[1]]})
    walker.notes(step)
    step = step.replace("/preview", "/who")
    walker.notes(step)
    step = walker.send(step, {"recipient": "Ana at the clinic", "purpose": "A warm home", "days": "7"})
    walker.notes(step)
    return walker.send(step, {"passcode": "482915"})


def tame(walker: Walker) -> None:
    """A person with hard records."""
    walker.signs_in()
    walker.walks("/records", "/corrections")


def ria(walker: Walker) -> None:
    """A person about whom nobody has sent anything: every list is empty."""
    walker.signs_in()
    walker.walks("/records")
    walker.notes("/account/asked-back")


def priya(walker: Walker) -> None:
    """An adviser: the worklist, filters, each kind of request."""
    walker.signs_in()
    walker.walks("/casework", "/casework?due=late&owner=mine", "/account")
    for link in re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework").text):
        walker.notes(link)
        for held in re.findall(r'href="/en(/agencies/held/[a-z2-7]{13})"', walker.get(link).text):
            walker.notes(held)
    for path in ("/agencies/counter/check", "/agencies/counter/done", "/agencies/counter/doubt"):
        walker.notes(path)
    walker.notes("/casework/urgent")
    reason = "She rang and the line went dead. We need to know who lives there."
    walker.notes(walker.send("/casework/urgent", {"client_ref": "HA-88213", "reason": reason}))


def mark(walker: Walker) -> None:
    """A privacy officer: what colleagues opened without a request."""
    walker.signs_in()
    looks_later(walker)
    # With the requests to see: what a colleague proposed, and what only a privacy officer may do.
    walker.walks("/casework/urgent/week", "/notices/deliveries", "/casework/looks/later", "/casework")


def looks_later(walker: Walker) -> None:
    """Ask to show looks later; agree to what a colleague asked for."""
    today = date.today()
    given = {"client_ref": "HA-88213", "ground": "s24", "reason": "Family Violence Act 2018, section 20."}
    for name, day in (("from_on", today), ("until_on", today + timedelta(days=30))):
        given |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    walker.notes("/casework/looks/later/new")
    walker.notes(walker.send("/casework/looks/later/new", given))
    page = walker.get("/casework/looks/later").get_data(as_text=True)
    found = re.search(r'href="/en(/casework/looks/later/[a-z2-7]{13})"', page)
    assert found
    walker.notes(found[1])
    walker.notes(f"{found[1]}/renew")
    asked = re.search(
        r'/casework/[a-z2-7]{13}(?="[^>]*>\s*Someone asks about a look)', walker.get("/casework").text
    )
    if asked:
        walker.notes(asked[0].replace("/casework/", "/casework/looks/"))


def hemi(walker: Walker) -> None:
    """A worker of a provider."""
    walker.signs_in()
    walker.walks("/open", "/account")


def workers_ask(site: Site, username: str, *, approve: bool = False) -> str:
    """Hemi asked two hours ago for a way in for somebody; give the ref, or the code on which Aroha agreed."""

    def put(work):
        agency = agencies.catalogue(work).by_slug("example-iwi-wellbeing")
        workers = [one for one in identity.team_of(work, agency.id).colleagues if one.role == "frontline"]
        who = {
            one.name.split()[0]: Actor("account", one.account_id, None, agency.id, one.role)
            for one in workers
        }
        work.actor = who["Hemi"]
        ref = identity.ask_back(work, username, ["photo"], "")
        work.session.flush()
        work.actor = who["Aroha"]
        return identity.approve_back(work, ids.own(ref)) if approve else ref

    return _do(site, put, datetime.now(UTC) - timedelta(hours=2))


def regaining(walker: Walker) -> None:
    """Somebody with a card, about to make a new password."""
    username = walker.site.facts["accounts"]["ria"]["username"]
    card = {"username": username, "code": workers_ask(walker.site, username, approve=True)}
    walker.notes(walker.send("/sign-in/help/code", card))


def aroha(walker: Walker) -> None:
    """The second worker of a provider, for somebody who cannot sign in."""
    asked = workers_ask(walker.site, "mere")
    walker.signs_in()
    walker.walks("/account/give-back")
    walker.notes(f"/account/give-back/{asked}")


def kahu(walker: Walker) -> None:
    """An administrator: the organisation's people, an invitation, a change that waits."""
    walker.signs_in()
    walker.post("/agencies/team/invite", {"full_name": "Rua Example", "role": "caseworker"})
    page = walker.get("/agencies/team").get_data(as_text=True)
    found = re.search(r'href="/en(/agencies/team/colleague/\w+)"[^>]*>Priya', page)
    assert found
    walker.send(found[1], {"role": "steward"})
    walker.walks("/agencies/team", "/account")


def opened_by(walker: Walker, site: Site) -> str:
    """Open the demonstration's share, and give its address."""
    share = next(one for one in site.facts["shares"] if one.get("code"))
    given = {"code": share["code"], "passcode": share["passcode"], "why": "A warm home"}
    return walker.send("/open", given)


VISITORS = {
    "stranger": stranger,
    "joiner": joiner,
    "newcomer": newcomer,
    "colleague": colleague,
    "half": half,
    "sina": sina,
    "tame": tame,
    # Before Ria looks at who asked for a way into her account.
    "regaining": regaining,
    "ria": ria,
    "priya": priya,
    "mark": mark,
    "hemi": hemi,
    "aroha": aroha,
    "kahu": kahu,
}


def _do(site: Site, verb, now: datetime | None = None):
    work = site.core.work(SYSTEM, now)
    try:
        return work.do(verb)
    finally:
        work.session.close()
