"""Makes agencies, people and links for the tests of ingest, and runs its commands over a test's own store."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

from click.testing import CliRunner
from sqlalchemy import func, select

from portal.agencies import service as agencies
from portal.agencies.models import Task
from portal.cli import cli
from portal.config import ROOT
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.ingest import service as ingest
from portal.notices.models import Notice
from portal.records import queries as records
from portal.records.models import Record
from tests.records.factory import agency_document

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BORN = date(1992, 5, 4)
BODY = {"name": "Sina Faʻasili", "address": "12 Sample Street", "people": 3, "alone": True}
SINA = ingest.Who(("Sina Faʻasili",), BORN)
FILES = ROOT / "portal" / "demo" / "files"


def incoming(source_id="H-1", type_key="home", body=None, **more):
    return ingest.Incoming(type_key, source_id, BODY if body is None else body, **more)


def housing(store):
    """An agency with the types home, visit and mark."""
    return store.work().do(agencies.put_agency, agency_document())


def demo_agency(store, slug, clinical=False):
    """An agency of the demo catalogue, with the types of clinical documents where asked."""
    document = json.loads((ROOT / f"portal/demo/agencies/{slug}.json").read_text(encoding="utf-8"))
    if clinical:
        kinds = json.loads((ROOT / "portal/demo/clinical_types.json").read_text(encoding="utf-8"))
        own = {kind["key"] for kind in document["record_types"]}
        purpose = document["purposes"][0]["key"]
        document["record_types"] += [
            {**kind, "purpose": purpose} for kind in kinds["record_types"] if kind["key"] not in own
        ]
    return store.work().do(agencies.put_agency, document)


def person(store, name="Sina Faʻasili", born=BORN):
    return store.work(now=NOW).do(identity.add_person, name, born)


def link(store, person_id, agency_id, client_ref="C-1"):
    store.work(now=NOW).do(agencies.link, person_id, agency_id, client_ref, "in-person")


def take(store, agency_id, sent, who=SINA, client_ref="C-1", now=NOW, **more):
    work = store.work(now=now)
    return work.do(lambda w: ingest.take(w, agency_id, client_ref, sent, who, **more))


def held(store, person_id):
    """Everything that a person can read, by source order."""
    actor = Actor(kind="account", account_id=1, person_id=person_id)
    work = store.work(actor, NOW)
    numbers = work.session.scalars(select(Record.id).where(Record.person_id == person_id)).all()
    return records.for_record_ids(work, person_id, numbers)


def bodies(store, person_id):
    return [
        {line.field.key: line.value for line in view.lines if not line.empty}
        for view in held(store, person_id)
    ]


def tasks(store, agency_id):
    """The kinds of work that wait for an agency's staff."""
    return store.work().session.scalars(select(Task.kind).where(Task.agency_id == agency_id)).all()


def notices(store, person_id):
    return store.work().session.scalars(select(Notice.kind).where(Notice.person_id == person_id)).all()


def count(store, model):
    return store.work().session.scalar(select(func.count()).select_from(model))


def run(store, monkeypatch, *words):
    """Run `portal ingest …` over the test's store: exit status, what it printed, what it said."""
    monkeypatch.setenv("PORTAL_DEMO", "1")
    monkeypatch.setenv("PORTAL_INSTANCE", str(store.settings.instance))
    monkeypatch.setenv("PORTAL_DATABASE_URL", store.settings.database_url)
    done = CliRunner().invoke(cli, [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return SimpleNamespace(status=done.exit_code, out=done.stdout, err=done.stderr)


def report(store, monkeypatch, *words):
    """Run a command with --json: exit status and the one object."""
    done = run(store, monkeypatch, *words, "--json")
    return done.status, json.loads(done.out)
