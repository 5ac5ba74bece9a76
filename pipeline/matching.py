"""Matching: which known intent a ticket belongs to, if any, and from which likeness on that is believed."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.neighbours import Vectors
from pipeline.value import Value

MATCH = 0.62  # cosine of a ticket with an intent's centre, from which on it is taken for one of its tickets
LOWEST, HIGHEST, STEP = 0.45, 0.85, 0.01  # thresholds that corrections can lead to
PRIOR = 20  # corrections that it takes to move the threshold half the way


class Match(Value):
    """The nearest intent by its place among those asked, and its likeness."""

    place: int
    cosine: float


class Judged(Value):
    """A ticket's likeness with an intent, and whether people say that it belongs there."""

    cosine: float
    right: bool


def nearest_intent(vector: Vectors, centres: Vectors) -> Match | None:
    """Return the intent whose centre is nearest to a unit vector; None where there are no intents."""
    if not len(centres):
        return None
    cosines = centres @ vector
    place = int(np.argmax(cosines))
    return Match(place=place, cosine=float(np.clip(cosines[place], -1, 1)))


def centre_of(vectors: Vectors) -> NDArray[np.float32]:
    """Return the direction in the middle of unit vectors."""
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def calibrated(judged: Sequence[Judged]) -> float:
    """Return the threshold that errs least on what people said, drawn to the usual one while they said little.

    An error is a wrong match that it lets pass, or a right one that it leaves unmatched.
    """
    if not judged:
        return MATCH
    tried = np.arange(LOWEST, HIGHEST + STEP / 2, STEP)
    errors = np.array([_errors(judged, float(threshold)) for threshold in tried])
    best = tried[errors == errors.min()]
    middle = float(np.median(best))
    trust = len(judged) / (len(judged) + PRIOR)
    return round(MATCH + trust * (middle - MATCH), 3)


def _errors(judged: Iterable[Judged], threshold: float) -> int:
    return sum((each.cosine >= threshold) != each.right for each in judged)
