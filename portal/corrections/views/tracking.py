"""Follow what became of a request: the list, the tracker, taking it back, and one's own words."""

from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.corrections import queries, rules, service
from portal.corrections.forms import ButtonForm, StatementForm
from portal.corrections.rules.letters import LETTERS
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.language.rules import LANGUAGES
from portal.language.service import known, language
from portal.law import grounds
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import requires
from portal.web.negotiation import tag, translator
from portal.web.page import page


@blueprint.get("/corrections")
@requires(Permission.CORRECTIONS_ASK)
def index() -> Response:
    """List drafts to go on with, open requests, and those that have ended."""
    found = service.requests_of(work(), ids.decode(request.args.get("after", "")))
    more = url_for("corrections.index", after=ids.encode(found.next)) if found.next else None
    return page("corrections/index.html", found=found, next=more)


@blueprint.get("/corrections/<ref:ref>/sent")
@requires(Permission.CORRECTIONS_ASK)
def sent(ref: int) -> Response:
    """Say that it was sent, by when they must answer, and what comes next; safe to bookmark."""
    return page("corrections/sent.html", ask=service.show(work(), ref))


@blueprint.get("/corrections/<ref:ref>")
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def show(ref: int) -> Response:
    """Show where a request is up to, and the answer on each value with its reason in law (s 63)."""
    return page(
        "corrections/show.html",
        ask=service.show(work(), ref),
        wishes=rules.WISH_WORDS,
        letters=LETTERS,
        ways=service.WAYS,
        day_of=date.fromisoformat,
        ground=grounds.decline_ground,
        text=queries.text_of,
        translator=translator(),
    )


@blueprint.route("/corrections/<ref:ref>/withdraw", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ALONE)
def withdraw(ref: int) -> Response:
    """Take a request back, after one question."""
    form = ButtonForm()
    if form.sent() and form.carry_out(service.withdraw, ref):
        return redirect(url_for("corrections.show", ref=ref), 303)
    ask = service.show(work(), ref)
    if not ask.open and request.method == "GET":
        return redirect(url_for("corrections.show", ref=ref), 303)
    return page("corrections/withdraw.html", form=form, ask=ask)


@blueprint.route("/corrections/<ref:ref>/statement", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ASK)
def statement(ref: int) -> Response:
    """Put one's own words beside a value that was not fixed, after seeing how others will read them (s 64)."""
    ask = service.show(work(), ref)
    item = _item(ask, clean_line(request.args.get("no", "")))
    form = StatementForm()
    other = clean_line(request.form.get("switch_language", ""))
    if request.method == "GET":
        form.process(data=_words_so_far(ask, item))
    elif known(other) and other != tag():
        # The words are kept nowhere until they are attached: the browser sends them on to the other language.
        return redirect(url_for("corrections.statement", ref=ref, no=item.no, l=other), 307)
    elif not other and "preview" not in request.form and form.sent():
        given = (item.field.key, form.text.data, form.language.data)
        if form.carry_out(service.attach_statement, ref, *given):
            return redirect(url_for("corrections.show", ref=ref), 303)
    chosen = form.language.data if form.language.data in LANGUAGES else tag()
    return page(
        "corrections/statement.html",
        ask=ask,
        item=item,
        form=form,
        text=queries.text_of,
        translator=translator(),
        words_lang=language(chosen).bcp47,
        today=nz_date(work().now),
    )


def _item(ask: queries.RequestView, no: str) -> queries.ItemView:
    for item in ask.items:
        if item.may_state and no in ("", str(item.no)):
            return item
    raise NotThere()


def _words_so_far(ask: queries.RequestView, item: queries.ItemView) -> dict[str, str]:
    if item.statement:
        return {"text": item.statement.text, "language": item.statement.lang}
    return {"text": ask.reason, "language": ask.language or tag()}
