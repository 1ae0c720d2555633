"""What staff answer about each value: what is missing, what it changes, and what the letters then say.

Plain facts in, plain facts out: the page that shows a letter before it is sent, and the verb that sends it, both come
through here, so that what was seen is what the person gets.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.agencies import values
from portal.agencies.rules import AgencyFacts, FieldFacts
from portal.base.problems import Invalid
from portal.corrections import rules
from portal.corrections.service.values_in_words import in_words
from portal.language.rules import ENGLISH

FIXED_WISHES = frozenset({rules.Wish.WORDS, rules.Wish.CHECKED})
"""Wishes that leave the value as it is when they are met."""


@dataclass(frozen=True)
class Decision:
    """What staff decide about item `no`: `value` is what the record will say, as typed."""

    no: int
    decision: str
    value: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """One value that a request asks about: what the agency held and what the person wants, when it was sent."""

    no: int
    field: FieldFacts
    wish: str
    held: Any
    wanted: Any


@dataclass(frozen=True)
class Answer:
    """A decision that can stand: `changes` is what it changes in the record, None for a value that is taken out."""

    asked: Asked
    made: Decision
    changes: dict[str, Any]

    @property
    def value(self) -> Any:
        """What the record will say."""
        return self.changes.get(self.asked.field.key, self.asked.held)


def check(asked: Iterable[Asked], decisions: Iterable[Decision]) -> list[Answer]:
    """Give the answer about each value, in order. Raises Invalid for the first that cannot stand.

    Its field is decision-N, value-N, ground-N or reason-N. Privacy Act 2020 s 63, principle 7.
    """
    made = {one.no: one for one in decisions}
    answers = []
    for one in asked:
        decision = made.get(one.no) or Decision(one.no, "")
        for problem in rules.check_decision(
            one.field.nature,
            decision.decision,
            decision.value,
            decision.ground,
            decision.reason,
            wish=one.wish,
        ):
            raise Invalid(rules.PROBLEM_WORDS[problem], f"{_box(problem)}-{one.no}")
        answers.append(Answer(one, decision, _changes(one, decision)))
    return answers


def drafts(
    answers: Iterable[Answer], agency: AgencyFacts, decided_on: date, apply_by_on: date
) -> list[tuple[str, dict[str, Any]]]:
    """Give the letters that these answers come to, as kinds with their facts: L5 for a yes, L6 for a no.

    The days are Pacific/Auckland ones; `apply_by_on` counts only where something is to be changed. law.md 3.3.
    """
    yes, no, changed = [], [], False
    for answer in answers:
        field, made = answer.asked.field, answer.made
        told: dict[str, Any] = {"label": field.label, "reason": made.reason.strip()}
        if made.decision == rules.Decision.ACCEPT:
            was = in_words(field, answer.asked.held) if answer.changes else ""
            now = in_words(field, answer.value) if answer.changes else ""
            yes.append(told | {"was": was, "now": now})
        else:
            partly = made.decision == rules.Decision.PARTLY
            part = {"partly": "yes", "now": in_words(field, answer.value)} if partly else {}
            no.append(told | {"ground": made.ground, "reason_in": reason_in(agency, made), **part})
        changed = changed or bool(answer.changes)
    letters: list[tuple[str, dict[str, Any]]] = []
    if yes:
        by_on = apply_by_on if changed else None
        letters.append(("L5", {"items": yes, "decided_on": decided_on, "apply_by_on": by_on}))
    if no:
        letters.append(("L6", {"items": no}))
    return letters


def reason_in(agency: AgencyFacts, made: Decision) -> dict[str, str]:
    """Give the words of a ready reason in other languages; none once its English was changed."""
    ready = agency.ready(made.ground, made.reason)
    return {tag: text for tag, text in ready.words.items() if tag != ENGLISH} if ready else {}


def _changes(asked: Asked, made: Decision) -> dict[str, Any]:
    accepted = made.decision == rules.Decision.ACCEPT
    if made.decision == rules.Decision.DECLINE or (accepted and asked.wish in FIXED_WISHES):
        return {}
    if accepted and asked.wish in (rules.Wish.REMOVE, rules.Wish.NOT_ME):
        return {asked.field.key: None}
    if accepted and not made.value.strip():
        return {asked.field.key: asked.wanted}
    try:
        return {asked.field.key: values.parse(asked.field, made.value)}
    except Invalid as fault:
        raise Invalid(fault.message, f"value-{asked.no}", **fault.values_) from None


def _box(problem: str) -> str:
    box = problem.split("-")[0]
    return {"law": "reason"}.get(box, box)
