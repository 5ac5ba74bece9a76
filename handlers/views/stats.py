"""Stats: a period's figures, as a person reads them in Slack."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.views import blocks
from handlers.views.amounts import hours, share
from handlers.views.charts import MOST_CATEGORIES, bars, data_table
from handlers.views.escape import line
from handlers.views.words import title
from pipeline.acceptance import Acceptance
from pipeline.figures import Day, Figures
from pipeline.judgements import Judgements
from pipeline.policy import Savings
from pipeline.ports import Block, Card
from pipeline.savings import Saved
from pipeline.value import Value

SHARE = "stats.share"
_LEAST_WAITING = 3  # fewer are told in words
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
    saved: Saved
    assumed: Savings


def stats_card(stats: Stats, *, shared: bool = False) -> Card:
    """Show the figures; for one reader with a button that shows them to the channel."""
    heading = f"{stats.period}, {title(stats.team) or 'all teams'}"
    shown: list[Block] = [
        blocks.header("head", heading),
        blocks.fields("figures", _figures(stats)),
        *_chart(stats),
        *_backlog(stats),
        *_table(stats),
        blocks.context("how", _how(stats)),
    ]
    if not shared:
        press = blocks.button(SHARE, "Share to channel", stats.asked or "7d", says="Show these figures to the channel")
        shown.append(blocks.actions("share", press))
    return Card(text=_text(heading, stats.whole), blocks=tuple(shown))


def _text(heading: str, found: Figures) -> str:
    """What notifications and screen readers read, and whoever cannot see the chart."""
    told = f"{line(heading, 200)}: {found.arrived} tickets, {found.answered} answered, {found.waiting} waiting"
    if found.first_response is None or found.in_time is None:
        return f"{told}."
    return f"{told}; first response {hours(found.first_response)}, {share(found.in_time)} in time."


def _figures(stats: Stats) -> list[tuple[str, str]]:
    found, judged, drafts = stats.whole, stats.judged, stats.drafts
    oldest = f", the oldest for {hours(found.oldest)}" if found.oldest is not None else ""
    return [
        ("Tickets", f"{found.arrived} came in, {found.answered} answered"),
        ("Waiting now", f"{found.waiting}{oldest}"),
        ("First response", _first_response(found)),
        ("In time", "no target reached yet" if found.in_time is None else share(found.in_time)),
        ("Escalated", _escalated(found, judged)),
        ("Category", _category(judged)),
        ("Drafts", _drafts(drafts)),
        ("Reassigned", _tickets(judged.reassigned)),
        *_saved(stats.saved, stats.assumed),
    ]


def _escalated(found: Figures, judged: Judgements) -> str:
    by_people = ((judged.called_off, "called off"), (judged.raised, "raised by people"))
    return ", ".join([_tickets(found.escalated), *(f"{count} {what}" for count, what in by_people if count)])


def _tickets(count: int) -> str:
    return "none" if not count else f"{count:,} ticket{'s' if count != 1 else ''}"


def _first_response(found: Figures) -> str:
    if found.first_response is None:
        return "nothing answered yet"
    return f"{hours(found.first_response)} (median), {hours(found.first_response_p90)} (9 of 10)"


def _category(judged: Judgements) -> str:
    if not judged.handled:
        return "nobody has decided on one yet"
    return f"{judged.filed_anew:,} of {judged.handled:,} filed anew by people"


def _drafts(drafts: Acceptance) -> str:
    if not drafts.drafts:
        return "none sent yet"
    edited = f"{drafts.edited:.0%} edited"
    if drafts.changed:
        edited += f" (by {drafts.changed:.0%})"
    return f"{drafts.as_it_was:.0%} sent as they were, {edited}, {drafts.rejected:.0%} written anew, of {drafts.drafts}"


def _saved(found: Saved, assumed: Savings) -> list[tuple[str, str]]:
    """Say what was saved, with the assumptions that it rests on; nothing where they are off."""
    parts = (
        (assumed.triage_minutes, f"{found.triaged} tickets read"),
        (assumed.approved_minutes, f"{found.approved} drafts sent as they were"),
        (assumed.edited_minutes, f"{found.edited} edited"),
    )
    told = [f"{what} at {minutes:g} min" for minutes, what in parts if minutes]
    if not (told and found.hours):
        return []
    rate, currency = f"{assumed.cost_per_hour:,.10g}", line(assumed.currency, 20)
    money = f", {found.money:,.0f} {currency} at {rate} an hour" if assumed.cost_per_hour else ""
    return [("Saved, as the policy assumes", f"{hours(found.hours)}{money}: {', '.join(told)}")]


def _backlog(stats: Stats) -> list[Block]:
    ages = stats.whole.ages
    if sum(ages.values()) < _LEAST_WAITING:
        return []
    return [bars("backlog", "Waiting now, by age", list(ages), {"waiting": list(ages.values())})]


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
