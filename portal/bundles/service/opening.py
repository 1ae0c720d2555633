"""Opening a share: by link or by code, each with the passcode; every opening is noted and told."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from portal.access_log import service as access_log
from portal.agencies import service as agencies
from portal.base import ids
from portal.base.problems import Ended, NotThere
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Changed, Opening, Pass, Share
from portal.bundles.queries import Door, Preview, ShareFacts
from portal.bundles.queries.doors import Stay, is_let_in, may_be_opened
from portal.bundles.queries.shares import opening_place
from portal.bundles.service.document import held_titles, preview, sealed_document
from portal.identity import passwords
from portal.identity.permissions import Permission, allowed
from portal.notices import service as notices


@dataclass(frozen=True, slots=True)
class Knock:
    """A try at a share: where it leads, and whether the passcode fits. It opens nothing by itself."""

    door: Door
    right: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """Who opens a share and why, in their own words; `how` is code, link, or name (it names their organisation)."""

    how: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a try came to: the share's ref and its person and id, or how many wrong tries are left."""

    ref: str = ""
    person_id: int = 0
    share_id: int = 0
    tries_left: int | None = None


def knock(work: Work, kind: str, text: str, passcode: str) -> Knock | None:
    """Find a share by `link` token or typed `code`, and compare the passcode; None where nothing is live.

    Done before the write transaction, because the comparison is slow on purpose. What it found is told to nobody
    before `admit` has counted the try. The same work is done for a code that does not exist; a link's token has
    256 random bits, so that nobody learns anything from the quicker answer to a wrong one. Where the link alone
    opens, nothing is compared.
    """
    door = queries.by_address(work, kind, text)
    if door is None and kind == "link":
        return None
    if door is not None and door.link_alone:
        return Knock(door, right=True)
    right = passwords.matches(door.passcode_hash if door else None, rules.plain_passcode(passcode))
    return Knock(door, right) if door else None


def admit(
    work: Work, tried: Knock, visit: Visit, token: str | None = None, kind: str = ""
) -> Admitted | None:
    """Count a try: wrong ones against the share's lifetime counter, a right one as an opening. None if it is gone.

    One atomic UPDATE decides, so that parallel tries never get more than the share has left. A wrong try is an
    answer, not an exception, so that its count is kept. With `token` a pass of the `kind` file or visit is made.
    An opening is noted for the person, told to them, and counted, in this one transaction.
    """
    door = tried.door
    if not tried.right:
        left = _take_one_try(work, door)
        return None if left is None else Admitted(tries_left=left)
    ref = _count_opening(work, door)
    if ref is None:
        return _admitted_before(work, door, token) if kind == "visit" else None
    opening_id = _note(work, door, ref, visit)
    if token:
        life = rules.FILE_LIFE if kind == "file" else rules.VISIT
        key = _fingerprint(kind, token, ref if kind == "visit" else 0)
        # A second opening in the same visit renews the pass.
        work.session.merge(
            Pass(
                fingerprint=key,
                kind=kind,
                person_id=door.person_id,
                share_id=door.share_id,
                expires_at=work.now + life,
                opening_id=opening_id,
            )
        )
    return Admitted(ids.encode(ref), door.person_id, door.share_id)


def open_by_code(work: Work, tried: Knock | None, visit: Visit, browser: str) -> str | None:
    """Open a share for one browser (its cookie's token) for the rest of its visit, and give the share's ref.

    None for every failure: an unknown code, a wrong passcode and an ended share are answered in the same words.
    How many tries are left is not said here, because that would tell which codes exist; the link's protocol
    says it, to whoever holds the link.
    """
    admitted = admit(work, tried, visit, browser, "visit") if tried else None
    return (admitted.ref or None) if admitted else None


def manifest(
    work: Work, tried: Knock, visit: Visit, embedded: str | None, file_token: str
) -> dict[str, Any] | None:
    """Give the manifest of a SMART Health Link after a try, or {"remainingAttempts": n}, or None if it is gone.

    `embedded` is the sealed file where the client asked for it and it fits; else the address of the file, with
    `file_token`, works for an hour.
    """
    token = None if embedded is not None else file_token
    admitted = admit(work, tried, visit, token, "file")
    if admitted is None:
        return None
    if not admitted.ref:
        return {"remainingAttempts": admitted.tries_left}
    found = {"contentType": "application/fhir+json", "status": "can-change", "fhirVersion": "4.0.1"}
    found |= {"embedded": embedded} if embedded is not None else {"location": file_token}
    return {"files": [found]}


def sealed_for(work: Work, door: Door, publisher: str) -> str:
    """Give the sealed file of the share behind a door. Raises NotThere."""
    return sealed_document(work, queries.behind(work, door), publisher)


def file(work: Work, token: str, publisher: str) -> str:
    """Give the sealed file at an address that a manifest gave, made afresh. Raises NotThere once it is over."""
    found = queries.by_pass(work, "file", _fingerprint("file", token, 0))
    if found is None or not found[1]:
        raise NotThere()
    return sealed_document(work, found[0], publisher)


