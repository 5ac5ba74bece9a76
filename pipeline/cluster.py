"""Clusters: tickets that are about the same, found without being told how many there are."""

from math import isqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array  # type: ignore[import-untyped]  # comes with scikit-learn, without types
from sklearn.cluster import KMeans

from pipeline.communities import Labels, coarser, graph_of, settle
from pipeline.neighbours import Done, Numbers, Vectors, nearest

NEIGHBOURS = 15
ALIKE = 0.65  # the mean cosine, among smoothed vectors, from which on two tickets rather belong together than not
_FINEST, _COARSEST, _STEP = 64.0, 0.5, 1.2  # resolutions that are tried
_SHARPNESS = 3  # the power of the cosine that an edge weighs
_STARTS = 4  # of k-means, the best of which is taken


def cluster(vectors: Vectors, done: Done = lambda rows: None) -> Labels:
    """Return a label for each of n unit vectors: 0 is the largest cluster. The same vectors get the same labels.

    Communities of the graph of nearest neighbours are tried at resolutions from fine to coarse. How many clusters
    that makes depends on their size and on n, so the resolution is chosen by a measure that depends on neither: each
    pair of tickets in one cluster counts by how much more alike than ALIKE it is (a constant Potts model, Traag et
    al. 2011), in vectors averaged with their neighbours', and without what all tickets share.
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), np.intp)
    different, same = np.unique(vectors, axis=0, return_inverse=True)
    counts = np.bincount(same)
    if len(different) == 1:
        return same
    who, cosines = nearest(different, _neighbours(len(different)), done)
    graph = graph_of(_edges(who, cosines))
    apart = _apart(smoothed(different, who))
    tried = coarser(graph, _FINEST, _COARSEST, _STEP)
    resolution, labels = max(tried, key=lambda each: _held_together(apart, each[1], counts))
    return by_size(settle(graph, resolution, labels)[same])


def cluster_into(vectors: Vectors, k: int, done: Done = lambda rows: None) -> Labels:
    """Return labels of at most k clusters, as `cluster` does where their number is known."""
    different, same = np.unique(vectors, axis=0, return_inverse=True)
    if len(different) <= k:
        return by_size(same)
    who, _ = nearest(different, _neighbours(len(different)), done)
    told_apart = smoothed(different, who) + different / NEIGHBOURS  # who have the same neighbours differ still
    means = KMeans(k, n_init=_STARTS, random_state=0)
    return by_size(means.fit_predict(told_apart, sample_weight=np.bincount(same))[same])


def smoothed(vectors: Vectors, who: Numbers) -> Vectors:
    """Return each vector averaged with its neighbours', which takes out what only one customer says."""
    total = vectors.copy()
    for place in range(who.shape[1]):
        total += vectors[who[:, place]]
    return unit(total)


def unit(vectors: Vectors) -> Vectors:
    """Return rows of length one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def by_size(labels: NDArray[np.integer]) -> Labels:
    """Number clusters by size, the largest 0; of two of a size the one that appears first."""
    _, firsts, numbers, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    places = np.empty(len(order), np.intp)
    places[order] = np.arange(len(order))
    return places[numbers]


def _neighbours(count: int) -> int:
    """Return how many neighbours a ticket has: fewer among few, lest everybody be everybody's neighbour."""
    return min(NEIGHBOURS, isqrt(count))


def _edges(who: Numbers, cosines: Vectors) -> csr_array:
    count, k = who.shape
    weights = np.maximum(cosines, 1e-3).astype(np.float64) ** _SHARPNESS
    near = coo_array((weights.ravel(), (np.repeat(np.arange(count), k), who.ravel())), shape=(count, count)).tocsr()
    return near.maximum(near.T).tocsr()


def _apart(vectors: Vectors) -> Vectors:
    """Return unit vectors without what they all have in common, such as the company's name in every ticket."""
    return unit(vectors - vectors.mean(axis=0))


def _held_together(vectors: Vectors, labels: Labels, counts: NDArray[np.intp]) -> float:
    members = coo_array((counts.astype(np.float32), (labels, np.arange(len(labels))))).tocsr()
    sums, sizes = members @ vectors, np.asarray(members.sum(axis=1), np.float64).ravel()
    return float(np.square(sums, dtype=np.float64).sum() - ALIKE * np.square(sizes).sum())
