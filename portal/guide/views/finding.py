"""A short walk for a worker with a client beside them: what happened in a life, and who then probably holds what.

It needs no account of the client. What is ticked is sent, answered and forgotten; no address or log line holds it.
"""

from flask import Response, request

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts
from portal.guide.forms import FindForm
from portal.guide.rules import Holder
from portal.guide.views.blueprint import blueprint
from portal.language import service as languages
from portal.web import negotiation
from portal.web.core import work
from portal.web.fields import clean_line
from portal.web.guards import public
from portal.web.page import page


@blueprint.route("/guide/find", methods=["GET", "POST"])
@public
def find() -> Response:
    """Ask what happened, and show who probably holds what, how to reach them, and letters (sections 40 to 42)."""
    other = clean_line(request.form.get("switch_language", ""))
    if languages.known(other):
        # The answer comes to the address that was asked, in the language that was chosen for it.
        negotiation.speak(other)
    form = FindForm()
    found: list[tuple[Holder, list[AgencyFacts]]] = []
    if form.sent() and not form.again:
        here = [one for one in agencies.catalogue(work()).agencies if one.has_desk and one.types]
        found = [(each, [one for one in here if one.topic in each.topics]) for each in form.ticked]
    return page("guide/find.html", form=form, found=found)
