"""Moved: what stays where a card used to be."""

from handlers.views import blocks
from handlers.views.escape import line
from pipeline.case import Case
from pipeline.ports import Card


def moved(case: Case, to: str, by: str = "", reason: str = "") -> Card:
    """Say to which channel a case went, and by whom and why where that is known."""
    told = f"➡️ *{line(case.ticket.subject, 300, '(no subject)')}* is now in #{line(to, 100)}"
    told += f", moved by {line(by, 80)}" if by else ""
    told += f": {line(reason, 600)}" if reason.strip() else ""
    named = f"case {line(case.id, 60)}"
    return Card(text=told, blocks=(blocks.section("moved", told), blocks.context("origin", named)))
