"""A burst is more alike tickets than their past explains."""

import numpy as np

from pipeline.burst import FEWEST, NARROWEST, Past, belongs, is_burst, largest_alike
from tests.pipeline.test_discovery import around


def test_what_the_past_explains_is_no_burst() -> None:
    week = 7 * 24 * 12.0
    assert is_burst(FEWEST, Past(alike=1, windows=week, others=20))
    assert not is_burst(FEWEST - 1, Past(alike=0, windows=week, others=20))
    assert not is_burst(FEWEST, Past(alike=int(2 * week), windows=week, others=20))
    assert is_burst(30, Past(alike=int(2 * week), windows=week, others=20))
    assert not is_burst(12, Past(alike=int(week), windows=week, others=100, busy=5))


def test_a_desk_without_a_past_needs_more() -> None:
    assert not is_burst(FEWEST, Past(alike=0, windows=0, others=20))
    assert is_burst(30, Past(alike=0, windows=0, others=20))


def test_the_largest_group_is_found_without_those_beside_it() -> None:
    vectors = np.concatenate([around(1, 8), around(8, 2, seed=1)[2:]])
    group = largest_alike(vectors)
    assert group is not None
    assert set(group.members.tolist()) <= set(range(8)) and len(group.members) >= FEWEST
    assert largest_alike(around(6, 2)) is None


def test_tickets_in_the_same_words_find_themselves_in_the_past() -> None:
    same = np.repeat(around(1, 1), 8, axis=0)
    group = largest_alike(same)
    assert group is not None and group.reach == NARROWEST
    assert belongs(same, group.centre, group.reach).all()
