"""Figures: what a period's tickets came to, computed in this one place from what happened to each case."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil, inf
from statistics import median
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from pipeline.value import Value

AGES = {"under 4 h": 4.0, "4 to 24 h": 24.0, "1 to 3 days": 72.0, "over 3 days": inf}  # hours, each below


class Story(Value):
    """What happened to one case, as far as figures need it."""

    case_id: str = ""
    agent: str = Field(default="", description="whom it is assigned to, by their name in the policy")
    team: str
    category: str
    urgency: str
    created_at: AwareDatetime
    due_at: AwareDatetime | None = None
    responded_at: AwareDatetime | None = Field(default=None, description="when the customer first got an answer")
    answered: bool = False
    open: bool = True
    escalated: bool = False


class Day(Value):
    """What came in on a day, and what of it was answered since."""

    day: date
    arrived: int
    answered: int


class Figures(Value):
    """The tickets that arrived in a period, and what waits now. Times are hours; None where there is nothing to tell.

    `in_time` is the share of first responses within their target, out of those that came or are overdue: tickets
    whose time still runs, and those closed without an answer, are in neither part of it.
    """

    arrived: int
    answered: int
    escalated: int
    first_response: float | None
    first_response_p90: float | None
    in_time: float | None
    waiting: int
    oldest: float | None
    ages: Mapping[str, int] = Field(description="how many wait since when: each of AGES with its number")
    triaged: int = Field(description="of those that arrived, how many were read")
    by_category: Mapping[str, int]


def figures(stories: Iterable[Story], since: datetime, now: datetime, until: datetime | None = None) -> Figures:
    """Return the figures of what arrived from `since` on, and before `until`, as they stand now."""
    every = list(stories)
    arrived = [each for each in every if since <= each.created_at and (until is None or each.created_at < until)]
    took = sorted(_hours(story.responded_at - story.created_at) for story in arrived if story.responded_at)
    kept = [_in_time(story) for story in arrived if _is_judged(story, now)]
    waits = [_hours(now - story.created_at) for story in every if story.open]
    return Figures(
        arrived=len(arrived),
        answered=sum(story.answered for story in arrived),
        escalated=sum(story.escalated for story in arrived),
        first_response=round(median(took), 2) if took else None,
        first_response_p90=round(nearest_rank(took, 0.9), 2) if took else None,
        in_time=round(sum(kept) / len(kept), 4) if kept else None,
        waiting=len(waits),
        oldest=round(max(waits), 2) if waits else None,
        ages=_ages(waits),
        triaged=sum(bool(story.urgency) for story in arrived),
        by_category=dict(Counter(story.category for story in arrived if story.category).most_common()),
    )


def by_team(
    stories: Iterable[Story], since: datetime, now: datetime, until: datetime | None = None
) -> dict[str, Figures]:
    """Return the figures of each team that has had a ticket, by its name in alphabetical order."""
    every = list(stories)
    teams = sorted({story.team for story in every if story.team})
    return {team: figures((story for story in every if story.team == team), since, now, until) for team in teams}


def by_day(stories: Iterable[Story], since: datetime, now: datetime, zone: ZoneInfo) -> tuple[Day, ...]:
    """Return every day of the period, as the zone's calendar has them, with those on which nothing came."""
    came: Counter[date] = Counter()
    answered: Counter[date] = Counter()
    for story in stories:
        if story.created_at >= since:
            day = story.created_at.astimezone(zone).date()
            came[day] += 1
            answered[day] += story.answered
    first, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(Day(day=day, arrived=came[day], answered=answered[day]) for day in days)


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """Return the smallest of the values that at least this share of them does not exceed; they must be in order."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _ages(waits: Iterable[float]) -> dict[str, int]:
    """Return how many have waited how long."""
    counted = Counter(next(name for name, below in AGES.items() if waited < below) for waited in waits)
    return {name: counted[name] for name in AGES}


def _is_judged(story: Story, now: datetime) -> bool:
    if story.due_at is None:
        return False
    owed = story.open or story.answered  # an answer that is still on its way to the helpdesk is owed, too
    return story.responded_at is not None or (owed and now >= story.due_at)


def _in_time(story: Story) -> bool:
    return story.due_at is not None and story.responded_at is not None and story.responded_at <= story.due_at


def _hours(time: timedelta) -> float:
    return time.total_seconds() / 3600
