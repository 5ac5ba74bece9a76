"""The business calendar as a child would do it: look at the clock on the wall, minute by minute."""

from array import array
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

import holidays

from pipeline.calendar import after, elapsed
from pipeline.hours import Hours
from pipeline.rotation import WEEKDAYS

ZONES = (
    "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia",
    "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "Pacific/Chatham", "Europe/London", "UTC",
)  # fmt: skip
COUNTRIES = ("US", "DE-BE", "AU-NSW", "IN", "BR", "WS", "GB-ENG", "JP")
MINUTE = timedelta(minutes=1)


class Stepper:
    """Every minute of some days, looked at once."""

    def __init__(self, hours: Hours, first: date, days: int) -> None:
        self.begin = datetime.combine(first, time(), UTC)
        zone, known = ZoneInfo(hours.zone), _Days(hours)
        steps = (self.begin + MINUTE * number for number in range(days * 24 * 60))
        self.open = array("b", (known.open(step.astimezone(zone)) for step in steps))
        self.sums = array("l", accumulate(self.open, initial=0))

    def elapsed(self, since: datetime, until: datetime) -> timedelta:
        return max(timedelta(), self._until(until) - self._until(since))

    def after(self, since: datetime, amount: timedelta) -> datetime | None:
        """Step on from a moment until the amount has gone; None when the days end before."""
        if amount <= timedelta():
            return since
        wanted, low, high = self._until(since) + amount, 0, len(self.open)
        if timedelta(minutes=self.sums[high]) < wanted:
            return None
        while low < high:  # the first whole minute by which it has gone
            middle = (low + high) // 2
            low, high = (low, middle) if timedelta(minutes=self.sums[middle]) >= wanted else (middle + 1, high)
        return self.begin + MINUTE * low - (timedelta(minutes=self.sums[low]) - wanted)

    def _until(self, moment: datetime) -> timedelta:
        whole, rest = divmod(moment - self.begin, MINUTE)
        return timedelta(minutes=self.sums[whole]) + (rest if rest and self.open[whole] else timedelta())


class _Days:
    """The shifts of a day, and its holidays, each asked for once."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._shifts: dict[date, list[tuple[int, int]]] = {}
        self._years: dict[tuple[str, int], set[date]] = {}

    def open(self, wall: datetime) -> bool:
        """Whether a shift of this day, or one of yesterday's that goes over midnight, covers a time on the wall."""
        now, today = wall.hour * 60 + wall.minute, wall.date()
        if any(begin <= now and (now < end or end <= begin) for begin, end in self._of(today)):
            return True
        return any(end <= begin and now < end for begin, end in self._of(today - timedelta(days=1)))

    def _of(self, day: date) -> list[tuple[int, int]]:
        if day not in self._shifts:
            off = day in self._hours.closed or any(day in self._year(code, day.year) for code in self._hours.holidays)
            shifts = () if off else getattr(self._hours, WEEKDAYS[day.weekday()])
            self._shifts[day] = [_ends(shift) for shift in shifts]
        return self._shifts[day]

    def _year(self, code: str, year: int) -> set[date]:
        if (code, year) not in self._years:
            country, _, part = code.partition("-")
            self._years[code, year] = set(holidays.country_holidays(country, subdiv=part or None, years=year))
        return self._years[code, year]


def _ends(shift: str) -> tuple[int, int]:
    begin, end = (int(part[:2]) * 60 + int(part[3:]) for part in shift.split("-"))
    return begin, end


def some_hours(random: Random, zone: str, first: date, days: int) -> Hours:
    """Return hours such as nobody would think of, over the days from the first one on."""
    week = {day: _some_shifts(random) if random.random() < 0.75 else () for day in WEEKDAYS}
    week["wednesday"] = week["wednesday"] or ("08:30-17:00",)
    closed = tuple(first + timedelta(days=random.randrange(days)) for _ in range(random.randrange(4)))
    return Hours(zone=zone, holidays=tuple(random.sample(COUNTRIES, random.randrange(3))), closed=closed, **week)


def _some_shifts(random: Random) -> tuple[str, ...]:
    if random.random() < 0.1:
        return ("00:00-24:00",)
    step = random.choice((1, 15, 30))
    ends = sorted(random.sample(range(0, 24 * 60, step), 2 * random.choice((1, 1, 2, 3))))
    shifts = [(ends[number], ends[number + 1]) for number in range(0, len(ends), 2)]
    if random.random() < 0.3:
        shifts[-1] = (ends[-1], ends[0])  # over midnight, and over the other shifts of the day where there are any
    return tuple(f"{_clock(begin)}-{_clock(end)}" for begin, end in shifts if begin != end)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def differences(seed: int, zone: str, *, first: date, days: int, cases: int) -> Iterator[str]:
    """Yield every case of one random calendar that comes out otherwise than by stepping."""
    random = Random(seed)
    hours = some_hours(random, zone, first, days)
    stepper = Stepper(hours, first, days)
    for _ in range(cases):
        since, until = (stepper.begin + timedelta(seconds=random.randrange(days * 86_400)) for _ in range(2))
        if random.random() < 0.5:
            since, until = (moment.replace(second=0) for moment in (since, until))
        if (took := elapsed(hours, since, until)) != (true := stepper.elapsed(since, until)):
            yield f"elapsed({hours!r}, {since}, {until}) is {took}, not {true}"
        amount = timedelta(seconds=random.choice((1, 60)) * random.randrange(1, 3000))
        true_due = stepper.after(since, amount)
        if true_due is not None and (due := after(hours, since, amount)) != true_due:
            yield f"after({hours!r}, {since}, {amount}) is {due}, not {true_due}"
