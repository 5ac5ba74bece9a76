"""Doubts: what one person says and everybody else contradicts."""

import numpy as np
from numpy.typing import NDArray

from pipeline.quarantine import ASKED, FEWEST, NEAR, UNITED

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]

FAINT = 0.1  # the most that a doubted label itself may be believed
ALIKE = 0.4  # cosine from which another ticket says something about this one
AT_ONCE = 1024  # rows compared with all others at a time, which bounds the memory


def doubtful(chances: Numbers, labels: Places) -> Mask:
    """Return which rows are probably labelled wrongly, of shape (rows,).

    This is confident learning (C. Northcutt, L. Jiang and I. Chuang, 2021): `chances`, of shape (rows, labels),
    are by a model that had not seen the row, and another label is believed where it is as probable as it is on
    average for the rows that have it. We doubt a row only where its own label is improbable besides: a correction
    is often right against what was known before.
    """
    places = np.arange(chances.shape[1])
    usual = np.array([chances[labels == place, place].mean() if (labels == place).any() else 2.0 for place in places])
    mine = chances[np.arange(len(labels)), labels]
    others = np.where(places == labels[:, None], -1.0, chances)
    return np.asarray((others >= usual).any(axis=1) & (mine < FAINT), np.bool_)


def witnessed(vectors: Numbers, people: NDArray[np.str_]) -> Mask:
    """Return the rows that are like some of other people's: who alone knows a kind of ticket is not doubted."""
    found = np.zeros(len(vectors), np.bool_)
    for start in range(0, len(vectors), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        near = (vectors[part] @ vectors.T >= ALIKE) & (people[part, None] != people)
        found[part] = near.any(axis=1)
    return found


def outvoted(vectors: Numbers, labels: Places, people: NDArray[np.str_]) -> Mask:
    """Return the rows that contradict many (pipeline.quarantine), seen from now, when more is known than was then."""
    found = np.zeros(len(vectors), np.bool_)
    for row, vector in enumerate(vectors):
        near = np.where(people == people[row], -1.0, vectors @ vector)
        nearest = np.argsort(-near, kind="stable")[:ASKED]
        filed = labels[nearest[near[nearest] >= NEAR]]
        against = np.bincount(filed[filed != labels[row]]).max(initial=0)
        found[row] = len(filed) >= FEWEST and against >= UNITED * len(filed)
    return found
