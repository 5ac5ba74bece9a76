"""Stats: a period's figures, as a person reads them in Slack."""

from collections.abc import Mapping

from handlers.views import blocks
from handlers.views.amounts import hours, share
from handlers.views.charts import Cell, data_table
from handlers.views.escape import line
from handlers.views.stats_charts import charts
from handlers.views.words import title
from pipeline.figures import Day, Figures
from pipeline.policy import Savings
from pipeline.ports import Block, Card
from pipeline.savings import Saved
from pipeline.value import Value

SHARE = "stats.share"
_LEAST_TEAMS = 2  # one team needs no comparison


class Stats(Value):
    """Everything that the card tells. `asked` is what was typed, to be asked again by whoever shares it."""

    asked: str
    period: str
    team: str
    whole: Figures
    before: Figures | None = None  # of as much time before; None where nothing came in
    teams: Mapping[str, Figures]
    days: tuple[Day, ...]
    saved: Saved
    saved_by: Mapping[str, float] = {}  # hours, by team
    assumed: Savings


def stats_card(stats: Stats, *, shared: bool = False) -> Card:
    """Show the figures; for one reader with a button that shows them to the channel."""
    heading = f"{stats.period}, {title(stats.team) or 'all teams'}"
    shown: list[Block] = [
        blocks.header("head", heading),
        blocks.fields("figures", _figures(stats)),
        blocks.fields("worth", _worth(stats)),
        *charts(stats.days, stats.whole.ages),
        *_table(stats),
        blocks.context("how", _how(stats)),
    ]
    if not shared:
        press = blocks.button(SHARE, "Share to channel", stats.asked or "7d", says="Show these figures to the channel")
        shown.append(blocks.actions("share", press))
    return Card(text=_text(heading, stats.whole), blocks=tuple(shown))


def _text(heading: str, found: Figures) -> str:
    """What notifications and screen readers read, and whoever cannot see the chart."""
    told = f"{line(heading, 200)}: {found.arrived:,} tickets, {found.answered:,} answered, {found.waiting:,} waiting"
    if found.first_response is None or found.in_time is None:
        return f"{told}."
    return f"{told}; first response {hours(found.first_response)}, {share(found.in_time)} in time."


def _figures(stats: Stats) -> list[tuple[str, str]]:
    found, before = stats.whole, stats.before or Figures()
    in_time = "no target reached yet" if found.in_time is None else share(found.in_time) + _was(share(before.in_time))
    return [
        (
            "Tickets",
            f"{found.arrived:,} came in{_was(f'{before.arrived:,}', stats.before)}, {found.answered:,} answered",
        ),
        ("Waiting now", _waiting(found)),
        ("First response", _first_response(found, before)),
        ("In time", in_time),
        ("Resolved", f"{found.resolved:,}" + (f", {hours(found.resolution)} (median)" if found.resolved else "")),
        ("Escalated", _escalated(found)),
        ("Category", _category(found, before)),
        ("Drafts", _drafts(found, before)),
        ("Reassigned", _tickets(found.reassigned) + _was(f"{before.reassigned:,}", stats.before)),
    ]


def _escalated(found: Figures) -> str:
    by_people = ((found.called_off, "called off"), (found.raised, "raised by people"))
    return ", ".join([_tickets(found.escalated), *(f"{count:,} {what}" for count, what in by_people if count)])


def _tickets(count: int) -> str:
    return "none" if not count else f"{count:,} ticket{'s' if count != 1 else ''}"


def _was(told: str, known: object = True) -> str:
    """What it was in as much time before, where there is anything to tell."""
    return f" ({told} before)" if known and told != "-" else ""


def _waiting(found: Figures) -> str:
    if not found.waiting:
        return "nothing"
    aged = ", ".join(f"{count:,} {age}" for age, count in found.ages.items() if count)
    oldest = f"; the oldest for {hours(found.oldest)}" if found.oldest is not None else ""
    return f"{found.waiting:,}: {aged}{oldest}" if aged else f"{found.waiting:,}{oldest}"


