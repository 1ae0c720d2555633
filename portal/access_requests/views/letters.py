"""The letters about a request, as pages to read and to print: in the letter's language, with English beside it."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.access_requests import queries
from portal.access_requests.rules import letters as rules
from portal.access_requests.service.letters import of
from portal.access_requests.views.blueprint import blueprint
from portal.base.problems import NotThere
from portal.identity.permissions import Permission
from portal.law.letters import KeptLetter
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letter_files import Head, letter_file
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.get("/access-requests/<ref:ref>/letter/<int:no>")
@requires(Permission.ACCESS_REQUESTS_ASK)
@reads("own")
def letter(ref: int, no: int) -> Response:
    """Show one letter. Raises NotThere, also for a letter of a request that is not the actor's."""
    ask, found = _found(ref, no)
    said = letter_facts(rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language)
    file_url = url_for("access_requests.letter_pdf", ref=ref, no=no)
    return page("access_requests/letter.html", ask=ask, letter=found, file_url=file_url, **said)


@blueprint.get("/access-requests/<ref:ref>/letter/<int:no>/file")
@requires(Permission.ACCESS_REQUESTS_ALONE)
@reads("own")
def letter_pdf(ref: int, no: int) -> Response:
    """Give one letter as a PDF file. Raises NotThere as its page does."""
    ask, found = _found(ref, no)
    head = Head(found.facts["agency"], ask.reference, found.no, found.at)
    return letter_file(
        rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language, head
    )


def _found(ref: int, no: int) -> tuple[queries.RequestView, KeptLetter]:
    ask = queries.show(work(), ref)
    found = next((one for one in of(work(), ask.person_id, ask.id) if one.no == no), None)
    if found is None:
        raise NotThere()
    return ask, found
