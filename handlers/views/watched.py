"""What those read who watch a cluster."""

from handlers.views import blocks
from handlers.views.escape import line
from pipeline.intents import Intent
from pipeline.ports import Card


def watched_card(intent: Intent, before: int, now: int) -> Card:
    """Say that a cluster has grown."""
    told = f"📈 *{line(intent.name, 100)}* has grown: {now:,} tickets in 7 days, {before:,} when I last told you."
    where = "`/triage cluster` shows it; Watch there ends these messages."
    shown = [blocks.section("grown", told), blocks.context("where", where)]
    if intent.words.strip():
        shown.insert(1, blocks.quote("words", intent.words, 300))
    return Card(text=told, blocks=tuple(shown))


def watched(intent: Intent, now: int) -> str:
    """Return what somebody reads who begins to watch."""
    told = f"👁️ You are told when *{line(intent.name, 100)}* grows by half; it has {now:,} tickets in 7 days now."
    return f"{told} Press Watch again to end it."


def unwatched(intent: Intent) -> str:
    """Return what somebody reads who watches no more."""
    return f"You are told no more of *{line(intent.name, 100)}*."