def read(work: Work, browser: str, ref: int, tag: str = "en") -> tuple[ShareFacts, Preview]:
    """Give a share to the browser that opened it, as it is now, in the language `tag`. Raises as `stay` does."""
    found = stay(work, browser, ref).share
    return found, preview(work, found, tag)


def stay(work: Work, browser: str, ref: int) -> Stay:
    """Give a share to the browser that opened it, with the note that its reader wrote back. One read.

    Raises NotThere for every other browser, and Ended once the visit, the share, its account or the right of the
    organisation that it names is over: only who was inside learns that something ended.
    """
    key = _fingerprint("visit", browser, ref)
    found = queries.by_pass(work, "visit", key, writer(work, browser, ref))
    if found is None or not _is_theirs(work, found.share):
        raise NotThere()
    if not found.may_read:
        raise Ended()
    return found


def writer(work: Work, browser: str, ref: int) -> bytes:
    """Give the fingerprint of who reads a share: of a worker's account, else of the browser that opened it."""
    who = work.actor
    kind, text = ("account", str(who.account_id)) if who.signed_in else ("browser", browser)
    return _fingerprint(kind, text, ref)


def _is_theirs(work: Work, found: ShareFacts) -> bool:
    """Say whether a share that names an organisation is read by a worker of it; any other is for whoever came in."""
    mine = allowed(work.actor, Permission.BUNDLES_PROVIDER) and work.actor.agency_id == found.provider
    return found.provider == 0 or mine


def _take_one_try(work: Work, door: Door) -> int | None:
    return work.session.execute(
        update(Share)
        .where(*_is_open(work, door))
        .values(tries_left=Share.tries_left - 1)
        .returning(Share.tries_left)
        .execution_options(synchronize_session=False)
    ).scalar()


def _admitted_before(work: Work, door: Door, token: str | None) -> Admitted | None:
    """Let the browser in that opened a share for one opening: its button was pressed twice."""
    found = work.session.get(Pass, _fingerprint("visit", token or "", door.ref))
    if found is None or found.share_id != door.share_id or found.expires_at <= work.now:
        return None
    return Admitted(ids.encode(door.ref), door.person_id, door.share_id)


def _count_opening(work: Work, door: Door) -> int | None:
    return work.session.execute(
        update(Share)
        .where(*_is_open(work, door))
        .values(opens=Share.opens + 1)
        .returning(Share.ref)
        .execution_options(synchronize_session=False)
    ).scalar()


def _is_open(work: Work, door: Door) -> tuple:
    return (
        Share.person_id == door.person_id,
        Share.id == door.share_id,
        Share.state == "live",
        Share.expires_at > work.now,
        Share.tries_left > 0,
        may_be_opened(),
        is_let_in(work),
    )


def _note(work: Work, door: Door, ref: int, visit: Visit) -> int:
    """Write down an opening: in the share's own list, in the person's access log, and as a notice. Gives its id."""
    actor, found = work.actor, queries.behind(work, door)
    worker = actor.signed_in and actor.agency_id is not None
    organisation = agencies.organisation_name(work, actor) if worker else None
    opening_id = work.new_id()
    said = {"name": visit.name, "why": visit.why, "organisation": organisation or ""}
    if worker:
        said["agency"] = str(actor.agency_id)
    work.session.add(
        Opening(
            person_id=door.person_id,
            id=opening_id,
            share_id=door.share_id,
            at=work.now,
            how=visit.how,
            recipient=work.keys.seal_json(opening_place(opening_id, door.person_id), said),
            signed_in=worker,
        )
    )
    held = held_titles(work, found)
    details = {
        "who": visit.name,
        "role": actor.role if worker else "",
        "why": visit.why or found.purpose,
        "about": str(ref),
        "records": [title for title, _ in held],
        "held_by": [str(agency_id) for _, agency_id in held],
    }
    by = "provider" if worker else "link"
    access_log.note(work, door.person_id, by, actor.agency_id or 0 if worker else 0, "share", details)
    notices.tell(work, door.person_id, "share_opened", about=ref)
    # Who opens it again reads what was fixed since.
    settle(work, door.person_id, door.share_id)
    return opening_id


def settle(work: Work, person_id: int, share_id: int) -> None:
    """Note that whoever read a share knows what changed in it: they were told, or opened it again."""
    rows = work.session.scalars(
        select(Changed)
        .where(Changed.person_id == person_id, Changed.share_id == share_id, Changed.told_at.is_(None))
        .with_for_update()
    )
    for row in rows:
        row.told_at = work.now


def _fingerprint(kind: str, token: str, ref: int) -> bytes:
    """Give the key of a pass. A token is 256 random bits, so a plain hash of it gives nothing away."""
    return hashlib.sha256(f"{kind}\x1f{token}\x1f{ref}".encode()).digest()
