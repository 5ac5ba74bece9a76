"""Home: what waits for one person, and what the bot can do."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.blocks import Element
from handlers.views.escape import line
from handlers.views.lists import case_row
from handlers.views.words import title
from pipeline.case import Case
from pipeline.ports import Block
from pipeline.value import Value

MOST_LISTED = 10  # of each list; a Home holds 100 blocks
_WHAT = (
    "Every ticket comes as a card to the channel of the team that owns it. Nothing is sent before somebody presses "
    "Approve or Edit there, unless a lead switched that on for a category. Type /triage help for what else there is."
)


class Desk(Value):
    """What one person finds: lists of undecided cases, the most pressing first. `teams` are those they belong to."""

    teams: tuple[str, ...]
    mine: tuple[Case, ...]
    queue: tuple[Case, ...]
    drafts: tuple[Case, ...]


def home(desk: Desk) -> Element:
    """Return the view; the lists name their length, so that nobody takes the beginning for the whole."""
    shown = [
        blocks.header("mine_head", "Yours, the most pressing first"),
        *_list("mine", desk.mine, "Nothing is assigned to you. 🎉"),
        blocks.header("drafts_head", "Drafts that wait for your team's approval"),
        *_list("drafts", desk.drafts, "No draft waits."),
        blocks.header("queue_head", f"Queue of {_names(desk.teams)}"),
        *_list("queue", desk.queue, "Nothing waits for a decision."),
        blocks.divider("end"),
        blocks.context("what", _WHAT),
    ]
    return {"type": "home", "blocks": shown}


def closed_home() -> Element:
    """Return the view of somebody who may not look into tickets."""
    told = "Guests and people of other workspaces cannot look into tickets. Ask a member of the team."
    return {"type": "home", "blocks": [blocks.section("closed", told)]}


def _names(teams: Sequence[str]) -> str:
    return ", ".join(map(title, teams)) or "all teams"


def _list(name: str, cases: Sequence[Case], nothing: str) -> list[Block]:
    if not cases:
        return [blocks.context(f"{name}.none", nothing)]
    rows = [blocks.section(f"{name}.{number}", case_row(case)) for number, case in enumerate(cases[:MOST_LISTED])]
    more = len(cases) - MOST_LISTED
    told = line(f"…and {more} more: /triage {'mine' if name == 'mine' else 'queue'}")
    return [*rows, *([blocks.context(f"{name}.more", told)] if more > 0 else [])]
