"""Pages of choices: every use, one use with what follows from yes and no, and the receipt of an answer."""

from itertools import groupby

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.problems import NotThere
from portal.choices import queries, rules, service
from portal.choices.forms import ChoiceForm, LimitedForm
from portal.identity.permissions import Permission
from portal.web.core import work
from portal.web.guards import requires
from portal.web.page import page

blueprint = Blueprint("choices", __name__)


@blueprint.get("/choices")
@requires(Permission.CHOICES_MAKE)
def index() -> Response:
    """List every use: the person's own to choose, those that are theirs in part, those that the law decides."""
    found = queries.uses(work())
    after = ids.decode(request.args.get("after", ""))
    start = next((place for place, one in enumerate(found, 1) if one.ref == after), 0)
    shown = found[start : start + queries.MOST]
    return page(
        "choices/index.html",
        groups=[(kind, list(its)) for kind, its in groupby(shown, lambda one: one.kind)],
        headings=rules.HEADINGS,
        standing=rules.STANDING,
        next=ids.encode(shown[-1].ref) if start + queries.MOST < len(found) else None,
    )


@blueprint.route("/choices/<ref:ref>", methods=["GET", "POST"])
@requires(Permission.CHOICES_MAKE)
def show(ref: int) -> Response:
    """Show one use; where there is something to choose, with the form that chooses. Principles 3 and 10."""
    found = queries.use(work(), ref)
    may_choose = rules.may_choose(found.purpose)
    form = (LimitedForm if found.kind == "limited" else ChoiceForm)() if may_choose else None
    if form is None:
        # Where there is no choice there is no button, so nothing can be sent.
        if request.method == "POST":
            raise NotThere()
        return page("choices/law.html", use=found)
    if form.sent():
        done = form.carry_out(service.choose, ref, form.answer.data, once=False)
        if done:
            return redirect(url_for("choices.receipt", ref=ids.decode(done.result)), 303)
    return page(
        "choices/show.html",
        form=form,
        use=found,
        given=queries.history(work(), found),
        standing=rules.STANDING,
        waits=rules.waits_for_yes(found.purpose),
        days=rules.ACT_WITHIN,
    )


@blueprint.get("/choices/receipt/<ref:ref>")
@requires(Permission.CHOICES_MAKE)
def receipt(ref: int) -> Response:
    """Show what the person chose, when, and what the page said then: to keep or print."""
    given = queries.receipt(work(), ref)
    return page(
        "choices/receipt.html", given=given, agency=agencies.catalogue(work()).agency(given.agency_id)
    )
