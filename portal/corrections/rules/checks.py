"""What a request, a decision and a statement must contain (Privacy Act 2020 s 63, principle 7)."""

from portal.corrections.rules.states import Decision, Wish
from portal.law.access_grounds import MUST_NAME_LAW
from portal.law.grounds import NATURES, decline_ground, names_a_law

MAX_REASON = 5_000
"""Characters in a reason, of the person or of staff."""
MAX_VALUE = 2_000
"""Characters in a value asked for or decided."""
MAX_STATEMENT = 5_000
"""Characters in a statement of correction."""
MAX_COMPLAINTS = 10
"""Complaints that one may send to the agency from here about one request; by phone there is no limit."""
MAX_ITEMS = 20
"""Values in one request."""


def check_items(count: int) -> list[str]:
    """List the problems with the number of values in a request, as codes of PROBLEM_WORDS."""
    if count < 1:
        return ["items-missing"]
    return ["items-too-many"] if count > MAX_ITEMS else []


def check_wish(wish: str | None, value: str | None, reason: str | None = None) -> list[str]:
    """List the problems with what a person asks for one value, as codes of PROBLEM_WORDS.

    A reason may be left out: the law asks the person for none. Principle 7.
    """
    if wish not in set(Wish):
        return ["wish-missing"]
    problems = []
    if wish == Wish.REPLACE:
        problems += _check_text(value, MAX_VALUE, "wish-value-missing", "value-too-long")
    if wish == Wish.WORDS:
        problems += check_statement(value)
    if len(reason or "") > MAX_REASON:
        problems.append("reason-too-long")
    return problems


def check_statement(text: str | None) -> list[str]:
    """List the problems with a statement of correction, as codes of PROBLEM_WORDS.

    Its content is the person's own and is never judged (s 64).
    """
    return _check_text(text, MAX_STATEMENT, "statement-missing", "statement-too-long")


def check_decision(
    item_nature: str | None,
    decision: str | None,
    value: str | None,
    ground: str | None,
    reason: str | None,
    *,
    wish: str = Wish.REPLACE,
) -> list[str]:
    """List the problems with the decision on one value, as codes of PROBLEM_WORDS; none means it can stand.

    item_nature: the field's `x-nature`; None counts as a fact. value: what the record will say; when all is
    accepted it may be left out, unless the person did not know it. ground: a code of law.grounds. wish: what
    the person asked. An accepted value needs no ground; one left in the form is ignored.
    Privacy Act 2020 s 63, principle 7.
    """
    if decision not in set(Decision):
        return ["decision-missing"]
    must_say = decision == Decision.PARTLY or (decision == Decision.ACCEPT and wish == Wish.UNKNOWN)
    problems = []
    if must_say:
        problems += _check_text(value, MAX_VALUE, "value-missing", "value-too-long")
    elif decision == Decision.ACCEPT and len(value or "") > MAX_VALUE:
        problems.append("value-too-long")
    if decision == Decision.ACCEPT:
        return problems + (_check_reason(reason) if wish == Wish.CHECKED else [])
    problems += _check_ground(item_nature or "fact", ground, reason or "")
    return problems + _check_reason(reason)


def _check_reason(reason: str | None) -> list[str]:
    return _check_text(reason, MAX_REASON, "reason-missing", "reason-too-long")


def _check_text(text: str | None, limit: int, missing: str, too_long: str) -> list[str]:
    if not (text or "").strip():
        return [missing]
    return [too_long] if len(text or "") > limit else []


def _check_ground(nature: str, code: str | None, reason: str) -> list[str]:
    if not code:
        return ["ground-missing"]
    ground = decline_ground(code)
    if ground is None:
        return ["ground-unknown"]
    if nature in NATURES and nature not in ground.natures:
        return ["ground-wrong-kind"]
    if MUST_NAME_LAW in ground.needs and reason.strip() and not names_a_law(reason):
        return ["law-missing"]
    return []
