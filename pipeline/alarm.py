"""Alarm: people are called because a case must not wait, one after the other, until somebody acts.

CALLING ──acknowledge──> ACKNOWLEDGED ──un-acknowledge──> CALLING, where it stood
   └── claimed, decided, called off, snoozed, moved …, from either ──> OVER
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime

from pipeline.case import Actor, Case, Sending, Status
from pipeline.chain import Chain, Occasion, Step, steps_for
from pipeline.classify import Urgency
from pipeline.escalation import Level
from pipeline.timer import Aim
from pipeline.value import Value


class Condition(StrEnum):
    """Where an alarm stands."""

    CALLING = "calling"
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"


class End(StrEnum):
    """What ended an alarm, or acknowledged it."""

    ACKNOWLEDGED = "acknowledged"
    CLAIMED = "claimed"
    DECIDED = "decided"
    ANSWERED = "answered in the helpdesk"
    SNOOZED = "snoozed"
    MOVED = "moved to another team"
    CALLED_OFF = "called off"
    CALMED = "read again as no escalation"
    OVERTAKEN = "overtaken by a more pressing one"
    QUIET = "kept for the daily digest"


ACTED = (End.ACKNOWLEDGED, End.CLAIMED, End.DECIDED, End.ANSWERED, End.SNOOZED, End.MOVED)
"""What shows that a call was worth making."""


class Alarm(Value):
    """One case's alarm. `step` is the next to be called; `rest` the seconds that were left when it was acknowledged."""

    id: str
    workspace: str
    case_id: str
    occasion: Occasion
    team: str
    causes: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    owner: str = ""
    raised_by: str = ""
    pressing: bool = False
    due_at: AwareDatetime | None = None
    started_at: AwareDatetime
    condition: Condition = Condition.CALLING
    step: int = 0
    next_at: AwareDatetime | None = None
    rest: float = 0
    end: End | None = None
    by: Actor | None = None
    at: AwareDatetime | None = None

    @property
    def next(self) -> Step | None:
        """The next call; None when everybody was called."""
        return self.steps[self.step] if self.step < len(self.steps) else None

    def calls(self, step: int) -> bool:
        """Whether a step is the one that is to be called now."""
        return self.condition is Condition.CALLING and self.step == step < len(self.steps)

    def advanced(self, now: datetime, *, at_once: bool = False) -> Self:
        """Return the alarm after its present step was called, or passed over."""
        after = self.model_copy(update={"step": self.step + 1})
        if after.next is None:
            return after.model_copy(update={"next_at": None, "rest": 0})
        wait = timedelta() if at_once else after._wait(now)
        if self.condition is Condition.ACKNOWLEDGED:
            return after.model_copy(update={"rest": wait.total_seconds()})
        return after.model_copy(update={"next_at": now + wait})

    def held(self, until: datetime) -> Self:
        """Return the alarm with its next call at a later moment."""
        return self.model_copy(update={"next_at": until})

    def acknowledged(self, by: Actor, now: datetime) -> Self:
        """Return the alarm as it rests."""
        rest = (self.next_at - now).total_seconds() if self.next_at else 0.0
        known = {"condition": Condition.ACKNOWLEDGED, "by": by, "at": now, "end": End.ACKNOWLEDGED, "next_at": None}
        return self.model_copy(update={**known, "rest": max(0.0, rest)})

    def resumed(self, now: datetime) -> Self:
        """Return the alarm as it goes on where it stood."""
        next_at = now + timedelta(seconds=self.rest) if self.next else None
        known = {"condition": Condition.CALLING, "by": None, "at": None, "end": None}
        return self.model_copy(update={**known, "next_at": next_at, "rest": 0})

    def over(self, end: End, by: Actor | None, now: datetime) -> Self:
        """Return the alarm at its end."""
        return self.model_copy(
            update={"condition": Condition.OVER, "end": end, "by": by, "at": now, "next_at": None, "rest": 0}
        )

    def _wait(self, now: datetime) -> timedelta:
        """Return the time before the present step. All of those before a target come before it."""
        wait = timedelta(minutes=self.steps[self.step].after)
        if self.occasion is Occasion.DUE and self.due_at is not None:
            wait = min(wait, max(timedelta(), self.due_at - now) / (len(self.steps) - self.step + 1))
        return wait


