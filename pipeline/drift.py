"""Drift: categories that people correct more often than they used to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.feedback import Feedback
from pipeline.rate import Rate

RECENT = timedelta(days=7)
PAST = timedelta(weeks=8)  # before the recent ones
FEWEST = 10  # tickets of the week, below which a rate says nothing
FEWEST_BEFORE = 20
SURE = 2.576  # standard errors: of five categories that stay as they are, one is named in forty weeks


@dataclass(frozen=True, slots=True)
class Drift:
    """How often what was read as this category was corrected, in the last week and before it."""

    category: str
    now: Rate
    before: Rate


def drifted(judged: Sequence[Feedback], until: datetime) -> tuple[Drift, ...]:
    """Return the categories whose rate of corrections has risen, the most risen first.

    `judged` are last words on what tickets were read as, confirmed or corrected. A rate has risen when the
    interval of its difference to the weeks before lies above zero; an interval of its own does not decide, for
    two that overlap a little may still differ.
    """
    since = until - RECENT
    now = _rates([each for each in judged if since <= each.at < until])
    before = _rates([each for each in judged if since - PAST <= each.at < since])
    found = [Drift(name, rate, before.get(name, Rate(0, 0))) for name, rate in now.items()]
    return tuple(sorted(filter(_has_risen, found), key=lambda each: -_least_rise(each)))


def _rates(judged: Sequence[Feedback]) -> dict[str, Rate]:
    seen = Counter(each.shown for each in judged)
    corrected = Counter(each.shown for each in judged if each.corrects)
    return {name: Rate(corrected[name], total) for name, total in seen.items()}


def _has_risen(drift: Drift) -> bool:
    enough = drift.now.total >= FEWEST and drift.before.total >= FEWEST_BEFORE
    return enough and _least_rise(drift) > 0


def _least_rise(drift: Drift) -> float:
    return drift.now.rise(drift.before, SURE)[0]
