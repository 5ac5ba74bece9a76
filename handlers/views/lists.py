"""Lists: several cases in a few words each, for one reader."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import date, line, link
from handlers.views.words import URGENCY, title
from pipeline.case import Case
from pipeline.ports import Card

MOST_LISTED = 20


def case_list(name: str, cases: Sequence[Case], nothing: str) -> Card:
    """Show cases in the order given, or say that there are none."""
    if not cases:
        return Card(text=nothing, blocks=(blocks.section("nothing", nothing),))
    heading = f"*{line(name, 150)}*: {len(cases)} waiting"
    rows = [blocks.section(f"case.{case.id}"[:255], case_row(case)) for case in cases[:MOST_LISTED]]
    more = len(cases) - MOST_LISTED
    rest = [blocks.context("more", f"…and {more} more")] if more > 0 else []
    return Card(text=heading, blocks=(blocks.section("heading", heading), *rows, *rest))


def case_line(case: Case, permalink: str) -> Card:
    """Show one case with the way to its card."""
    way = f"\n{link(permalink, 'Open its card', loopback=True)}" if permalink else ""
    told = case_row(case) + f"\n{case.status.value.capitalize()}" + way
    return Card(text=line(case.ticket.subject, 300, case.id), blocks=(blocks.section("case", told),))


def case_row(case: Case) -> str:
    """Return two lines about a case, with the way to its ticket."""
    urgency = URGENCY[case.analysis.classification.urgency] if case.analysis else "⏳ being read"
    subject = link(case.ticket.url, case.ticket.subject or "(no subject)", loopback=True)
    due = f" · due {date(case.due_at)}" if case.due_at else ""
    agent = f" · {line(case.agent, 80)}" if case.agent else ""
    return f"{urgency} · {subject}\n{line(title(case.team), 100, 'No team yet')}{agent}{due}"
