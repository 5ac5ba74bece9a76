"""Stats: a period's figures, as a person reads them in Slack."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.views import blocks
from handlers.views.charts import MOST_CATEGORIES, bars, data_table
from handlers.views.escape import line
from handlers.views.words import title
from pipeline.acceptance import Acceptance
from pipeline.figures import Day, Figures
from pipeline.judgements import Judgements
from pipeline.ports import Block, Card
from pipeline.value import Value

SHARE = "stats.share"
_LEAST_TEAMS = 2  # one team needs no comparison


class Stats(Value):
    """Everything that the card tells. `asked` is what was typed, to be asked again by whoever shares it."""

    asked: str
    period: str
    team: str
    whole: Figures
    teams: Mapping[str, Figures]
    days: tuple[Day, ...]
    judged: Judgements
    drafts: Acceptance


def stats_card(stats: Stats, *, shared: bool = False) -> Card:
    """Show the figures; for one reader with a button that shows them to the channel."""
    heading = f"{stats.period}, {title(stats.team) or 'all teams'}"
    shown: list[Block] = [
        blocks.header("head", heading),
        blocks.fields("figures", _figures(stats)),
        *_chart(stats),
        *_table(stats),
        blocks.context("how", _how(stats)),
    ]
    if not shared:
        share = blocks.button(SHARE, "Share to channel", stats.asked or "7d", says="Show these figures to the channel")
        shown.append(blocks.actions("share", share))
    return Card(text=_text(heading, stats.whole), blocks=tuple(shown))


def _text(heading: str, found: Figures) -> str:
    """What notifications and screen readers read, and whoever cannot see the chart."""
    told = f"{line(heading, 200)}: {found.arrived} tickets, {found.answered} answered, {found.waiting} waiting"
    return f"{told}; first response {_hours(found.first_response)}, {_share(found.in_time)} in time."


def _figures(stats: Stats) -> list[tuple[str, str]]:
    found, judged, drafts = stats.whole, stats.judged, stats.drafts
    oldest = f", the oldest for {_hours(found.oldest)}" if found.oldest is not None else ""
    alarms = f"{found.escalated} tickets, {judged.called_off} called off, {judged.raised} raised by people"
    return [
        ("Tickets", f"{found.arrived} came in, {found.answered} answered"),
        ("Waiting now", f"{found.waiting}{oldest}"),
        ("First response", _first_response(found)),
        ("In time", "no target reached yet" if found.in_time is None else _share(found.in_time)),
        ("Escalated", alarms),
        ("Category", _category(judged)),
        ("Drafts", _drafts(drafts)),
        ("Reassigned", f"{judged.reassigned} tickets"),
    ]


def _first_response(found: Figures) -> str:
    if found.first_response is None:
        return "nothing answered yet"
    return f"{_hours(found.first_response)} (median), {_hours(found.first_response_p90)} (9 of 10)"


def _category(judged: Judgements) -> str:
    if judged.right is None:
        return "nobody has judged one yet"
    return f"{_share(judged.right)} right of {judged.judged} that people judged"


def _drafts(drafts: Acceptance) -> str:
    if not drafts.drafts:
        return "none sent yet"
    edited = f"{drafts.edited:.0%} edited"
    if drafts.changed:
        edited += f" (by {drafts.changed:.0%})"
    return f"{drafts.as_it_was:.0%} sent as they were, {edited}, {drafts.rejected:.0%} written anew, of {drafts.drafts}"


def _chart(stats: Stats) -> list[Block]:
    if not stats.whole.arrived or len(stats.days) < 2:
        return []
    groups = _grouped(stats.days)
    series = {
        "came in": [sum(day.arrived for day in group) for group in groups.values()],
        "answered since": [sum(day.answered for day in group) for group in groups.values()],
    }
    each = "day" if len(groups) == len(stats.days) else "week"
    return [bars("by_day", f"Tickets by {each}", list(groups), series)]


def _grouped(days: Sequence[Day]) -> dict[str, list[Day]]:
    """Return the days by their label, in weeks from Monday on where the chart has no room for each."""
    weekly = len(days) > MOST_CATEGORIES
    groups: dict[str, list[Day]] = {}
    for day in days:
        start = date.fromordinal(day.day.toordinal() - day.day.weekday()) if weekly else day.day
        groups.setdefault(f"{start.day} {start:%b}" if weekly else f"{start:%a} {start.day}.", []).append(day)
    return groups


def _table(stats: Stats) -> list[Block]:
    if len(stats.teams) < _LEAST_TEAMS:
        return []
    head = ("Team", "Came in", "Answered", "Waiting", "First response, h", "In time, %", "Escalated")
    rows = [
        (
            title(team),
            found.arrived,
            found.answered,
            found.waiting,
            found.first_response,
            None if found.in_time is None else round(100 * found.in_time),
            found.escalated,
        )
        for team, found in stats.teams.items()
    ]
    return [data_table("teams", f"Teams: {stats.period.lower()}", head, rows)]


def _how(stats: Stats) -> str:
    return (
        "Of the tickets that came in. In time: first responses within their target, out of those that came or are "
        "overdue. `/triage stats today`, `7d`, `30d`, `team NAME`."
    )


def _hours(hours: float | None) -> str:
    if hours is None:
        return "-"
    if hours < 1:
        return f"{round(60 * hours)} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
