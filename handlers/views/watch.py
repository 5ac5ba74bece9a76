"""What presses: targets by team, and the escalations that are open."""

from collections.abc import Mapping, Sequence

from pydantic import AwareDatetime

from handlers.views import blocks
from handlers.views.escape import date, line
from handlers.views.lists import case_row, more
from handlers.views.words import title
from pipeline.alarm import Alarm, Condition
from pipeline.case import Case
from pipeline.chain import Occasion
from pipeline.ports import Block, Card
from pipeline.value import Value

MOST_LISTED = 8  # of each kind
MOST_ALARMS = 2 * MOST_LISTED
MOST_PASSED = 4
MOST_TEAMS = 20
_LEVEL: Mapping[Occasion, str] = {
    Occasion.CRITICAL: "🚨 critical",
    Occasion.HIGH: "🚨 high",
    Occasion.DUE: "⏰ due soon",
    Occasion.OVERDUE: "⏰ overdue",
}


class Targets(Value):
    """Undecided cases by how their targets stand, each list with the most pressing first."""

    overdue: tuple[Case, ...] = ()
    at_risk: tuple[Case, ...] = ()
    later: tuple[Case, ...] = ()
    unread: int = 0  # of those that are still being read, which have no target yet

    @property
    def teams(self) -> tuple[str, ...]:
        """Return the teams that have such cases, in the alphabet's order."""
        return tuple(sorted({case.team for case in (*self.overdue, *self.at_risk, *self.later)}))


class Calling(Value):
    """An open alarm with its case: who was called so far, who is next, and the way to its card.

    `passed` has who is passed over on the way there, and why; `unsure`: Slack does not say what has to be known.
    """

    alarm: Alarm
    case: Case
    called: tuple[str, ...] = ()
    card: str = ""
    passed: tuple[tuple[str, str], ...] = ()
    next: str = ""
    at: AwareDatetime | None = None
    unsure: bool = False


def sla_card(targets: Targets, name: str, links: Mapping[str, str]) -> Card:
    """Show what is overdue, at risk and due next."""
    heading = (
        f"*Targets{f' of {line(name, 100)}' if name else ''}*: {len(targets.overdue)} overdue, "
        f"{len(targets.at_risk)} at risk (four fifths of the time are gone), {len(targets.later)} in time"
    )
    if targets.unread:
        heading += f", {targets.unread} still being read, which have no target yet"
    shown: list[Block] = [blocks.section("heading", heading)]
    if len(targets.teams) > 1:
        shown.append(blocks.context("teams", "\n".join(_team(team, targets) for team in targets.teams[:MOST_TEAMS])))
    for kind, label, cases in (
        ("overdue", "Overdue", targets.overdue),
        ("risk", "At risk", targets.at_risk),
        ("later", "Due next", targets.later),
    ):
        if cases:
            shown.append(blocks.section(kind, f"*{label}*"))
            rows = [case_row(case, links.get(case.id, "")) for case in cases[:MOST_LISTED]]
            shown += [blocks.section(f"{kind}.{n}", row) for n, row in enumerate(rows)]
            shown += more(f"{kind}.more", len(cases) - MOST_LISTED)
    return Card(text=heading, blocks=tuple(shown))


def escalations_card(calling: Sequence[Calling], total: int = 0) -> Card:
    """Show the alarms that are not over: level, who was called, who acknowledged, and who is next.

    `total` is how many there are, shown or not.
    """
    if not calling:
        nothing = "Nobody is being called: no escalation is open."
        return Card(text=nothing, blocks=(blocks.section("nothing", nothing),))
    total = max(total, len(calling))
    heading = f"*Open escalations and missed targets*: {total:,}"
    shown: list[Block] = [blocks.section("heading", heading)]
    for number, each in enumerate(calling[:MOST_ALARMS]):
        told = f"*{_LEVEL[each.alarm.occasion]}* since {date(each.alarm.started_at)} · {case_row(each.case, each.card)}"
        shown.append(blocks.section(f"alarm.{number}", told))
        shown.append(blocks.context(f"alarm.{number}.calls", _calls(each)))
    return Card(text=heading, blocks=(*shown, *more("alarms.more", total - MOST_ALARMS)))


def _calls(calling: Calling) -> str:
    called = "called " + ", ".join(line(name, 80) for name in calling.called) if calling.called else "nobody called yet"
    alarm = calling.alarm
    if alarm.condition is Condition.ACKNOWLEDGED and alarm.by is not None:
        when = f", {date(alarm.at)}" if alarm.at else ""
        return f"{called} · 👂 acknowledged by {line(alarm.by.name, 80)}{when}"
    told = f"{called} · nobody acknowledged{_passed(calling.passed)}"
    if calling.unsure:
        return f"{told} · who is next cannot be told: Slack does not answer just now"
    if not calling.next:
        return f"{told} · nobody is left to call"
    when = f", {date(calling.at)}" if calling.at else ""
    return f"{told} · next: {line(calling.next, 160)}{when}"


def _passed(passed: Sequence[tuple[str, str]]) -> str:
    told = [f"{line(who, 80)} ({line(why, 120)})" for who, why in passed[:MOST_PASSED]]
    rest = f" and {len(passed) - MOST_PASSED} more" if len(passed) > MOST_PASSED else ""
    return f" · passes over {', '.join(told)}{rest}" if told else ""


def _team(team: str, targets: Targets) -> str:
    counts = (sum(case.team == team for case in cases) for cases in (targets.overdue, targets.at_risk, targets.later))
    late, risk, fine = counts
    return f"{line(title(team), 100, 'No team yet')}: {late} overdue, {risk} at risk, {fine} in time"
