"""Answer what an agency asks about a request, in any language, or say that one would rather not."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.base.work import Work
from portal.corrections import service
from portal.corrections.forms import AnswerForm
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.negotiation import tag
from portal.web.page import page


@blueprint.route("/corrections/<ref:ref>/reply", methods=["GET", "POST"])
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def answer(ref: int) -> Response:
    """Show the question and why it is asked; send an answer, or "I would rather not say" (Privacy Act 2020 s 61)."""
    form = AnswerForm()
    if request.method == "GET":
        form.language.data = tag()
    elif form.sent():
        said = (form.text.data, form.language.data, "declined" in request.form)
        if form.carry_out(_answer, ref, *said):
            return redirect(url_for("corrections.show", ref=ref), 303)
    ask = service.show(work(), ref)
    if ask.question is None and request.method == "GET":
        return redirect(url_for("corrections.show", ref=ref), 303)
    return page("corrections/answer.html", form=form, ask=ask)


def _answer(opened: Work, ref: int, text: str, lang: str, declined: bool) -> str:
    return service.answer_question(opened, ref, text, lang, declined=declined)
