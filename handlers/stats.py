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
from pipeline.question import Span
from pipeline.savings import saved
from storage.feedback import entries
from storage.stories import stories

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

    period: Span
    team: str

    @property
    def words(self) -> str:
        """What to type to ask the same again."""
        return f"{self.period} team {self.team}" if self.team else self.period


def understood(policy: Policy, text: str) -> Asked:
    """Read `[today|yesterday|7d|30d|90d] [team] [NAME]`, in that order. Raises UnknownTeam."""
    first, _, rest = text.strip().partition(" ")
    named = first.casefold() in {span.value for span in Span}
    period, rest = (Span(first.casefold()), rest) if named else (Span.WEEK, text)
    name = rest.strip().removeprefix("team ").strip()
    return Asked(period, team_named(policy, name, f"stats {period} team") if name else "")


async def stats(services: Services, asked: Asked, zone: ZoneInfo) -> Stats:
    """Return the figures, in days of the zone's calendar."""
    now = services.clock.now()
    since, until = bounds(asked.period, now.astimezone(zone))
    async with services.store.reader() as connection:
        told = await stories(connection, services.workspace, since, team=asked.team)
        said = await entries(connection, services.workspace, since=since)
    said = tuple(each for each in said if asked.team in ("", each.team) and each.at < until)
    whole = figures(told, since, now, until)
    return Stats(
        asked=asked.words,
        period=PERIODS[asked.period],
        team=asked.team,
        whole=whole,
        teams={} if asked.team else by_team(told, since, now, until),
        days=by_day(told, since, min(now, until - timedelta(microseconds=1)), zone),
        judged=judgements(said),
        drafts=acceptance(said).whole,
        saved=saved(whole.triaged, said, services.policy.savings),
        assumed=services.policy.savings,
    )


def bounds(period: Span, local: datetime) -> tuple[datetime, datetime]:
    """Return the midnights that a period begins and ends with, in local time: today counts as one of its days."""
    today = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if period is Span.YESTERDAY:
        return today - timedelta(days=1), today
    days = 0 if period is Span.TODAY else int(period.removesuffix("d")) - 1
    return today - timedelta(days=days), today + timedelta(days=1)
