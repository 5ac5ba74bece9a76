"""Who is on call now and next, with times that every reader sees in their own zone."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import date, fitting, line
from handlers.views.words import title
from pipeline.ports import Card
from pipeline.rotation import Turn
from pipeline.value import Value

MOST_LISTED = 40


class Duty(Value):
    """One team's present turn and the next; none where the team has no rotation, and then who is called instead."""

    team: str
    now: Turn | None = None
    later: Turn | None = None
    lead: str = ""


def on_call_card(duties: Sequence[Duty]) -> Card:
    """List the teams, each with who is on call."""
    told = [_duty(duty) for duty in duties[:MOST_LISTED]]
    shown = [blocks.section(f"duty.{number}", said) for number, said in enumerate(told)]
    how = "Who typed `/triage away` is passed over for the next in order."
    return Card(text=fitting(told), blocks=(*shown, blocks.context("how", how)))


def _duty(duty: Duty) -> str:
    name = f"*{line(title(duty.team), 100)}*"
    if duty.now is None:
        instead = f"its lead {line(duty.lead, 80)}" if duty.lead else "nobody"
        return f"{name}: no rotation; after whoever is at work there, {instead} is called."
    told = f"{name}: 📟 {_who(duty.now)} until {date(duty.now.ends)}"
    if duty.later is not None:
        told += f"\nthen {_who(duty.later)} until {date(duty.later.ends)}"
    return told


def _who(turn: Turn) -> str:
    why = "whom they stand in for" if turn.covered else "who is away"
    instead = f" (for {line(turn.in_turn, 80)}, {why})" if turn.member != turn.in_turn else ""
    return f"{line(turn.member, 80)}{instead}"
