"""Calendar: how much business time lies between two moments, and when so much of it will have gone.

A team is open while the clock on its wall shows a time within one of its shifts. So an hour that the clock skips in
spring is no time at all, and one that it shows twice in autumn counts twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from pipeline.hours import DAY, Hours, minutes

Span = tuple[datetime, datetime]

_ONE_DAY = timedelta(days=1)
_FARTHEST = 366 * 12  # days after which a target that is not reached is none
_SAMPLES = 8  # a day, between which a zone changes its offset once at most


def elapsed(hours: Hours | None, since: datetime, until: datetime) -> timedelta:
    """Return the business time from one moment to another; none when the second is the earlier."""
    if until <= since:
        return timedelta()
    if hours is None:
        return until - since
    days = (until.astimezone(UTC).date() - since.astimezone(UTC).date()).days + 1
    return sum((end - begin for begin, end in _open(hours, since, until, days)), timedelta())


def after(hours: Hours | None, since: datetime, amount: timedelta) -> datetime | None:
    """Return the first moment by which so much business time has gone; None when it takes more than a dozen years."""
    if hours is None or amount <= timedelta():
        return since + max(amount, timedelta())
    left = amount
    for begin, end in _open(hours, since, None, _FARTHEST):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def is_open(hours: Hours | None, now: datetime) -> bool:
    """Whether it is business time at a moment."""
    return hours is None or any(begin <= now < end for begin, end in spans(hours, now.astimezone(UTC).date()))


def _open(hours: Hours, since: datetime, until: datetime | None, days: int) -> Iterator[Span]:
    """Yield what is open from a moment on, or between two, in order."""
    first = since.astimezone(UTC).date()
    for number in range(days):
        for begin, end in spans(hours, first + timedelta(days=number)):
            begins, ends = max(begin, since), end if until is None else min(end, until)
            if begins < ends:
                yield begins, ends


@lru_cache(maxsize=16_384)
def spans(hours: Hours, day: date) -> tuple[Span, ...]:
    """Return what is open on a day of UTC: moments in UTC, in order, apart from each other."""
    return tuple(span for begin, end, offset in _steady(hours.zone, day) for span in _shown(hours, begin, end, offset))


def _shown(hours: Hours, begin: datetime, end: datetime, offset: timedelta) -> Iterator[Span]:
    """Yield what is open between two moments in which the clocks keep one offset."""
    local, last = (begin + offset).date(), (end + offset).date()
    while local <= last:
        midnight = datetime.combine(local, time(), UTC) - offset
        for opens, closes in _windows(hours, local):
            span = max(begin, midnight + timedelta(minutes=opens)), min(end, midnight + timedelta(minutes=closes))
            if span[0] < span[1]:
                yield span
        local += _ONE_DAY


def _windows(hours: Hours, day: date) -> list[tuple[int, int]]:
    """Return the minutes of a local day that are open: its own shifts, and what the night before left over."""
    own = [(begin, min(end, DAY)) for begin, end in _shifts(hours, day)]
    over = [(0, end - DAY) for _, end in _shifts(hours, day - _ONE_DAY) if end > DAY]
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(own + over):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def _shifts(hours: Hours, day: date) -> list[tuple[int, int]]:
    if day in hours.closed or any(day in _holidays(code, day.year) for code in hours.holidays):
        return []
    return [minutes(shift) for shift in hours.shifts(day.weekday())]


@lru_cache(maxsize=1024)
def _holidays(code: str, year: int) -> frozenset[date]:
    country, _, part = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


@lru_cache(maxsize=16_384)
def _steady(zone: str, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Return a day of UTC, cut where the zone changes its offset."""
    clocks, midnight = ZoneInfo(zone), datetime.combine(day, time(), UTC)
    samples = [midnight + _ONE_DAY * number / _SAMPLES for number in range(_SAMPLES + 1)]
    cuts = [
        _change(clocks, *pair) for pair in pairwise(samples) if _offset(clocks, pair[0]) != _offset(clocks, pair[1])
    ]
    ends = [midnight, *(cut for cut in cuts if cut < samples[-1]), samples[-1]]
    return tuple((begin, end, _offset(clocks, begin)) for begin, end in pairwise(ends))


def _change(clocks: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first second of the new offset."""
    old, second = _offset(clocks, low), timedelta(seconds=1)
    while high - low > second:
        middle = low + second * ((high - low) // second // 2)
        low, high = (middle, high) if _offset(clocks, middle) == old else (low, middle)
    return high


def _offset(clocks: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(clocks).utcoffset() or timedelta()
