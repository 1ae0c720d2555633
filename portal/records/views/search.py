"""The page that finds words in a person's records."""

from flask import request
from werkzeug.wrappers import Response

from portal.base import ids
from portal.identity.permissions import Permission
from portal.language import finding, service
from portal.records import queries
from portal.records.forms.finding import SearchForm
from portal.records.views.blueprint import blueprint, helped
from portal.web import negotiation
from portal.web.budgets import reads
from portal.web.core import actor, work
from portal.web.fields import clean_line
from portal.web.guards import code_first, requires
from portal.web.page import page


@blueprint.route("/records/search", methods=["GET", "POST"])
@requires(Permission.RECORDS_LOOK)
@reads("own")
def search() -> Response:
    """Find words, whatever marks they carry (principle 6).

    The words are sent, and never stand in an address: on a phone that others use, the history keeps addresses.
    Records about safety are among the results only within five minutes of a second factor.
    """
    if asked := code_first(True):
        return asked
    other = clean_line(request.form.get("switch_language", ""))
    if service.known(other):
        # The answer comes to the address that was asked, in the language that was chosen for it.
        negotiation.speak(other)
    form, found = SearchForm(), None
    fresh = actor().fresh(work().now)
    if form.sent():
        words = finding.words_of(form.words.data)
        if words:
            tongue = negotiation.translator()
            found = queries.search(work(), words, tongue, safety=fresh, after=form.after_ref)
        else:
            form.refuse()
    if found:
        helped((hit.record.type.title, hit.record.agency) for hit in found.hits)
    more = ids.encode(found.next) if found and found.next else None
    return page("records/search.html", form=form, found=found, fresh=fresh, next=more)
