"""Moments as people choose or type them, in their own time zone."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.decide import NotNow

MORNING = time(9)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FOR = re.compile(r"(\d{1,3})\s*(h|hours?|d|days?)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24}


class NoMoment(NotNow):
    """Say until when: 4h, 2d, tomorrow, Monday, or a day such as 2026-12-24."""


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that is meant, in the zone of `now`: a day means its morning. Raises NoMoment.

    A weekday is the next of that name, and never today.
    """
    said = text.strip().casefold()
    if found := _FOR.fullmatch(said):
        return now + timedelta(hours=int(found[1]) * _HOURS[found[2][0]])
    local = now.astimezone(zone)
    if said == "tomorrow":
        return _morning(local, 1, zone, now)
    weekday = next((number for number, day in enumerate(_DAYS) if len(said) >= 3 and day.startswith(said)), None)
    if weekday is not None:
        return _morning(local, (weekday - local.weekday() - 1) % 7 + 1, zone, now)
    try:
        days = (datetime.fromisoformat(said).date() - local.date()).days
    except ValueError:
        raise NoMoment from None
    if days <= 0:
        raise NoMoment("That day is over. Say until when: 4h, 2d, tomorrow, Monday, or a day to come.")
    return _morning(local, days, zone, now)


def _morning(local: datetime, days: int, zone: ZoneInfo, now: datetime) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, MORNING, zone).astimezone(now.tzinfo)
