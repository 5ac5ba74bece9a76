"""The remedy: what a lead has to do so that cards go where they belong."""

from handlers.views import blocks
from handlers.views.escape import line
from pipeline.ports import Card

MANY = "Tickets have no card anywhere until this is mended: they wait in `/triage queue` and in my Home."


def remedy_card(channel: str, remedy: str, fallback: str) -> Card:
    """Say what is wrong with a channel and how to mend it. `fallback` is where its cards go; none: nowhere."""
    told = f"🔧 I cannot post in #{line(channel, 90)}. {line(remedy, 600)}"
    meanwhile = f"Until then its tickets go to #{line(fallback, 90)}, and go home by themselves afterwards."
    shown = blocks.section("remedy", told), blocks.context("meanwhile", meanwhile if fallback else MANY)
    return Card(text=told, blocks=shown)


def nowhere_line(count: int) -> str:
    """Return what stands above a queue while cases have no card."""
    has = "ticket has" if count == 1 else "tickets have"
    return f"⚠️ {count} {has} no card, because Slack takes none of mine there. Leads were told what to do."
