"""What people said of tickets, in a few words."""

from datetime import UTC, datetime, timedelta

from pipeline.case import Actor
from pipeline.feedback import Aspect, Feedback

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def judged(number: int, shown: str, chosen: str = "", *, days_ago: float = 1, by: str = "Ana") -> Feedback:
    """Somebody confirmed what was shown, or chose something else."""
    return Feedback(
        case_id=f"c{number}",
        aspect=Aspect.CATEGORY,
        by=Actor(id=f"U{by}", name=by),
        at=NOW - timedelta(days=days_ago),
        shown=shown,
        chosen=chosen or shown,
        number=number,
    )