def escalation_of(case: Case) -> Occasion | None:
    """Return what a case calls people for by what the customer wrote; None where it does not, or not now."""
    if case.status is not Status.OPEN or not case.escalated:
        return None
    level = case.analysis.escalation.level if case.analysis else Level.HIGH
    return Occasion.CRITICAL if level is Level.CRITICAL or is_pressing(case) else Occasion.HIGH


def is_pressing(case: Case) -> bool:
    """Whether a case is a P1, for which people are called at any hour."""
    return case.analysis is not None and case.analysis.classification.urgency is Urgency.P1


def ending(alarm: Alarm, before: Case, after: Case) -> End | None:
    """Return what a change of its case means for an alarm; None where it goes on."""
    if not after.open:
        return End.DECIDED
    if after.status is Status.SNOOZED:
        return End.SNOOZED
    if after.claimed_by is not None and after.claimed_by != before.claimed_by:
        return End.CLAIMED
    if alarm.occasion.escalates and not after.escalated:
        return End.CALLED_OFF if after.chosen_escalation is False else End.CALMED
    if not alarm.occasion.escalates and _answered_for_now(before, after):
        return End.ANSWERED
    was, now = (before.home, after.home) if alarm.occasion.escalates else (before.team, after.team)
    return End.MOVED if was == alarm.team != now else None


def _answered_for_now(before: Case, after: Case) -> bool:
    """Whether a holding reply has just given what the clock called for; a resolution is more than that."""
    was, now = before.held, after.held
    reached = was is not None and now is not None and was.sending is not now.sending is Sending.SENT
    return reached and before.timer is not None and before.timer.aim is not Aim.RESOLUTION


def raised(before: Case, after: Case, current: Alarm | None, latest: Alarm | None) -> Occasion | None:
    """Return what people must be called for because of a change of a case, if for anything.

    `current` is the alarm that is not over, `latest` the one before, if there ever was one.
    """
    occasion = escalation_of(after)
    if occasion is None:
        return None
    if current is not None:
        louder = current.occasion is Occasion.HIGH and occasion is Occasion.CRITICAL
        return occasion if louder or not current.occasion.escalates else None
    if latest is not None and latest.end is End.MOVED and after.home != latest.team:
        return occasion
    if after.claimed_by is not None and latest is not None:
        return None  # whoever works on it was called before
    return occasion if escalation_of(before) is None else None


def begun(
    case: Case, occasion: Occasion, chains: tuple[Chain, ...], *, id: str, by: Actor | None, owner: str, now: datetime
) -> Alarm:
    """Return a new alarm, with the chain as it is now. `by` is who raised it, who is not called for it."""
    return Alarm(
        id=id,
        workspace=case.workspace,
        case_id=case.id,
        occasion=occasion,
        team=(case.home if occasion.escalates else case.team) or case.home,
        causes=causes_of(case, occasion),
        steps=steps_for(chains, occasion),
        owner=owner,
        raised_by=by.name if by else "",
        pressing=is_pressing(case),
        due_at=case.due_at,
        started_at=now,
        next_at=now,
    )


def is_quiet(alarm: Alarm, quiet: Collection[str]) -> bool:
    """Whether an alarm calls nobody, because leads found all of its causes noisy. A critical one always calls."""
    loud = alarm.occasion is Occasion.CRITICAL or alarm.pressing
    return not loud and bool(alarm.causes) and set(alarm.causes) <= set(quiet)


def owner_of(case: Case) -> str:
    """Return the name of who works on a case: who claimed it, acknowledged it, or has it."""
    if case.claimed_by is not None:
        return case.claimed_by.name
    return case.acknowledged.by.name if case.acknowledged else case.agent


def causes_of(case: Case, occasion: Occasion) -> tuple[str, ...]:
    """Return what raised an alarm: names of rules, the model, the sentiment, a person, or a team's target."""
    if not occasion.escalates:
        return (f"{occasion.value}:{case.team}",)
    if case.chosen_escalation or case.analysis is None:
        return ("person",)
    loud = [signal for signal in case.analysis.escalation.signals if signal.level.escalates]
    return tuple(dict.fromkeys(f"rule:{s.rule}" if s.rule else s.layer.value for s in loud))
