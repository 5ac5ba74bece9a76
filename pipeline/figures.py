"""Figures: what a period's tickets came to, computed in this one place from what happened to each case."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pipeline.backlog import Backlog
from pipeline.columns import HUNDREDTH, MARKS, TEN_THOUSANDTH, URGENCIES, Columns, Mark, urgency_name
from pipeline.quantile import Quantiles, quantiles
from pipeline.value import Value

_SUMS = ("as_it_was", "edited", "rejected", "tokens_in", "tokens_out", "cost")
_HOUR = 3600
_DAY = timedelta(days=1)

Array = NDArray[Any]


class Figures(Value):
    """The tickets that arrived in a period, and what waits now. Times are hours; None where there is nothing to tell.

    `in_time` is the share of first responses within their target, out of those that came or are overdue: tickets
    whose time still runs, and those closed without an answer, are in neither part of it.
    """

    arrived: int = 0
    answered: int = 0
    escalated: int = 0
    triaged: int = Field(default=0, description="of those that arrived, how many were read")
    first_response: float | None = Field(default=None, description="median, to a hundredth of an hour")
    first_response_p90: float | None = Field(default=None, description="by nearest rank")
    resolved: int = 0
    resolution: float | None = Field(default=None, description="median, from coming in to the resolution that stands")
    in_time: float | None = None
    waiting: int = 0
    oldest: float | None = None
    ages: Mapping[str, int] = Field(default={}, description="how many wait since when: each of AGES with its number")
    by_category: Mapping[str, int] = {}
    by_urgency: Mapping[str, int] = {}
    handled: int = Field(default=0, description="tickets whose category passed a person")
    filed_anew: int = Field(default=0, description="those of them whose category somebody changed")
    reassigned: int = Field(default=0, description="tickets that people moved to another team")
    called_off: int = Field(default=0, description="escalations that people called off")
    raised: int = Field(default=0, description="tickets that people escalated and we had not")
    as_it_was: int = Field(default=0, description="drafts sent as they were; every reply counts")
    edited: int = 0
    rejected: int = Field(default=0, description="drafts that people wrote anew")
    changed: float | None = Field(default=None, description="median share of the text changed in edited ones, 0..1")
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = Field(default=0.0, description="of what language models took, in the policy's currency")
    unpriced: int = Field(default=0, description="tickets with tokens in it for which no price was set")

    @property
    def accuracy(self) -> float | None:
        """The share of categories that people let stand, 0..1."""
        return 1 - self.filed_anew / self.handled if self.handled else None

    @property
    def drafts(self) -> int:
        """How many drafts people judged by sending a reply."""
        return self.as_it_was + self.edited + self.rejected

    @property
    def accepted(self) -> float | None:
        """The share of drafts that were sent as they were, 0..1."""
        return self.as_it_was / self.drafts if self.drafts else None


class Day(Value):
    """What came in on a day, what of it was answered since, and how many first responses kept their target."""

    day: date
    arrived: int
    answered: int
    judged: int = Field(default=0, description="first responses that came or are overdue")
    in_time: int = 0


class Told(NamedTuple):
    """The figures of all cases, and of each team that has had one, by its name in alphabetical order."""

    whole: Figures
    teams: Mapping[str, Figures]


def figures(told: Columns, now: datetime, waiting: Backlog | None = None) -> Figures:
    """Return the figures of these cases as they stand now."""
    return _grouped(told, np.zeros(len(told), dtype=np.int64), [], waiting or Backlog(), now)[-1]


def by_team(told: Columns, now: datetime, waiting: Mapping[str, Backlog]) -> Told:
    """Return the figures of these cases, as a whole and by team, as they stand now."""
    names = sorted({*told.teams, *waiting})
    places = {name: place for place, name in enumerate(names)}
    groups = np.array([places[name] for name in told.teams] or [0], dtype=np.int64)[told["team"]]
    parts = [waiting.get(name, Backlog()) for name in names]
    *each, whole = _grouped(told, groups, parts, sum(parts, Backlog()), now)
    teams = zip(names, each, strict=True)
    return Told(whole, {name: found for name, found in teams if name and (found.arrived or found.waiting)})


def by_day(told: Columns, since: datetime, last: datetime, now: datetime, zone: ZoneInfo) -> tuple[Day, ...]:
    """Return every day of the period, as the zone's calendar has them, with those on which nothing came."""
    first = since.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last.astimezone(zone).date() - first).days + 1)]
    midnights = [datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() for day in [*days, days[-1] + _DAY]]
    edges = np.searchsorted(told["came"], midnights)
    answered, judged, kept = (
        told.has(Mark.ANSWERED),
        told.has(Mark.JUDGED) | _overdue(told, now),
        told.has(Mark.IN_TIME),
    )
    return tuple(
        Day(
            day=day,
            arrived=int(end - start),
            answered=int(np.count_nonzero(answered[start:end])),
            judged=int(np.count_nonzero(judged[start:end])),
            in_time=int(np.count_nonzero(kept[start:end])),
        )
        for day, start, end in zip(days, edges, edges[1:], strict=False)
    )


