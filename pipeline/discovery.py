"""Discovery: intents found in a batch of tickets, each keeping its identity from one batch to the next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # ships without types

from pipeline.cluster import cluster
from pipeline.matching import centre_of
from pipeline.neighbours import Done, Vectors

FEWEST = 4  # tickets of an intent: fewer wait as new
ALIKE = 0.9  # cosine of centres from which on a community is an intent that it shares few tickets with
KEPT = 0.34  # the share of the smaller side that a community and an intent must have in common to be the same

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Known:
    """An intent as it was before. A `settled` one was shaped by people: its tickets are not divided by a batch."""

    id: str
    centre: NDArray[np.float32]
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An intent as a batch has it: the places of its tickets; "" as id is a new one."""

    id: str
    members: Places
    centre: NDArray[np.float32]
    medoid: int


def discover(
    vectors: Vectors, before: Sequence[str], known: Sequence[Known], done: Done = lambda rows: None
) -> tuple[Found, ...]:
    """Return the intents in these tickets, the largest first. `before` has each ticket's intent so far, "" for none.

    Tickets in no intent are those that wait as new. A community that shares most with an intent keeps its identity,
    one community for each; an intent that people settled takes every community that mostly was its own.
    """
    labels = cluster(vectors, done)
    communities = [np.flatnonzero(labels == label) for label in range(int(labels.max(initial=-1)) + 1)]
    large = [members for members in communities if len(members) >= FEWEST]
    centres = [centre_of(vectors[members]) for members in large]
    ids = identities([[before[member] for member in members.tolist()] for members in large], centres, known)
    together: dict[str, list[Places]] = {}
    for number, (id_, members) in enumerate(zip(ids, large, strict=True)):
        together.setdefault(id_ or f"\0{number}", []).append(members)
    found = [
        _found(id_ if not id_.startswith("\0") else "", np.concatenate(parts), vectors)
        for id_, parts in together.items()
    ]
    return tuple(sorted(found, key=lambda each: -len(each.members)))


def identities(before: Sequence[Sequence[str]], centres: Sequence[Vectors], known: Sequence[Known]) -> tuple[str, ...]:
    """Return which known intent each community is, "" for a new one; by shared tickets, else by a centre alike."""
    settled = {each.id for each in known if each.settled}
    counts = [Counter(id_ for id_ in ids if id_) for ids in before]
    taken = dict(_settled(counts, settled))
    free = [number for number in range(len(before)) if number not in taken]
    open_ = [each for each in known if not each.settled]
    if not free or not open_:
        return tuple(taken.get(number, "") for number in range(len(before)))
    sizes = Counter(id_ for ids in before for id_ in ids if id_)
    worth = np.array([[_worth(counts[n], len(before[n]), centres[n], one, sizes) for one in open_] for n in free])
    for row, column in zip(*linear_sum_assignment(-worth), strict=True):
        if worth[row, column] > 0:
            taken[free[row]] = open_[column].id
    return tuple(taken.get(number, "") for number in range(len(before)))


def _settled(counts: Sequence[Counter[str]], settled: set[str]) -> Mapping[int, str]:
    """Return the communities most of whose known tickets belong to an intent that people settled."""
    firsts = {number: count.most_common(1)[0] for number, count in enumerate(counts) if count}
    return {
        number: id_ for number, (id_, held) in firsts.items() if id_ in settled and 2 * held >= counts[number].total()
    }


def _worth(counts: Counter[str], size: int, centre: Vectors, one: Known, sizes: Mapping[str, int]) -> float:
    shared = counts[one.id]
    if shared >= KEPT * min(size, sizes.get(one.id, 0)) > 0:
        return 1.0 + shared
    cosine = float(centre @ one.centre) if len(one.centre) == len(centre) else 0.0
    return cosine if cosine >= ALIKE else 0.0


def _found(id_: str, members: Places, vectors: Vectors) -> Found:
    centre = centre_of(vectors[members])
    medoid = int(members[int(np.argmax(vectors[members] @ centre))])
    return Found(id=id_, members=np.sort(members), centre=centre, medoid=medoid)
