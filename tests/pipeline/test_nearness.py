"""Examples vote for their labels, the nearer the louder."""

import numpy as np
import pytest

from pipeline.nearness import AT_ONCE, NOBODY, gather, owned_by, parts
from pipeline.splits import copies, splits

ROWS = np.eye(4, dtype=np.float32)
LABELS = np.array([0, 0, 0, 1])


def votes(of: np.ndarray, sharpness: float, *, labels: np.ndarray = LABELS, even: bool = True) -> np.ndarray:
    return owned_by(labels, 2, even=even).votes(gather(ROWS).near(of), sharpness)


def test_the_nearest_example_decides() -> None:
    assert votes(ROWS, 20.0).argmax(axis=1).tolist() == LABELS.tolist()


def test_an_even_vote_does_not_count_heads() -> None:
    """Far from all examples, three of one label and one of the other weigh the same, or as they are many."""
    middle = ROWS.mean(axis=0, keepdims=True)
    even, counted = (votes(middle, 5.0, even=even)[0] for even in (True, False))
    assert even[0] == pytest.approx(even[1], abs=1e-3)
    assert counted[0] - counted[1] == pytest.approx(np.log(3), abs=1e-2)


def test_a_label_without_examples_gets_no_vote() -> None:
    found = votes(ROWS, 10.0, labels=np.zeros(4, np.intp))
    assert np.isfinite(found).all()
    assert (found[:, 0] > found[:, 1]).all()


def test_an_example_without_a_label_neither_votes_nor_is_familiar() -> None:
    known, some = owned_by(LABELS, 2, even=True), owned_by(np.array([NOBODY, 0, 0, 1]), 2, even=True)
    near = gather(ROWS).near(ROWS)
    assert some.votes(near, 20.0)[0, 0] < known.votes(near, 20.0)[0, 0]
    assert some.familiarity(near, 2.0)[0] < known.familiarity(near, 2.0)[0] == pytest.approx(1, abs=1e-2)
    assert some.familiarity(near, 2.0)[1] == known.familiarity(near, 2.0)[1]


def test_no_texts_give_no_votes() -> None:
    assert votes(ROWS[:0], 10.0).shape == (0, 2)
    assert parts(0) == [slice(0, AT_ONCE)]


def test_a_text_unlike_any_example_is_less_familiar() -> None:
    near = gather(ROWS).near(np.vstack([ROWS[:1], -ROWS[:1]]))
    beside, opposite = owned_by(LABELS, 2, even=True).familiarity(near, 2.0)[:, 0]
    assert beside == pytest.approx(1, abs=1e-2)
    assert opposite < 0.8 * beside


def test_copies_are_held_out_together() -> None:
    rows = np.repeat(np.eye(9, dtype=np.float32), 2, axis=0)
    labels = np.arange(18) // 2 % 3
    assert copies(rows).tolist() == (np.arange(18) // 2).tolist()
    found = splits(copies(rows), labels)
    assert len(found) == 3
    assert all(not set(seen // 2) & set(unseen // 2) for seen, unseen in found)


def test_nothing_is_held_out_of_a_handful_or_of_mere_copies() -> None:
    assert splits(copies(ROWS), LABELS) == ()
    assert splits(copies(np.ones((9, 1), np.float32)), np.arange(9) % 2) == ()
