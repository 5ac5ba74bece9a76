"""Clusters are found without being told how many there are, the same ones each time."""

import numpy as np
import pytest

from pipeline.cluster import cluster, cluster_into, unit
from pipeline.neighbours import Vectors, nearest


def clouds(sizes: list[int], seed: int = 0, spread: float = 0.8) -> tuple[Vectors, list[int]]:
    """Vectors around as many random middles as there are sizes, and which middle each has, all mixed."""
    chance = np.random.default_rng(seed)
    middles = unit(chance.normal(size=(len(sizes), 64)))
    right = chance.permutation(np.repeat(np.arange(len(sizes)), sizes))
    vectors = unit(middles[right] + chance.normal(0, spread / 8, (len(right), 64)))
    return vectors, right.tolist()


def agree(labels: list[int], right: list[int]) -> bool:
    """Whether both divide in the same way."""
    return len(set(zip(labels, right, strict=True))) == len(set(labels)) == len(set(right))


@pytest.mark.parametrize("sizes", [[30] * 12, [200] * 5, [120, 60, 30, 15], [25] * 40], ids=str)
def test_clear_clusters_are_found_whatever_their_number_and_size(sizes: list[int]) -> None:
    vectors, right = clouds(sizes)
    assert agree(cluster(vectors).tolist(), right)


def test_the_same_tickets_have_the_same_clusters_and_their_order_changes_only_the_order() -> None:
    vectors, right = clouds([40, 30, 20])
    turned = np.random.default_rng(1).permutation(len(vectors))
    labels = cluster(vectors)
    assert labels.tolist() == cluster(vectors.copy()).tolist()
    assert agree(cluster(vectors[turned]).tolist(), [right[place] for place in turned])


def test_the_largest_cluster_is_the_first() -> None:
    vectors, _ = clouds([20, 60, 40])
    assert np.bincount(cluster(vectors)).tolist() == [60, 40, 20]


def test_what_says_the_same_is_in_one_cluster_however_often_it_is_said() -> None:
    vectors, right = clouds([30, 30, 30])
    many = np.concatenate([vectors, np.repeat(vectors[:1], 500, axis=0)])
    labels = cluster(many).tolist()
    assert len(set(labels[90:])) == 1
    assert agree(labels[:90], right)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_few_tickets_have_clusters_too(count: int) -> None:
    vectors, _ = clouds([1] * count) if count else (np.zeros((0, 64), np.float32), [])
    assert sorted(set(cluster(vectors).tolist())) == list(range(len(set(cluster(vectors).tolist()))))
    assert len(cluster(vectors)) == len(cluster_into(vectors, 3)) == count


def test_whoever_knows_the_number_gets_it() -> None:
    vectors, right = clouds([30] * 6)
    assert agree(cluster_into(vectors, 6).tolist(), right)
    assert len(set(cluster_into(vectors, 4).tolist())) == 4


def test_the_nearest_are_those_that_a_search_of_all_pairs_finds() -> None:
    """Also where the groups that are looked at first do not divide the number of tickets."""
    vectors, _ = clouds([100, 57], spread=2.0)
    who, cosines = nearest(np.repeat(vectors, 3, axis=0)[:450] + 0, 5)
    every = np.repeat(vectors, 3, axis=0)[:450] @ np.repeat(vectors, 3, axis=0)[:450].T
    np.fill_diagonal(every, -np.inf)
    assert np.allclose(np.sort(cosines), np.sort(every)[:, -5:], atol=1e-5)
    assert np.allclose(np.take_along_axis(every, who, axis=1), cosines, atol=1e-5)


def test_progress_adds_up_to_the_tickets() -> None:
    told: list[int] = []
    cluster(clouds([40, 40])[0], told.append)
    assert sum(told) == 80
