"""Precedent: an earlier ticket and where people filed it, shown to a model that reads a ticket like it."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pydantic import Field

from pipeline.value import Value


class Precedent(Value):
    """An earlier ticket of this desk. `instead_of` is what it had been read as, where a person corrected that."""

    text: str = Field(description="the customer's words, masked")
    category: str
    instead_of: str = ""
    likeness: float = Field(default=1.0, ge=-1, le=1, description="cosine with the ticket that is read")


def together(several: Sequence[Sequence[Precedent]]) -> tuple[Precedent, ...]:
    """Return the precedents of tickets that share a question, each text once.

    Every ticket's first comes before any ticket's second, so that cutting the end off is fair.
    """
    found: dict[str, Precedent] = {}
    for precedent in _in_turn(several):
        found.setdefault(precedent.text, precedent)
    return tuple(found.values())


def _in_turn(several: Sequence[Sequence[Precedent]]) -> Iterator[Precedent]:
    for row in zip_longest(*several):
        yield from (precedent for precedent in row if precedent is not None)
