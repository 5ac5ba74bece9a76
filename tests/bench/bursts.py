"""Bursts: how surely alike tickets within minutes are found, and how often a quiet desk is told of one in vain."""

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.burst import FEWEST, SAME, WINDOW, Alike, Past, belongs, is_burst, joined, largest_alike
from pipeline.matching import MATCH
from pipeline.neighbours import Vectors

Labels = NDArray[np.int64]
POOL = 2_000  # texts of which quiet traffic is made
HOURLY, HOURS, PAST = 300, 1_000, 20_000  # tickets an hour, hours that are simulated, tickets that are compared with
ALIKE, TRIES = 30, 30
SECONDS = WINDOW.total_seconds()


class Desk:
    """A desk's last minutes and its past, by the places of texts in a pool."""

    def __init__(self, pool: Vectors) -> None:
        self.pool = pool
        self.past: deque[tuple[float, int]] = deque(maxlen=PAST)
        self.counts = np.zeros(len(pool), np.int64)
        self.window: deque[tuple[float, int]] = deque()

    def comes(self, at: float, text: int) -> Alike | None:
        """Take a ticket in, and return the burst that it completes."""
        if len(self.past) == PAST:
            self.counts[self.past[0][1]] -= 1
        self.past.append((at, text))
        self.counts[text] += 1
        self.window.append((at, text))
        while self.window[0][0] <= at - SECONDS:
            self.window.popleft()
        group = largest_alike(self.pool[[text for _, text in self.window]])
        return group if group is not None and is_burst(len(group.members), self._past(group, at)) else None

    def _past(self, group: Alike, at: float) -> Past:
        alike = belongs(self.pool, group.centre, group.reach)
        before = self.counts.copy()
        np.subtract.at(before, [text for _, text in self.window], 1)
        windows = max(at - SECONDS - self.past[0][0], 0.0) / SECONDS
        others = int(self.counts[~alike].sum())
        lately = sum(1 for came, text in _since(self.past, at - 3600) if not alike[text]) / 12
        usual = others / max(windows, 12)
        beside = len(self.window) - len(group.members)
        return Past(int(before[alike].sum()), windows, beside, lately / usual if usual else 1.0)


def quiet_hours(name: str, vectors: Vectors, right: Labels) -> None:
    """Print how many incidents are raised on a desk with intents of very different size and a daily tide."""
    chance = np.random.default_rng(1)
    pool, labels = vectors[:POOL], right[:POOL]
    desk, raised = Desk(pool), 0
    until = 0.0
    for at, text in _traffic(chance, _weights(chance, labels), HOURS):
        if desk.comes(at, text) is not None and at > until:
            raised, until = raised + 1, at + 1800
    told = f"{raised} incidents raised in {HOURS:,} quiet hours of {HOURLY} tickets"
    print(f"bursts [{name}]: {told} ({raised / HOURS:.4f} an hour)")


def burst(name: str, vectors: Vectors, right: Labels) -> None:
    """Print when a burst among others is raised, how many of its tickets join, and how many incidents it makes."""
    chance = np.random.default_rng(2)
    pool, labels = vectors[:POOL], right[:POOL]
    after: list[float | None] = []
    inside: list[int] = []
    incidents: list[int] = []
    wrong: list[int] = []
    for _ in range(TRIES):
        desk, weights = Desk(pool), _weights(chance, labels)
        for at, text in _traffic(chance, weights, 24):
            desk.past.append((at, text))
            desk.counts[text] += 1
        begin, intent = 24 * 3600.0, int(chance.choice(labels))
        alike = chance.choice(np.flatnonzero(labels == intent), ALIKE)
        seconds = begin + np.sort(chance.uniform(0, SECONDS, ALIKE))
        sudden = list(zip(seconds.tolist(), alike.tolist(), strict=True))
        usual = [(begin + at, text) for at, text in _traffic(chance, weights, 1)]
        first, members, raised, strange = _one(desk, sorted(sudden + usual), set(sudden), begin)
        after.append(first)
        inside.append(members)
        wrong.append(strange)
        incidents.append(raised)
    found = [each for each in after if each is not None]
    times = f"raised after {np.median(found):.0f} s (at most {max(found):.0f})" if found else "never raised"
    print(
        f"bursts [{name}]: {ALIKE} alike in 5 minutes among {HOURLY}: found {len(found)} of {TRIES}, {times}, "
        f"{np.mean(inside):.1f} of {ALIKE} in it, {np.mean(wrong):.1f} others, {np.mean(incidents):.2f} incidents"
    )


def _one(
    desk: Desk, came: list[tuple[float, int]], sudden: set[tuple[float, int]], begin: float
) -> tuple[float | None, int, int, int]:
    first, members, raised, strange = None, 0, 0, 0
    groups: list[Alike] = []
    for at, text in came:
        if any(belongs(desk.pool[[text]], each.centre, each.reach)[0] for each in groups):
            members, strange = members + ((at, text) in sudden), strange + ((at, text) not in sudden)
            desk.past.append((at, text))
            desk.counts[text] += 1
            continue
        if (group := desk.comes(at, text)) is not None:
            first = at - begin if first is None else first
            taken = {list(desk.window)[number] for number in group.members.tolist()}
            if (number := _same(groups, group)) is None:
                raised, groups = raised + 1, [*groups, group]
            else:
                known = groups[number]
                both = joined(known.centre, members, group.centre, len(taken))
                groups[number] = Alike(known.members, both, MATCH, known.medoid)
            members, strange = members + len(taken & sudden), strange + len(taken - sudden)
            desk.window = deque(each for each in desk.window if each not in taken)
    return first, members, raised, strange


def _same(groups: list[Alike], group: Alike) -> int | None:
    """Return the incident that a further group belongs to."""
    alike = [float(each.centre @ group.centre) for each in groups]
    return int(np.argmax(alike)) if alike and max(alike) >= SAME else None


def _weights(chance: np.random.Generator, labels: Labels) -> NDArray[np.float64]:
    """Return how often each text comes: intents by Zipf's law."""
    ranks = chance.permutation(int(labels.max()) + 1)
    weights = 1 / (1 + ranks[labels]) / np.bincount(labels)[labels]
    return np.asarray(weights / weights.sum(), np.float64)


def _traffic(chance: np.random.Generator, weights: NDArray[np.float64], hours: int) -> Iterator[tuple[float, int]]:
    """Yield arrivals with a daily tide: nearly twice as many at its height, hardly any at its lowest."""
    for hour in range(hours):
        count = int(chance.poisson(HOURLY * (1 + 0.8 * np.sin(2 * np.pi * hour / 24))))
        times = np.sort(chance.uniform(0, 3600, count)) + 3600 * hour
        yield from zip(times.tolist(), chance.choice(len(weights), count, p=weights).tolist(), strict=True)


def _since(came: deque[tuple[float, int]], begin: float) -> Iterator[tuple[float, int]]:
    for each in reversed(came):
        if each[0] < begin:
            return
        yield each


assert FEWEST < ALIKE
