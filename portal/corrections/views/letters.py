"""The letters about a request, as pages to read and to print: in the letter's language, with English beside it."""

from werkzeug.wrappers import Response

from portal.base.problems import NotThere
from portal.corrections import service
from portal.corrections.rules import letters as rules
from portal.corrections.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.web.budgets import reads
from portal.web.core import work
from portal.web.guards import requires
from portal.web.letters import letter_facts
from portal.web.page import page


@blueprint.get("/corrections/<ref:ref>/letter/<int:no>")
@requires(Permission.CORRECTIONS_ASK)
@reads("own")
def letter(ref: int, no: int) -> Response:
    """Show one letter. Raises NotThere, also for a letter to others or of a request that is not the actor's."""
    ask, found = service.letter(work(), ref, no)
    if found is None:
        raise NotThere()
    said = letter_facts(rules.LETTERS[found.kind], rules.composed(found.kind, found.facts), found.language)
    return page("corrections/letter.html", ask=ask, letter=found, **said)
