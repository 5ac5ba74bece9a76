"""Stats: what somebody asked for after /triage stats, and the figures of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.services import Services
from handlers.team_names import team_named
from handlers.views.stats import Stats
from pipeline.acceptance import acceptance
from pipeline.figures import by_day, by_team, figures
from pipeline.judgements import judgements
from pipeline.policy import Policy
from storage.feedback import entries
from storage.stories import stories

PERIODS = {"today": "Today", "7d": "Last 7 days", "30d": "Last 30 days", "90d": "Last 90 days"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and a team, "" for all of them."""

    period: str
    team: str

    @property
    def words(self) -> str:
        """What to type to ask the same again."""
        return f"{self.period} team {self.team}" if self.team else self.period


def understood(policy: Policy, text: str) -> Asked:
    """Read `[today|7d|30d|90d] [team] [NAME]`, in that order. Raises UnknownTeam."""
    first, _, rest = text.strip().partition(" ")
    period, rest = (first.casefold(), rest) if first.casefold() in PERIODS else ("7d", text)
    name = rest.strip().removeprefix("team ").strip()
    return Asked(period, team_named(policy, name, f"stats {period} team") if name else "")


async def stats(services: Services, asked: Asked, zone: ZoneInfo) -> Stats:
    """Return the figures, in days of the zone's calendar."""
    now = services.clock.now()
    since = _since(asked.period, now.astimezone(zone))
    async with services.store.reader() as connection:
        told = await stories(connection, services.workspace, since, team=asked.team)
        said = await entries(connection, services.workspace, since=since)
    said = tuple(each for each in said if not asked.team or each.team == asked.team)
    return Stats(
        asked=asked.words,
        period=PERIODS[asked.period],
        team=asked.team,
        whole=figures(told, since, now),
        teams={} if asked.team else by_team(told, since, now),
        days=by_day(told, since, now, zone),
        judged=judgements(said),
        drafts=acceptance(said).whole,
    )


def _since(period: str, local: datetime) -> datetime:
    """Return the midnight that a period begins with, in local time: today counts as one of its days."""
    days = 0 if period == "today" else int(period.removesuffix("d")) - 1
    return (local - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
