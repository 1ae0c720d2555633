"""Prepares the demonstration: agencies, accounts, links, feeds, requests, a share; and writes demo.json."""

import json
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp

from portal.agencies import service as agencies
from portal.base import migrations
from portal.base.clock import utc_now
from portal.config import Settings
from portal.demo import own_words, stories
from portal.demo.beside import write_beside
from portal.demo.by_name import share_by_name
from portal.demo.changed import what_changed
from portal.demo.looks import looks
from portal.demo.ready import keep_reasons
from portal.demo.to_fix import to_fix
from portal.demo.to_see import to_see
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM, Actor
from portal.web.core import open_core

FOLDER = Path(__file__).parent
ROLES = {
    "caseworker": "caseworker",
    "privacy_officer": "privacy-officer",
    "provider_worker": "frontline",
    "administrator": "administrator",
}
SHOWN_ROLES = {
    "caseworker": "agency staff",
    "privacy_officer": "privacy officer",
    "provider_worker": "provider",
}
# There while a demonstration is being made: what was broken off is thrown away and made anew.
MAKING = "demo.making"
START = datetime(2018, 1, 3, tzinfo=UTC)
# The day on which the stories were written: requests and shares move with today, by whole weeks.
WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)


def read(name: str) -> Any:
    """Give one of the demonstration's JSON files."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def throw_away(settings: Settings) -> None:
    """Delete an embedded demonstration: its store, its keys, and demo.json. Any other store stays as it is."""
    embedded = settings.database_url == f"sqlite:///{settings.instance / 'portal.db'}"
    if embedded and ((settings.instance / "demo.json").exists() or is_half_made(settings)):
        shutil.rmtree(settings.instance)
        settings.instance.mkdir(mode=0o700)


def is_half_made(settings: Settings) -> bool:
    """Say whether the making of a demonstration was broken off here."""
    return (settings.instance / MAKING).exists()


def prepare(settings: Settings, say: Callable[[str], None] = lambda _line: None) -> dict[str, Any]:
    """Make the demonstration where it is not there yet, and give what demo.json says."""
    from portal.base import db

    kept = settings.instance / "demo.json"
    migrations.upgrade(db.make_engine(settings.database_url))
    if kept.exists():
        facts = json.loads(kept.read_text(encoding="utf-8"))
        facts["base_url"] = settings.base_url
    else:
        say("Preparing demo people. This takes about half a minute.")
        (settings.instance / MAKING).touch()
        facts = Demo(settings).make()
    kept.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    kept.chmod(0o600)
    (settings.instance / MAKING).unlink(missing_ok=True)
    return facts


def greeting(facts: dict[str, Any]) -> str:
    """Give the lines that `make demo` prints."""
    lines = [
        "",
        f"  The portal is at {facts['base_url']}/",
        "  The second step of sign-in shows its code.",
        "",
    ]
    for account in facts["accounts"].values():
        lines.append(f"  {account['username']:<8} {account['password']:<16} {account['role']}")
    for share in facts["shares"]:
        lines.append(f"\n  {share['owner']} shares: code {share['code']}, passcode {share['passcode']}")
    return "\n".join([*lines, ""])


class Demo:
    """One making of the demonstration. Every step is a verb of a service, at its own moment."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.core = open_core(settings)
        self.shift = timedelta(weeks=(utc_now() - WRITTEN).days // 7)
        self.accounts: dict[str, dict[str, Any]] = {}
        self.actors: dict[str, Actor] = {}
        self.agency_ids: dict[str, int] = {}

    def do(self, verb: Callable, *args: Any, actor: Actor = SYSTEM, now: datetime | None = None) -> Any:
        """Carry out one verb as an actor at a moment."""
        work = self.core.work(actor, now)
        try:
            return work.do(verb, *args)
        finally:
            work.session.close()

    def make(self) -> dict[str, Any]:
        """Make everything, and give the facts of demo.json."""
        self.add_agencies()
        for one in read("accounts.json")["accounts"]:
            self.add_account(one)
        keep_reasons(self, START)
        personas = [read(f"personas/{key}.json") for key in ("sina", "tame")]
        for persona in personas:
            stories.link_and_feed(self, persona)
        for persona in personas:
            stories.ask_and_decide(self, persona)
            own_words.tell(self, persona)
            own_words.choose(self, persona)
        write_beside(self)
        looks(self)
        to_see(self)
        to_fix(self)
        what_changed(self)
        shares = [share for persona in personas for share in stories.share(self, persona)]
        for persona in personas:
            share_by_name(self, persona)
        return self.facts(personas, shares)

    def add_agencies(self) -> None:
        """Put the catalogue, with the clinical record types at every health agency."""
        clinical = read("clinical_types.json")
        clinical = clinical["record_types"] if isinstance(clinical, dict) else clinical
        for slug in read("catalogue.json")["agencies"]:
            document = read(f"agencies/{slug}.json")
            if document["topic"] == "health":
                with_clinical_types(document, clinical)
            self.agency_ids[slug] = self.do(agencies.put_agency, document, now=START)

    def add_account(self, one: dict[str, Any]) -> None:
        """Make an account, its person or its membership, and its sign-in facts."""
        password = secrets.token_urlsafe(9)
        totp = pyotp.random_base32()

        account_id, person_id = self.do(self._account, one, password, totp, now=START)
        agency_id = self.agency_ids.get(one["organisation"] or "")
        self.actors[one["key"]] = Actor(
            kind="account",
            account_id=account_id,
            person_id=person_id,
            agency_id=agency_id,
            role=ROLES.get(one["role"]),
            name=one["full_name"],
            language=one["language"],
        )
        if one["in_demo_json"]:
            self.accounts[one["key"]] = {
                "role": SHOWN_ROLES.get(one["role"], one["role"].replace("_", " ")),
                "username": one["username"],
                "password": password,
                "totp_secret": totp,
                "name": one["full_name"],
                "organisation": one["organisation"],
            }

    def _account(self, work, one: dict[str, Any], password: str, totp: str) -> tuple[int, int | None]:
        person_id = None
        if one["role"] == "person":
            person_id = identity.add_person(work, one["full_name"], date.fromisoformat(one["birth_date"]))
        account_id = identity.add_account(
            work,
            one["username"],
            password,
            one["display_name"] if person_id else one["full_name"],
            person_id=person_id,
            language=one["language"],
            totp_secret=totp,
        )
        mine = [one["organisation"]] if one["organisation"] else []
        for slug in self.agency_ids if one["role"] == "data_steward" else mine:
            role = ROLES.get(one["role"], "steward")
            identity.add_membership(work, account_id, self.agency_ids[slug], role)
        return account_id, person_id

    def facts(self, personas: list[dict[str, Any]], shares: list[dict[str, Any]]) -> dict[str, Any]:
        """Give what demo.json says (contract of the demonstration)."""
        known = agencies.catalogue(self.core.work())
        keys = {
            slug: self.do(identity.add_api_key, number, "demo") for slug, number in self.agency_ids.items()
        }
        return {
            "base_url": self.settings.base_url,
            "accounts": self.accounts,
            "agencies": [
                {
                    "slug": agency.slug,
                    "name": agency.name,
                    "topic": agency.topic,
                    "api_key": keys[agency.slug],
                }
                for agency in known.agencies
            ],
            "shares": shares,
            "canaries": {persona["key"]: persona["canary"] for persona in personas},
        }


def with_clinical_types(document: dict[str, Any], clinical: list[dict[str, Any]]) -> None:
    """Add the record types of clinical documents to a health agency, under a purpose that it has."""
    purposes = [purpose["key"] for purpose in document["purposes"]]
    present = {kind["key"] for kind in document["record_types"]}
    for kind in clinical:
        if kind["key"] not in present:
            purpose = kind["purpose"] if kind["purpose"] in purposes else purposes[0]
            document["record_types"].append({**kind, "purpose": purpose})
