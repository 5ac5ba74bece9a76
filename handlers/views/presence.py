"""Presence: what somebody reads who goes away, or comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.views import blocks
from handlers.views.escape import date
from handlers.views.lists import case_row, more
from pipeline.case import Case
from pipeline.ports import Card

MOST_LISTED = 10


def away_card(until: datetime | None, theirs: Sequence[Case], total: int, links: Mapping[str, str]) -> Card:
    """Say until when, and which tickets still wait for this person."""
    end = f"until {date(until)}" if until else "until you type /triage back"
    told = f"🌴 You are away {end}. New tickets go to others."
    if not theirs:
        return Card(text=told, blocks=(blocks.section("away", told),))
    told += f" {total:,} still wait for you; give them to somebody with Reassign on their cards:"
    shown = theirs[:MOST_LISTED]
    rows = [blocks.section(f"theirs.{n}", case_row(case, links.get(case.id, ""))) for n, case in enumerate(shown)]
    rest = more("theirs.more", total - len(shown), ": `/triage mine`")
    return Card(text=told, blocks=(blocks.section("away", told), *rows, *rest))


def back_card(*, was_away: bool) -> Card:
    """Welcome somebody."""
    told = "👋 Welcome back: you get tickets again." if was_away else "You were not away: you get tickets as before."
    return Card(text=told, blocks=(blocks.section("back", told),))
