"""Reads and decides again when somebody else changed the case in between."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from storage.cases import Conflict

P = ParamSpec("P")
R = TypeVar("R")

_TRIES = 5  # each try reads afresh; five writers in a row on one case would be a bug, not bad luck


def again_on_conflict(act: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Run `act` again from its beginning when its compare-and-swap lost."""

    @wraps(act)
    async def trying(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_TRIES - 1):
            try:
                return await act(*args, **kwargs)
            except Conflict:
                continue
        return await act(*args, **kwargs)

    return trying
