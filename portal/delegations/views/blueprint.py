"""The blueprint that this room's screens hang on, and how their tries are counted."""

from flask import Blueprint

from portal.base.problems import Busy, StorageFull, TooMany
from portal.web.core import hit
from portal.web.fields import STATUS, PortalForm, sentence

blueprint = Blueprint("delegations", __name__)


def counted(form: PortalForm, kind: str, key: str) -> bool:
    """Count a try, and say whether there may be one more; if not, the form says why."""
    try:
        hit(kind, key)
    except (TooMany, StorageFull, Busy) as fault:
        return form.fail(sentence(fault), STATUS[type(fault)])
    return True
