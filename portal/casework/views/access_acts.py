"""Acts upon a request to see something before its answer, each on a page of its own: who asks, whose it is, safety."""

from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from portal.access_requests import service as access
from portal.agencies import queries as agencies
from portal.base import ids
from portal.base.work import Work
from portal.casework.forms.access import (
    HoldForm,
    IdentityForm,
    ItemForm,
    KnownForm,
    PassOnForm,
    ReasonForm,
    SearchForm,
)
from portal.casework.views.access import act_page
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.web.core import actor, work
from portal.web.guards import requires


@dataclass(frozen=True)
class Act:
    """What the page of an act says: its key, title, first line, what to know, the button, and the law behind it."""

    key: str
    title: str
    lead: str
    button: str
    law: str
    notes: tuple[str, ...] = ()


IDENTITY = Act(
    "identity",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Ask who they are"),
    # L10n: staff page that asks for proof of identity, first line.
    N_("Only when you doubt it. They get a letter. The time to answer goes on."),
    # L10n: staff page that asks for proof of identity, button.
    N_("Send the letter"),
    "Privacy Act 2020, section 57",
    (
        # L10n: staff page that asks for proof of identity.
        N_("Ask for no more than you need. A photo ID is never the only way."),
    ),
)
KNOWN = Act(
    "known",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("I am sure who they are"),
    # L10n: staff page that notes how a person showed who they are, first line.
    N_("Write how you know. Keep no copy of what they showed you."),
    # L10n: staff page that notes how a person showed who they are, button.
    N_("Go on with the request"),
    "Privacy Act 2020, section 57",
)
HOLD = Act(
    "hold",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Hold it back for safety"),
    # L10n: staff page that holds a request back for safety, first line.
    N_("Do this if someone may be forcing them to ask. Nothing that they see changes."),
    # L10n: staff page that holds a request back for safety, button.
    N_("Hold it back"),
    "Privacy Act 2020, section 57",
    (
        # L10n: staff page that holds a request back for safety.
        N_("The law forbids to hand anything over then. The time to answer goes on."),
        # L10n: staff page that holds a request back for safety.
        N_("Only a privacy officer can end the hold."),
    ),
)
LIFT = Act(
    "lift",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("End the safety hold"),
    # L10n: staff page that ends a safety hold, first line.
    N_("Only when you are sure that they ask of their own will."),
    # L10n: staff page that ends a safety hold, button.
    N_("End the hold"),
    "Privacy Act 2020, section 57",
)
PASS_ON = Act(
    "pass-on",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Pass it on"),
    # L10n: staff page that passes a request on, first line.
    N_("When another agency holds it, or it is closer to their work. The person gets a letter."),
    # L10n: staff page that passes a request on, button.
    N_("Pass it on now"),
    "Privacy Act 2020, section 43",
)
SEARCH = Act(
    "search",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Note a search"),
    # L10n: staff page that notes a search, first line.
    N_("Write down each place where you looked, also when you found nothing."),
    # L10n: staff page that notes a search, button.
    N_("Note it"),
    "Privacy Act 2020, section 53(a)",
)
ADD = Act(
    "add",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Add what you found"),
    # L10n: staff page that adds a thing that was found, first line.
    N_("One thing at a time: a note, a letter, an e-mail. Nobody sees it before it is decided."),
    # L10n: staff page that adds a thing that was found, button.
    N_("Add it"),
    "Privacy Act 2020, sections 44 and 56",
)


@blueprint.route("/casework/access/<ref:ref>/identity", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_identity(ref: int) -> Response:
    """Ask the person to show that it is them; the clock goes on (s 57)."""
    form = IdentityForm()
    return act_page(ref, form, IDENTITY, access.check_identity, lambda: (form.wanted.data,))


@blueprint.route("/casework/access/<ref:ref>/known", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_known(ref: int) -> Response:
    """Note how staff know that it is the person (s 57)."""
    form = KnownForm()
    return act_page(ref, form, KNOWN, access.confirm_identity, lambda: (form.how.data,))


@blueprint.route("/casework/access/<ref:ref>/hold", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_hold(ref: int) -> Response:
    """Hold a request back for safety; the person's pages stay as in any wait (s 57)."""
    form = HoldForm()
    return act_page(ref, form, HOLD, access.hold_for_safety, lambda: (form.plan.data,))


@blueprint.route("/casework/access/<ref:ref>/lift", methods=["GET", "POST"])
@requires(Permission.CASEWORK_REVIEW)
def access_lift(ref: int) -> Response:
    """End a safety hold, by a privacy officer (s 57)."""
    form = ReasonForm()
    return act_page(ref, form, LIFT, access.lift_hold, lambda: (form.why.data,))


@blueprint.route("/casework/access/<ref:ref>/pass-on", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_pass_on(ref: int) -> Response:
    """Pass a request on within 10 working days, all or a part of it (s 43)."""
    form = PassOnForm().offer(
        {
            ids.encode(one.id): one.name
            for one in agencies.catalogue(work()).agencies
            if one.kind == "agency" and one.id != actor().agency_id
        }
    )
    return act_page(
        ref,
        form,
        PASS_ON,
        access.transfer,
        lambda: (ids.decode(form.agency.data or "") or 0, form.why.data, form.part.data),
    )


@blueprint.route("/casework/access/<ref:ref>/search", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_search(ref: int) -> Response:
    """Write down where staff looked, and what they found there."""
    form = SearchForm()
    given = lambda: (form.system.data, form.what.data, form.found.data)  # noqa: E731
    return act_page(ref, form, SEARCH, access.log_search, given)


@blueprint.route("/casework/access/<ref:ref>/add", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_add(ref: int) -> Response:
    """Add one thing that was found."""
    form = ItemForm()
    given = lambda: (form.title.data, form.on.data, form.system.data, form.text.data)  # noqa: E731
    return act_page(ref, form, ADD, _add, given)


def _add(opened: Work, *given: Any) -> None:
    access.add_item(opened, *given)
