"""Writing a request to see what is held, one question a page; what was answered is kept, right or not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.access_requests import queries, rules
from portal.access_requests.models import Draft
from portal.access_requests.queries.places import draft_place
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.db import rows_changed
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.language.rules import LANGUAGES, N_

KEEP_FOR = timedelta(days=30)

# L10n: page that asks which agencies to ask, error when none was ticked.
WHICH = N_("Choose at least one agency.")
# L10n: page that asks what the person wants to see, error when nothing was chosen.
WHAT = N_("Choose what you want to see.")
# L10n: page that asks what the person wants to see, error beside the box for a topic.
TOPIC = N_("Write what it is about.")
# L10n: error beside a text field.
SHORTER = N_("Use %(max)s characters or fewer.")
# L10n: error beside a question that has a list of answers.
CHOOSE = N_("Choose one of the answers.")
# L10n: Error beside a date of three boxes.
NO_DATE = N_("Write a date that exists, such as 4 5 1992.")
# L10n: error below "Is it urgent? Yes".
WHY = N_("Say why it is urgent.")


def start(work: Work, agency_ids: list[int]) -> str:
    """Begin a request to one or several agencies, and give the draft's id for an address.

    Raises Invalid without an agency that the actor may ask. Privacy Act 2020 s 40.
    """
    person_id, draft_id = work.actor.person_id, work.new_id()
    row = Draft(person_id=person_id, id=draft_id, ref=ids.random63(), kept_at=work.now)
    answers = {**queries.EMPTY, "done": ["agencies"]}
    _keep_agencies(work, answers, {"agencies": agency_ids}, True)
    row.answers = work.keys.seal_json(draft_place(person_id, draft_id), answers)
    work.session.add(row)
    return ids.encode(row.ref)


def keep(work: Work, ref: int, step: str, answers: dict[str, Any], checked: bool = True) -> str:
    """Keep the answers of one step (agencies, about, names, reply) of the actor's draft.

    With `checked` false they are kept as they are, for coming back later. Raises NotThere, and Invalid with the
    sentence and box where an answer cannot be used; then nothing is kept (the form still holds it).
    """
    row = _row(work, ref)
    kept = queries.EMPTY | work.keys.open_json(draft_place(row.person_id, row.id), row.answers)
    STEPS[step](work, kept, answers, checked)
    kept["done"] = [*(one for one in kept["done"] if one != step), *([step] if checked else [])]
    row.answers = work.keys.seal_json(draft_place(row.person_id, row.id), kept)
    row.kept_at = work.now
    return ids.encode(ref)


def answered(work: Work, answers: dict[str, Any]) -> dict[str, Any]:
    """Give the answers of all steps but the agencies, checked as they are for a person's own draft.

    Raises Invalid with the sentence and box of the first that cannot be used.
    """
    kept: dict[str, Any] = dict(queries.EMPTY)
    for step in ("about", "names", "reply"):
        STEPS[step](work, kept, answers, True)
    return kept | only_asked(kept)


def only_asked(answers: dict[str, Any]) -> dict[str, Any]:
    """Give the dates and topic that belong to the chosen scope; what else was typed is not asked for."""
    dates = {} if answers["scope"] == "dates" else {"since": None, "until": None}
    return dates | ({} if answers["scope"] == "topic" else {"topic": ""})


def drop(work: Work, ref: int) -> None:
    """Ask nothing: delete the actor's draft. Raises NotThere."""
    work.session.delete(_row(work, ref))


def expire_drafts(work: Work) -> int:
    """Delete drafts that nobody has touched for 30 days, and give how many. A job of the worker (principle 9)."""
    return rows_changed(work.session, delete(Draft).where(Draft.kept_at < work.now - KEEP_FOR))


def _keep_agencies(work: Work, kept: dict[str, Any], answers: dict[str, Any], checked: bool) -> None:
    may = queries.askable(work).ids()
    kept["agencies"] = sorted(set(answers["agencies"]) & may)
    if checked and not kept["agencies"]:
        raise Invalid(WHICH, "agencies")


def _keep_about(work: Work, kept: dict[str, Any], answers: dict[str, Any], checked: bool) -> None:
    since, until = answers.get("since"), answers.get("until")
    kept["scope"] = answers.get("scope") if answers.get("scope") in rules.SCOPES else ""
    kept["since"], kept["until"] = _day(since), _day(until)
    kept["boxes"] = answers.get("boxes") or _boxes(since, until)
    kept["topic"] = (answers.get("topic") or "").strip()
    if not checked:
        return
    if not kept["scope"]:
        raise Invalid(WHAT, "scope")
    if kept["scope"] == "topic" and not kept["topic"]:
        raise Invalid(TOPIC, "topic")
    if kept["scope"] == "dates":
        _read_boxes(kept)
    fault = rules.check_dates(since, until, nz_date(work.now)) if kept["scope"] == "dates" else None
    if fault:
        raise Invalid(*fault)
    _limit(kept, "topic", rules.MAX_TOPIC)


def _keep_names(_work: Work, kept: dict[str, Any], answers: dict[str, Any], checked: bool) -> None:
    for box in ("names", "births"):
        kept[box] = (answers.get(box) or "").strip()
        if checked:
            _limit(kept, box, rules.MAX_LINE)


def _keep_reply(_work: Work, kept: dict[str, Any], answers: dict[str, Any], checked: bool) -> None:
    kept["form"] = answers.get("form") if answers.get("form") in rules.FORMS else ""
    kept["language"] = answers["language"] if answers.get("language") in LANGUAGES else "en"
    for box in ("urgent", "hand_on"):
        kept[box] = answers.get(box) if answers.get(box) in ("yes", "no") else ""
    kept["why"] = (answers.get("why") or "").strip()
    if not checked:
        return
    for box in ("form", "urgent", "hand_on"):
        if not kept[box]:
            raise Invalid(CHOOSE, box)
    if kept["urgent"] == "yes" and not kept["why"]:
        raise Invalid(WHY, "why")
    _limit(kept, "why", rules.MAX_LINE)


STEPS: dict[str, Callable[[Work, dict[str, Any], dict[str, Any], bool], None]] = {
    "agencies": _keep_agencies,
    "about": _keep_about,
    "names": _keep_names,
    "reply": _keep_reply,
}


def _boxes(*days: date | None) -> dict[str, list[str]]:
    """Give what stands in the three boxes of each date."""
    typed = [[str(on.day), str(on.month), str(on.year)] if on else ["", "", ""] for on in days]
    return dict(zip(("since", "until"), typed, strict=True))


def _read_boxes(kept: dict[str, Any]) -> None:
    for name in ("since", "until"):
        if any(kept["boxes"][name]) and kept[name] is None:
            raise Invalid(NO_DATE, name)


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _limit(kept: dict[str, Any], box: str, most: int) -> None:
    if len(kept[box]) > most:
        raise Invalid(SHORTER, box, max=most)


def _row(work: Work, ref: int) -> Draft:
    row = work.session.scalars(
        select(Draft).where(Draft.person_id == work.actor.person_id, Draft.ref == ref)
    ).first()
    if row is None:
        raise NotThere()
    return row
