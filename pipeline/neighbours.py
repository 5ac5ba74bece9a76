"""Neighbours: the nearest of many vectors to each of them, exactly, within bounded memory."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Numbers = NDArray[np.intp]
Done = Callable[[int], object]  # told how many more rows are done

_LARGEST_BLOCK = 25_000_000  # similarities held at once: 100 MB
_GROUP = 16  # similarities of which first only the largest is looked at, so that few are sorted


def nearest(vectors: Vectors, k: int, done: Done = lambda rows: None) -> tuple[Numbers, Vectors]:
    """Return who the k nearest are to each of n unit vectors, and their cosines: both (n, k), in no order."""
    count = len(vectors)
    rows = max(1, _LARGEST_BLOCK // max(count, 1))
    who, cosines = np.empty((count, k), np.intp), np.empty((count, k), np.float32)
    for start in range(0, count, rows):
        block = vectors[start : start + rows] @ vectors.T
        at = np.arange(len(block))
        block[at, start + at] = -np.inf  # nobody is a neighbour of oneself
        found = _largest(block, k)
        who[start : start + rows] = found
        cosines[start : start + rows] = np.take_along_axis(block, found, axis=1)
        done(len(block))
    return who, cosines


def _largest(block: Vectors, k: int) -> Numbers:
    """Return the columns of each row's k largest values: they are all in the k groups with the largest maxima."""
    groups = block.shape[1] // _GROUP
    if groups <= k:
        return _top(block, k)
    grouped = block[:, : groups * _GROUP].reshape(len(block), _GROUP, groups).max(axis=1)
    best = _top(grouped, k)
    within = (best[:, :, None] + groups * np.arange(_GROUP)).reshape(len(block), -1)
    rest = np.broadcast_to(np.arange(groups * _GROUP, block.shape[1]), (len(block), block.shape[1] % _GROUP))
    candidates = np.concatenate([within, rest], axis=1)
    return np.take_along_axis(candidates, _top(np.take_along_axis(block, candidates, axis=1), k), axis=1)


def _top(values: Vectors, k: int) -> Numbers:
    return np.argpartition(values, values.shape[1] - k, axis=1)[:, values.shape[1] - k :]
