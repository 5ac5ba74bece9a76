"""Clusters: what customers ask for most, and what grows fastest, with what leads do about it."""

from handlers.views import blocks
from handlers.views.charts import bars
from handlers.views.escape import line, plain
from handlers.views.words import title
from pipeline.ports import Block, Card
from pipeline.trend import Cluster
from pipeline.value import Value

LARGEST, GROWING = 6, 3
OPEN, ARTICLE, WATCH, RENAME, MORE = (f"intent.{name}" for name in ("open", "article", "watch", "rename", "more"))
_MOST_TEAMS = 3
_WORDS = {"7d": "the last 7 days", "30d": "the last 30 days"}


class Clusters(Value):
    """Everything that the card tells. `done` of `of` tickets were looked at, while a batch is under way."""

    period: str
    team: str
    total: int
    waiting: int
    shown: tuple[Cluster, ...]
    done: int = 0
    of: int = 0


def clusters_card(found: Clusters) -> Card:
    """Show the clusters of a period, the largest first."""
    of_team = f" of {title(found.team)}" if found.team else ""
    heading = f"What customers{of_team} asked for in {_WORDS[found.period]}"
    told = f"{_tickets(found.total)}, {found.waiting:,} of them in no cluster yet"
    shown: list[Block] = [blocks.header("head", heading), blocks.context("total", told + ".", *_under_way(found))]
    if not found.shown:
        nothing = "No cluster yet: tickets are grouped each night, and once enough of them wait."
        shown.append(blocks.section("nothing", nothing))
        return Card(text=f"{line(heading)}: {told}. {nothing}", blocks=tuple(shown))
    if len(found.shown) > 1:
        labels = [f"{number}. {each.intent.name}" for number, each in enumerate(found.shown, 1)]
        series = {"this period": [each.size for each in found.shown], "before": [each.before for each in found.shown]}
        shown.append(bars("clusters", "Tickets by cluster", labels, series))
    for number, each in enumerate(found.shown, 1):
        shown += _cluster(number, each)
    largest = "; ".join(f"{line(each.intent.name, 80)} {each.size}" for each in found.shown[:5])
    return Card(text=f"{line(heading)}: {told}. {largest}", blocks=tuple(shown))


def _under_way(found: Clusters) -> tuple[str, ...]:
    if not found.of:
        return ()
    return (f"⏳ Grouping {found.done:,} of {found.of:,} tickets: ask again in a minute for the result.",)


def _cluster(number: int, cluster: Cluster) -> list[Block]:
    intent = cluster.intent
    told = f"*{number}. {line(intent.name, 100)}* · {_tickets(cluster.size)}, {cluster.share:.0%} · {_trend(cluster)}"
    return [
        blocks.section(f"cluster.{number}", told),
        blocks.quote(f"cluster.words.{number}", intent.words, 300),
        blocks.context(f"cluster.facts.{number}", _place(cluster), _teams(cluster), _knowledge(cluster)),
        _buttons(number, cluster),
    ]


def _trend(cluster: Cluster) -> str:
    if not cluster.before:
        return "🆕 none in the period before"
    change = (cluster.size - cluster.before) / cluster.before
    sign = "📈 growing" if cluster.grows else "📉 fewer" if change < 0 else "about the same" if change < 0.5 else "more"
    return f"{sign}, {change:+.0%} from {cluster.before:,}"


def _place(cluster: Cluster) -> str:
    tiers = (title(cluster.intent.l1), cluster.intent.l2)
    return " › ".join(line(tier, 80) for tier in tiers if tier) or "No category"


def _teams(cluster: Cluster) -> str:
    named = [f"{line(title(team), 60, 'no team yet')} {count:,}" for team, count in cluster.teams.items()]
    rest = len(named) - _MOST_TEAMS
    return ", ".join(named[:_MOST_TEAMS]) + (f" and {rest} more" if rest > 0 else "")


def _knowledge(cluster: Cluster) -> str:
    lacking = cluster.size - cluster.known
    if not lacking:
        return "📚 Something was known for each"
    return f"📭 Nothing was known for {lacking:,} of {cluster.size:,}"


def _buttons(number: int, cluster: Cluster) -> Block:
    intent = cluster.intent
    named = plain(intent.name, 40)
    return blocks.actions(
        f"intent.{number}",
        blocks.button(f"{OPEN}.{number}", "Open tickets", intent.id, says=f"Open the tickets of {named}"),
        blocks.button(f"{ARTICLE}.{number}", "Write an article…", intent.id, says=f"Write an article on {named}"),
        blocks.button(f"{WATCH}.{number}", "Watch", intent.id, says=f"Be told when {named} grows"),
        blocks.button(f"{RENAME}.{number}", "Rename…", intent.id, says=f"Rename {named}"),
        blocks.button(f"{MORE}.{number}", "More…", intent.id, says=f"Merge, split or move {named}"),
    )


def _tickets(count: int) -> str:
    return f"{count:,} ticket{'s' if count != 1 else ''}"
