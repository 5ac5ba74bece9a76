"""A call: the message that asks somebody to look, and says who did."""

import re

from handlers.views import blocks
from handlers.views.blocks import button
from handlers.views.escape import date, line
from handlers.views.escape import link as linked
from handlers.views.words import URGENCY, title
from pipeline.alarm import Alarm, Condition, End
from pipeline.case import Case
from pipeline.chain import Occasion
from pipeline.ports import Block, Card
from pipeline.timer import Aim

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def call_card(case: Case, alarm: Alarm, *, user: str = "", link: str = "", everybody: bool = False) -> Card:
    """Ask for an acknowledgement, or say what came. `user` is whom it mentions, `link` leads to the card."""
    mention = f"<@{user}> " if _USER.fullmatch(user) else "<!here> " if everybody else ""
    who = " Who looks?" if alarm.occasion.escalates and alarm.condition is Condition.CALLING else ""
    told = f"{_sign(alarm)} {mention}{_asked(case, alarm)}{who}"
    about = [_facts(case)]
    if way := _way(link):
        about.append(way)
    shown: list[Block] = [blocks.section("call", told), blocks.context("about", *about), *_answer(case, alarm)]
    return Card(text=told, blocks=tuple(shown))


def _sign(alarm: Alarm) -> str:
    return "🚨" if alarm.occasion.escalates else "⏰"


def _asked(case: Case, alarm: Alarm) -> str:
    subject = f"*{line(case.ticket.subject, 300, '(no subject)')}*"
    match alarm.occasion:
        case Occasion.CRITICAL:
            return f"{subject} must not wait: it is critical."
        case Occasion.HIGH:
            return f"{subject} must not wait."
        case Occasion.DUE:
            due = f" {date(alarm.due_at)}" if alarm.due_at else " soon"
            return f"{subject} wants its {_aim(case)}{due}: four fifths of the time are gone."
        case Occasion.OVERDUE:
            due = f" since {date(alarm.due_at)}" if alarm.due_at else ""
            return f"The {_aim(case)} {'of' if _aim(case) is Aim.RESOLUTION else 'to'} {subject} is overdue{due}."


def _aim(case: Case) -> Aim:
    return case.timer.aim if case.timer else Aim.FIRST


def _facts(case: Case) -> str:
    pressing = f"{URGENCY[case.analysis.classification.urgency]} · " if case.analysis else ""
    due = f" · due {date(case.due_at)}" if case.due_at else ""
    return f"{pressing}{line(title(case.team), 100, 'no team yet')}{due}"


def _way(permalink: str) -> str:
    return linked(permalink, "Open its card", loopback=True) if permalink else ""


def _answer(case: Case, alarm: Alarm) -> list[Block]:
    named = f"call:{case.id}"  # a press is led to its case by this
    match alarm.condition:
        case Condition.CALLING:
            says = "Say that you look, so that nobody else is called"
            return [
                blocks.actions(named, button("ticket.acknowledge", "Acknowledge", case.id, primary=True, says=says))
            ]
        case Condition.ACKNOWLEDGED:
            says = "Take that back, so that others are called again"
            back = button("ticket.unacknowledge", "Un-acknowledge", case.id, says=says)
            return [blocks.context("answer", f"👂 Acknowledged by {_who(alarm)}"), blocks.actions(named, back)]
        case Condition.OVER:
            return [blocks.context("answer", _ended(alarm))]


def _ended(alarm: Alarm) -> str:
    by = f" by {_who(alarm)}" if alarm.by else f" · {date(alarm.at)}" if alarm.at else ""
    return f"☑️ {str((alarm.end or End.DECIDED).value).capitalize()}{by}"


def _who(alarm: Alarm) -> str:
    who = line(alarm.by.name, 80) if alarm.by else "somebody"
    return f"{who} · {date(alarm.at)}" if alarm.at else who
