"""Lists: several cases in a few words each, for one reader."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.views import blocks
from handlers.views.escape import date, line, link
from handlers.views.remedy import nowhere_line
from handlers.views.words import STATUS, URGENCY, title
from pipeline.case import Case
from pipeline.ports import Block, Card

MOST_LISTED = 20
_NONE: Mapping[str, str] = MappingProxyType({})


def case_list(
    name: str,
    cases: Sequence[Case],
    nothing: str,
    *,
    total: int = 0,
    links: Mapping[str, str] = _NONE,
    cardless: int = 0,
) -> Card:
    """Show cases in the order given, or say that there are none.

    `total` is how many there are, shown or not, `links` has the way to their cards, and `cardless` is how many
    have no card anywhere.
    """
    if not cases:
        return Card(text=nothing, blocks=(blocks.section("nothing", nothing),))
    shown, total = cases[:MOST_LISTED], max(total, len(cases))
    heading = f"*{line(name, 150)}*: {counted(len(shown), total)} waiting"
    rows = [blocks.section(f"case.{case.id}"[:255], case_row(case, links.get(case.id, ""))) for case in shown]
    warned = [blocks.context("cardless", nowhere_line(cardless))] if cardless else []
    rest = more("more", total - len(shown))
    return Card(text=heading, blocks=(blocks.section("heading", heading), *warned, *rows, *rest))


def counted(shown: int, total: int) -> str:
    """Return how many are shown of how many there are."""
    return f"{total:,}" if shown >= total else f"{shown:,} of {total:,}"


def more(name: str, count: int, where: str = "") -> list[Block]:
    """Return the line that stands below the beginning of a list."""
    return [blocks.context(name, f"…and {count:,} more{where}")] if count > 0 else []


def case_line(case: Case, permalink: str) -> Card:
    """Show one case with the way to its card."""
    way = f" · {link(permalink, 'Open its card', loopback=True)}" if permalink else ""
    told = f"{case_row(case, permalink)}\n{STATUS[case.status]}{way}"
    return Card(text=line(case.ticket.subject, 300, case.id), blocks=(blocks.section("case", told),))


def case_row(case: Case, card: str = "") -> str:
    """Return two lines about a case: its number leads to the helpdesk, its subject to its card, where it has one."""
    urgency = URGENCY[case.analysis.classification.urgency] if case.analysis else "⏳ being read"
    number = link(case.ticket.url, f"#{line(case.ticket.id, 60)}", loopback=True)
    subject = link(card or case.ticket.url, case.ticket.subject or "(no subject)", loopback=True)
    due = f" · due {date(case.due_at)}" if case.due_at else ""
    agent = f" · {line(case.agent, 80)}" if case.agent else ""
    return f"{urgency} · {number} · {subject}\n{line(title(case.team), 100, 'No team yet')}{agent}{due}"
