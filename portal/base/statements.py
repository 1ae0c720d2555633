"""Statements that are built once in a process: only what is bound to them differs from one reading to the next.

To put a statement together costs SQLAlchemy ten times what it costs to send it.
"""

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import bindparam

P = ParamSpec("P")
S = TypeVar("S")


def fixed(build: Callable[P, S]) -> Callable[P, tuple[S, dict[str, Any]]]:
    """Let a function that puts a statement together do so once; called, it gives the statement and what is bound to it.

    `session.execute(*summary(person_id))`: to `build` each positional argument is a bound parameter of its name,
    whatever was given. What changes the statement itself are keyword arguments: it is built once for each of these.
    """
    kinds = inspect.signature(build).parameters.values()
    names = [one.name for one in kinds if one.kind is not one.KEYWORD_ONLY]

    @cache
    def once(**shape: Any) -> S:
        return build(*map(bindparam, names), **shape)  # type: ignore[arg-type]

    @wraps(build)
    def given(*values: Any, **shape: Any) -> tuple[S, dict[str, Any]]:
        return once(**shape), dict(zip(names, values, strict=True))

    return given
