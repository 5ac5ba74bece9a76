"""Shift: whether a member is at work at a given moment."""

from datetime import datetime, time, timedelta
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


def begins(member: Member, now: datetime) -> datetime:
    """Return when the member's hours begin next; `now` where they have begun."""
    if at_work(member, now):
        return now
    zone = ZoneInfo(member.zone)
    hour, today = time.fromisoformat(member.hours.partition("-")[0]), now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(3))
    moments = (datetime.combine(day, hour, zone).astimezone(now.tzinfo) for day in days)
    return next(moment for moment in moments if moment > now)
