"""Shift: whether a member is at work at a given moment."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from pipeline.policy import Member


def at_work(member: Member, now: datetime) -> bool:
    """Whether `now` (aware) lies within the member's hours, on the clock of the member's zone.

    Without hours a member is always at work. Hours that end before they begin are a night: 22:00-06:00.
    """
    if not member.hours:
        return True
    begin, end = (time.fromisoformat(part) for part in member.hours.split("-"))
    local = now.astimezone(ZoneInfo(member.zone)).time()
    if begin < end:
        return begin <= local < end
    return local >= begin or local < end
