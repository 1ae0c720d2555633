"""The worker: does the outbox's jobs under leases, seals the ledger, ends what is over."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import delete

from portal.access_requests import service as access_requests
from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.base import checkpoints, outbox
from portal.base.attempts import Attempt
from portal.base.outbox import OutboxRow
from portal.base.work import Nonce, Work
from portal.bundles import service as bundles
from portal.casework import service as casework
from portal.config import Settings
from portal.corrections import service as corrections
from portal.delegations import service as delegations
from portal.identity import service as identity
from portal.identity.permissions import SYSTEM
from portal.ingest import service as ingest
from portal.notices import channels
from portal.notices import service as notices
from portal.records import service as records
from portal.records.service import downloads
from portal.web.core import Core

log = structlog.get_logger("portal.worker")
# A message: no transaction may be open while another server takes its time.
SEND = "notices.send"
# A file for a person: it is drawn by a program of its own, while nothing is held.
MAKE = "records.make_download"
IDLE_SECONDS = 1.0
TIDY_SECONDS = 300
KEEP_DONE = timedelta(days=7)

JOBS: dict[str, Callable[[Work, Settings, dict], None]] = {
    "agencies.give_back": lambda work, _settings, about: tasks.give_back(work, about),
    "corrections.note_applied": lambda work, _settings, about: corrections.note_applied(work, about),
    "delegations.authority_review": lambda work, _settings, about: delegations.review_authority(work, about),
    "delegations.tell_later": lambda work, _settings, about: delegations.tell_later(work, about),
    "identity.tell_owner": lambda work, _settings, about: identity.tell_owner(work, about),
    "ingest.release": lambda work, _settings, about: ingest.release(work, about),
    "records.set_aside": lambda work, _settings, about: records.set_aside(work, about),
}


def run(core: Core, stop: threading.Event) -> None:
    """Work until told to stop: jobs as they come, a seal after them, tidying every five minutes."""
    tidied = 0.0
    while not stop.is_set():
        try:
            busy = once(core)
            if time.monotonic() - tidied > TIDY_SECONDS:
                tidy(core)
                tidied = time.monotonic()
        except Exception as fault:  # the worker outlives any fault of one round
            log.error("worker", kind=type(fault).__name__)
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)


def once(core: Core) -> bool:
    """Do one round, and say whether there was anything to do."""
    leased = _do(core, _lease)
    for row_id, token, job in leased:
        carry_out(core, row_id, token, job)
    sealed = _do(core, lambda work: seal(work, core.settings))
    return bool(leased or sealed)


def _lease(work: Work) -> list[tuple[int, str, str]]:
    return [(row.id, row.lease or "", row.job) for row in outbox.lease(work.session, work.now)]


def carry_out(core: Core, row_id: int, token: str, job: str) -> None:
    """Do one leased job; a job that fails comes back later, and is parked after five tries."""

    def verb(work: Work) -> None:
        row = outbox.held(work.session, row_id, token)
        if row is not None:
            JOBS[job](work, core.settings, row.about)
            outbox.done(row)

    try:
        if job == SEND:
            _send(core, row_id, token)
        elif job == MAKE:
            _make(core, row_id, token)
        else:
            _do(core, verb)
    except Exception as fault:
        log.error("job", job=job, kind=type(fault).__name__)
        _do(core, lambda work: _give_back(work, row_id, token))


def _send(core: Core, row_id: int, token: str) -> None:
    """Send one message: written in one short transaction, sent outside of any, closed in another."""

    def write(work: Work):
        row = outbox.held(work.session, row_id, token)
        return notices.write(work, core.settings, row) if row is not None else None

    def close(work: Work, fault: str) -> None:
        row = outbox.held(work.session, row_id, token)
        if row is not None:
            notices.close(work, row, fault)

    message = _do(core, write)
    if message is not None:
        fault = channels.send(core.settings, message)
        if fault:
            log.warning("message", channel=message.channel, fault=fault)
        _do(core, lambda work: close(work, fault))


def _make(core: Core, row_id: int, token: str) -> None:
    """Make one file: read what goes into it, draw it with no transaction open, keep it in a short one."""
    about = _look(core, lambda work: getattr(outbox.held(work.session, row_id, token), "about", None))
    if about is None:
        return
    try:
        draft = _look(core, lambda work: downloads.read_for_file(work, about))
        made = downloads.draw_file(draft)
    except Exception as fault:  # whatever it was: the person is told, and can ask again
        log.error("file", kind=type(fault).__name__)
        made = downloads.NOT_MADE

    def close(work: Work) -> None:
        row = outbox.held(work.session, row_id, token)
        if row is not None:
            downloads.keep_file(work, about, made)
            outbox.done(row)

    _do(core, close)


def seal(work: Work, settings: Settings) -> int:
    """Seal the ledger's settled leaves into a signed checkpoint, and give how many there were."""
    return checkpoints.seal(work.session, settings.ledger_key, work.now, settings.checkpoints)


def tidy(core: Core) -> None:
    """Delete what is over: sessions, nonces, done jobs, drafts, passes, what waited too long; end old shares."""
    rooms = (
        agencies.forget_codes,
        identity.expire,
        identity.forget_unfinished,
        identity.forget_old_answers,
        identity.forget_flows,
        corrections.expire_drafts,
        corrections.recompute,
        corrections.note_overdue,
        corrections.remind_to_apply,
        access_requests.expire_drafts,
        access_requests.recompute,
        access_requests.note_overdue,
        bundles.expire,
        notices.expire,
        ingest.expire,
        downloads.expire_downloads,
        casework.forget_views,
        delegations.forget_help,
    )
    for verb in (_tidy_core, *rooms):
        _do(core, verb)


def _tidy_core(work: Work) -> None:
    before = work.now - KEEP_DONE
    work.session.execute(delete(Nonce).where(Nonce.at < before))
    work.session.execute(delete(OutboxRow).where(OutboxRow.state == "done", OutboxRow.due_at < before))
    # The counters keep their ends in seconds since 1970. Anybody can make a row, so none may stay.
    work.session.execute(delete(Attempt).where(Attempt.ends <= int(work.now.timestamp())))


def _give_back(work: Work, row_id: int, token: str) -> None:
    row = outbox.held(work.session, row_id, token)
    if row is not None:
        outbox.failed(row, work.now)


def _do(core: Core, verb: Callable):
    work = core.work(SYSTEM)
    try:
        return work.do(verb)
    finally:
        work.session.close()


def _look(core: Core, query: Callable):
    work = core.work(SYSTEM)
    try:
        return query(work)
    finally:
        work.session.close()
