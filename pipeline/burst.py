"""Burst: several alike tickets within minutes, more than their own past lets one expect."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc  # type: ignore[import-untyped]  # ships without types

from pipeline.matching import MATCH, centre_of
from pipeline.neighbours import Vectors

WINDOW = timedelta(minutes=5)
FEWEST = 6  # alike tickets in a window, below which there is no burst
LINKED = 0.55  # cosine from which on two tickets may be about the same: their centre decides
CHANCE = 1e-8
"""The probability of so many by chance, below which a burst is raised. The simulation of quiet hours says what that
comes to in false alarms: python -m tests.bench intents."""
USUAL_SHARE, TRUST = 0.1, 3.0  # of a window's tickets one matter may well be, as much as so many windows would tell
REACH = 0.25  # the quantile of a group's likeness to its middle, from which on a ticket belongs to it
SAME = 0.6  # cosine of two groups' centres from which on they are one incident
NARROWEST = 0.8  # the reach of a group whose tickets all say the same: those in other words count, too
QUIET = timedelta(minutes=30)  # without a further ticket, after which an incident is over


@dataclass(frozen=True, slots=True)
class Alike:
    """Tickets of a window that are alike: their places, the direction in their middle, and who is nearest to it."""

    members: NDArray[np.intp]
    centre: NDArray[np.float32]
    reach: float  # the least cosine with the centre of a ticket that belongs
    medoid: int


@dataclass(frozen=True, slots=True)
class Past:
    """What came before: alike tickets in so many windows, and others in this one.

    `busy` is how much more of the others comes now than usual.
    """

    alike: int
    windows: float
    others: int = 0
    busy: float = 1.0

    @property
    def expected(self) -> float:
        """How many alike tickets a window like this one has."""
        return max(self.busy, 1.0) * (self.alike + self.before) / (self.windows + TRUST)

    @property
    def before(self) -> float:
        """How many alike tickets we believe in before we saw any, in TRUST windows."""
        return TRUST * USUAL_SHARE * self.others


def largest_alike(vectors: Vectors) -> Alike | None:
    """Return the largest group of alike tickets; None where no FEWEST are alike."""
    if len(vectors) < FEWEST:
        return None
    linked = vectors @ vectors.T >= LINKED
    seed = np.flatnonzero(linked[int(np.argmax(linked.sum(axis=1)))])
    if len(seed) < FEWEST:
        return None
    middle = vectors[seed].sum(axis=0)
    likeness = _to_others(vectors[seed], middle)
    reach = min(max(MATCH, float(np.sort(likeness)[int(REACH * len(seed))])), NARROWEST)
    members = seed[likeness >= reach]
    if len(members) < FEWEST:
        return None
    centre = centre_of(vectors[members])
    return Alike(members, centre, reach, int(members[int(np.argmax(vectors[members] @ centre))]))


def belongs(vectors: Vectors, centre: Vectors, reach: float) -> NDArray[np.bool_]:
    """Return for each vector whether it is alike enough to a centre."""
    if not len(vectors):
        return np.zeros(0, np.bool_)
    return np.asarray(vectors @ centre >= reach)


def joined(one: Vectors, count: int, other: Vectors, more: int) -> NDArray[np.float32]:
    """Return the centre of two groups together."""
    return centre_of(np.stack([one * count, other * more]))


def _to_others(vectors: Vectors, middle: Vectors) -> Vectors:
    """Return how like each is to the sum of the others: to a middle that holds it, it would seem more like."""
    rest = middle - vectors
    return np.asarray((vectors * rest).sum(axis=1) / np.maximum(np.linalg.norm(rest, axis=1), 1e-9), np.float32)


def is_burst(count: int, past: Past) -> bool:
    """Whether so many in one window are more than the past explains.

    How often alike tickets come is not known but for what was seen, so the count to expect is a Poisson number
    whose rate has a gamma distribution (a negative binomial): a short past makes it wide, a busy hour raises it.
    """
    if count < FEWEST:
        return False
    windows, busy = past.windows + TRUST, max(past.busy, 1.0)
    return bool(betainc(count, past.alike + past.before + 0.5, busy / (windows + busy)) < CHANCE)
