"""Lists of a person's own things, a part at a time: by key, newest first, whatever their number."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

_NEWEST = 2**63 - 1


def before(model: Any, person_id: Any, ref: Any) -> ColumnElement[bool]:
    """Say in SQL, of a model with `person_id`, `id` and `ref`, that a row is older than the person's one with a ref.

    So are all of them where there is none. Ids are ordered by time.
    """
    last = aliased(model)
    number = select(last.id).where(last.person_id == person_id, last.ref == ref).scalar_subquery()
    return model.id < func.coalesce(number, _NEWEST)
