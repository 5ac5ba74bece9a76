"""SLA: by when a ticket wants its first response, and how much of that time is gone."""

from datetime import datetime, timedelta


def due_at(created: datetime, route_minutes: int) -> datetime:
    """Return when the first response is due, by the wall clock."""
    return created + timedelta(minutes=route_minutes)


def share_used(created: datetime, due: datetime, now: datetime) -> float:
    """Return the share of the time that is gone: 0 at the start, 1 when due, more after a breach."""
    allowed = (due - created).total_seconds()
    if allowed <= 0:
        return 1.0
    return max(0.0, (now - created).total_seconds() / allowed)
