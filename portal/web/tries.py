"""How tries are counted: a form says itself why there may not be one more."""

from collections.abc import Callable

from portal.base.problems import Busy, StorageFull, TooMany
from portal.web.core import hit
from portal.web.fields import STATUS, PortalForm, sentence


def counted(form: PortalForm, kind: str, key: str) -> bool:
    """Count a try, and say whether there may be one more; if not, the form says why."""
    return counted_by(form, lambda: hit(kind, key))


def counted_by(form: PortalForm, count: Callable[[], object]) -> bool:
    """Count a try by what `count` does, and say whether there may be one more; if not, the form says why."""
    try:
        count()
    except (TooMany, StorageFull, Busy) as fault:
        return form.fail(sentence(fault), STATUS[type(fault)])
    return True
