"""Outcomes: which first-response targets were met, held against when the responses really came."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from pipeline.value import Value


class Outcome(StrEnum):
    """What became of a target."""

    MET = "met"
    MISSED = "missed"
    WAITING = "waiting"  # for a response that is not overdue yet
    NONE = "none"  # closed without a response: it is neither


class Outcomes(Value):
    """How many targets of a team came to what."""

    met: int = 0
    missed: int = 0
    waiting: int = 0
    none: int = 0


class Compared(Value):
    """A team's targets before and after."""

    before: Outcomes
    after: Outcomes


def outcome_of(due: datetime | None, responded: datetime | None, now: datetime, *, owed: bool) -> Outcome:
    """Return what became of a target. `owed`: nobody has closed the ticket, so a response is still to come.

    The same is counted by the figures of a week. None is a target in years that nobody sees.
    """
    if responded is not None:
        return Outcome.MET if due is None or responded <= due else Outcome.MISSED
    if not owed:
        return Outcome.NONE
    return Outcome.MISSED if due is not None and due <= now else Outcome.WAITING


def by_team(was: Iterable[tuple[str, Outcome]], now: Iterable[tuple[str, Outcome]]) -> dict[str, Compared]:
    """Count what became of each team's targets, before and after."""
    before, after = tuple(was), tuple(now)
    teams = sorted({team for team, _ in (*before, *after)})
    return {team: Compared(before=_counted(team, before), after=_counted(team, after)) for team in teams}


def _counted(team: str, found: Iterable[tuple[str, Outcome]]) -> Outcomes:
    theirs = [outcome for each, outcome in found if each == team]
    return Outcomes(**{outcome.value: theirs.count(outcome) for outcome in Outcome})
