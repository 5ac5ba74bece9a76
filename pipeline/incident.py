"""Incident: a burst that people look at as one thing, with its tickets in its thread."""

from pydantic import AwareDatetime

from pipeline.case import Actor
from pipeline.value import Value


class Incident(Value):
    """A burst under way, or over. `expected` is how many tickets a window of its length usually has."""

    id: str
    team: str
    words: str
    count: int
    expected: float
    started_at: AwareDatetime
    last_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    ended_by: Actor | None = None
