"""Make a share, show it to its person, stop it, and end what is over."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Address, Pass, Share
from portal.bundles.queries import Opened, ShareFacts
from portal.bundles.queries.shares import own, place
from portal.bundles.rules import receipts
from portal.bundles.service.alone import check_link_alone
from portal.bundles.service.choosing import checked_passcode, completed_lines, own_row, put
from portal.bundles.service.naming import let_in
from portal.bundles.service.pausing import nearly_all
from portal.bundles.service.telling import chosen_story, ticked_story
from portal.delegations import service as delegations
from portal.identity import passwords
from portal.identity import service as identity
from portal.language.rules import N_

KEEP_PASSES = timedelta(days=1)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A share for its own person: its facts, its typed code in groups (empty once ended), who opened it."""

    facts: ShareFacts
    code: str
    opened: list[Opened]
    # The typed code that stops it together with the passcode; empty where there is no such.
    stop_code: str = ""


def make(
    work: Work,
    *,
    chosen: list[dict[str, Any]],
    recipient: str,
    purpose: str,
    days: int,
    passcode: str = "",
    once: bool = False,
    story: Iterable[int] = (),
    link_alone: bool = False,
    later: bool = True,
    wishes: rules.Wishes = rules.ANYONE,
) -> str:
    """Share lines of the actor's own records at once, and give the share's ref. With `once` it opens one time.

    With `link_alone` the link needs no passcode; unless `later`, the lines are shown as they are at this moment.
    One that names a provider (`wishes`) has no passcode and no link. `chosen` holds {"record": record id, "fields":
    keys, or None for all usual lines}; third-party lines and types marked `safety` go only when named. `story` names
    parts of the person's own story. Raises Invalid when nothing is left, the passcode is weak, or the link alone may
    not open this.
    """
    person_id = own(work)
    numbers = {"id": work.new_id(), "ref": ids.random63()}
    row = Share(person_id=person_id, tries_left=rules.TRIES, state="draft", **numbers)
    facts = {
        "name": identity.person_facts(work, person_id).full_name,
        **{"recipient": recipient, "purpose": purpose, "days": days, "once": once},
        **{"link_alone": link_alone, "later": later, "lines": chosen},
        "story": ticked_story(work, chosen_story(work), [str(no) for no in story]) if story else [],
        **asdict(wishes),
    }
    bare = link_alone or wishes.provider
    _open_doors(work, row, facts, "" if bare else checked_passcode(passcode))
    work.session.add(row)
    return ids.encode(row.ref)


@dataclass(frozen=True, repr=False)
class Ready:
    """A draft's passcode, hashed before the transaction that makes the share."""

    passcode: str
    hashed: str


def ready(work: Work, ref: int) -> Ready | None:
    """Hash the passcode of a draft: it takes its time. Raises Busy.

    None where there is no draft (it was shared), and where it needs no passcode: it names a provider, or the link
    alone will open it.
    """
    try:
        draft = queries.draft(work, ref)
    except NotThere:
        return None
    if draft.provider or draft.link_alone:
        return None
    passcode = queries.secrets_of(work, draft)["passcode"]
    return Ready(passcode, passwords.hash_secret(passcode))


def share(work: Work, ref: int, made: Ready | None = None) -> str:
    """Make the share of a draft, and give its ref. Raises NotThere, and Invalid when an answer is missing.

    `made` is what `ready` gave; a passcode that was changed since is hashed here.
    """
    row = own_row(work, ref, "draft")
    facts = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    passcode = work.keys.open_json(place("secrets", row.id, row.person_id), row.secrets)["passcode"]
    if not facts["recipient"] or not facts["purpose"]:
        # L10n: Error on the check page of a share.
        raise Invalid(N_("Say who it is for, and why."))
    same = made is not None and made.passcode == passcode
    _open_doors(work, row, facts, passcode, made.hashed if made and same else None)
    return ids.encode(row.ref)


def link_of(work: Work, ref: int, base_url: str) -> str:
    """Give the SMART Health Link of one of the actor's own live shares; `base_url` is the portal's address."""
    return link_from(work, queries.share(work, ref), base_url)


def link_from(work: Work, found: ShareFacts, base_url: str, direct: bool = False) -> str:
    """Give the SMART Health Link of a share that was read already. Raises NotThere once it has ended.

    With `direct` it is the one for programs that fetch one file: only where `has_direct_link` says so.
    """
    secrets = queries.secrets_of(work, found)
    if "token" not in secrets:
        # It has ended, or it names a provider: nothing leads to it from outside.
        raise NotThere()
    url = f"{base_url}/shl/{secrets['token']}"
    flags = rules.flag(later=found.long_term, passcode=not found.link_alone, direct=direct)
    return rules.link(url, secrets["key"], found.expires_at, flags)


def has_direct_link(found: ShareFacts) -> bool:
    """Say whether a share may also be fetched as one file: by its link alone, and any number of times."""
    return found.link_alone and not found.once


