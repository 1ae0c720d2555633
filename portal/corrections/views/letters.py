"""The letters about a request, as pages to read and to print: in the letter's language, with English beside it."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.corrections import queries, service
from portal.corrections.rules import letters as rules
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.law.letters import KeptLetter
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letter_files import Head, letter_file
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.get("/corrections/<ref:ref>/letter/<int:no>")
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def letter(ref: int, no: int) -> Response:
    """Show one letter. Raises NotThere, also for a letter to others or of a request that is not the actor's."""
    ask, found = _found(ref, no)
    said = letter_facts(rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language)
    file_url = url_for("corrections.letter_pdf", ref=ref, no=no)
    return page("corrections/letter.html", ask=ask, letter=found, file_url=file_url, **said)


@blueprint.get("/corrections/<ref:ref>/letter/<int:no>/file")
@requires(Permission.CORRECTIONS_ALONE)
@reads("own")
def letter_pdf(ref: int, no: int) -> Response:
    """Give one letter as a PDF file. Raises NotThere as its page does."""
    ask, found = _found(ref, no)
    head = Head(found.facts["agency"], ask.reference, found.no, found.at)
    return letter_file(
        rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language, head
    )


def _found(ref: int, no: int) -> tuple[queries.RequestView, KeptLetter]:
    ask, found = service.letter(work(), ref, no)
    if found is None:
        raise NotThere()
    return ask, found
