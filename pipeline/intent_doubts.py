"""Doubts on the tree of intents that leads are asked about each week: new, duplicate and overlapping ones."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from pipeline.intents import Intent
from pipeline.neighbours import Vectors
from pipeline.value import Value

DUPLICATE, OVERLAPPING = 0.93, 0.86  # cosines of centres
MOST_OF_A_KIND = 4
WEEK = timedelta(days=7)


class Matter(StrEnum):
    """What is in doubt."""

    NEW = "new"  # accept: it stays as it is; decline: its tickets go to the other
    DUPLICATE = "duplicate"  # accept: the smaller one goes into the other; decline: both stay
    OVERLAPPING = "overlapping"


class Doubt(Value):
    """An intent, and another one that is like it ("" where there is none)."""

    matter: Matter
    intent: str
    other: str = ""

    @property
    def key(self) -> str:
        """The same for the same question, whichever way round it is asked."""
        pair = "+".join(sorted((self.intent, self.other)))
        return f"new:{self.intent}" if self.matter is Matter.NEW else f"pair:{pair}"


def doubts(
    intents: Sequence[Intent], centres: Vectors, said: Mapping[str, str], answered: Collection[str], now: datetime
) -> tuple[Doubt, ...]:
    """Return what leads are to be asked, the largest first, and of each kind a few.

    `said` has for some intents another one that a language model takes for the same; `answered` are the keys of
    what leads have decided on.
    """
    if len(intents) != len(centres) or not intents:
        return ()
    likeness = centres @ centres.T
    np.fill_diagonal(likeness, -1)
    pairs = _pairs(intents, likeness, said)
    named = {id_ for doubt in pairs for id_ in (doubt.intent, doubt.other)}
    fresh = [
        Doubt(matter=Matter.NEW, intent=each.id, other=_nearest(number, intents, likeness))
        for number, each in enumerate(intents)
        if each.created_at >= now - WEEK and not (each.settled or each.named) and each.id not in named
    ]
    sizes = {each.id: each.size for each in intents}
    found: list[Doubt] = []
    for matter in Matter:
        some = [each for each in (*fresh, *pairs) if each.matter is matter and each.key not in answered]
        found += sorted(some, key=lambda each: (-sizes[each.intent], each.key))[:MOST_OF_A_KIND]
    return tuple(found)


def _pairs(intents: Sequence[Intent], likeness: Vectors, said: Mapping[str, str]) -> list[Doubt]:
    found: dict[str, Doubt] = {}
    places = {each.id: number for number, each in enumerate(intents)}
    for one, other in zip(*np.nonzero(np.triu(likeness >= OVERLAPPING)), strict=True):
        matter = Matter.DUPLICATE if likeness[one, other] >= DUPLICATE else Matter.OVERLAPPING
        doubt = _pair(matter, intents[int(one)], intents[int(other)])
        found[doubt.key] = doubt
    for id_, same in said.items():
        if id_ in places and same in places and id_ != same:
            doubt = _pair(Matter.DUPLICATE, intents[places[id_]], intents[places[same]])
            found[doubt.key] = doubt
    return list(found.values())


def _pair(matter: Matter, one: Intent, other: Intent) -> Doubt:
    small, large = sorted((one, other), key=lambda each: (each.size, each.id))
    return Doubt(matter=matter, intent=small.id, other=large.id)


def _nearest(number: int, intents: Sequence[Intent], likeness: Vectors) -> str:
    return intents[int(np.argmax(likeness[number]))].id if len(intents) > 1 else ""
