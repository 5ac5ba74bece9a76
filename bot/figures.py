"""triage stats: the figures that Slack shows, for a terminal and a spreadsheet."""

import sys
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.governing import opened
from bot.lines import write_line
from bot.wiring import WORKSPACE, SystemClock
from handlers.stats import stats_at, understood
from handlers.told_stats import stats_csv, stats_json
from pipeline.errors import TriageError
from storage.story_days import start_anew, sum_up


class NoZone(TriageError):
    """I know no time zone of that name: write it as Europe/Berlin."""


async def show_stats(asked: str, zone: str, *, as_csv: bool, rebuild: bool) -> None:
    """Print them as JSON or CSV. Raises NoZone, UnknownTeam or BadPeriod."""
    try:
        days_of = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoZone from None
    async with opened() as (store, policies):
        if rebuild:
            async with store.begin() as tx:
                await start_anew(tx)
            while await sum_up(store, WORKSPACE):
                pass
        policy = policies.now.policy
        found = await stats_at(store, WORKSPACE, policy, understood(policy, asked), SystemClock().now(), days_of)
    if as_csv:
        sys.stdout.write(stats_csv(found))
    else:
        write_line(stats_json(found))
