"""Period: a stretch of whole days that figures are asked for, as people type it."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeline.errors import TriageError
from pipeline.question import Span
from pipeline.value import Value

LONGEST = 366  # days
_DATES = re.compile(r"from\s+(\S+)\s+(?:to|until)\s+(\S+)", re.IGNORECASE)


class BadPeriod(TriageError):
    """Name two days, the first one first: stats from 2026-10-01 to 2026-10-31"""


class Dates(Value):
    """From one day to another, both of them whole and included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """What to type for it."""
        return f"from {self.first} to {self.last}"


Period = Span | Dates


class Bounds(NamedTuple):
    """The midnights that a period begins and ends with, and as much of the time before it, to compare with.

    A period that still runs is compared with as much of the one before as has passed of it.
    """

    since: datetime
    until: datetime
    before: datetime
    before_until: datetime


def words_of(period: Period) -> str:
    """Return what to type for a period."""
    return period.words if isinstance(period, Dates) else period.value


def period_in(text: str) -> tuple[Period, str]:
    """Read a period from the beginning of a text; return it, a week where none is named, with the rest.

    Raises BadPeriod.
    """
    text = text.strip()
    first, _, rest = text.partition(" ")
    if first.casefold() == "from":
        if (found := _DATES.match(text)) is None:
            raise BadPeriod
        return _dates(found[1], found[2]), text[found.end() :].strip()
    if first.casefold() in {span.value for span in Span}:
        return Span(first.casefold()), rest.strip()
    return Span.WEEK, text


def bounds(period: Period, local: datetime) -> Bounds:
    """Return the moments of a period in the zone of `local`, which is now: today counts as one of its days."""
    today = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if isinstance(period, Dates):
        since, until = _midnight(period.first, local), _midnight(period.last + timedelta(days=1), local)
    elif period is Span.YESTERDAY:
        since, until = today - timedelta(days=1), today
    else:
        days = 0 if period is Span.TODAY else int(period.removesuffix("d")) - 1
        since, until = today - timedelta(days=days), today + timedelta(days=1)
    before = since - (until.replace(tzinfo=None) - since.replace(tzinfo=None))  # days of the calendar, not of 24 hours
    passed = local.replace(microsecond=0) - since if since < local < until else None
    return Bounds(since, until, before, since if passed is None else min(before + passed, since))


def _dates(first: str, last: str) -> Dates:
    try:
        period = Dates(first=date.fromisoformat(first), last=date.fromisoformat(last))
    except ValueError:
        raise BadPeriod from None
    if not (date(1971, 1, 1) <= period.first <= period.last < date(2100, 1, 1)):
        raise BadPeriod
    if (period.last - period.first).days >= LONGEST:
        raise BadPeriod(f"That is more than a year: ask for {LONGEST} days at most.")
    return period


def _midnight(day: date, local: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=local.tzinfo)
