"""The steps before a share is made: answers are kept sealed on the server, in a share row of state "draft"."""

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.bundles import queries, rules
from portal.bundles.models import Share
from portal.bundles.queries.shares import own, place
from portal.bundles.service.alone import check_link_alone
from portal.bundles.service.naming import named_provider
from portal.bundles.service.telling import chosen_story, ticked_story
from portal.choices import service as choices
from portal.choices.queries import Standing
from portal.identity import service as identity
from portal.language.rules import N_
from portal.records import queries as records
from portal.records.queries import RecordView


def start(work: Work, record_refs: list[str], story: bool = False) -> str:
    """Begin a share with some of the actor's own records, or with their `story`, and give the draft's ref.

    Raises Invalid when nothing of it can be shared. A passcode is proposed, and kept sealed until the share is
    made: after that only its hash remains.
    """
    lines = _from_records(work, own(work), record_refs, needed=not story)
    return new_draft(work, lines, chosen_story(work) if story else [])


def keep_records(work: Work, ref: int, record_refs: list[str], story: bool = False) -> str:
    """Change what a draft holds; lines chosen before stay chosen. Raises NotThere and Invalid."""
    person_id = own(work)

    def change(chosen: dict[str, Any]) -> None:
        before = {one["record"]: one for one in chosen["lines"]}
        lines = _from_records(work, person_id, record_refs, needed=not story)
        chosen["story"] = chosen_story(work, chosen.get("story", [])) if story else []
        chosen["lines"] = [before.get(one["record"], one) for one in lines]

    return _change(work, ref, change)


def keep_lines(work: Work, ref: int, ticked: list[str]) -> str:
    """Keep the ticked lines of a draft, each "record ref.field key" or "story.part", with all that must go along.

    Raises NotThere, and Invalid when nothing is ticked.
    """
    person_id = own(work)

    def change(chosen: dict[str, Any]) -> None:
        keys = _by_record(ticked)
        wanted = [one["record"] for one in chosen["lines"]]
        views = {view.id: view for view in records.for_record_ids(work, person_id, wanted)}
        kept = [
            entry(views[record_id], keys.get(ids.encode(views[record_id].ref), []))
            for record_id in wanted
            if record_id in views
        ]
        story = ticked_story(work, chosen.get("story", []), keys.get(queries.STORY, []))
        if not any(one["fields"] for one in kept) and not any(one["goes"] for one in story):
            # L10n: Error on the page where lines are chosen for a share.
            raise Invalid(N_("Tick at least one line."), "lines")
        chosen["lines"], chosen["story"] = kept, story

    return _change(work, ref, change)


def keep_who(
    work: Work,
    ref: int,
    recipient: str,
    purpose: str,
    days: int,
    once: bool = False,
    wishes: rules.Wishes = rules.ANYONE,
) -> str:
    """Keep for whom a draft is, why, for how many days, whether it opens once only, and what else is wished.

    A share with a provider by its name is for that provider. Raises NotThere, and Invalid where it takes none.
    """
    named = named_provider(work, wishes.provider) if wishes.provider else None

    def change(chosen: dict[str, Any]) -> None:
        chosen.update(recipient=named.name if named else recipient, purpose=purpose, days=days, once=once)
        chosen.update(provider=wishes.provider, quiet=wishes.quiet, notes=wishes.notes)

    return _change(work, ref, change)


def keep_passcode(work: Work, ref: int, typed: str, *, link_alone: bool = False, later: bool = True) -> str:
    """Keep how a draft will open, by a passcode (sealed until then) or by its link alone, and if it shows `later` news.

    Raises NotThere; Invalid for a weak passcode, and where the link alone may not open what was chosen.
    """
    row = own_row(work, ref, "draft")
    chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    chosen.update(link_alone=link_alone, later=later)
    if link_alone:
        check_link_alone(work, chosen)
    else:
        put(work, row, "secrets", {"passcode": checked_passcode(typed)})
    put(work, row, "chosen", chosen)
    row.expires_at = work.now + rules.DRAFT_LIFE
    return ids.encode(ref)


def new_draft(
    work: Work,
    lines: list[dict[str, Any]],
    story: list[dict[str, Any]],
    purpose: str = "",
    occasion: str = "",
    recipient: str = "",
) -> str:
    """Keep what is chosen so far as a new draft, with a passcode proposed, and give its ref."""
    person_id = own(work)
    row = Share(
        person_id=person_id,
        id=work.new_id(),
        ref=ids.random63(),
        passcode_hash="",
        state="draft",
        made_at=work.now,
        expires_at=work.now + rules.DRAFT_LIFE,
        tries_left=rules.TRIES,
    )
    chosen = {
        "name": identity.person_facts(work, person_id).full_name,
        "recipient": recipient,
        "purpose": purpose,
        "occasion": occasion,
        "days": rules.USUAL_DAYS,
        "once": False,
        "lines": lines,
        "story": story,
    }
    put(work, row, "chosen", chosen)
    put(work, row, "secrets", {"passcode": _proposed()})
    work.session.add(row)
    return ids.encode(row.ref)


