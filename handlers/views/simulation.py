"""A simulation as a lead reads it, before they apply or discard the change."""

import json
from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, words
from handlers.views.escape import line, link
from handlers.views.policy import change_lines
from handlers.views.words import title
from pipeline.outcomes import Compared
from pipeline.policy_change import PolicyChange
from pipeline.ports import Block
from pipeline.simulate import Change, Example, Moved, Simulation

APPLY = "policy.apply"
MOST_META = 2900  # characters of what a form remembers
MOST_ROWS = 15
MOST_WAYS = 10


def replaying_view(done: int, total: int) -> Element:
    """Say how far it is."""
    told = f"Replaying {done:,} of {total:,} tickets…" if total else "Looking for the newest tickets…"
    return _modal("Simulating", [blocks.section("replaying", f"⏳ {told} Nothing is changed.")])


def simulation_view(found: Simulation, proposed: PolicyChange) -> Element:
    """Show what would have been otherwise; it is sent to apply the change, closed to discard it.

    `proposed` has the change's steps and why; its number is that of the last change that was seen.
    """
    parts = [
        blocks.section("what", f"*If this had been so*\n{change_lines(proposed)}"),
        blocks.section("sum", _sum(found)),
        *_moves(found.moved),
        *_named("raised", f"*Escalated, and were not:* {found.raised}", found.raised_examples),
        *_named("calmed", f"*No longer escalated:* {found.calmed}", found.calmed_examples),
        *_loads("escalated", "Escalations that each team gets", found.escalated),
        *_targets(found.targets),
        *_named("missed", f"*Targets that would be missed, and were not:* {found.missed}", found.missed_examples),
        *_named("kept", f"*Targets that were missed, and would not be:* {found.kept}", found.kept_examples),
        *_loads("teams", "Cards in each team's channel", found.teams),
        *_loads("agents", "Tickets of each person", found.agents),
        blocks.context("how", _HOW),
    ]
    steps = [step.model_dump(mode="json", include={"path", "value", "gone"}) for step in proposed.steps]
    meta = json.dumps({"steps": steps, "why": proposed.why, "seen": proposed.number}, ensure_ascii=False)
    if len(meta) > MOST_META:
        parts.append(blocks.context("long", "This change is too long to be applied from here: go back and press Save."))
        return _modal("Simulated", parts)
    view = _modal("Simulated", parts)
    more = {"callback_id": APPLY, "submit": words("Apply", 24), "close": words("Discard", 24)}
    return {**view, **more, "private_metadata": meta}


_HOW = (
    "Each ticket as it was read then, without asking a model: thresholds, rules, routing and targets anew, with the "
    "load that people had, and what would have gone to others. Drafts are judged by the evidence that was kept. First "
    "responses are taken to have come when they really did; one that is not there yet is missed once it is overdue, "
    "and a ticket closed without one counts as neither. Resolution, later messages, moves and calls are not replayed."
)


def _sum(found: Simulation) -> str:
    moved = sum(each.count for each in found.moved)
    if not (moved or found.reassigned or found.sooner or found.later or _differ(found.asked, found.answers)):
        return f"Of the newest {found.tickets:,} tickets *none* would have been treated otherwise."
    lines = [
        f"Of the newest {found.tickets:,} tickets",
        f"• *{moved}* would stand in another team's channel, *{found.reassigned}* with another person",
        f"• a person would be asked for the category of {_both(found.asked)}",
        f"• drafts that are an answer: {_both(found.answers)}",
    ]
    if found.sooner:
        lines.append(f"• {found.sooner} would be due sooner, {_time(found.sooner_minutes)} in the middle")
    if found.later:
        lines.append(f"• {found.later} would be due later, {_time(found.later_minutes)} in the middle")
    return "\n".join(lines)


def _moves(moved: Sequence[Moved]) -> list[Block]:
    shown = [_move(number, each) for number, each in enumerate(moved[:MOST_WAYS])]
    more = len(moved) - MOST_WAYS
    return [*shown, *([blocks.context("ways", f"…and {more} more ways")] if more > 0 else [])]


def _move(number: int, moved: Moved) -> Block:
    way = f"*{line(title(moved.before), 60)} → {line(title(moved.after), 60)}:* {moved.count}"
    return blocks.section(f"moved.{number}", f"{way}\n{_examples(moved.examples)}")


def _named(name: str, told: str, examples: Sequence[Example]) -> list[Block]:
    return [blocks.section(name, f"{told}\n{_examples(examples)}")] if examples else []


def _examples(examples: Sequence[Example]) -> str:
    return "\n".join(f"• {link(each.url, each.subject[:120] or each.id, loopback=True)}" for each in examples)


def _loads(name: str, heading: str, counts: Mapping[str, Change]) -> list[Block]:
    """Show who would have more or less, the greatest difference first."""
    rows = [(each, change) for each, change in counts.items() if change.before != change.after]
    rows.sort(key=lambda row: (-abs(row[1].after - row[1].before), row[0]))
    people = name == "agents"
    lines = [f"• {line(who if people else title(who), 60, 'nobody')}: {_both(it)}" for who, it in rows[:MOST_ROWS]]
    return [blocks.section(name, "\n".join([f"*{heading}*", *lines]))] if lines else []


def _targets(targets: Mapping[str, Compared]) -> list[Block]:
    """Show whose first responses would have been in time more or less often, the greatest difference first."""
    rows = [(team, each) for team, each in targets.items() if each.before != each.after]
    rows.sort(key=lambda row: (-abs(row[1].after.missed - row[1].before.missed), row[0]))
    lines = [f"• {line(title(team), 60)}: {_kept(each)}" for team, each in rows[:MOST_ROWS]]
    rest = [f"• and {len(rows) - MOST_ROWS} more teams"] if len(rows) > MOST_ROWS else []
    heading = "*First responses of each team*"
    return [blocks.section("targets", "\n".join([heading, *lines, *rest]))] if lines else []


def _kept(compared: Compared) -> str:
    pairs = [
        (name, Change(before=getattr(compared.before, field), after=getattr(compared.after, field)))
        for name, field in (
            ("in time", "met"),
            ("missed", "missed"),
            ("still waiting", "waiting"),
            ("closed without one", "none"),
        )
    ]
    return "; ".join(f"{name} {_both(each)}" for name, each in pairs if each.before or each.after)


def _both(change: Change) -> str:
    return f"{change.before} → {change.after}" if change.before != change.after else f"{change.after}, as before"


def _differ(*changes: Change) -> bool:
    return any(change.before != change.after for change in changes)


def _time(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:g} h"


def _modal(name: str, parts: Sequence[Block]) -> Element:
    return {"type": "modal", "title": words(name, 24), "close": words("Close", 24), "blocks": list(parts)}
