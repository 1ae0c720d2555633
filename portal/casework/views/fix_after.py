"""After the answer: what was accepted goes into the agency's own record, and those who got the old value are told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from portal.agencies import values
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Conflict, Invalid, NotThere
from portal.casework.forms.fixing import AppliedForm, TellForm
from portal.casework.views.blueprint import blueprint
from portal.casework.views.csv_files import csv_file
from portal.casework.views.fix_case import facts
from portal.corrections import service as corrections
from portal.corrections.queries import RecipientView, RequestView, ToApply
from portal.corrections.rules import letters as wording
from portal.identity.permissions import Permission, allowed
from portal.language import service as language
from portal.language.rules import ENGLISH, N_
from portal.law import clocks
from portal.law.letters import KeptLetter
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.negotiation import translator
from portal.web.page import page
from portal.web.text import lazy

HEADS = ("reference", "client", "type", "field", "label", "held", "becomes", "apply_by")
IN_FILE = 200
# L10n: staff list of changes that wait, error: no row was ticked.
NONE = N_("Tick what is changed in your own record.")


@blueprint.route("/casework/to-apply", methods=["GET", "POST"])
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def to_apply() -> Response:
    """List accepted changes that are not in the agency's own record yet; say of some that they are."""
    form, done = AppliedForm(), None
    may_decide = allowed(actor(), Permission.CASEWORK_DECIDE)
    if may_decide and form.sent():
        sent = form.prepare(_confirm, form)
        done = sent.result if sent else None
        if done and not done.left:
            return redirect(url_for("casework.to_apply", done=done.confirmed), 303)
    after = _after(request.args.get("after"))
    found = corrections.to_apply(work(), after=after)
    more = found[-1] if len(found) >= corrections.A_PAGE else None
    next_page = url_for("casework.to_apply", after=_key(more)) if more else None
    today = nz_date(work().now)
    return page(
        "casework/to_apply.html",
        409 if done else form.status,
        form=form,
        found=found,
        done=done,
        confirmed=_number(request.args.get("done")),
        next=next_page,
        may_decide=may_decide,
        text=lambda field, value: values.as_words(field, value, translator()),
        due=lambda one: (clocks.state_of(today, one.apply_by_on), clocks.days_left(today, one.apply_by_on)),
        key=row_key,
    )


@blueprint.get("/casework/to-apply.csv")
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def to_apply_file() -> Response:
    """Give the same changes as a file of comma-separated values, the longest waiting first."""
    rows = [_row(one) for one in corrections.to_apply(work(), most=IN_FILE)]
    work().finish()
    return csv_file("to-apply.csv", HEADS, rows)


@blueprint.get("/casework/<ref:ref>/others")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def others(ref: int) -> Response:
    """List those who got the old value from this agency: told, not told and why, or still to be told."""
    case = corrections.papers(work(), ref)
    told_by = corrections.WAYS
    return page("casework/fix_others.html", people=_given(case.request), told_by=told_by, **facts(case))


@blueprint.route("/casework/<ref:ref>/others/<int:no>", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def tell(ref: int, no: int) -> Response:
    """Say how one of them was told, with the letter (L8) to copy or print; or why they cannot be (principle 7(5))."""
    form = TellForm()
    form.how.choices = [SelectChoice(key, lazy(msgid)) for key, msgid in corrections.WAYS.items()]
    if form.sent():
        if "not" in request.form:
            done = form.carry_out(corrections.not_practicable, ref, no, form.reason.data or "")
        else:
            done = form.carry_out(corrections.tell_recipient, ref, no, form.how.data or "")
        if done:
            return redirect(url_for("casework.others", ref=ref), 303)
    case = corrections.papers(work(), ref)
    one = next((each for each in _given(case.request) if each.no == no), None)
    if one is None:
        raise NotThere()
    said: dict[str, Any] = {"parts": []}
    letter = _letter_to(case.request, one)
    if letter is not None:
        composed = wording.composed("L8", letter.facts)
        said = letter_facts(wording.LETTERS["L8"], composed, ENGLISH)
    return page("casework/fix_tell.html", form=form, one=one, **said, **facts(case))


@dataclass(frozen=True)
class Confirmed:
    """How many values were confirmed, and which rows were not: a colleague was faster, or the request has gone."""

    confirmed: int
    left: list[str]


def _confirm(form: AppliedForm) -> Confirmed:
    """Confirm what was ticked, each request in its own transaction: one that fails stops no other. Raises Invalid."""
    wanted: dict[int, list[int]] = {}
    for row in form.rows.data or []:
        ref, _, no = row.partition(".")
        number = ids.decode(ref)
        if number is not None and no.isascii() and no.isdigit() and len(no) < 4:
            wanted.setdefault(number, []).append(int(no))
    if not wanted:
        raise Invalid(NONE, "rows")
    confirmed, left = 0, []
    for number, nos in wanted.items():
        nonce = f"{form.nonce.data} {number}"
        try:
            work().do(corrections.confirm_applied, number, nos, form.note.data or "", nonce=nonce)
            confirmed += len(nos)
        except (Conflict, NotThere):
            left += [f"{ids.encode(number)}.{no}" for no in nos]
    return Confirmed(confirmed, left)


def row_key(one: ToApply) -> str:
    """Give what the tick of a row sends: the request, and the number of the value."""
    return f"{ids.encode(one.ref)}.{one.no}"


def _given(ask: RequestView) -> list[RecipientView]:
    # Through whom the person shared it themselves is for the person alone.
    return [one for one in ask.recipients if one.kind == "disclosure"]


def _letter_to(ask: RequestView, one: RecipientView) -> KeptLetter | None:
    kept = corrections.letters_of(work(), ask.person_id, ask.id)
    to_them = [each for each in kept if each.kind == "L8" and each.facts.get("to") == one.to]
    return next((each for each in to_them if each.facts.get("items") == one.what), None) or next(
        reversed(to_them), None
    )


def _row(one: ToApply) -> list[str]:
    english = language.translator(ENGLISH)
    held, becomes = (
        "" if value is None else values.as_text(one.field, value, english) for value in (one.held, one.value)
    )
    return [
        one.reference,
        one.client,
        one.type_key,
        one.field.key,
        one.field.label,
        held,
        becomes,
        one.apply_by_on.isoformat(),
    ]


def _key(one: ToApply) -> str:
    return f"{one.apply_by_on}.{ids.encode(one.person_id)}.{ids.encode(one.request_id)}.{one.no}"


def _after(text: str | None) -> tuple[date, int, int, int] | None:
    day, person, request_id, no = (clean_line(text or "").split(".") + [""] * 4)[:4]
    found = (ids.decode(person), ids.decode(request_id))
    if None in found or not (no.isascii() and no.isdigit() and len(no) < 4):
        return None
    try:
        return (date.fromisoformat(day), found[0] or 0, found[1] or 0, int(no))
    except ValueError:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
