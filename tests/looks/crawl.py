"""Every page of the demonstration: walked to by links, and the steps of each form by answering them."""

import re
from dataclasses import dataclass
from datetime import timedelta

from portal.identity import service as identity
from portal.identity.providers import Said
from portal.identity.rules import PAPER
from tests.looks.putting import a_passkey, do, held_back, other_services, own_change, ref_of, workers_ask
from tests.looks.putting_authority import people_who_act
from tests.looks.putting_beside import agreed, asked_to_agree, handed_over
from tests.looks.putting_fixes import told_a_value, words_beside
from tests.looks.putting_help import agencies_are_careful, helps_sina, people_who_help
from tests.looks.putting_requests import a_charge, held_records
from tests.looks.steps import (
    asks,
    asks_to_see,
    looks_later,
    opened_by,
    opens_requests_to_see,
    reads_answers,
    reads_own_words,
    shares,
    works_on_fixes,
    writes_back,
)
from tests.looks.visiting import Place, Walker, form_pages
from tests.site import Site

# Sent empty these say what is missing; to send any other form empty would carry it out.
CAN_BE_SENT_EMPTY = {
    "delegations.assist", "delegations.handover", "agencies.held", "agencies.link_one", "agencies.prove",
    "agencies.team_colleague", "agencies.team_invite", "bundles.lines", "bundles.new",
    "bundles.occasion", "choices.show",
    "casework.ask", "casework.identity", "casework.known", "casework.more_time", "casework.pass_on",
    "casework.reason_new", "casework.take_off", "casework.tell", "casework.to_apply",
    "casework.later_new", "casework.later_one", "casework.later_renew", "casework.look",
    "casework.assign", "casework.review", "casework.urgent", "access_log.ask", "access_requests.new",
    "access_requests.about",
    "casework.access_add", "casework.access_answer", "casework.access_hold", "casework.access_identity",
    "casework.access_item", "casework.access_known", "casework.access_lift", "casework.access_more_time",
    "casework.access_pass_on", "casework.access_propose", "casework.access_search",
    "casework.access_silence", "casework.access_charge", "casework.access_settle", "casework.write_down",
    "access_requests.charge",
    "bundles.note", "bundles.note_answer", "bundles.open", "bundles.passcode", "bundles.person",
    "bundles.who", "corrections.fields", "corrections.statement",
    "corrections.value", "identity.code", "identity.give_back_new", "identity.help_code", "identity.join",
    "identity.join_app", "identity.join_invited", "identity.join_with", "identity.sign_in",
    "identity.card", "identity.help_paper", "identity.join_letter", "identity.join_paper", "identity.letter",
    "access_requests.where", "bundles.stop_by_paper",
    "identity.step_up", "insights.note", "insights.note_new",
    "notices.channel", "notices.code", "records.search",
    "guide.agent_letter", "guide.find", "guide.fix_letter", "guide.letter",
    "records.change", "records.download", "records.note",
    "delegations.change", "delegations.help", "delegations.new", "delegations.longer", "delegations.safe",
    "delegations.new_authority", "delegations.check_authority", "delegations.end_authority",
    "delegations.new_order", "delegations.order", "casework.alone", "casework.death_new",
}  # fmt: skip


# One of the two is looked at in a browser; both in the test client, and in a browser where all is asked for.
SAME_FRAME = {"tame": "sina", "ria": "sina", "mark": "priya", "aroha": "hemi"}
# Hard records and empty lists have parts of their own.
LOOKS_OTHERWISE = {"records.index", "records.agency", "records.show", "records.sector"}


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

    def one_of_each_template(self, who: str) -> list[Place]:
        """The same, without what somebody with the same frame around their pages has too."""
        other = SAME_FRAME.get(who)
        shown = {(place.endpoint, place.faulty) for place in self.one_of_each(other)} if other else set()
        shown -= {(endpoint, False) for endpoint in LOOKS_OTHERWISE}
        return [place for place in self.one_of_each(who) if (place.endpoint, place.faulty) not in shown]


def crawl(site: Site) -> Crawl:
    """Walk the whole demonstration as everybody in it."""
    held_back(site)
    a_passkey(site)
    other_services(site)
    own_change(site)
    words_beside(site)
    a_charge(site)
    held_records(site)
    told_a_value(site)
    people_who_help(site)
    people_who_act(site)
    walkers = {name: Walker(site, name) for name in VISITORS}
    for name, walker in walkers.items():
        VISITORS[name](walker)
    opened = opened_by(walkers["hemi"], site)
    writes_back(walkers["hemi"], opened, walkers["sina"])
    reads_own_words(walkers["sina"], walkers["priya"])
    return Crawl(walkers)


