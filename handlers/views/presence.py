"""Presence: what somebody reads who goes away, or comes back."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views import blocks
from handlers.views.escape import date
from handlers.views.lists import case_row
from pipeline.case import Case
from pipeline.ports import Card

MOST_LISTED = 10


def away_card(until: datetime | None, theirs: Sequence[Case]) -> Card:
    """Say until when, and which tickets still wait for this person."""
    end = f"until {date(until)}" if until else "until you type /triage back"
    told = f"🌴 You are away {end}. New tickets go to others."
    if not theirs:
        return Card(text=told, blocks=(blocks.section("away", told),))
    told += f" {len(theirs)} still wait for you; give them to somebody with Reassign on their cards:"
    rows = [blocks.section(f"theirs.{number}", case_row(case)) for number, case in enumerate(theirs[:MOST_LISTED])]
    return Card(text=told, blocks=(blocks.section("away", told), *rows))


def back_card(*, was_away: bool) -> Card:
    """Welcome somebody."""
    told = "👋 Welcome back: you get tickets again." if was_away else "You were not away: you get tickets as before."
    return Card(text=told, blocks=(blocks.section("back", told),))
