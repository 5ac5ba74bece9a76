"""Noise: what calls people although, mostly, nobody acts on it or it is called off."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pipeline.alarm import ACTED, Alarm, Condition, End
from pipeline.chain import Occasion
from pipeline.rate import Rate

WITHIN = timedelta(hours=1)  # of a call, in which acting shows that it was worth making
LOOKED_AT = timedelta(weeks=4)
LEAST = 10  # alarms with a cause, below which nothing is said of it
MOST = 0.5  # of them may be noise: a cause is told only when its rate is surely higher


class Made(NamedTuple):
    """When a call went out, and when and how somebody acted after it."""

    at: datetime
    acted_at: datetime | None = None
    act: End | None = None


class Noise(NamedTuple):
    """A cause, and how many of its alarms nobody acted on in time, or called off."""

    cause: str
    rate: Rate


def noisy(
    told: Iterable[tuple[Alarm, Sequence[Made]]], now: datetime, quiet: Collection[str] = ()
) -> tuple[Noise, ...]:
    """Return what is surely noise, the loudest first. Critical alarms count for nothing: they stay loud."""
    hits, totals = Counter[str](), Counter[str]()
    for alarm, made in told:
        if alarm.occasion is Occasion.CRITICAL or not made or not _settled(alarm, now):
            continue
        totals.update(alarm.causes)
        if not worthwhile(made):
            hits.update(alarm.causes)
    found = (Noise(cause, Rate(hits[cause], total)) for cause, total in totals.items() if cause not in quiet)
    loud = [each for each in found if each.rate.total >= LEAST and each.rate.interval()[0] > MOST]
    return tuple(sorted(loud, key=lambda each: (-each.rate.interval()[0], each.cause)))


def worthwhile(made: Sequence[Made]) -> bool:
    """Whether somebody acted in time on any of an alarm's calls; calling it off is no such act."""
    return any(each.act in ACTED and each.acted_at is not None and each.acted_at - each.at <= WITHIN for each in made)


def _settled(alarm: Alarm, now: datetime) -> bool:
    """Whether it can be told what became of an alarm: it is over, or nobody acted for long."""
    if alarm.condition is Condition.OVER:
        return alarm.end not in (End.OVERTAKEN, End.CALMED)
    return now - alarm.started_at > WITHIN
