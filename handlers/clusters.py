"""Clusters: what somebody asked for after /triage cluster, and the figures of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from handlers.services import Services
from handlers.team_names import team_named
from handlers.views.clusters import GROWING, LARGEST, Clusters
from pipeline.intents import Intent
from pipeline.policy import Policy
from pipeline.trend import Cluster, most_telling
from storage import intents
from storage.intent_figures import Counted, counts
from storage.intent_log import last_run

DAYS = {"7d": 7, "30d": 30}


def understood(policy: Policy, text: str) -> tuple[str, str]:
    """Read `[7d|30d] [team] [NAME]`: the period and the team, "" for all of them. Raises UnknownTeam."""
    first, _, rest = text.strip().partition(" ")
    period, rest = (first.casefold(), rest) if first.casefold() in DAYS else ("7d", text)
    name = rest.strip().removeprefix("team ").strip()
    return period, team_named(policy, name, f"cluster {period}") if name else ""


async def clusters(services: Services, text: str) -> Clusters:
    """Return the largest and the fastest-growing intents of a period. Raises UnknownTeam."""
    period, team = understood(services.policy, text)
    now, length = services.clock.now(), timedelta(days=DAYS[period])
    async with services.store.reader() as connection:
        counted = await counts(connection, services.workspace, now - 2 * length, now - length, team)
        active = await intents.active(connection, services.workspace)
        run = await last_run(connection, services.workspace, finished=False)
    known = {each.id for each in active}
    under_way = run is not None and run.finished_at is None
    return Clusters(
        period=period,
        team=team,
        total=sum(each.now for each in counted),
        waiting=sum(each.now for each in counted if each.intent not in known),
        shown=most_telling(_clusters(active, counted), LARGEST, GROWING),
        done=run.done if run and under_way else 0,
        of=run.total if run and under_way else 0,
    )


def _clusters(active: Sequence[Intent], counted: Sequence[Counted]) -> list[Cluster]:
    total = sum(each.now for each in counted)
    found = []
    for intent in active:
        mine = [each for each in counted if each.intent == intent.id]
        if size := sum(each.now for each in mine):
            teams = Counter({each.team: each.now for each in mine if each.now})
            found.append(
                Cluster(
                    intent=intent,
                    size=size,
                    before=sum(each.before for each in mine),
                    share=size / total,
                    known=sum(each.known for each in mine),
                    teams=dict(teams.most_common()),
                )
            )
    return found
