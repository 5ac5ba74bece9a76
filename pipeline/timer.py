"""Timer: how much business time a ticket has used, and what it is used against."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime

from pipeline.calendar import after, elapsed
from pipeline.hours import Hours
from pipeline.value import Value

WARN_AT = (0.5, 0.8, 1.0)
"""Shares of a target of which people are told."""

AT_RISK = 0.8


class Phase(StrEnum):
    """Whether time counts."""

    RUNS = "runs"
    ANSWERED = "answered"  # by a reply from here: we wait for the customer
    ANSWERED_THERE = "answered there"  # by somebody in the helpdesk: we wait for the customer, too
    STOPPED = "stopped"  # the case is closed

    @property
    def waits(self) -> bool:
        """Whether it is the customer's turn."""
        return self in (Phase.ANSWERED, Phase.ANSWERED_THERE)


class Aim(StrEnum):
    """What is owed by the present target."""

    FIRST = "first response"
    ANSWER = "answer"  # to what the customer wrote later, where nothing is said of resolution
    RESOLUTION = "resolution"


class Timer(Value):
    """Business time that was used before `since`, and whether more of it is used since, by the hours of which team.

    What was counted stays counted: after a move the other team's hours count only from then on. Times are seconds.
    `base` is what was used when the customer began to wait for the present answer, `told` the highest share of the
    present target that people were told of.
    """

    team: str
    since: AwareDatetime
    phase: Phase = Phase.RUNS
    spent: float = 0
    base: float = 0
    responded_at: AwareDatetime | None = None
    aim: Aim = Aim.FIRST
    goal: float = 0
    told: float = 0

    def at(self, moment: datetime, hours: Hours | None) -> Self:
        """Return the timer with what has been used until a moment, from which it is counted on."""
        until = max(moment, self.since)
        return self.model_copy(update={"spent": self.used(until, hours), "since": until})

    def turned(self, phase: Phase, moment: datetime, hours: Hours | None) -> Self:
        """Return the timer in another phase from a moment on."""
        if phase is self.phase:
            return self
        then = self.at(moment, hours)
        known: dict[str, object] = {"phase": phase}
        if phase.waits:
            known["responded_at"] = self.responded_at or then.since
        elif self.phase.waits and phase is Phase.RUNS:
            known |= {"base": then.spent, "told": self.told if self.aim is Aim.RESOLUTION else 0}
        return then.model_copy(update=known)

    def held(self, moment: datetime, hours: Hours | None) -> Self:
        """Return the timer after a word to the customer that answers nothing yet: the first response, if it is one.

        Time goes on. What is owed as an answer is counted from then; a resolution from the beginning, as ever.
        """
        then = self.at(moment, hours)
        known = {"responded_at": self.responded_at or then.since, "base": then.spent}
        return then.model_copy(update=known | ({} if self.aim is Aim.RESOLUTION else {"told": 0}))

    def moved(self, team: str, moment: datetime, hours: Hours | None) -> Self:
        """Return the timer with another team, whose hours count from a moment on. `hours` are the former team's."""
        return self if team == self.team else self.at(moment, hours).model_copy(update={"team": team})

    def aimed(self, aim: Aim, goal: timedelta) -> Self:
        """Return the timer against a target; of one that is new nobody was told yet."""
        seconds = goal.total_seconds()
        same = (aim, seconds) == (self.aim, self.goal)
        return self if same else self.model_copy(update={"aim": aim, "goal": seconds, "told": 0})

    def reaches(self, share: float, hours: Hours | None) -> datetime | None:
        """Return when a share of the target has been used; None while no time counts, or in years that nobody sees."""
        if self.phase is not Phase.RUNS:
            return None
        already = self.spent - (self.base if self.aim is Aim.ANSWER else 0)
        return after(hours, self.since, timedelta(seconds=share * self.goal - already))

    def share(self, moment: datetime, hours: Hours | None) -> float:
        """Return the share of the target that has been used until a moment: 0 at the start, more than 1 after it."""
        used = self.used(moment, hours) - (self.base if self.aim is Aim.ANSWER else 0)
        return max(0.0, used / self.goal) if self.goal else 1.0

    def used(self, moment: datetime, hours: Hours | None) -> float:
        """Return the seconds of business time that have been used until a moment."""
        if self.phase is not Phase.RUNS:
            return self.spent
        return self.spent + elapsed(hours, self.since, moment).total_seconds()
