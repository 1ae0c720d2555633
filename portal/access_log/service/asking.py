"""Asking about a look: the question goes to the looker's organisation, with the law's clock, and is answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.access_log import queries, rules
from portal.access_log.models import Question
from portal.access_log.queries import LookFacts
from portal.access_log.service.noting import note
from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.base.work import Work
from portal.identity import queries as identity
from portal.language.rules import N_
from portal.law import clocks


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on an organisation's worklist, with the look that it is about."""

    task: tasks.TaskFacts
    look: LookFacts


def looks(
    work: Work, most: int = 50, before: int | None = None, by: int | None = None, linked: Any = ()
) -> list[LookFacts]:
    """Give the looks at the actor's own information, newest first; `before` is the id of the last one shown.

    `by` wants the looks of one agency, or with queries.OTHERS of nobody among `linked`.
    """
    return queries.looks(work, work.actor.person_id, most, before, by, linked)


def look(work: Work, look_id: int) -> LookFacts:
    """Give one look at the actor's own information, with what was asked about it. Raises NotThere."""
    return queries.find(work, work.actor.person_id, look_id)


def ask(work: Work, look_id: int, words: str, tag: str) -> str:
    """Ask the looker's organisation about a look, in the actor's own words; it has 20 working days.

    Asking twice changes nothing: the first question stands. Raises NotThere, also where there is nobody to ask
    (a share opened without an account), and Invalid. Privacy Act 2020 principle 6, ss 42 and 44.
    """
    found = look(work, look_id)
    if not found.agency_id:
        raise NotThere()
    if found.question is not None:
        return ids.encode(look_id)
    fault = rules.question_fault(words)
    if fault:
        raise Invalid(fault, "words")
    person_id, ref, today = work.actor.person_id, ids.random63(), nz_date(work.now)
    due_on = clocks.due_on("access", today)
    place = queries.question_place(look_id, person_id)
    work.session.add(
        Question(
            person_id=person_id,
            look_id=look_id,
            ref=ref,
            agency_id=found.agency_id,
            state="sent",
            asked_at=work.now,
            due_on=due_on,
            words=work.keys.seal_json(place, {"asked": words.strip(), "lang": tag}),
        )
    )
    summary = {"title": "", "labels": [], "client_ref": _client(work, found.agency_id), "language": tag}
    tasks.add(work, found.agency_id, ref, rules.QUESTION_KIND, due_on, person_id, summary)
    return ids.encode(look_id)


def about_question(work: Work, ref: int) -> Asked:
    """Give a question about a look at the actor's organisation, and let this look ride along with the page.

    Call it as a read, not inside `work.do`. Raises NotThere, also for the person who asked.
    """
    found = _asked(work, ref)
    if found.look.question is not None and found.look.question.state == "sent":
        details = {
            "who": identity.account_name(work, work.actor.account_id) if work.actor.account_id else "",
            "role": work.actor.role or "",
            # L10n: on the page "Who has looked": why staff of an agency saw something.
            "why": N_("To answer your question about a look"),
        }
        work.also(note, found.task.person_id, "staff", found.task.agency_id, "question", details)
    return found


def answer(work: Work, ref: int, outcome: str, words: str) -> Asked:
    """Answer a question about a look, once, and give it as it was. `outcome` is fine or wrong.

    Where the look was not right, the organisation's privacy officer is told. Raises NotThere, Invalid, also for
    the one who looked, and Conflict once it is answered. Privacy Act 2020 principles 5 and 6.
    """
    asked = _asked(work, ref)
    _refuse(work, asked.look, outcome, words)
    task, place = asked.task, queries.question_place(asked.look.id, asked.task.person_id)
    wanted = select(Question).where(Question.person_id == task.person_id, Question.look_id == asked.look.id)
    row = work.session.scalars(wanted.with_for_update()).one()
    if row.state != "sent":
        raise Conflict()
    said = work.keys.open_json(place, row.words) | {"answer": words.strip()}
    row.words = work.keys.seal_json(place, said)
    row.state, row.outcome = "answered", outcome
    row.answered_by, row.answered_at = work.actor.account_id, work.now
    tasks.close(work, task.agency_id, ref)
    if outcome == "wrong":
        _tell_officer(work, asked)
    return asked


def _refuse(work: Work, found: LookFacts, outcome: str, words: str) -> None:
    if found.account and found.account == work.actor.account_id:
        # L10n: staff page that answers a question about a look, to the worker who looked.
        raise Invalid(N_("You made this look. Ask a colleague to answer."))
    if outcome not in ("fine", "wrong"):
        # L10n: staff page that answers a question about a look, error.
        raise Invalid(N_("Choose one of the answers."), "outcome")
    if not words.strip():
        # L10n: staff page that answers a question about a look, error beside an empty field.
        raise Invalid(N_("Write your answer."), "words")


def _asked(work: Work, ref: int) -> Asked:
    task = tasks.find(work, ref)
    if task.kind != rules.QUESTION_KIND or task.person_id == work.actor.person_id:
        raise NotThere()
    return Asked(task, queries.question(work, task.person_id, ref))


def _tell_officer(work: Work, asked: Asked) -> None:
    summary = {
        "worker": asked.look.who,
        "labels": asked.look.records,
        "client_ref": asked.task.summary.get("client_ref", ""),
        "by": str(asked.look.account or ""),
    }
    due_on = nz_date(work.now + rules.CHECK_WITHIN)
    tasks.add(
        work, asked.task.agency_id, ids.random63(), rules.WRONG_KIND, due_on, asked.task.person_id, summary
    )


def _client(work: Work, agency_id: int) -> str:
    try:
        return agencies.client_ref_of(work, work.actor.person_id, agency_id)
    except NotThere:
        # A provider that opened a share need not know the person by a number.
        return ""
