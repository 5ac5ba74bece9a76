"""Quantiles of each of several groups at once: exact, without putting everything in order."""

from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Quantiles(NamedTuple):
    """None where the group is empty."""

    median: float | None  # of an even number, the middle between the two
    p90: float | None  # by nearest rank


def quantiles(groups: NDArray[Any], values: NDArray[Any], size: int) -> list[Quantiles]:
    """Return the quantiles of each group of values. `groups` are numbers below `size`."""
    if size == 1:
        return [_of(values)]
    order = np.argsort(groups.astype(np.uint16), kind="stable")  # a radix sort, for numbers this small
    edges = np.searchsorted(groups[order], np.arange(size + 1))
    sorted_by_group = values[order]
    return [_of(sorted_by_group[start:end]) for start, end in pairwise(edges)]


def rank_of(share: float, size: int) -> int:
    """Return the place of the smallest of `size` values, in order, that at least this share does not exceed."""
    return max(0, ceil(share * size) - 1)


def _of(values: NDArray[Any]) -> Quantiles:
    if not (size := len(values)):
        return Quantiles(None, None)
    places = [(size - 1) // 2, size // 2, rank_of(0.9, size)]
    low, high, ninth = (float(value) for value in np.partition(values, places)[places])
    return Quantiles((low + high) / 2, ninth)
