"""Verbs of choices: say yes or no to a use, and ask what a person said. DPUP Transparency and Choice."""

from typing import Any

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies import tasks
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid, NotThere
from portal.base.work import Work
from portal.choices import queries, rules
from portal.choices.models import Choice
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law.working_days import add_working_days
from portal.notices import service as notices

TASK = "choice"


def choose(work: Work, ref: int, answer: str) -> str:
    """Say yes or no to one use for the actor, and give the ref of the receipt. It counts from this moment.

    The same answer again changes nothing. What really changes is put on the agency's worklist. Raises NotThere,
    also where there is no choice, and Invalid. Privacy Act 2020 principle 10.
    """
    found = queries.use(work, ref)
    if not rules.may_choose(found.purpose):
        raise NotThere()
    if answer not in rules.ANSWERS:
        # L10n: Error beside a question that has a list of answers.
        raise Invalid(N_("Choose one of the answers."), "answer")
    before = _present(work, found)
    if before is not None and before.answer == answer:
        return ids.encode(before.ref)
    if before is not None:
        before.ended_at = work.now
        # The new row must not meet the old one as the present answer.
        work.session.flush()
    made = _row(work, found, answer)
    work.session.add(made)
    if rules.allows(found.purpose, found.answer) != rules.allows(found.purpose, answer):
        _tell_agency(work, found, made, before)
    notices.tell(work, made.person_id, "choice_made", made.agency_id, made.ref, mail=False)
    return ids.encode(made.ref)


def allows(work: Work, person_id: int, agency_id: int, purpose_key: str) -> bool:
    """Say whether a use of what an agency holds about a person may happen, as far as it is theirs to choose.

    False without a live link, while the agency is hidden, and for a purpose that nobody published.
    """
    live, answer = queries.answer_of(work, person_id, agency_id, purpose_key)
    purpose = agencies.catalogue(work).agency(agency_id).purposes.get(purpose_key) if live else None
    return purpose is not None and rules.allows(purpose, answer)


def standing(work: Work, person_id: int) -> queries.Standing:
    """Give a person's live agencies, and the purposes there to which they said no."""
    return queries.standing(work, person_id)


def feed(work: Work, slug: str, purpose_key: str) -> list[str]:
    """Give the ids, known to this agency alone, of those who may be included in a use of it.

    Raises NotThere for an unknown agency or purpose. Privacy Act 2020 principles 10, 11 and 13.
    """
    agency = agencies.catalogue(work).by_slug(slug)
    if agency is None:
        raise NotThere()
    return [ids.encode(number) for number in queries.feed(work, agency.id, purpose_key)]


def _present(work: Work, found: queries.Use) -> Choice | None:
    return work.session.scalars(
        select(Choice)
        .where(
            Choice.person_id == work.actor.person_id,
            Choice.agency_id == found.agency.id,
            Choice.purpose == found.key,
            Choice.ended_at.is_(None),
        )
        .with_for_update()
    ).first()


def _row(work: Work, found: queries.Use, answer: str) -> Choice:
    person_id, choice_id = work.actor.person_id, work.new_id()
    code = ids.typed_code(8)
    shown = {
        "title": found.title,
        "agency": found.agency.name,
        "kind": found.kind,
        "language": work.actor.language,
        **{key: found.purpose.get(key, "") for key in ("choice_reason", "if_yes", "if_no")},
    }
    return Choice(
        person_id=person_id,
        id=choice_id,
        ref=ids.random63(),
        reference=f"{code[:4]}-{code[4:]}",
        agency_id=found.agency.id,
        purpose=found.key,
        answer=answer,
        shown=work.keys.seal_json(queries.place(person_id, choice_id), shown),
        at=work.now,
    )


def _tell_agency(work: Work, found: queries.Use, made: Choice, before: Choice | None) -> None:
    """Put a change on the agency's worklist, or take off it the one before that nobody has looked at yet."""
    if before is not None and tasks.close_if_open(work, found.agency.id, before.ref):
        # They had not acted on it yet, so all stays as it was.
        return
    due_on = add_working_days(nz_date(work.now), rules.ACT_WITHIN)
    tasks.add(work, found.agency.id, made.ref, TASK, due_on, made.person_id, _summary(work, found, made))


def _summary(work: Work, found: queries.Use, made: Choice) -> dict[str, Any]:
    name = identity.person_facts(work, made.person_id).full_name
    return {
        "initials": "".join(word[0] for word in name.split()[:3]),
        "client_ref": agencies.client_ref_of(work, made.person_id, found.agency.id),
        "labels": [found.title],
        "language": work.actor.language,
        "answer": made.answer,
    }