def newcomer(walker: Walker) -> None:
    """Somebody whom another service named, and who has no account yet."""
    _comes_from(walker, "government", "Mere Example")
    walker.notes("/sign-in/with?why=late")


def colleague(walker: Walker) -> None:
    """Somebody who works for an organisation, and came from its sign-in for the first time."""
    _comes_from(walker, "homes", "")


def _comes_from(walker: Walker, key: str, name: str) -> None:
    said = Said(f"a subject of {key}", name)
    entered = do(walker.site, lambda work: identity.enter(work, identity.provider_of(work, key), said))
    walker.client.set_cookie("portal", entered.token, domain="127.0.0.1")
    walker.notes("/join/with")


def stranger(walker: Walker) -> None:
    """Nobody: public pages, and an account that is being made."""
    walker.walks("/", "/guide", "/sign-in", "/sign-in/help", "/join")
    code = do(walker.site, lambda work: identity.invite(work, None, "", "Mere", timedelta(days=7)))
    walker.notes(f"/join/{code}")


def joiner(walker: Walker) -> None:
    """Somebody in the middle of making an account."""
    born = {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1992"}
    given = {"username": "mere.new", "password": "calm shore of 1992", "full_name": "Mere Example"}
    walker.notes(walker.send("/join", given | born))


def on_paper(walker: Walker) -> None:
    """Somebody with a letter code, in the middle of making an account on paper."""
    code = do(walker.site, lambda work: identity.invite(work, None, PAPER, "Mere", timedelta(days=7)))
    born = {"birth_date-day": "4", "birth_date-month": "5", "birth_date-year": "1947"}
    given = {"username": "mere.paper", "password": "calm shore of 1947", "full_name": "Mere Example"}
    walker.notes(walker.send(f"/join/{code}", given | born))


def half(walker: Walker) -> None:
    """Somebody after the first step of signing in."""
    account = walker.site.facts["accounts"]["ria"]
    given = {"username": account["username"], "password": account["password"]}
    walker.notes(walker.send("/sign-in", given))


def sina(walker: Walker) -> None:
    """A person with records everywhere: walks, then goes through every step of asking and sharing."""
    walker.signs_in()
    walker.walks("/records", "/story", "/choices", "/account", "/account/devices", "/account/password")
    walker.walks("/account/codes", "/account/providers", "/sign-in/again", "/agencies/link")
    walker.walks(*(f"/notices/contact/{channel}" for channel in ("email", "text", "phone", "post")))
    tells_how_to_reach(walker)
    files = {"agencies": ref_of(walker.site, "example-housing"), "kind": "json"}
    walker.notes(walker.send("/records/download", files))
    links_agencies(walker)
    asks_and_shares(walker)
    asks_to_see_twice(walker)
    reads_answers(walker)


def tells_how_to_reach(walker: Walker) -> None:
    """Write down an address for messages, which is proved with a code next."""
    hours = {"safe_from": "9", "safe_until": "17"}
    purposes = {"requests": "neutral", "shares": "allowed", "safety": "neutral"}
    mail = {"use": "yes", "address": "sina@mail.example", **purposes, **hours}
    walker.notes(walker.send("/notices/contact/email", mail))
    walker.notes("/notices/contact")


def links_agencies(walker: Walker) -> None:
    """Link, lock and hide agencies; say that one holds somebody else's records."""
    for slug in ("example-medical-centre", "example-housing"):
        walker.notes(f"/agencies/link/{ref_of(walker.site, slug)}/linked")
    walker.notes(f"/agencies/link/{ref_of(walker.site, 'example-student-support')}/check")
    housing = ref_of(walker.site, "example-housing")
    walker.walks("/agencies/counter", "/agencies/lock", "/agencies/unlock", "/agencies/hidden")
    for path in (f"/agencies/{housing}/hide", f"/agencies/{housing}/not-me", "/agencies/not-me/done"):
        walker.notes(path)


def asks_and_shares(walker: Walker) -> None:
    """Ask for a fix and share, once up to the last step and once to the end."""
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
    walker.notes(walker.send(sent.replace("/sent", "/slip"), {}))
    walker.walks(share)


def asks_to_see_twice(walker: Walker) -> None:
    """Ask to see more, once to the end and once up to the last step: what was sent has no steps any more."""
    centre = ref_of(walker.site, "example-medical-centre")
    kept = dict(walker.places)
    sent = walker.send(asks_to_see(walker, centre), {})
    walker.places = kept
    walker.notes(sent)
    walker.notes(walker.send(f"{sent}/slip", {}))
    walker.notes(asks_to_see(walker, centre))


def tame(walker: Walker) -> None:
    """A person with hard records."""
    walker.signs_in()
    walker.walks("/records", "/corrections")


def ria(walker: Walker) -> None:
    """A person about whom nobody has sent anything: every list is empty."""
    walker.signs_in()
    walker.walks("/records")
    walker.notes("/account/asked-back")
    # Her shares, none, are paused: what asks whether to let them be opened again is there only then.
    walker.post("/bundles/occasion", {}, at="/bundles/pause")
    walker.notes("/bundles/resume")
    walker.walks("/delegations/help")


def priya(walker: Walker) -> None:
    """An adviser: the worklist, filters, each kind of request."""
    walker.signs_in()
    walker.walks("/casework", "/casework?due=late&owner=mine", "/casework?kind=fix&rows=100", "/account")
    for link in re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework").text):
        walker.notes(link)
        for proof in re.findall(rf'href="/en({link}/proof)"', walker.get(link).text):
            walker.walks(proof)
        for held in re.findall(
            r'href="/en(/(?:agencies/held|casework/deaths)/[a-z2-7]{13})"', walker.get(link).text
        ):
            walker.notes(held)
    works_on_fixes(walker, "ask", "identity", "known", "pass-on", "more-time", "decide")
    for told in re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework?kind=fix").text):
        if "/others" in (walker.get(told).location or ""):
            walker.walks(walker.bare(walker.get(told).location))
    walker.walks("/delegations/authorities")
    for path in ("/agencies/counter/check", "/agencies/counter/done", "/agencies/counter/doubt"):
        walker.notes(path)
    walker.notes("/casework/urgent")
    reason = "She rang and the line went dead. We need to know who lives there."
    walker.notes(walker.send("/casework/urgent", {"client_ref": "HA-88213", "reason": reason}))
    agencies_are_careful(walker.site)
    for link in re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework").text):
        if walker.get(f"{link}/alone").status_code == 200:
            walker.notes(f"{link}/alone")


def mark(walker: Walker) -> None:
    """A privacy officer: what colleagues opened without a request."""
    walker.signs_in()
    looks_later(walker)
    # With the requests to see: what a colleague proposed, and what only a privacy officer may do.
    walker.walks("/casework/urgent/week", "/notices/deliveries", "/casework/looks/later", "/casework")
    opens_requests_to_see(walker)
    works_on_fixes(walker, "answer")
    walker.walks("/casework/reasons", "/casework/copy", "/insights/notes")


def hemi(walker: Walker) -> None:
    """A worker of a provider."""
    walker.signs_in()
    walker.walks("/delegations/clients", "/open", "/account")


def device(walker: Walker) -> None:
    """A client who holds a worker's device, and has not signed in yet; and what stands there when it is over."""
    walker.client.set_cookie("portal", handed_over(walker.site), domain="127.0.0.1")
    walker.notes("/delegations/handover")
    for why in ("done", "time", "stopped", "elsewhere"):
        walker.notes(f"/delegations/ended?why={why}")


def asked(walker: Walker) -> None:
    """A person on a worker's device, before they say yes."""
    walker.client.set_cookie("portal", asked_to_agree(walker.site), domain="127.0.0.1")
    walker.notes("/delegations/agree")


def helped(walker: Walker) -> None:
    """A person with a worker beside them."""
    walker.client.set_cookie("portal", agreed(walker.site), domain="127.0.0.1")
    for path in ("/records", "/corrections", "/access-requests", "/access-requests/new", "/delegations/safe"):
        walker.notes(path)


def regaining(walker: Walker) -> None:
    """Somebody with a card, about to make a new password."""
    username = walker.site.facts["accounts"]["ria"]["username"]
    card = {"username": username, "code": workers_ask(walker.site, username, approve=True)}
    walker.notes(walker.send("/sign-in/help/code", card))
    walker.notes("/sign-in/help/paper")


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


VISITORS = {
    "stranger": stranger,
    "joiner": joiner,
    "on_paper": on_paper,
    "newcomer": newcomer,
    "colleague": colleague,
    "half": half,
    "sina": sina,
    "tame": tame,
    # Before Ria looks at who asked for a way into her account.
    "regaining": regaining,
    "ria": ria,
    "helper": helps_sina,
    "priya": priya,
    "mark": mark,
    "hemi": hemi,
    "device": device,
    "asked": asked,
    "helped": helped,
    "aroha": aroha,
    "kahu": kahu,
}
