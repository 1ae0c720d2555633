"""The letters about a request to see something, as staff of its agency read them again."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.access_requests import service as access
from portal.access_requests.queries import CaseView
from portal.access_requests.rules import letters as rules
from portal.access_requests.service.letters import of
from portal.base.problems import NotThere
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.law.letters import KeptLetter
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letter_files import Head, letter_file
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.get("/casework/access/<ref:ref>/letter/<int:no>")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def access_letter(ref: int, no: int) -> Response:
    """Show a letter as the person got it, in its language with English beside it."""
    case, found = _found(ref, no)
    said = letter_facts(rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language)
    return page(
        "casework/letter.html",
        letter=found,
        ask=case.request,
        name=case.person_name,
        case_url=url_for("casework.access_case", ref=ref),
        file_url=url_for("casework.access_letter_pdf", ref=ref, no=no),
        **said,
    )


@blueprint.get("/casework/access/<ref:ref>/letter/<int:no>/file")
@requires(Permission.CASEWORK_SEE)
@reads("staff")
def access_letter_pdf(ref: int, no: int) -> Response:
    """Give a letter as a PDF file, to print for a person who wants it on paper."""
    case, found = _found(ref, no)
    head = Head(found.facts["agency"], case.request.reference, found.no, found.at)
    return letter_file(
        rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language, head
    )


def _found(ref: int, no: int) -> tuple[CaseView, KeptLetter]:
    case = access.case(work(), ref)
    found = next((one for one in of(work(), case.request.person_id, case.request.id) if one.no == no), None)
    if found is None:
        raise NotThere()
    return case, found