def code_of(work: Work, ref: int) -> str:
    """Give the typed code of one of the actor's own live shares, in groups of four.

    Raises NotThere, also for one that opens by its link alone (a code is short, and needs a passcode behind it), and
    for one that names a provider.
    """
    code = queries.secrets_of(work, queries.share(work, ref)).get("code")
    if not code:
        raise NotThere()
    return ids.in_fours(code)


def shares_of(work: Work, after: int | None = None) -> tuple[list[ShareFacts], int | None]:
    """Give the actor's own shares, newest first, and the ref after which to go on; `after` is such a ref."""
    return queries.shares_of(work, after)


def show_share(work: Work, ref: int) -> Shown:
    """Give one of the actor's own shares with its code and who opened it. Three reads. Raises NotThere."""
    found = queries.share(work, ref)
    secrets = queries.secrets_of(work, found)
    code, stop_code = (ids.in_fours(secrets.get(name, "")) for name in ("code", "stop"))
    return Shown(found, code, queries.openings(work, found), stop_code)


def stop(work: Work, ref: int) -> str:
    """Stop sharing at once: link, code and pages read from now on are gone. Doing it again changes nothing.

    Raises NotThere. Those who opened it keep what they wrote down.
    """
    found = queries.share(work, ref)
    if found.state != "ended":
        end_row(work, own_row(work, ref, "live"))
    return ids.encode(ref)


def expire(work: Work) -> int:
    """End shares whose time is over, delete old drafts and passes, and give how many ended (the worker calls it)."""
    rows = work.session.scalars(
        select(Share)
        .where(Share.state.in_(("live", "draft")), Share.expires_at <= work.now)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        if row.state == "draft":
            work.session.delete(row)
        else:
            end_row(work, row)
    work.session.execute(delete(Pass).where(Pass.expires_at <= work.now - KEEP_PASSES))
    return sum(1 for row in rows if row.state == "ended")


def end_all(work: Work, person_id: int) -> int:
    """End all shares of a person who died, and give how many; drafts go. They do not come back by themselves."""
    mine = select(Share).where(Share.person_id == person_id, Share.state.in_(("live", "draft")))
    rows = work.session.scalars(mine.with_for_update()).all()
    for row in rows:
        if row.state == "draft":
            work.session.delete(row)
        else:
            end_row(work, row)
    return sum(1 for row in rows if row.state == "ended")


def _open_doors(
    work: Work, row: Share, facts: dict[str, Any], passcode: str, hashed: str | None = None
) -> None:
    """Make a row live: fresh token, key and code, sealed; their fingerprints in the directory.

    With a provider by its name, a grant to it in place of these.
    """
    if facts["days"] not in rules.DAYS:
        # L10n: Error beside how long a share lasts.
        raise Invalid(N_("Choose how long."), "days")
    # The words that do not go are not kept with it.
    facts["story"] = [one for one in facts.get("story", []) if one["goes"]]
    # For the receipt: what the pages said when the person agreed, and in which language.
    facts["notice"], facts["notice_language"] = receipts.NOTICE, work.actor.language
    facts["lines"] = completed_lines(work, row.person_id, facts["lines"], needed=not facts["story"])
    row.starts_at = work.now + rules.COOLING if nearly_all(work, facts["lines"]) else None
    secrets = {"key": ids.token()}
    row.state, row.long_term = "live", facts.get("later", True)
    row.most_opens = 1 if facts.get("once") else None
    row.passcode_hash = ""
    if facts.get("provider"):
        facts["link_alone"] = False
    elif facts.get("link_alone"):
        check_link_alone(work, facts)
        row.link_alone, secrets["token"] = True, ids.token()
    else:
        typed = {name: ids.typed_code(rules.CODE_LETTERS) for name in ("code", "stop")}
        secrets |= {"token": ids.token(), **typed}
        row.passcode_hash = hashed or passwords.hash_secret(passcode)
    row.made_at = work.now
    # The days are those in which it can be opened.
    row.expires_at = (row.starts_at or work.now) + timedelta(days=facts["days"])
    facts["language"] = work.actor.language
    put(work, row, "chosen", facts)
    put(work, row, "secrets", secrets)
    if facts.get("provider"):
        let_in(work, row, facts["provider"])
    _list_doors(work, row, secrets)


def _list_doors(work: Work, row: Share, secrets: dict[str, str]) -> None:
    for kind, name in (("link", "token"), ("code", "code"), ("stop", "stop")):
        if name in secrets:
            key = work.keys.digest(f"share-{kind}", secrets[name])
            work.session.add(Address(fingerprint=key, kind=kind, person_id=row.person_id, share_id=row.id))


def end_row(work: Work, row: Share) -> None:
    """End a share: its doors are taken out of the directory, its secrets forgotten, its grant ended."""
    row.state, row.ended_at = "ended", work.now
    row.passcode_hash = ""
    put(work, row, "secrets", {})
    work.session.execute(
        delete(Address).where(Address.person_id == row.person_id, Address.share_id == row.id)
    )
    delegations.end(work, row.person_id, "share", row.ref)