def _grouped(told: Columns, groups: Array, waiting: list[Backlog], altogether: Backlog, now: datetime) -> list[Figures]:
    """Return the figures of each group, by its number, and at the end of all. Every array is walked through once."""
    size = len(waiting)
    marked = _with_sum(np.bincount((groups << MARKS) | told["marks"], minlength=max(size, 1) << MARKS), size)
    bits = np.arange(1 << MARKS)
    counts = {mark: marked[:, bits & mark != 0].sum(axis=1) for mark in Mark}
    overdue = _with_sum(np.bincount(groups[_overdue(told, now)], minlength=max(size, 1)), size)[:, 0]
    sums = {
        name: _with_sum(np.bincount(groups, weights=told[name], minlength=max(size, 1)), size)[:, 0] for name in _SUMS
    }
    answers = _quantiles(told, groups, size, told.has(Mark.RESPONDED), "first")
    ends = _quantiles(told, groups, size, told.has(Mark.RESOLVED), "resolved")
    changes = _quantiles(told, groups, size, told["edited"] > 0, "changed")
    categories = _crossed(groups, told["category"], size, len(told.categories))
    urgencies = _crossed(groups, told["urgency"], size, URGENCIES)
    judged = counts[Mark.JUDGED] + overdue
    waiting = [*waiting, altogether]
    return [
        Figures(
            arrived=int(marked[each].sum()),
            answered=int(counts[Mark.ANSWERED][each]),
            escalated=int(counts[Mark.ESCALATED][each]),
            triaged=int(counts[Mark.TRIAGED][each]),
            first_response=_hours(answers[each].median, HUNDREDTH),
            first_response_p90=_hours(answers[each].p90, HUNDREDTH),
            resolved=int(counts[Mark.RESOLVED][each]),
            resolution=_hours(ends[each].median, 1),
            in_time=round(float(counts[Mark.IN_TIME][each] / judged[each]), 4) if judged[each] else None,
            waiting=waiting[each].waiting,
            oldest=waiting[each].oldest(now),
            ages=waiting[each].ages,
            by_category=_named(categories[each], dict(enumerate(told.categories))),
            by_urgency=_named(urgencies[each], {number: urgency_name(number) for number in range(URGENCIES)}),
            handled=int(counts[Mark.FILED][each]),
            filed_anew=int(counts[Mark.FILED_ANEW][each]),
            reassigned=int(counts[Mark.REASSIGNED][each]),
            called_off=int(counts[Mark.CALLED_OFF][each]),
            raised=int(counts[Mark.RAISED][each]),
            changed=_scaled(changes[each].median, TEN_THOUSANDTH),
            unpriced=int(counts[Mark.UNPRICED][each]),
            cost=round(float(sums["cost"][each]), 4),
            **{name: int(sums[name][each]) for name in _SUMS if name != "cost"},
        )
        for each in range(size + 1)
    ]


def _overdue(told: Columns, now: datetime) -> NDArray[np.bool_]:
    return np.asarray(told.has(Mark.OWED) & (told["first"] <= int(now.timestamp())))


def _quantiles(told: Columns, groups: Array, size: int, which: Array, field: str) -> list[Quantiles]:
    """Return the quantiles of each group, and at the end of all."""
    values = told[field][which]
    return [*(quantiles(groups[which], values, size) if size else ()), quantiles(groups[which], values, 1)[0]]


def _crossed(groups: Array, numbers: Array, size: int, most: int) -> Array:
    """Return how often each number is in each group, and at the end altogether."""
    if not most:
        return np.zeros((size + 1, 0), dtype=np.int64)
    return _with_sum(np.bincount(groups * most + numbers, minlength=max(size, 1) * most), size)


def _with_sum(counted: Array, size: int) -> Array:
    """Return what was counted with a row for each group, and at the end their sum."""
    rows = counted.reshape(max(size, 1), -1)
    return np.vstack([rows[:size], rows.sum(axis=0)])


def _named(counts: Array, names: Mapping[int, str]) -> dict[str, int]:
    """Return how many have which name, the most frequent first."""
    named = {names[number]: int(count) for number, count in enumerate(counts) if count and names[number]}
    return dict(sorted(named.items(), key=lambda pair: (-pair[1], pair[0])))


def _hours(amount: float | None, unit: float) -> float | None:
    return None if amount is None else round(amount * unit / _HOUR, 2)


def _scaled(amount: float | None, unit: float) -> float | None:
    return None if amount is None else round(amount * unit, 4)
