"""The digest: one message for many tickets, while more come than a channel takes cards."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import date, line, link
from handlers.views.words import URGENCY
from pipeline.case import Case
from pipeline.ports import Block, Card

MOST_LINES = 15
OPEN = "digest.open"


def digest_card(first: Sequence[Case], more: int) -> Card:
    """Show the first lines, the soonest due first, and how many more there are; none: all have their cards."""
    if not first:
        told = "✅ Every ticket of this digest has a card of its own now."
        return Card(text=told, blocks=(blocks.section("done", told),))
    whole = len(first) + more
    told = f"🗂️ *{whole} more ticket{'s' if whole != 1 else ''}* {'wait' if whole != 1 else 'waits'} here"
    why = "More came at once than this channel takes cards, so P1, P2 and escalations go first. The rest follow gently."
    rows = [_line(number, case) for number, case in enumerate(first)]
    rest = [blocks.context("rest", f"…and {more} more, due later. `/triage queue` lists them, too.")] if more else []
    return Card(text=told, blocks=(blocks.section("digest", f"{told}\n{why}"), *rows, *rest))


def _line(number: int, case: Case) -> Block:
    urgency = URGENCY[case.analysis.classification.urgency] if case.analysis else "⏳ being read"
    subject = link(case.ticket.url, case.ticket.subject[:300] or "(no subject)", loopback=True)
    due = f"due {date(case.due_at)}" if case.due_at else "no target"
    who = line(case.ticket.customer.name or case.ticket.customer.email, 80, "unknown customer")
    says = f"Open the card of {case.ticket.subject[:50] or case.ticket.id[:50]}"
    row = blocks.section(f"line.{number}", f"{urgency} · {subject}\n{who} · {due}")
    return {**row, "accessory": blocks.button(f"{OPEN}.{number}", "Open", case.id, says=says)}


def card_comes(case: Case) -> str:
    """Return what a person reads who opened a line."""
    return f"The card of *{line(case.ticket.subject, 300, '(no subject)')}* comes below in a moment."


def card_is(case: Case, permalink: str) -> str:
    """Return where a card stands that is no line any more."""
    subject = line(case.ticket.subject, 300, "(no subject)")
    way = link(permalink, "Open its card", loopback=True) if permalink else "It comes in a moment."
    return f"*{subject}* has a card of its own. {way}"