def drop(work: Work, ref: int) -> str:
    """Throw a draft away: nothing was shared. Raises NotThere."""
    work.session.delete(own_row(work, ref, "draft"))
    return ids.encode(ref)


def checked_passcode(typed: str) -> str:
    """Give a passcode as it is compared. Raises Invalid for a weak one."""
    passcode = rules.plain_passcode(typed)
    fault = rules.passcode_fault(passcode)
    if fault:
        raise Invalid(fault, "passcode")
    return passcode


def completed_lines(
    work: Work, person_id: int, wanted: list[dict[str, Any]], needed: bool = True
) -> list[dict[str, Any]]:
    """Give wanted lines as they may go: {"record": id, "fields": keys or None}; None means all usual lines.

    Lines that are gone, and records of agencies that are not linked, fall out. Of what is held for a use that the
    person said no to, no line is usual. Raises Invalid when none is left, where some are `needed`.
    """
    stands = choices.standing(work, person_id)
    views = {view.id: view for view in _linked(work, person_id, stands, wanted)}
    lines = [
        entry(views[one["record"]], one["fields"] if one["fields"] is not None else usual(view, stands))
        for one in wanted
        if (view := views.get(one["record"])) is not None
    ]
    lines = [one for one in lines if one["fields"]]
    if not lines and needed:
        # L10n: Error when a share would hold nothing.
        raise Invalid(N_("There is nothing left to share. Choose again."))
    return lines


def put(work: Work, row: Share, column: str, value: dict[str, Any]) -> None:
    """Seal a JSON value into a share, under the person's own data key."""
    setattr(row, column, work.keys.seal_json(place(column, row.id, row.person_id), value))


def own_row(work: Work, ref: int, state: str) -> Share:
    """Give one of the actor's own shares in a state, to change it. Raises NotThere."""
    row = work.session.scalars(
        select(Share)
        .where(Share.person_id == own(work), Share.ref == ref, Share.state == state)
        .with_for_update()
    ).first()
    if row is None or (state == "draft" and row.expires_at <= work.now):
        raise NotThere()
    return row


def row_of(work: Work, person_id: int, share_id: int) -> Share | None:
    """Give a share by its key, to change it: the caller knows already that it may."""
    mine = (Share.person_id == person_id, Share.id == share_id)
    return work.session.scalars(select(Share).where(*mine).with_for_update()).first()


def _change(work: Work, ref: int, change: Callable[[dict[str, Any]], None]) -> str:
    row = own_row(work, ref, "draft")
    chosen = work.keys.open_json(place("chosen", row.id, row.person_id), row.chosen)
    change(chosen)
    put(work, row, "chosen", chosen)
    row.expires_at = work.now + rules.DRAFT_LIFE
    return ids.encode(ref)


def _from_records(work: Work, person_id: int, record_refs: list[str], needed: bool) -> list[dict[str, Any]]:
    stands = choices.standing(work, person_id)
    found = records.for_refs(work, map(ids.decode, record_refs))
    mine = [view for view in found if view.agency.id in stands.linked]
    if not mine and needed:
        # L10n: Error on the page where records are chosen for a share.
        raise Invalid(N_("Tick at least one record."), "records")
    return [entry(view, usual(view, stands)) for view in mine]


def _linked(work: Work, person_id: int, stands: Standing, lines: list[dict[str, Any]]) -> list[RecordView]:
    """Give the records of lines that are at agencies whose link is live."""
    views = records.for_record_ids(work, person_id, [one["record"] for one in lines])
    return [view for view in views if view.agency.id in stands.linked]


def entry(view: RecordView, fields: list[str]) -> dict[str, Any]:
    """Give a record with those of its fields that go, and with all that must go along, as a share keeps it."""
    choices = [queries.choice_of(view, line) for line in view.lines if not line.empty]
    going = rules.completed(fields, choices)
    # Of the lines that go as a matter of course, how many do: so one sees whether nearly all that is held goes.
    likely = [one.key for one in choices if rules.is_ticked_at_first(one)]
    return {
        "record": view.id,
        "version": view.version_no,
        "agency": view.agency.id,
        "type": view.type.key,
        "fields": going,
        "usual": [len(set(likely) & set(going)), len(likely)],
    }


def usual(view: RecordView, stands: Standing) -> list[str]:
    """Give the fields of a record that go unless the person takes them out."""
    if (view.agency.id, view.type.purpose) in stands.refused:
        # They said no to the use for which it is held. They may still tick it: a share is their own act.
        return []
    lines = [line for line in view.lines if not line.empty]
    return [line.field.key for line in lines if rules.is_ticked_at_first(queries.choice_of(view, line))]


def _by_record(ticked: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in ticked:
        ref, _, key = one.partition(".")
        found.setdefault(ref, []).append(key)
    return found


def _proposed() -> str:
    while True:
        passcode = f"{secrets.randbelow(10**6):06d}"
        if rules.passcode_fault(passcode) is None:
            return passcode
