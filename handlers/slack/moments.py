"""Moments as people choose or type them, in their own time zone."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.decide import NotNow

MORNING = time(9)
FARTHEST = timedelta(days=366)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FOR = re.compile(r"(?:in\s+|for\s+)?(\d{1,3})\s*(m|min|h|d|w|minutes?|hours?|days?|weeks?)")
_HOURS = {"m": 1 / 60, "h": 1, "d": 24, "w": 168}
_TIME = re.compile(r"(?:^|\s+)(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s?(am|pm)?$")


class NoMoment(NotNow):
    """Say until when: 4h, 2d, tomorrow, Monday 14:30, or a day such as 2026-12-24."""


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that is meant, in the zone of `now`: a day means its morning. Raises NoMoment.

    A weekday is the next of that name, and never today; a time alone is the next at which the clock shows it.
    """
    said = text.strip().casefold().removeprefix("until ").strip()
    if found := _FOR.fullmatch(said):
        return must_be_ahead(now + timedelta(hours=int(found[1]) * _HOURS[found[2][0]]), now)
    local = now.astimezone(zone)
    day, at = _timed(said)
    if not day and at is not None:
        today = _moment(local, 0, at, zone, now)
        return today if today > now else _moment(local, 1, at, zone, now)
    return must_be_ahead(_moment(local, _days(day, local), at or MORNING, zone, now), now)


def must_be_ahead(until: datetime, now: datetime) -> datetime:
    """Return the moment. Raises NoMoment when it is over, or farther away than anybody means."""
    if until <= now:
        raise NoMoment("That is over. Say until when: 4h, 2d, tomorrow, Monday, or a day to come.")
    if until - now > FARTHEST:
        raise NoMoment("That is more than a year away. Say until when: 4h, 2d, tomorrow, Monday, or a day to come.")
    return until


def _timed(said: str) -> tuple[str, time | None]:
    """Return the day and the time of it that were said. A bare number is no time."""
    found = _TIME.search(said)
    if found is None or not (found[2] or found[3]):
        return said, None
    hour = int(found[1]) % 12 + (12 if found[3] == "pm" else 0) if found[3] else int(found[1])
    try:
        return said[: found.start()].strip(), time(hour, int(found[2] or 0))
    except ValueError:
        raise NoMoment from None


def _days(said: str, local: datetime) -> int:
    """Return how many days ahead a day is."""
    if said in ("today", "tomorrow"):
        return ("today", "tomorrow").index(said)
    said = {"next week": "monday"}.get(said, said.removeprefix("next "))
    weekday = next((number for number, day in enumerate(_DAYS) if len(said) >= 3 and day.startswith(said)), None)
    if weekday is not None:
        return (weekday - local.weekday() - 1) % 7 + 1
    try:
        return (datetime.fromisoformat(said).date() - local.date()).days
    except ValueError:
        raise NoMoment from None


def _moment(local: datetime, days: int, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), at, zone).astimezone(now.tzinfo)