def _first_response(found: Figures, before: Figures) -> str:
    if found.first_response is None:
        return "nothing answered yet"
    median = f"{hours(found.first_response)} (median)"
    return f"{median}, {hours(found.first_response_p90)} (9 of 10){_was(hours(before.first_response))}"


def _category(found: Figures, before: Figures) -> str:
    if found.accuracy is None:
        return "nobody has decided on one yet"
    stood = f"{share(found.accuracy)} as people file it{_was(share(before.accuracy))}"
    return f"{stood}: {found.filed_anew:,} of {found.handled:,} filed anew"


def _drafts(found: Figures, before: Figures) -> str:
    if found.accepted is None:
        return "none sent yet"
    edited = f"{found.edited / found.drafts:.0%} edited"
    if found.changed:
        edited += f" (by {found.changed:.0%})"
    as_it_was = f"{found.accepted:.0%} sent as they were{_was(share(before.accepted))}"
    return f"{as_it_was}, {edited}, {found.rejected / found.drafts:.0%} written anew, of {found.drafts:,}"


def _worth(stats: Stats) -> list[tuple[str, str]]:
    return [*_saved(stats.saved, stats.assumed), ("Language model", _model(stats.whole, stats.assumed))]


def _saved(found: Saved, assumed: Savings) -> list[tuple[str, str]]:
    """Say what was saved, with the assumptions that it rests on; nothing where they are off."""
    parts = (
        (assumed.triage_minutes, f"{found.triaged:,} tickets read"),
        (assumed.approved_minutes, f"{found.approved:,} drafts sent as they were"),
        (assumed.edited_minutes, f"{found.edited:,} edited"),
    )
    told = [f"{what} at {minutes:g} min" for minutes, what in parts if minutes]
    if not (told and found.hours):
        return []
    rate = f"{assumed.cost_per_hour:,.10g}"
    money = f", {found.money:,.0f} {_currency(assumed)} at {rate} an hour" if assumed.cost_per_hour else ""
    return [("Saved, as the policy assumes", f"{hours(found.hours)}{money}: {', '.join(told)}")]


def _model(found: Figures, assumed: Savings) -> str:
    """Say what language models took for these tickets."""
    if not found.tokens_in + found.tokens_out:
        return "none was asked; the engine on this machine costs nothing"
    tokens = f"{found.tokens_in:,} tokens in, {found.tokens_out:,} out"
    if found.unpriced and not found.cost:
        return f"{tokens}; no price is set (`TRIAGE_MODEL_PRICE`)"
    less = f", without {found.unpriced:,} tickets that had no price" if found.unpriced else ""
    return f"{found.cost:,.2f} {_currency(assumed)}, {found.cost / found.arrived:,.4f} a ticket{less}: {tokens}"


def _currency(assumed: Savings) -> str:
    return line(assumed.currency, 20)


def _table(stats: Stats) -> list[Block]:
    if len(stats.teams) < _LEAST_TEAMS:
        return []
    saves = any(stats.saved_by.values())
    head = (
        "Team", "Came in", "Answered", "Waiting", "Oldest, h", "First response, h", "In time, %", "Escalated",
        "Category right, %", "Drafts as they were, %", *(["Saved, h"] if saves else []),
    )  # fmt: skip
    rows = [
        (*_row(team, found), *([round(stats.saved_by.get(team, 0.0), 1)] if saves else []))
        for team, found in stats.teams.items()
    ]
    return [data_table("teams", f"Teams: {stats.period.lower()}", head, rows)]


def _row(team: str, found: Figures) -> tuple[Cell, ...]:
    return (
        title(team),
        found.arrived,
        found.answered,
        found.waiting,
        found.oldest,
        found.first_response,
        _percent(found.in_time),
        found.escalated,
        _percent(found.accuracy),
        _percent(found.accepted),
    )


def _percent(part: float | None) -> int | None:
    return None if part is None else round(100 * part)


def _how(stats: Stats) -> str:
    return (
        "Of the tickets that came in, with all that was done and said of them until now. In time: first responses "
        "within their target, out of those that came or are overdue. "
        "`/triage stats today`, `7d`, `30d`, `from 2026-10-01 to 2026-10-31`, `team NAME`."
    )
