"""What handing over costs, where the law lets an agency ask for money: ask, and note how it ended (ss 66 and 67)."""

from werkzeug.wrappers import Response

from portal.access_requests import service as access
from portal.access_requests.rules import charges
from portal.base.problems import Refused
from portal.casework.forms.answers import ChargeForm, SettleForm
from portal.casework.views.access import act_page
from portal.casework.views.access_acts import Act
from portal.casework.views.blueprint import blueprint
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.web.core import actor, work
from portal.web.guards import requires

LAW = "Privacy Act 2020, sections 45, 66 and 67"
CHARGE = Act(
    "charge",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Ask for a charge"),
    # L10n: staff page that asks for money before handing over, first line.
    N_("Tell them before any work is paid for. They can say yes, ask for less, or complain."),
    # L10n: staff page that asks for money before handing over, button.
    N_("Send the letter"),
    LAW,
    (
        # L10n: staff page that asks for money before handing over.
        N_(
            "Only what is reasonable, for your help and for making it ready. Nothing for asking or for a fix."
        ),
    ),
)
SETTLE = Act(
    "settle",
    # L10n: staff page of a request to see something, title of an act and its link.
    N_("Settle the charge"),
    # L10n: staff page that notes how a charge ended, first line.
    N_("Then you can hand it over, and you must not wait with that."),
    # L10n: staff page that notes how a charge ended, button.
    N_("Note this"),
    LAW,
)


@blueprint.route("/casework/access/<ref:ref>/charge", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_charge(ref: int) -> Response:
    """Say what handing over costs and why; refused to every agency that may not charge."""
    if not access.may_charge(work(), actor().agency_id):
        raise Refused(charges.MAY_NOT)
    form = ChargeForm()
    return act_page(ref, form, CHARGE, access.ask_charge, lambda: (form.amount.data, form.why.data))


@blueprint.route("/casework/access/<ref:ref>/settle", methods=["GET", "POST"])
@requires(Permission.CASEWORK_DECIDE)
def access_settle(ref: int) -> Response:
    """Note that the person paid, or let the charge go."""
    form = SettleForm()
    return act_page(ref, form, SETTLE, access.settle_charge, lambda: (form.how.data,))
