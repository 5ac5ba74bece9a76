"""The charts under a period's figures: two at most, which is what a message takes."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.views.charts import MOST_CATEGORIES, bars
from pipeline.figures import Day
from pipeline.ports import Block

MOST_CHARTS = 2
_LEAST_WAITING = 3  # fewer are told in words alone


def charts(days: Sequence[Day], ages: Mapping[str, int]) -> list[Block]:
    """Draw the volume and the share in time over the period; what waits by its age where there is room."""
    return [*_volume(days), *_in_time(days), *_backlog(ages)][:MOST_CHARTS]


def _volume(days: Sequence[Day]) -> list[Block]:
    if len(days) < 2 or not any(day.arrived for day in days):
        return []
    each, groups = _grouped(days)
    series = {
        "came in": [sum(day.arrived for day in group) for group in groups.values()],
        "answered since": [sum(day.answered for day in group) for group in groups.values()],
    }
    return [bars("by_day", f"Tickets by {each}", list(groups), series)]


def _in_time(days: Sequence[Day]) -> list[Block]:
    """Days on which nothing was due have no share, and no bar."""
    each, groups = _grouped(days)
    judged = {
        label: (sum(day.in_time for day in group), sum(day.judged for day in group)) for label, group in groups.items()
    }
    shares = {label: round(100 * kept / every) for label, (kept, every) in judged.items() if every}
    if len(shares) < 2:
        return []
    return [bars("in_time", f"First responses in time, %, by {each}", list(shares), {"in time": list(shares.values())})]


def _backlog(ages: Mapping[str, int]) -> list[Block]:
    if sum(ages.values()) < _LEAST_WAITING:
        return []
    return [bars("backlog", "Waiting now, by age", list(ages), {"waiting": list(ages.values())})]


def _grouped(days: Sequence[Day]) -> tuple[str, dict[str, list[Day]]]:
    """Return the days by their label: each, in weeks from Monday on, or in months, as the chart has room."""
    names = {"day": _day, "week": _week, "month": _month}
    for each, name in names.items():
        groups: dict[str, list[Day]] = {}
        for day in days:
            groups.setdefault(name(day.day), []).append(day)
        if len(groups) <= MOST_CATEGORIES and (each != "day" or len(groups) == len(days)):
            break
    return each, groups


def _day(day: date) -> str:
    return f"{day:%a} {day.day}."


def _week(day: date) -> str:
    monday = date.fromordinal(day.toordinal() - day.weekday())
    return f"{monday.day} {monday:%b}"


def _month(day: date) -> str:
    return f"{day:%b %Y}"
