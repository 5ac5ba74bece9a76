"""Communities: nodes of a graph that hold together, at any resolution (Louvain's method, Blondel et al. 2008)."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array  # type: ignore[import-untyped]  # comes with scikit-learn, without types

Labels = NDArray[np.intp]

_SEED = 0  # of the order in which nodes are visited: the same graph always has the same communities
_GAIN = 1e-12  # less than this is rounding


@dataclass(frozen=True, slots=True)
class Graph:
    """Weighted and undirected. `degrees` stay those of the nodes that a node was made of, `total` is their sum."""

    edges: csr_array
    degrees: NDArray[np.float64]
    total: float


def graph_of(edges: csr_array) -> Graph:
    """Return the graph of a symmetric matrix of weights."""
    degrees = np.asarray(edges.sum(axis=1), np.float64).ravel()
    return Graph(edges, degrees, float(degrees.sum()))


def coarser(graph: Graph, finest: float, coarsest: float, step: float) -> Iterator[tuple[float, Labels]]:
    """Yield resolutions from the finest on with the communities there. Each is made of whole ones of the last."""
    labels = np.arange(len(graph.degrees))
    resolution = finest
    while resolution >= coarsest:
        together = settle(graph, resolution)
        labels = together[labels]
        yield resolution, labels
        graph = merged(graph, together)
        resolution /= step


def settle(graph: Graph, resolution: float, start: Labels | None = None) -> Labels:
    """Return communities 0, 1, …, which no single move improves; begins with each node alone, or from `start`."""
    labels = np.arange(len(graph.degrees))
    belongs = labels if start is None else start
    while True:
        belongs = np.unique(_moved(graph, resolution, belongs), return_inverse=True)[1]
        labels = belongs[labels]
        if belongs.max(initial=-1) + 1 == len(graph.degrees):
            return labels
        graph = merged(graph, belongs)
        belongs = np.arange(len(graph.degrees))


def merged(graph: Graph, labels: Labels) -> Graph:
    """Return the graph whose nodes are the communities."""
    nodes = np.arange(len(labels))
    members = coo_array((np.ones(len(labels)), (nodes, labels))).tocsr()
    return Graph((members.T @ graph.edges @ members).tocsr(), members.T @ graph.degrees, graph.total)


def _moved(graph: Graph, resolution: float, start: Labels) -> list[int]:
    """Move each node to the neighbouring community where it adds most, until none wants to move."""
    starts, ends, weights = graph.edges.indptr.tolist(), graph.edges.indices.tolist(), graph.edges.data.tolist()
    degrees: list[float] = graph.degrees.tolist()
    belongs: list[int] = start.tolist()
    sizes = np.bincount(start, weights=graph.degrees, minlength=len(start)).tolist()
    price = resolution / max(graph.total, _GAIN)
    order = np.random.default_rng(_SEED).permutation(len(start)).tolist()
    waiting, waits = deque(order), [True] * len(order)
    while waiting:
        node = waiting.popleft()
        waits[node] = False
        home, degree = belongs[node], degrees[node]
        sizes[home] -= degree
        links = {home: 0.0}
        for at in range(starts[node], starts[node + 1]):
            if (other := ends[at]) != node:
                there = belongs[other]
                links[there] = links.get(there, 0.0) + weights[at]
        best, gain = home, links[home] - price * degree * sizes[home] + _GAIN
        for there, link in links.items():
            if (would := link - price * degree * sizes[there]) > gain:
                best, gain = there, would
        sizes[best] += degree
        if best != home:
            belongs[node] = best
            for at in range(starts[node], starts[node + 1]):
                other = ends[at]
                if belongs[other] != best and not waits[other]:
                    waits[other] = True
                    waiting.append(other)
    return belongs
