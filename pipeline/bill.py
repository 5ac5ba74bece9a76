"""Bill: what calls of a language model took, kept for whoever asked until it is written down with what they gave."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from pipeline.value import Value


class Used(Value):
    """One call, or a ticket's part of a call that was made for several. The engine on this machine makes none."""

    model: str
    purpose: str
    outcome: str  # "ok", or why there was no answer; such a call may cost something, too
    tokens_in: int
    tokens_cached: int  # of those in
    tokens_out: int
    cost: float | None = None  # None: no price is set


Bill = list[Used]

_open: ContextVar[Bill | None] = ContextVar("bill", default=None)


@contextmanager
def billed() -> Iterator[Bill]:
    """Collect what is used until the block ends, in this task and those that it starts."""
    bill: Bill = []
    token = _open.set(bill)
    try:
        yield bill
    finally:
        _open.reset(token)


def bill_of_asker() -> Bill:
    """Return the bill of whoever asks now; one that nobody reads where none is open."""
    bill = _open.get()
    return [] if bill is None else bill


def charge(used: Used) -> None:
    """Put a call on the bill of whoever asked for it."""
    bill_of_asker().append(used)


def shared(used: Used, number: int) -> Sequence[Used]:
    """Return a call in as many parts; they add up to the whole, whose first parts have what cannot be divided."""
    return [
        used.model_copy(
            update={
                "tokens_in": _part(used.tokens_in, number, place),
                "tokens_cached": _part(used.tokens_cached, number, place),
                "tokens_out": _part(used.tokens_out, number, place),
                "cost": None if used.cost is None else used.cost / number,
            }
        )
        for place in range(number)
    ]


def _part(amount: int, number: int, place: int) -> int:
    return amount // number + (place < amount % number)
