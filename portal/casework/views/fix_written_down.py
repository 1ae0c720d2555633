"""Screens on which staff write down a request to fix something that came by phone, on paper or in person."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies.rules import FieldFacts
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import TooMany
from portal.casework.forms.fix_written_down import WhichForm, what_form
from portal.casework.forms.writing_down import WhoForm
from portal.casework.views.blueprint import blueprint
from portal.corrections import rules
from portal.corrections import service as corrections
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.records.service import Kept
from portal.web.budgets import reads
from portal.web.core import actor, hit, work
from portal.web.fields import STATUS, PortalForm, clean_line, sentence
from portal.web.guards import requires
from portal.web.page import page
from portal.web.text import lazy

REPLY = ("by", "language", "urgent", "why", "hand_on")
FIRST = ("client_ref", "born", "received_on", "how")
# L10n: staff page that writes down a request to fix, error above lists of values.
ONE_RECORD = N_("Tick values of one record. Write down another request for the others.")

Chosen = list[tuple[Kept, FieldFacts]]


@blueprint.route("/casework/fix/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
@reads("staff")
def write_down_fix() -> Response:
    """Write down a request to fix of a linked client, with the day on which it came (Privacy Act 2020 ss 59 to 63).

    Three pages at one address: who asks, which values, and what they should say. Each sends along what stood on those
    before it, so that nothing is kept before the end.
    """
    step = clean_line(request.form.get("step", "who"))
    ticks = [clean_line(one) for one in request.form.getlist("fields")][: rules.MAX_ITEMS + 1]
    forms: dict[str, Any] = {"which": WhichForm, "what": what_form(len(ticks))}
    form = forms.get(step, WhoForm)()
    if request.method == "GET":
        form.received_on.process(None, nz_date(work().now))
        return _page(form, "who")
    sent = form.sent()
    found = _found(form, first=step not in ("which", "what"))
    if found is None:
        return _page(form, "who")
    chosen = _chosen(found, ticks)
    if step == "what" and chosen:
        return _write(form, found, chosen) if sent else _page(form, "what", found, chosen)
    if step not in ("which", "what"):
        return _page(WhichForm() if sent else form, "which" if sent else "who", found)
    if sent and _fits(form, chosen):
        return _page(what_form(len(chosen))(), "what", found, chosen)
    return _page(form, "which", found, chosen)


def _found(form: PortalForm, *, first: bool) -> list[Kept] | None:
    """List what is kept of the client, by kind; None when a problem now stands on the form."""
    if any(form[name].errors for name in FIRST):
        return None
    try:
        # Client numbers can be tried out here, though only with a birth date beside them.
        hit("write-down-fix", str(actor().account_id))
    except TooMany as fault:
        form.fail(sentence(fault), STATUS[TooMany])
        return None
    heard = [form[name].data for name in FIRST]
    done = form.prepare(corrections.of_client, work(), *heard, noted=first)
    return done.result if done else None


def _chosen(found: list[Kept], ticks: list[str]) -> Chosen:
    may = {
        f"{ids.encode(kept.ref)}.{key}": (kept, one)
        for kept in found
        for key, one in kept.type.fields.items()
    }
    return [may[tick] for tick in dict.fromkeys(ticks) if tick in may]


def _fits(form: PortalForm, chosen: Chosen) -> bool:
    for problem in rules.check_items(len(chosen)):
        return form.fail(lazy(rules.PROBLEM_WORDS[problem]))
    if len({kept.ref for kept, _field in chosen}) > 1:
        return form.fail(lazy(ONE_RECORD))
    return True


def _write(form: Any, found: list[Kept], chosen: Chosen) -> Response:
    heard = corrections.Heard(
        **{name: form[name].data for name in FIRST},
        record_ref=chosen[0][0].ref,
        chosen=[_wished(form, no, one) for no, (_kept, one) in enumerate(chosen, 1)],
        reason=form.reason.data,
        reply={name: form[name].data for name in REPLY},
    )
    done = form.carry_out(corrections.write_down, heard)
    if done:
        return redirect(url_for("casework.show", ref=ids.decode(done.result)), 303)
    if form.fields.errors:
        return _page(form, "which", found, chosen)
    return _page(form, "what", found, chosen)


def _wished(form: Any, no: int, field: FieldFacts) -> corrections.Chosen:
    wish = form[f"wish_{no}"].data or ""
    box = "words" if wish == rules.Wish.WORDS else "value"
    return corrections.Chosen(field.key, wish, form[f"{box}_{no}"].data or "")


def _page(form: Any, step: str, found: list[Kept] | None = None, chosen: Chosen | None = None) -> Response:
    return page(
        "casework/write_down_fix.html",
        form=form,
        step=step,
        found=found or [],
        chosen=chosen or [],
        code=ids.encode,
    )
