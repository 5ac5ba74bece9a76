"""Stats: what somebody asked for after /triage stats, and the figures of it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.services import Services
from handlers.team_names import team_named
from handlers.views.stats import Stats
from pipeline.backlog import Backlog
from pipeline.columns import Columns
from pipeline.figures import by_day, by_team, figures
from pipeline.period import BadPeriod, Bounds, Dates, Period, bounds, period_in, words_of
from pipeline.policy import Policy
from pipeline.question import Span
from pipeline.savings import saved
from storage.store import Store
from storage.stories import backlogs
from storage.story_days import told_between

PERIODS = {
    Span.TODAY: "Today",
    Span.YESTERDAY: "Yesterday",
    Span.WEEK: "Last 7 days",
    Span.MONTH: "Last 30 days",
    Span.QUARTER: "Last 90 days",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and a team, "" for all of them."""

    period: Period
    team: str

    @property
    def words(self) -> str:
        """What to type to ask the same again."""
        words = words_of(self.period)
        return f"{words} team {self.team}" if self.team else words


def understood(policy: Policy, text: str) -> Asked:
    """Read `[today|yesterday|7d|30d|90d|from DAY to DAY] [team] [NAME]`. Raises UnknownTeam or BadPeriod."""
    period, rest = period_in(text)
    name = rest.removeprefix("team ").strip()
    return Asked(period, team_named(policy, name, f"stats {words_of(period)} team") if name else "")


async def stats(services: Services, asked: Asked, zone: ZoneInfo) -> Stats:
    """Return the figures, in days of the zone's calendar. Raises BadPeriod where it has not begun."""
    return await stats_at(services.store, services.workspace, services.policy, asked, services.clock.now(), zone)


async def stats_at(store: Store, workspace: str, policy: Policy, asked: Asked, now: datetime, zone: ZoneInfo) -> Stats:
    """Return the same for whoever has no more of the product than its database and its policy."""
    when = bounds(asked.period, now.astimezone(zone))
    if when.since > now:
        raise BadPeriod("That period has not begun yet.")
    async with store.reader() as connection:
        told = await told_between(connection, workspace, when.before, when.until)
        waiting = await backlogs(connection, workspace, now, team=asked.team)
    return await asyncio.to_thread(_stats, policy, asked, when, told, waiting, now, zone)


def _stats(
    policy: Policy,
    asked: Asked,
    when: Bounds,
    told: Columns,
    waiting: dict[str, Backlog],
    now: datetime,
    zone: ZoneInfo,
) -> Stats:
    """Compute them; a second's work over millions of tickets, so not in the loop."""
    if asked.team:
        told = told.of_team(asked.team)
    came, earlier = told.between(when.since, when.until), told.between(when.before, when.before_until)
    whole, teams = by_team(came, now, waiting)
    teams = {} if asked.team else teams
    last = min(now, when.until - timedelta(microseconds=1))
    return Stats(
        asked=asked.words,
        period=_name(asked.period),
        team=asked.team,
        whole=whole,
        before=figures(earlier, now) if len(earlier) else None,
        teams=teams,
        days=by_day(came, when.since, last, now, zone),
        saved=saved(whole, policy.savings),
        saved_by={team: saved(found, policy.savings).hours for team, found in teams.items()},
        assumed=policy.savings,
    )


def _name(period: Period) -> str:
    if not isinstance(period, Dates):
        return PERIODS[period]
    first, last = period.first, period.last
    return f"{first.day} {first:%b %Y}" if first == last else f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
