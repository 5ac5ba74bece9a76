"""How urgent the work in hand is: by it, whatever the work asks for takes its turn among what others ask for."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from storage.jobs import Priority

urgency: ContextVar[int] = ContextVar("urgency", default=Priority.NOW)
"""As storage.jobs.Priority counts. Who works without a job is a person who waits."""


@contextmanager
def no_sooner_than(priority: Priority) -> Generator[None]:
    """Let others go first for a while, where what is in hand is more urgent than what is done for it now."""
    before = urgency.set(max(urgency.get(), priority))
    try:
        yield
    finally:
        urgency.reset(before)
