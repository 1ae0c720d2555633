"""The case of a request to fix something: the record beside what is asked, the decision, and what can be done now."""

from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies import tasks, values
from portal.agencies.rules import FieldFacts
from portal.base.clock import nz_date
from portal.casework.forms import ButtonForm
from portal.casework.forms.answers import AnswerForm
from portal.casework.forms.fixing import DecideForm, decide_form
from portal.casework.views.blueprint import blueprint
from portal.casework.views.fix_words import HAPPENINGS, PARTS
from portal.corrections import rules
from portal.corrections import service as corrections
from portal.corrections.rules.letters import LETTERS
from portal.corrections.service import CaseView, Decision, Preview
from portal.identity.permissions import Permission, allowed
from portal.identity.queries import account_name
from portal.law import clocks, grounds, reading
from portal.law.letter_lines import EXTENSION_GROUNDS
from portal.law.ways import WAYS
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import PortalForm, clean
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.negotiation import translator
from portal.web.page import page

TYPED = ("value-", "reason-", "reason", "words", "why", "wanted", "how")
"""Beginnings of the names of boxes in which staff write."""


@blueprint.post("/casework/<ref:ref>/take")
@requires(Permission.CASEWORK_DECIDE)
def take(ref: int) -> Response:
    """Take a request as one's own."""
    form = ButtonForm()
    if form.sent():
        form.carry_out(corrections.take, ref)
    return redirect(url_for("casework.show", ref=ref), 303)


@blueprint.get("/casework/<ref:ref>/history")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def history(ref: int) -> Response:
    """Show all that happened to a request, how its due date was counted, and the letters about it."""
    case = corrections.papers(work(), ref)
    days = clocks.counted_days(case.request.received_on, case.request.due_on)
    return page("casework/fix_history.html", days=days, happenings=HAPPENINGS, **facts(case))


def case_page(ref: int, form: PortalForm | None = None, case: CaseView | None = None) -> Response:
    """Show a request beside its record; `form` carries what was typed, and what went wrong with it.

    Where the page has no place for that form any more, because a colleague was faster, what was typed stands on the
    page by itself.
    """
    case = case or corrections.case(work(), ref)
    wanted = AnswerForm if case.staff.proposed else DecideForm
    fits = isinstance(form, wanted) and bool(case.request.open or case.staff.proposed)
    shown = form if form is not None and fits else _fresh(case)
    proposal = proposed(case)
    return page(
        "casework/show.html",
        form.status if form is not None else 200,
        form=shown,
        refused=None if fits else form,
        lost=[] if fits or form is None else typed(),
        proposal=proposal,
        letters=drafts_of(proposal, case),
        part_names=PARTS,
        law_note=law_note(shown),
        others=tasks.open_row(work(), case.task, account_name(work(), actor().account_id)),
        **facts(case),
    )


def _fresh(case: CaseView) -> PortalForm:
    return AnswerForm(formdata=None) if case.staff.proposed else the_form(case, sent=False)


def facts(case: CaseView) -> dict[str, Any]:
    """Give what every page of a case needs."""
    today, ask, me = nz_date(work().now), case.request, actor()
    return {
        "case": case,
        "ask": ask,
        "own_items": [item for item in ask.items if not item.moved_to],
        "today": today,
        "due": (clocks.state_of(today, ask.due_on), clocks.days_left(today, ask.due_on)),
        "mine": case.task.owner_id == me.account_id,
        # Nobody answers a request of their own.
        "own": case.task.person_id == me.person_id,
        "officer": allowed(me, Permission.CASEWORK_REVIEW),
        "own_proposal": bool(case.staff.proposed) and case.staff.proposed_by == me.account_id,
        "may_decide": allowed(me, Permission.CASEWORK_DECIDE),
        "only": Permission.CASEWORK_DECIDE.sentence,
        "text": lambda field, value: values.as_words(field, value, translator()),
        "differs": _differs,
        "wishes": rules.WISH_WORDS,
        "ways": WAYS,
        "decisions": rules.DECISION_WORDS,
        "kinds": LETTERS,
        "extensions": EXTENSION_GROUNDS,
        "ground": grounds.decline_ground,
        "grade": reading.grade,
        "longest": reading.longest_sentence,
        "aim": reading.GRADE_AIM,
        "day_of": date.fromisoformat,
    }


def the_form(case: CaseView, *, sent: bool = True) -> DecideForm:
    """Make the decision form of a request, filled from what was sent; empty without `sent`."""
    ask = case.request
    reasons = agencies.catalogue(work()).agency(ask.agency.id).reasons
    return decide_form([item for item in ask.items if not item.moved_to], reasons, sent=sent)


def proposed(case: CaseView) -> Preview | None:
    """Give the letters that a colleague's proposed decision would send; None where none is proposed."""
    made = (case.staff.kept.get("proposal") or {}).get("decisions")
    if not case.staff.proposed or not made:
        return None
    return corrections.preview(work(), case, [Decision(**one) for one in made])


def drafts_of(preview: Preview | None, case: CaseView) -> list[dict[str, Any]]:
    """Give what shows each letter that is not sent yet, in the person's language with English beside it."""
    shown = []
    for one in preview.letters if preview else []:
        said = letter_facts(LETTERS[one.kind], one.composed, case.request.language)
        lacks = set(one.missing)
        said["must"] = [(part.key, part.key not in lacks) for part in LETTERS[one.kind].parts]
        shown.append(said)
    return shown


def typed() -> list[str]:
    """Give what staff had written into the boxes of the page that was sent."""
    return [clean(text) for name, text in request.form.items() if name.startswith(TYPED) and text.strip()]


def law_note(form: PortalForm) -> bool:
    """Say whether a decision was refused for what the law asks of a no: then its section stands with the errors."""
    return any(field.errors and field.name.startswith(("ground-", "reason-")) for field in form)


def _differs(field: FieldFacts, held: Any, wanted: Any) -> rules.Difference | None:
    """Give what differs between two values as they are shown; None where the words would not be of one language."""
    if held is None or wanted is None or field.masked:
        return None
    before, after = (values.as_words(field, one, translator()) for one in (held, wanted))
    return rules.difference(before.text, after.text) if before.lang == after.lang else None
