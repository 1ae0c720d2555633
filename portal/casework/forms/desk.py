"""Forms of the worklist: a name for a filter, and what is done with the rows that are ticked."""

from typing import Any

from portal.casework.rules import MAX_NAME
from portal.web.fields import BooleanField, LineField, PortalForm, SelectField
from portal.web.text import lazy


class ViewForm(PortalForm):
    """The name under which a worker keeps the present filter."""

    name = LineField(
        # L10n: staff worklist, label: a name of one's own for the present filters
        lazy("Name of this view"),
        most=MAX_NAME,
        # L10n: staff worklist, error beside the name of a filter that is to be kept
        needed=lazy("Write a name for this view."),
    )
    # L10n: staff worklist, tick below the name of a view: all colleagues at the desk have it then
    team = BooleanField(lazy("Everyone at our desk has it"))


class ShareForm(PortalForm):
    """Rows that are ticked, and the colleague who gets them. The rows themselves are read by the view."""

    # L10n: staff worklist, label of the list of colleagues
    to = SelectField(lazy("Colleague"), choices=[], validate_choice=False)

    def offer(self, colleagues, me: int | None) -> "ShareForm":
        """Offer the people of the desk, the reader first."""
        mine = [one for one in colleagues if one.account_id == me]
        others = [one for one in colleagues if one.account_id != me]
        # L10n: staff worklist, in the list of colleagues: the reader
        named: list[tuple[str, Any, dict[str, Any]]] = [(one.code, lazy("Me"), {}) for one in mine]
        named += [(one.code, one.name, {"held": True}) for one in others]
        # L10n: staff worklist, first line of the list of colleagues
        self.to.choices = [("", lazy("Choose a colleague"), {}), *named]
        return self
