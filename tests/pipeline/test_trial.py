"""Two readings of the same rows, compared row by row."""

import numpy as np

from pipeline.rate import Rate
from pipeline.trial import Choosing, compare

EASY, HARD = [0.9, 0.1], [0.4, 0.6]


def chances(*rows: list[float]) -> np.ndarray:
    return np.array(rows, np.float32)


def test_rows_that_only_one_reads_rightly_decide() -> None:
    truth = np.array([0, 0, 1, 1])
    found = compare(Choosing(("a", "b")), truth, chances(EASY, HARD, EASY, HARD), chances(EASY, EASY, HARD, EASY))
    assert (found.before, found.after, found.better, found.worse) == (Rate(2, 4), Rate(3, 4), 2, 1)
    assert found.chance == 1.0
    assert found.by_label == {"a": (2, 1, 2), "b": (2, 1, 1)}
    assert found.no_worse


def test_the_sign_test_of_a_clear_case() -> None:
    truth = np.zeros(10, np.intp)
    found = compare(Choosing(("a", "b")), truth, chances(*[HARD] * 10), chances(*[EASY] * 10))
    assert round(found.chance, 6) == round(2 / 2**10, 6)


def test_as_good_is_no_worse_and_worse_is() -> None:
    truth = np.array([0, 1])
    same = compare(Choosing(("a", "b")), truth, chances(EASY, EASY), chances(EASY, EASY))
    worse = compare(Choosing(("a", "b")), truth, chances(EASY, HARD), chances(EASY, EASY))
    assert same.no_worse
    assert not worse.no_worse


def test_a_missed_alarm_costs_what_its_limit_says() -> None:
    how, truth = Choosing(("false", "true"), limit=0.1), np.array([1, 0, 0, 0])
    quiet, loud = [0.95, 0.05], [0.8, 0.2]
    missing_one = compare(how, truth, chances(*[loud] * 4), chances(*[quiet] * 4))
    assert (missing_one.after, missing_one.before) == (Rate(3, 4), Rate(1, 4))
    assert (round(missing_one.cost, 3), missing_one.cost_before) == (9, 3)
    assert not missing_one.no_worse
